import { getConversation } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/inbox'

export const GET = serves(
  contract.readConversation,
  (ctx, { params }) => getConversation(ctx, { conversationId: params.id }),
  (conversation) => ({ body: { conversation } }),
)
