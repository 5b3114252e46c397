import { inMs, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { log, requestId } from '@/lib/core/log'
import { enqueueMany, type Enqueued } from '@/lib/core/queue'
import { announce } from '@/lib/core/realtime'
import { commitmentTo, excerptsFor } from './excerpts'
import { deliveredAtOnce, deliverEventsJob } from './jobs'
import type { EventType } from './sentences'

/**
 * Something that happened, in the past tense. `particulars` are ids and plain values: never a secret, never a body. What is
 * quoted goes by their `replyId` or `draftId`, or by the conversation: excerpts.ts.
 */
export type Happening = {
  readonly type: EventType
  readonly subject: { readonly type: string; readonly id: string }
  readonly particulars?: Readonly<Record<string, unknown>>
  /** The request or job it happened in; the one under way when absent. */
  readonly requestId?: string
}

/** Who did it, as the event keeps it. */
export type By = { readonly kind: 'member' | 'api_key' | 'system' | 'visitor'; readonly id: string }

export type Recorded = Happening & {
  readonly eventId: string
  readonly workspaceId: string
  readonly by: By
  readonly requestId: string
}

export const recorded = (workspaceId: string, by: By, happening: Happening): Recorded => ({
  requestId: requestId(),
  ...happening,
  eventId: newId(),
  workspaceId,
  by,
})

/** A transaction, of one workspace or of all: the two have types of their own. */
type EventTables = { readonly event: unknown; readonly eventOutbox: unknown }
type Raw = {
  $executeRaw(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<number>
  $queryRaw<T>(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<T>
}

/** An event that was not delivered so long after its commit was lost by the queue. */
const queuedWithinMs = minute

/**
 * Writes events, the words they are about, and that they are yet to be delivered, in the transaction that `db` is. One
 * statement for them all, after another that asks for the words where there may be any.
 */
export async function writeEvents(db: EventTables, events: readonly Recorded[]): Promise<void> {
  if (events.length === 0) return
  const at = now()
  // A room's transaction can do it, though its type does not say so; the rows carry the workspace they were recorded in.
  const raw = db as unknown as Raw
  const excerpts = await excerptsFor(raw, events)
  const commitments = new Map(excerpts.map((excerpt) => [excerpt.eventId, commitmentTo(excerpt)]))
  const rows = events.map(({ eventId, workspaceId, type, subject, by, particulars, requestId: asked }) => ({
    id: eventId,
    workspaceId,
    type,
    subjectType: subject.type,
    subjectId: subject.id,
    actorKind: by.kind,
    actorId: by.id,
    requestId: asked,
    // Plain values by contract; what JSON cannot say is dropped here.
    particulars: { ...particulars, ...(commitments.has(eventId) ? { excerptHash: commitments.get(eventId) } : {}) },
  }))
  await raw.$executeRaw`
    with written as (
      insert into "Event" (id, "workspaceId", type, "subjectType", "subjectId", "actorKind", "actorId", "requestId", particulars, at)
      select id, "workspaceId", type, "subjectType", "subjectId", "actorKind", "actorId", "requestId", particulars, ${at}::timestamp(3)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        id text, "workspaceId" text, type text, "subjectType" text, "subjectId" text,
        "actorKind" text, "actorId" text, "requestId" text, particulars jsonb)
      returning id, "workspaceId"),
    quoted as (
      insert into "EventExcerpt" ("workspaceId", "eventId", "conversationId", salt, text)
      select "workspaceId", "eventId", "conversationId", salt, text
      from jsonb_to_recordset(${JSON.stringify(excerpts)}::jsonb) as row(
        "workspaceId" text, "eventId" text, "conversationId" text, salt text, text text))
    insert into "EventOutbox" ("eventId", "workspaceId", "createdAt", "nextAt")
    select id, "workspaceId", ${at}::timestamp(3), ${inMs(queuedWithinMs, at)}::timestamp(3) from written`
}

/** A job and the workspace it is for; the empty string when it is for none. */
export type Queued = { readonly workspaceId: string; readonly job: Enqueued }

const delivery = (eventIds: readonly string[]) => ({
  job: deliverEventsJob,
  payload: { eventIds: [...eventIds] },
  key: eventIds[0] ?? '',
})

function inParts<T>(all: readonly T[]): readonly (readonly T[])[] {
  const parts = Math.ceil(all.length / deliveredAtOnce)
  return Array.from({ length: parts }, (_, n) => all.slice(n * deliveredAtOnce, (n + 1) * deliveredAtOnce))
}

/** Queues what a committed transaction left to do, and tells those who watch. Never fails: the sweeps find what is lost. */
export async function afterCommit(events: readonly Recorded[], jobs: readonly Queued[]): Promise<void> {
  const all: Queued[] = [
    ...jobs,
    // What happened together is told together.
    ...[...Map.groupBy(events, ({ workspaceId }) => workspaceId)].flatMap(([workspaceId, mine]) =>
      inParts(mine).map((some) => ({ workspaceId, job: delivery(some.map(({ eventId }) => eventId)) })),
    ),
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
  await Promise.all(
    events.map(({ workspaceId, type, subject }) => announce(`workspace.${workspaceId}`, { type, subject })),
  )
}
