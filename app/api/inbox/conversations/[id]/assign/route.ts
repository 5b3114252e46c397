import { assignConversations } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'

export const PUT = serves(
  contract.assignConversation,
  (ctx, { params, body }) => assignConversations(ctx, { conversationIds: [params.id], ...contract.toAssign(body) }),
  (body) => ({ body }),
)
