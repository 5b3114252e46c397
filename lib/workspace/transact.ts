import { announce } from '@/lib/core/realtime'
import { enqueueMany, type Enqueued } from '@/lib/core/queue'
import { newId } from '@/lib/core/ids'
import { log, requestId } from '@/lib/core/log'
import type { Ctx } from './context'
import { deliverEventJob } from './jobs'
import type { ScopedTx } from './tenant'
import type { z } from 'zod'

/** Something that happened, in the past tense. `particulars` are ids and plain values: never a secret, never a body. */
export type Happening = { readonly type: `${string}.${string}`; readonly subject: { readonly type: string; readonly id: string }; readonly particulars?: Readonly<Record<string, unknown>> }

export type Work = {
  readonly db: ScopedTx
  /** Writes an event in this transaction; it is delivered after the commit. */
  record(happening: Happening): void
  /** Queues a job after the commit. */
  enqueue<P extends z.ZodType>(job: Enqueued<P>): void
}

const actorOf = ({ actor }: Ctx) => ({ actorKind: actor.kind, actorId: actor.id })

/**
 * Runs a change, its events and its jobs as one: the events are rows of the same transaction, and the jobs are queued
 * once it holds. When the process dies in between, the sweeps find the rows, so nothing waits on the queue alone.
 */
export async function transact<T>(ctx: Ctx, work: (w: Work) => Promise<T>): Promise<T> {
  const happenings: (Happening & { id: string })[] = []
  const jobs: Enqueued[] = []
  const value = await ctx.db.$transaction(
    async (db) => {
      // A serialisation retry by Prisma would run this again.
      happenings.length = 0
      jobs.length = 0
      const done = await work({ db, record: (happening) => happenings.push({ ...happening, id: newId() }), enqueue: (job) => jobs.push(job as unknown as Enqueued) })
      await writeEvents(ctx, db, happenings)
      return done
    },
    { timeout: 20_000, maxWait: 10_000 },
  )
  await afterCommit(ctx, happenings, jobs)
  return value
}

async function writeEvents(ctx: Ctx, db: ScopedTx, happenings: readonly (Happening & { id: string })[]): Promise<void> {
  if (happenings.length === 0) return
  const { workspaceId } = ctx
  await db.event.createMany({
    data: happenings.map(({ id, type, subject, particulars }) => ({
      id, workspaceId, type, subjectType: subject.type, subjectId: subject.id, ...actorOf(ctx), requestId: requestId(),
      // Plain values by contract; JSON round trip drops what JSON cannot say.
      particulars: JSON.parse(JSON.stringify(particulars ?? {})),
    })),
  })
  await db.eventOutbox.createMany({ data: happenings.map(({ id }) => ({ eventId: id, workspaceId })) })
}

async function afterCommit(ctx: Ctx, happenings: readonly (Happening & { id: string })[], jobs: readonly Enqueued[]): Promise<void> {
  try {
    await enqueueMany(ctx.workspaceId, [...jobs, ...happenings.map(({ id }) => ({ job: deliverEventJob, payload: { eventId: id }, key: id }))])
  } catch (error) {
    // The rows are committed: the sweep will queue them. Failing here would tell the person that nothing was done.
    log.error({ error: String(error), events: happenings.length, jobs: jobs.length }, 'queue unreachable after commit, left to the sweep')
  }
  for (const { type, subject } of happenings) await announce(`workspace.${ctx.workspaceId}`, { type, subject })
}
