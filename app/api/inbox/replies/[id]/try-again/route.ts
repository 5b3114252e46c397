import { tryReplyAgain } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const POST = serves(
  contract.tryReplyAgain,
  (ctx, { params, body }) => tryReplyAgain(ctx, { replyId: params.id, ...body }),
  ({ replyId, sendAt, sends }) => ({ body: { reply: { id: replyId, sendAt, sends } } }),
)
