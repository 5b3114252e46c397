import { noteStuck } from '@/lib/contacts'
import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, transact } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'
import { reconcileReplyJob, sendReplyJob } from '../jobs'

/**
 * An account was reconnected: the answers that waited for that, of which nothing was sent, go on by themselves, and those
 * in doubt are looked for at once.
 */
export const resumeReplies = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<{ resumed: number }>> {
    return transact(ctx, async (work) => {
      const { db, record, enqueue } = work
      const told = (kind: 'reconnect' | 'unknown') => ({
        accountId,
        state: 'needs_person' as const,
        reason: { path: ['kind'], equals: kind },
      })
      const again = { notBefore: null, retries: 0, fence: { increment: 1 } }
      const select = { id: true, fence: true, conversationId: true }
      const waiting = await db.reply.findMany({
        where: { OR: [told('reconnect'), told('unknown'), { accountId, state: 'unknown' }] },
        select: { conversationId: true },
      })
      await holdStill(
        work,
        waiting.map(({ conversationId }) => conversationId),
      )
      const resumed = await db.reply.updateManyAndReturn({
        where: told('reconnect'),
        data: { ...again, state: 'queued', sendAt: now(), reason: jsonNull },
        select,
      })
      const doubtful = await db.reply.updateManyAndReturn({
        where: { accountId, state: 'unknown' },
        data: { notBefore: null },
        select,
      })
      const asked = await db.reply.updateManyAndReturn({
        where: told('unknown'),
        data: { ...again, state: 'unknown' },
        select,
      })
      const ids = [...new Set([...resumed, ...asked].map(({ conversationId }) => conversationId))]
      await noteStuck(work, ids)
      for (const { id, conversationId } of [...resumed, ...asked])
        record({
          type: 'reply.resumed',
          subject: { type: 'conversation', id: conversationId },
          particulars: { replyId: id },
        })
      for (const { id, fence } of resumed)
        enqueue({ job: sendReplyJob, payload: { replyId: id }, key: `${id}-resumed-${fence}` })
      for (const { id, fence } of [...doubtful, ...asked])
        enqueue({ job: reconcileReplyJob, payload: { replyId: id }, key: `${id}-resumed-${fence}` })
      return ok({ resumed: resumed.length + doubtful.length + asked.length })
    })
  },
})
