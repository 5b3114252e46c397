import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { ok, type Result } from '@/lib/core/result'
import { operation, together, transact } from '@/lib/workspace'
import type { z } from 'zod'
import { delivery } from './jobs'
import { TellPrograms, testedType, webhookEventTypes } from './schema'

type Event = z.output<typeof TellPrograms>

const outgoing: ReadonlySet<string> = new Set(webhookEventTypes)

/** Those heard at once ask for their listeners by one statement, and plan all deliveries by another. */
const planMany = together(async (ctx, events: readonly Event[]) => {
  const tested = events.filter(({ type }) => type === testedType).map(({ subjectId }) => subjectId)
  const webhooks = await ctx.db.webhookEndpoint.findMany({
    where: {
      state: 'active',
      OR: [{ eventTypes: { hasSome: [...new Set(events.map(({ type }) => type))] } }, { id: { in: tested } }],
    },
    select: { id: true, eventTypes: true },
  })
  const wanted = events.map(({ type, subjectId }) =>
    webhooks.filter(({ id, eventTypes }) => (type === testedType ? id === subjectId : eventTypes.includes(type))),
  )
  const rows = events.flatMap(({ eventId, type }, n) =>
    (wanted[n] ?? []).map(({ id: endpointId }) => ({
      id: newId(),
      workspaceId: ctx.workspaceId,
      endpointId,
      eventId,
      type,
      nextAttemptAt: now(),
    })),
  )
  if (rows.length > 0)
    await transact(ctx, async ({ db, enqueue }) => {
      const made = await db.webhookDelivery.createManyAndReturn({
        data: rows,
        skipDuplicates: true,
        select: { id: true },
      })
      for (const { id } of made) enqueue(delivery(id))
    })
  return wanted.map(({ length }) => length)
})

/** Plans that an event is told to each program that asked for its type: once, however often it is heard. */
export const tellPrograms = operation({
  can: 'event.deliver',
  input: TellPrograms,
  run: async (ctx, event): Promise<Result<{ told: number }>> =>
    ok({ told: outgoing.has(event.type) || event.type === testedType ? await planMany(ctx, event) : 0 }),
})
