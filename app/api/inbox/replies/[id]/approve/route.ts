import { approveReply } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const POST = serves(
  contract.approveReply,
  (ctx, { params, body }) => approveReply(ctx, { replyId: params.id, ...body }),
  ({ sendAt }, { params }) => ({ body: { reply: { id: params.id, sendAt } } }),
)
