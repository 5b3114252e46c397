import type { Prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { log, requestId } from '@/lib/core/log'
import { enqueueMany, type Enqueued } from '@/lib/core/queue'
import { announce } from '@/lib/core/realtime'
import { deliverEventJob } from './jobs'

/** Something that happened, in the past tense. `particulars` are ids and plain values: never a secret, never a body. */
export type Happening = {
  readonly type: `${string}.${string}`
  readonly subject: { readonly type: string; readonly id: string }
  readonly particulars?: Readonly<Record<string, unknown>>
}

/** Who did it, as the event keeps it. */
export type By = { readonly kind: 'member' | 'api_key' | 'system' | 'visitor'; readonly id: string }

export type Recorded = Happening & { readonly eventId: string; readonly workspaceId: string; readonly by: By }

export const recorded = (workspaceId: string, by: By, happening: Happening): Recorded => ({
  ...happening,
  eventId: newId(),
  workspaceId,
  by,
})

/** A transaction, of one workspace or of all: the two have types of their own. */
type EventTables = {
  readonly event: { createMany(args: { data: Prisma.EventCreateManyInput[] }): PromiseLike<unknown> }
  readonly eventOutbox: { createMany(args: { data: Prisma.EventOutboxCreateManyInput[] }): PromiseLike<unknown> }
}

/** Writes events, and that they are yet to be delivered, in the transaction that `db` is. */
export async function writeEvents(db: EventTables, events: readonly Recorded[]): Promise<void> {
  if (events.length === 0) return
  await db.event.createMany({
    data: events.map(({ eventId, workspaceId, type, subject, by, particulars }) => ({
      id: eventId,
      workspaceId,
      type,
      subjectType: subject.type,
      subjectId: subject.id,
      actorKind: by.kind,
      actorId: by.id,
      requestId: requestId(),
      // Plain values by contract; the JSON round trip drops what JSON cannot say.
      particulars: JSON.parse(JSON.stringify(particulars ?? {})),
    })),
  })
  await db.eventOutbox.createMany({ data: events.map(({ eventId, workspaceId }) => ({ eventId, workspaceId })) })
}

/** A job and the workspace it is for; the empty string when it is for none. */
export type Queued = { readonly workspaceId: string; readonly job: Enqueued }

/** Queues what a committed transaction left to do, and tells those who watch. Never fails: the sweeps find what is lost. */
export async function afterCommit(events: readonly Recorded[], jobs: readonly Queued[]): Promise<void> {
  const all: Queued[] = [
    ...jobs,
    ...events.map(({ eventId, workspaceId }) => ({
      workspaceId,
      job: { job: deliverEventJob, payload: { eventId }, key: eventId },
    })),
  ]
  try {
    for (const [workspaceId, queued] of Map.groupBy(all, (each) => each.workspaceId)) {
      await enqueueMany(
        workspaceId,
        queued.map(({ job }) => job),
      )
    }
  } catch (error) {
    // The rows are committed: failing here would tell the person that nothing was done.
    log.error({ error: String(error), jobs: all.length }, 'queue unreachable after commit, left to the sweep')
  }
  for (const { workspaceId, type, subject } of events) await announce(`workspace.${workspaceId}`, { type, subject })
}
