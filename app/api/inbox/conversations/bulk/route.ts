import { changeConversations } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/inbox'

export const POST = serves(
  contract.changeConversations,
  (ctx, { body: { conversationIds, change } }) =>
    changeConversations(ctx, {
      conversationIds,
      change: change.do === 'snooze' ? { ...change, until: new Date(change.until) } : change,
    }),
  (report) => ({ body: { report } }),
)
