import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { prisma, type Prisma } from '@/lib/core/db'
import type { Enqueued } from '@/lib/core/queue'
import type { Ctx } from './context'
import { afterCommit, recorded, writeEvents, type By, type Happening, type Queued, type Recorded } from './happenings'
import { sql } from './sql'
import { wasDeadlock } from './taken'
import type { ScopedTx } from './tenant'

const patience = { timeout: 20_000, maxWait: 10_000 }
/** How often a change is tried that deadlocks with others. */
const mostTries = 4

export type Work = {
  readonly db: ScopedTx
  /** One statement in this transaction, where `db` has no words for it. */
  readonly sql: ReturnType<typeof sql>
  /** Writes an event in this transaction; it is delivered after the commit. */
  record(happening: Happening): void
  /** Queues a job after the commit. */
  enqueue<P extends z.ZodType>(job: Enqueued<P>): void
  /** Does something of no lasting interest once the change holds, and never for a try that did not: figures, say. */
  onceHeld(does: () => void): void
}

/**
 * Runs a change, its events and its jobs as one: the events are rows of the same transaction, and the jobs are queued
 * once it holds. When the process dies in between, the sweeps find the rows, so nothing waits on the queue alone.
 * `work` is done again from its beginning when it deadlocks with another: it changes nothing but by `db` and `sql`.
 */
export const transact = <T>(ctx: Ctx, work: (w: Work) => Promise<T>, { timeoutMs }: Within = {}): Promise<T> =>
  again(() => once(ctx, work, timeoutMs))

/** For what may touch very many rows. Without it, 20 seconds. */
type Within = { readonly timeoutMs?: number }

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      // Postgres ended it for another's sake: nothing of it holds, and the other is through.
      if (tried === mostTries || !wasDeadlock(error)) throw error
      // Not all who were ended at the same moment: they would only meet again.
      await wait(tried * 20 * Math.random())
    }
  }
}

async function once<T>(ctx: Ctx, work: (w: Work) => Promise<T>, timeoutMs = patience.timeout): Promise<T> {
  const events: Recorded[] = []
  const jobs: Queued[] = []
  const later: (() => void)[] = []
  const { workspaceId, actor } = ctx
  const value = await ctx.db.$transaction(
    async (db) => {
      const done = await work({
        db,
        sql: sql(ctx, db),
        record: (happening) => events.push(recorded(workspaceId, actor, happening)),
        // A job knows the type of its own payload; a list of them does not.
        enqueue: (job) => jobs.push({ workspaceId, job: job as unknown as Enqueued }),
        onceHeld: (does) => later.push(does),
      })
      await writeEvents(db, events)
      return done
    },
    { ...patience, timeout: timeoutMs },
  )
  for (const does of later) does()
  await afterCommit(events, jobs)
  return value
}

export type UnscopedWork = {
  readonly db: Prisma.TransactionClient
  record(workspaceId: string, by: By, happening: Happening): void
  /** Queues a job that belongs to no workspace, after the commit. */
  enqueue<P extends z.ZodType>(job: Enqueued<P>): void
}

/**
 * The same over the whole database, for what is shared between workspaces: people, sessions, mail, workspaces
 * themselves. Not exported from the room: whoever calls it checks the workspace of every row it touches.
 */
export const transactUnscoped = <T>(work: (w: UnscopedWork) => Promise<T>): Promise<T> =>
  again(() => onceUnscoped(work))

async function onceUnscoped<T>(work: (w: UnscopedWork) => Promise<T>): Promise<T> {
  const events: Recorded[] = []
  const jobs: Queued[] = []
  const value = await prisma.$transaction(async (db) => {
    const done = await work({
      db,
      record: (workspaceId, by, happening) => events.push(recorded(workspaceId, by, happening)),
      enqueue: (job) => jobs.push({ workspaceId: '', job: job as unknown as Enqueued }),
    })
    await writeEvents(db, events)
    return done
  }, patience)
  await afterCommit(events, jobs)
  return value
}
