import { minute, now } from '@/lib/core/clock'
import { enqueueFor } from '@/lib/core/queue'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Ctx } from './context'
import { deliverEventJob, sealEventsJob } from './jobs'
import { operation } from './operation'
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
 * Makes the operation that tells an event to `listeners` (worker/routes.ts knows them), has it sealed, and takes it off
 * the outbox. When one listener fails, all are told again. An event that is not in the outbox was delivered before.
 */
export const eventDelivery = (listeners: readonly Listener[]) =>
  operation({
    can: 'event.deliver',
    input: deliverEventJob.payload,
    async run(ctx, { eventId }) {
      const waiting = await ctx.db.eventOutbox.findUnique({ where: { eventId } })
      if (!waiting) return ok({ delivered: false })
      const { id, type, subjectType, subjectId, actorKind, actorId, particulars, at } =
        await ctx.db.event.findUniqueOrThrow({ where: { id: eventId } })
      const event: Heard = {
        id,
        type,
        subject: { type: subjectType, id: subjectId },
        actor: { kind: actorKind, id: actorId },
        particulars,
        at,
      }
      for (const listen of listeners) {
        const heard = await listen(ctx, event)
        if (!heard.ok) return fail(heard.error)
      }
      await haveSealed(ctx.workspaceId)
      await ctx.db.eventOutbox.deleteMany({ where: { eventId } })
      return ok({ delivered: true })
    },
  })

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
