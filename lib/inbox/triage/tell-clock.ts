import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { outlook, policiesInForce, type Clock } from '@/lib/routing'
import { operation, transact, type Sweep, type Work } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'
import { routeMoment } from './route'

export type Told = { readonly did: 'nothing' | 'warned' | 'breached' }

/**
 * Tells that a promise is soon due, or broken: each once, with an event, and the rules are asked. It is counted anew
 * before, by the hours as they are now. Does nothing before its time, or when the clock has stopped or rests.
 */
export const tellClock = operation({
  can: 'incoming.handle',
  input: z.object({ clockId: z.string() }),
  async run(ctx, { clockId }): Promise<Result<Told>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const place = await db.slaClock.findUnique({ where: { id: clockId }, select: { conversationId: true } })
      if (!place) return ok({ did: 'nothing' })
      const { conversationId } = place
      // Whoever changes a conversation holds it: the clock cannot be stopped while it is told of.
      await holdStill(work, [conversationId])
      const at = now()
      const found = await db.slaClock.findFirst({
        where: { id: clockId, stoppedAt: null, breachedAt: null, nextAt: { lte: at } },
      })
      const clock = found && (await countAnew(work, found))
      if (!clock?.dueAt || !clock.nextAt || clock.nextAt > at) return ok({ did: 'nothing' })
      const broken = clock.dueAt <= at
      if (!broken && clock.warnedAt) return ok({ did: 'nothing' })
      await db.slaClock.update({
        where: { id: clockId },
        data: broken ? { breachedAt: clock.dueAt, nextAt: null } : { warnedAt: at, nextAt: clock.dueAt },
        select: { id: true },
      })
      const did = broken ? 'breached' : 'warned'
      record({
        type: `conversation.${did}`,
        subject: { type: 'conversation', id: conversationId },
        particulars: { clockId, kind: clock.kind, dueAt: clock.dueAt },
      })
      await routeMoment(ctx, work, conversationId, { moment: `sla_${did}`, cause: `${clockId}:${did}` })
      return ok({ did })
    })
  },
})

/** A running clock by the hours of its promise as they are now. */
async function countAnew<Row extends Clock & { id: string; policyId: string; minutes: number }>(work: Work, row: Row) {
  const policy = (await policiesInForce(work)).find(({ id }) => id === row.policyId)
  if (!policy) {
    // What is promised no more is neither kept nor broken.
    await work.db.slaClock.deleteMany({ where: { id: row.id } })
    return undefined
  }
  const seen = outlook(row, { ...policy, minutes: row.minutes })
  await work.db.slaClock.update({ where: { id: row.id }, data: seen, select: { id: true } })
  return { ...row, ...seen }
}

/** Soon due or broken, and nobody was told yet; or its hours were changed. */
export const dueClocks: Sweep = {
  name: 'inbox.dueClocks',
  find: (at) => ({
    model: 'slaClock',
    where: { nextAt: { lte: at }, stoppedAt: null },
    orderBy: { nextAt: 'asc' },
  }),
}
