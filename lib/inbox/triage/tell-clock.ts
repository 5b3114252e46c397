import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { outlook, policiesInForce } from '@/lib/routing'
import { clockKinds } from '@/lib/routing/schema'
import { operation, transact, type Sweep } from '@/lib/workspace'
import { holdWhere } from '../desk/hold-where'
import { keepClocks, promisedBy, rests } from './keep-clocks'
import { routeMoment } from './route'

export type Told = { readonly did: 'nothing' | 'warned' | 'breached' }

/**
 * Tells that a promise is soon due, or broken: each once, with an event, and the rules are asked. It is counted anew
 * before, by its promise and hours as they are now. Does nothing before its time, or when the clock has stopped or rests.
 */
export const tellClock = operation({
  can: 'incoming.handle',
  input: z.object({ clockId: z.string() }),
  async run(ctx, { clockId }): Promise<Result<Told>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const place = { where: { id: clockId }, select: { conversationId: true } }
      // Whoever changes a conversation holds it: the clock cannot be stopped while it is told of.
      const [conversationId] = await holdWhere(work, async () =>
        (await db.slaClock.findMany(place)).map((clock) => clock.conversationId),
      )
      if (conversationId === undefined) return ok({ did: 'nothing' })
      const at = now()
      const due = () =>
        db.slaClock.findFirst({
          where: { id: clockId, stoppedAt: null, breachedAt: null, nextAt: { lte: at } },
          include: { conversation: { select: { state: true } } },
        })
      let clock = await due()
      if (!clock) return ok({ did: 'nothing' })
      const ownOf = async (policyId: string) => (await policiesInForce(work)).find(({ id }) => id === policyId)
      let own = await ownOf(clock.policyId)
      if (own && rests(clock.conversation, own) !== (clock.resumedAt === null)) {
        // When it rests was changed since it last moved.
        await keepClocks(ctx, work, [conversationId])
        clock = await due()
        if (!clock) return ok({ did: 'nothing' })
        own = await ownOf(clock.policyId)
      }
      const promised = promisedBy(own, z.enum(clockKinds).parse(clock.kind))
      if (!promised) {
        // What is promised no more is neither kept nor broken.
        await db.slaClock.deleteMany({ where: { id: clockId } })
        return ok({ did: 'nothing' })
      }
      const { dueAt, nextAt } = outlook(clock, promised)
      const did = !dueAt || !nextAt || nextAt > at ? 'nothing' : dueAt > at ? 'warned' : 'breached'
      await db.slaClock.update({
        where: { id: clockId },
        data: {
          minutes: promised.minutes,
          dueAt,
          nextAt,
          ...(did === 'warned' ? { warnedAt: at, nextAt: dueAt } : {}),
          ...(did === 'breached' ? { breachedAt: dueAt, nextAt: null } : {}),
        },
        select: { id: true },
      })
      if (did === 'nothing') return ok({ did })
      record({
        type: `conversation.${did}`,
        subject: { type: 'conversation', id: conversationId },
        particulars: { clockId, kind: clock.kind, dueAt },
      })
      await routeMoment(ctx, work, conversationId, { moment: `sla_${did}`, cause: `${clockId}:${did}` })
      return ok({ did })
    })
  },
})

/** Soon due or broken, and nobody was told yet; or its promise or hours were changed. */
export const dueClocks: Sweep = {
  name: 'inbox.dueClocks',
  find: (at) => ({
    model: 'slaClock',
    where: { nextAt: { lte: at }, stoppedAt: null },
    orderBy: { nextAt: 'asc' },
  }),
}
