import { now, inMs, second } from '@/lib/core/clock'
import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact, type Sweep } from '@/lib/workspace'
import { reconcileReplyJob, sendReplyJob } from './jobs'
import type { ReplyReason } from './schema'

/** Cut off in the middle of sending this often, something is wrong that another try will not cure. */
const deathsBeforeAsking = 5
const endless: ReplyReason = {
  kind: 'unknown',
  message: `Sending this answer was cut off ${deathsBeforeAsking} times. Look whether it is there, then say what you found.`,
}

/** Takes over from a worker that died with an answer in its hands: unsent it waits again, else it must be looked for. */
export const recoverReply = operation({
  can: 'inbox.send',
  input: z.object({ replyId: z.string() }),
  async run(ctx, { replyId }): Promise<Result<{ to: 'queued' | 'unknown' | 'needs_person' | 'nothing' }>> {
    const at = now()
    return transact(ctx, async ({ db, record, enqueue }) => {
      const dead = await db.reply.findFirst({
        where: { id: replyId, state: { in: ['claimed', 'sending', 'reconciling'] }, leaseUntil: { lt: at } },
        select: { conversationId: true, fence: true, state: true },
      })
      if (!dead) return ok({ to: 'nothing' as const })
      const deaths = await db.replyAttempt.count({ where: { replyId, purpose: 'send', outcome: 'died' } })
      const inDoubt = dead.state !== 'claimed'
      const asks = inDoubt && deaths + 1 >= deathsBeforeAsking
      const to = asks ? ('needs_person' as const) : inDoubt ? ('unknown' as const) : ('queued' as const)
      const { count } = await db.reply.updateMany({
        where: { id: replyId, fence: dead.fence, state: dead.state, leaseUntil: { lt: at } },
        data: {
          state: to,
          fence: { increment: 1 },
          claimedBy: null,
          leaseUntil: null,
          notBefore: at,
          ...(asks ? { reason: endless } : {}),
        },
      })
      if (count !== 1) return ok({ to: 'nothing' as const })
      await db.replyAttempt.updateMany({
        where: { replyId, fence: dead.fence, outcome: null },
        data: { outcome: 'died', answer: { note: 'The worker ended before it could record an answer.' } },
      })
      record({
        type: asks ? 'reply.needs_person' : 'reply.recovered',
        subject: { type: 'conversation', id: dead.conversationId },
        particulars: { replyId, from: dead.state },
      })
      if (!asks)
        enqueue({
          job: inDoubt ? reconcileReplyJob : sendReplyJob,
          payload: { replyId },
          key: `${replyId}-r${dead.fence}`,
        })
      return ok({ to })
    })
  },
})

/** Due, and sent by nobody: the queue lost it. */
export const dueReplies: Sweep = {
  name: 'inbox.dueReplies',
  find: (at) => {
    const before = inMs(-10 * second, at)
    return {
      model: 'reply',
      where: { state: 'queued', sendAt: { lte: before }, OR: [{ notBefore: null }, { notBefore: { lte: before } }] },
      orderBy: { sendAt: 'asc' },
    }
  },
}

/** Claimed by a worker that has given no sign of life. */
export const abandonedReplies: Sweep = {
  name: 'inbox.abandonedReplies',
  find: (at) => ({
    model: 'reply',
    where: { state: { in: ['claimed', 'sending', 'reconciling'] }, leaseUntil: { lt: at } },
    orderBy: { leaseUntil: 'asc' },
  }),
}

/** In doubt, and due to be looked for. */
export const unsettledReplies: Sweep = {
  name: 'inbox.unsettledReplies',
  find: (at) => ({
    model: 'reply',
    where: { state: 'unknown', OR: [{ notBefore: null }, { notBefore: { lte: inMs(-10 * second, at) } }] },
    orderBy: { sendAt: 'asc' },
  }),
}
