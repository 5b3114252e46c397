import { cancelReply } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const POST = serves(
  contract.cancelReply,
  (ctx, { params, body }) => cancelReply(ctx, { replyId: params.id, ...body }),
  ({ cancelled }, { params }) => ({ body: { reply: { id: params.id, state: cancelled ? 'cancelled' : 'unknown' } } }),
)
