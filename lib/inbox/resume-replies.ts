import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, transact } from '@/lib/workspace'
import { reconcileReplyJob, sendReplyJob } from './jobs'

/**
 * An account was reconnected: the answers that waited for that, of which nothing was sent, go on by themselves, and those
 * in doubt are looked for at once.
 */
export const resumeReplies = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<{ resumed: number }>> {
    return transact(ctx, async ({ db, record, enqueue }) => {
      const resumed = await db.reply.updateManyAndReturn({
        where: { accountId, state: 'needs_person', reason: { path: ['kind'], equals: 'reconnect' } },
        data: {
          state: 'queued',
          sendAt: now(),
          notBefore: null,
          retries: 0,
          reason: jsonNull,
          fence: { increment: 1 },
        },
        select: { id: true, fence: true, conversationId: true },
      })
      for (const { id, fence, conversationId } of resumed) {
        record({
          type: 'reply.resumed',
          subject: { type: 'conversation', id: conversationId },
          particulars: { replyId: id },
        })
        enqueue({ job: sendReplyJob, payload: { replyId: id }, key: `${id}-resumed-${fence}` })
      }
      const doubtful = await db.reply.updateManyAndReturn({
        where: { accountId, state: 'unknown' },
        data: { notBefore: now() },
        select: { id: true, fence: true },
      })
      for (const { id, fence } of doubtful)
        enqueue({ job: reconcileReplyJob, payload: { replyId: id }, key: `${id}-resumed-${fence}` })
      return ok({ resumed: resumed.length + doubtful.length })
    })
  },
})
