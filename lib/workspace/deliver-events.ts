import { hour, inMs, minute, now, second } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { count } from '@/lib/core/metrics'
import { enqueueFor } from '@/lib/core/queue'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import type { Ctx } from './context'
import { deliverEventsJob, sealEventsJob } from './jobs'
import { operation } from './operation'
import { typeOf } from './sentences'
import type { Sweep } from './system'

/** What those who listen are told: what happened, to what, by whom, when. */
export type Heard = {
  readonly id: string
  readonly type: string
  readonly subject: { readonly type: string; readonly id: string }
  readonly actor: { readonly kind: string; readonly id: string }
  readonly particulars: unknown
  readonly at: Date
}
/** Hears every event of a workspace. It may hear one twice, and must bear it. */
export type Listener = (ctx: Ctx, event: Heard) => Promise<Result<unknown>>

const notTaken = count('posthorn_events_not_taken_total', 'Times a listener could not take an event', ['type'])

/**
 * Makes the operation that tells events to `listeners` (worker/routes.ts knows them), in the order in which they
 * happened, has them sealed, and takes them off the outbox. When a listener fails or throws, that event stays and is
 * told to all of them again after a wait that grows with each time; the others are delivered. An event that is not in
 * the outbox was delivered before.
 */
export const eventDelivery = (listeners: readonly Listener[]) =>
  operation({
    can: 'event.deliver',
    input: deliverEventsJob.payload,
    async run(ctx, { eventIds }): Promise<Result<{ delivered: number }>> {
      const at = now()
      const waiting = await ctx.db.eventOutbox.findMany({
        where: { eventId: { in: eventIds }, OR: [{ tries: 0 }, { nextAt: { lte: at } }] },
      })
      if (waiting.length === 0) return ok({ delivered: 0 })
      const events = await ctx.db.event.findMany({
        where: { id: { in: waiting.map(({ eventId }) => eventId) } },
        orderBy: { id: 'asc' },
      })
      const told: string[] = []
      const refused: NotTaken[] = []
      for (const some of inRuns(events)) {
        const answers = await Promise.all(
          some.map(async (event) => ({ event, why: await tell(ctx, listeners, event) })),
        )
        for (const { event, why } of answers) {
          if (why) refused.push({ event, why })
          else told.push(event.id)
        }
      }
      await tellAgain(ctx, refused, new Map(waiting.map(({ eventId, tries }) => [eventId, tries])))
      if (told.length > 0) {
        await haveSealed(ctx.workspaceId)
        await ctx.db.eventOutbox.deleteMany({ where: { eventId: { in: told } } })
      }
      const failure = refused.at(-1)?.why
      return failure ? fail(failure) : ok({ delivered: told.length })
    },
  })

type NotTaken = { readonly event: Row; readonly why: Failure }

/** A second at first, then four times as long each time, an hour at most. */
const againAfterMs = (tries: number): number => Math.min(second * 4 ** tries, hour)

async function tellAgain(ctx: Ctx, refused: readonly NotTaken[], triesOf: ReadonlyMap<string, number>): Promise<void> {
  for (const { event, why } of refused) {
    const tries = triesOf.get(event.id) ?? 0
    const nextAt = inMs(againAfterMs(tries))
    await ctx.db.eventOutbox.updateMany({ where: { eventId: event.id }, data: { tries: tries + 1, nextAt } })
    notTaken.inc({ type: event.type })
    log.warn(
      { eventId: event.id, type: event.type, tries: tries + 1, nextAt, why: why.message },
      'a listener could not take an event',
    )
  }
}

type Row = Awaited<ReturnType<Ctx['db']['event']['findFirstOrThrow']>>

/** What networks report, and what came of it, comes in any order anyhow: many are told at once. */
const inAnyOrder: ReadonlySet<string> = new Set(['account.reported', 'message.received'])

/** Events that may be told at once, run by run; everything else is told one after the other. */
function inRuns(events: readonly Row[]): readonly (readonly Row[])[] {
  const runs: Row[][] = []
  for (const event of events) {
    const last = runs.at(-1)
    if (inAnyOrder.has(event.type) && last?.[0]?.type === event.type) last.push(event)
    else runs.push([event])
  }
  return runs
}

/** @returns why a listener could not take it; undefined when all did. */
async function tell(
  ctx: Ctx,
  listeners: readonly Listener[],
  { id, type, subjectType, subjectId, actorKind, actorId, particulars, at }: Row,
): Promise<Failure | undefined> {
  const event: Heard = {
    id,
    type: typeOf(type),
    subject: { type: subjectType, id: subjectId },
    actor: { kind: actorKind, id: actorId },
    particulars,
    at,
  }
  for (const listen of listeners) {
    const heard = await hear(ctx, listen, event)
    if (!heard.ok) return heard.error
  }
  return undefined
}

/** A bug over one event must not hold up those that are told beside it. */
async function hear(ctx: Ctx, listen: Listener, event: Heard): Promise<Result<unknown>> {
  try {
    return await listen(ctx, event)
  } catch (error) {
    log.error(
      { eventId: event.id, type: event.type, error: error instanceof Error ? error.stack : String(error) },
      'a listener threw over an event',
    )
    return fail({
      code: 'INTERNAL_ERROR',
      message: 'A listener threw. The event is told again; the log has what was thrown.',
    })
  }
}

/** One sealing for all the events of a minute, once that minute is over. */
async function haveSealed(workspaceId: string): Promise<void> {
  const at = now().getTime()
  const window = Math.floor(at / minute)
  await enqueueFor(workspaceId, {
    job: sealEventsJob,
    payload: {},
    key: `${workspaceId}.${window}`,
    delayMs: (window + 1) * minute - at + 1_000,
  })
}

/** Events that were written and never delivered: the process died after its commit, or a listener could not take them. */
export const undeliveredEvents: Sweep = {
  name: 'workspace.undeliveredEvents',
  find: (at) => ({
    model: 'eventOutbox',
    where: { nextAt: { lt: at } },
    orderBy: { nextAt: 'asc' },
  }),
}
