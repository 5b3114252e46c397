import { fail, ok, type Result } from '@/lib/core/result'
import { approveReply, cancelReply, locateMessage } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/inbox'

export const POST = serves(
  contract.approveResponse,
  async (ctx, { params, body: { approved, modifiedResponse } }): Promise<Result<{ replyId: string }>> => {
    const place = await locateMessage(ctx, { messageId: params.id })
    if (!place.ok) return place
    const replyId = place.value.replyInReview
    if (!replyId)
      return fail({ code: 'CONFLICT', message: 'No answer to this interaction waits for approval. Write one first.' })
    const done = await (approved
      ? approveReply(ctx, { replyId, text: modifiedResponse })
      : cancelReply(ctx, { replyId }))
    return done.ok ? ok({ replyId }) : done
  },
  ({ replyId }) => ({ body: { success: true, replyId } }),
)
