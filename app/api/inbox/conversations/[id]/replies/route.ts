import { listReplies } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const GET = serves(
  contract.listReplies,
  (ctx, { params }) => listReplies(ctx, { conversationId: params.id }),
  (replies) => ({ body: { replies } }),
)
