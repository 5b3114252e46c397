import { fail, ok, type Result } from '@/lib/core/result'
import { approveDraft, approveReply, cancelReply, locateMessage, rejectDraft } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/interactions'

export const POST = serves(
  contract.approveResponse,
  async (
    ctx,
    { params, body: { approved, modifiedResponse, ...insisting } },
  ): Promise<Result<{ replyId: string | null }>> => {
    const place = await locateMessage(ctx, { messageId: params.id })
    if (!place.ok) return place
    const { replyInReview: replyId, draftId } = place.value
    if (replyId) {
      const done = await (approved
        ? approveReply(ctx, { replyId, text: modifiedResponse, ...insisting })
        : cancelReply(ctx, { replyId }))
      return done.ok ? ok({ replyId }) : done
    }
    if (!draftId)
      return fail({
        code: 'CONFLICT',
        message: 'No answer to this interaction waits, nor does a draft. Write one, or have one drafted first.',
      })
    if (approved) return approveDraft(ctx, { draftId, text: modifiedResponse, ...insisting })
    const rejected = await rejectDraft(ctx, { draftId, reason: 'Turned down by a program' })
    return rejected.ok ? ok({ replyId: null }) : rejected
  },
  ({ replyId }) => ({ body: { success: true, replyId } }),
)
