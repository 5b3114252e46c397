import { assignConversations, locateMessage } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import { toAssign } from '../../../../contract/inbox'
import * as contract from '../../../../contract/inbox-messages'

export const PUT = serves(
  contract.assignByMessage,
  async (ctx, { params, body }) => {
    const place = await locateMessage(ctx, { messageId: params.id })
    if (!place.ok) return place
    return assignConversations(ctx, { conversationIds: [place.value.conversationId], ...toAssign(body) })
  },
  (body) => ({ body }),
)
