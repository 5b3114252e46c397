import { minute, now } from '@/lib/core/clock'
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

/**
 * Makes the operation that tells events to `listeners` (worker/routes.ts knows them), in the order in which they
 * happened, has them sealed, and takes them off the outbox. When a listener fails, that event stays and is told to all
 * of them again. An event that is not in the outbox was delivered before.
 */
export const eventDelivery = (listeners: readonly Listener[]) =>
  operation({
    can: 'event.deliver',
    input: deliverEventsJob.payload,
    async run(ctx, { eventIds }): Promise<Result<{ delivered: number }>> {
      const waiting = await ctx.db.eventOutbox.findMany({ where: { eventId: { in: eventIds } } })
      if (waiting.length === 0) return ok({ delivered: 0 })
      const events = await ctx.db.event.findMany({
        where: { id: { in: waiting.map(({ eventId }) => eventId) } },
        orderBy: { id: 'asc' },
      })
      const told: string[] = []
      let failure: Failure | undefined
      for (const some of inRuns(events)) {
        const refusals = await Promise.all(some.map((event) => tell(ctx, listeners, event)))
        for (const [n, refused] of refusals.entries()) {
          if (refused) failure = refused
          else told.push(some[n]?.id ?? '')
        }
      }
      if (told.length > 0) {
        await haveSealed(ctx.workspaceId)
        await ctx.db.eventOutbox.deleteMany({ where: { eventId: { in: told } } })
      }
      return failure ? fail(failure) : ok({ delivered: told.length })
    },
  })

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
    const heard = await listen(ctx, event)
    if (!heard.ok) return heard.error
  }
  return undefined
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

/** Events that were written and never delivered: the process died after its commit, or a listener kept failing. */
export const undeliveredEvents: Sweep = {
  name: 'workspace.undeliveredEvents',
  find: (at) => ({
    model: 'eventOutbox',
    where: { createdAt: { lt: new Date(at.getTime() - minute) } },
    orderBy: { createdAt: 'asc' },
  }),
}
