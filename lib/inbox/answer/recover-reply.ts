import { now, inMs, second } from '@/lib/core/clock'
import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { abandoned, afterDeath, cutOff, cutOffTries, died, isDue, letGo } from '@/lib/sending'
import { operation, transact, type Sweep } from '@/lib/workspace'
import { holdWhereAnswered } from '../desk/hold-where'
import { reconcileReplyJob, sendReplyJob } from '../jobs'
import { reopenFor } from './reopen-for'

const stateAfter = { send_again: 'queued', look: 'unknown', ask: 'needs_person' } as const

/** Takes over from a worker that died with an answer in its hands: unsent it waits again, else it must be looked for. */
export const recoverReply = operation({
  can: 'inbox.send',
  input: z.object({ replyId: z.string() }),
  async run(ctx, { replyId }): Promise<Result<{ to: 'queued' | 'unknown' | 'needs_person' | 'nothing' }>> {
    const at = now()
    return transact(ctx, async (work) => {
      const { db, record, enqueue } = work
      const dead = await db.reply.findFirst({
        where: { id: replyId, ...abandoned(at) },
        select: { fence: true, state: true, deaths: true, leaseUntil: true },
      })
      if (!dead) return ok({ to: 'nothing' as const })
      const conversationId = await holdWhereAnswered(work, replyId)
      const isUnsent = dead.state === 'claimed'
      const deaths = isUnsent
        ? dead.deaths + 1
        : await db.replyAttempt.count({ where: { replyId, ...cutOffTries(dead.fence) } })
      const after = afterDeath(dead.state, deaths)
      const to = stateAfter[after]
      const { count } = await db.reply.updateMany({
        where: { id: replyId, ...abandoned(at), fence: dead.fence, state: dead.state },
        data: {
          state: to,
          fence: { increment: 1 },
          ...letGo,
          notBefore: null,
          ...(isUnsent ? { deaths } : {}),
          ...(after === 'ask' ? { reason: cutOff('answer', dead.state) } : {}),
        },
      })
      if (count !== 1) return ok({ to: 'nothing' as const })
      const open = await db.replyAttempt.findMany({
        where: { replyId, fence: dead.fence, outcome: null },
        select: { id: true, startedAt: true },
      })
      for (const { id, startedAt } of open)
        await db.replyAttempt.update({
          where: { id },
          data: died(startedAt, dead.leaseUntil ?? at),
          select: { id: true },
        })
      if (after === 'ask') await reopenFor(work, replyId)
      record({
        type: after === 'ask' ? 'reply.handedOver' : 'reply.recovered',
        subject: { type: 'conversation', id: conversationId },
        particulars: { replyId, from: dead.state },
      })
      if (after !== 'ask')
        enqueue({
          job: after === 'look' ? reconcileReplyJob : sendReplyJob,
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
      where: { state: 'queued', sendAt: { lte: before }, ...isDue(before) },
      orderBy: { sendAt: 'asc' },
    }
  },
}

/** Claimed by a worker that has given no sign of life. */
export const abandonedReplies: Sweep = {
  name: 'inbox.abandonedReplies',
  find: (at) => ({
    model: 'reply',
    where: abandoned(at),
    orderBy: { leaseUntil: 'asc' },
  }),
}

/** In doubt, and due to be looked for. */
export const unsettledReplies: Sweep = {
  name: 'inbox.unsettledReplies',
  find: (at) => ({
    model: 'reply',
    where: { state: 'unknown', ...isDue(inMs(-10 * second, at)) },
    orderBy: { sendAt: 'asc' },
  }),
}
