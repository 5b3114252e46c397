import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { OneMessage } from '../schema'

const noSuchMessage: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such message in this workspace. List the messages again.',
}

type Place = {
  readonly conversationId: string
  readonly replyInReview: string | null
  readonly draftId: string | null
}

/**
 * Where a message stands, and the answer to it that waits for approval, or the draft that waits, if any, or would if nothing
 * had come between.
 */
export const locateMessage = query({
  can: 'inbox.read',
  input: OneMessage,
  async run(ctx, { messageId }): Promise<Result<Place>> {
    const message = await ctx.db.message.findUnique({ where: { id: messageId }, select: { conversationId: true } })
    if (!message) return fail(noSuchMessage)
    const waiting = await ctx.db.reply.findFirst({
      where: { messageId, state: 'in_review' },
      orderBy: { id: 'desc' },
      select: { id: true },
    })
    const draft = await ctx.db.aiDraft.findFirst({
      where: { messageId, OR: [{ state: 'proposed' }, { state: 'superseded', overtaken: { not: null } }] },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    })
    const { conversationId } = message
    return ok({ conversationId, replyInReview: waiting?.id ?? null, draftId: draft?.id ?? null })
  },
})
