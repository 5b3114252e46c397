import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact, type Sweep } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'
import { routeMoment } from './route'

export type Told = { readonly did: 'nothing' | 'warned' | 'breached' }

/**
 * Tells that a promise is soon due, or broken: each once, with an event, and the rules are asked. Does nothing before
 * its time, or when the clock has stopped or rests.
 */
export const tellClock = operation({
  can: 'incoming.handle',
  input: z.object({ clockId: z.string() }),
  async run(ctx, { clockId }): Promise<Result<Told>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const found = await db.slaClock.findUnique({ where: { id: clockId }, select: { conversationId: true } })
      if (!found) return ok({ did: 'nothing' })
      const { conversationId } = found
      // Whoever changes a conversation holds it: the clock cannot be stopped while it is told of.
      await holdStill(work, [conversationId])
      const at = now()
      const clock = await db.slaClock.findFirst({
        where: { id: clockId, stoppedAt: null, breachedAt: null, nextAt: { lte: at } },
      })
      if (!clock?.dueAt) return ok({ did: 'nothing' })
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

/** Soon due or broken, and nobody was told yet. */
export const dueClocks: Sweep = {
  name: 'inbox.dueClocks',
  find: (at) => ({
    model: 'slaClock',
    where: { nextAt: { lte: at }, stoppedAt: null },
    orderBy: { nextAt: 'asc' },
  }),
}
