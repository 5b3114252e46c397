import { assignConversations, locateMessage } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'

export const PUT = serves(
  contract.assignByMessage,
  async (ctx, { params, body }) => {
    const place = await locateMessage(ctx, { messageId: params.id })
    if (!place.ok) return place
    return assignConversations(ctx, { conversationIds: [place.value.conversationId], ...contract.toAssign(body) })
  },
  (body) => ({ body }),
)
