import { proposeReply, writeReply } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const POST = serves(
  contract.replyToMessage,
  (ctx, { params, body: { forApproval, ...words } }) =>
    (forApproval ? proposeReply : writeReply)(ctx, { messageId: params.id, ...words }),
  ({ replyId, sendAt }) => ({ body: { reply: { id: replyId, sendAt } } }),
)
