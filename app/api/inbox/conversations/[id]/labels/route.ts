import { labelConversations } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/labels'

export const PUT = serves(
  contract.labelConversation,
  (ctx, { params, body }) => labelConversations(ctx, { conversationIds: [params.id], ...body }),
  (body) => ({ body }),
)
