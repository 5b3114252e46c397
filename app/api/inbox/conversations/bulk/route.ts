import { changeConversations } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/inbox'

const moment = (at: string | undefined) => (at === undefined ? undefined : new Date(at))

export const POST = serves(
  contract.changeConversations,
  (ctx, { body: { conversationIds, change } }) =>
    changeConversations(ctx, {
      conversationIds,
      change:
        change.do === 'snooze'
          ? { ...change, until: new Date(change.until), asOf: moment(change.asOf) }
          : change.do === 'state' || change.do === 'done'
            ? { ...change, asOf: moment(change.asOf) }
            : change,
    }),
  (report) => ({ body: { report } }),
)
