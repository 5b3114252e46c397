import { prisma } from '@/lib/core/db'
import { makeCtx, type Ctx } from './context'

/**
 * Acts for the workspace itself, with no person behind it. Only worker/ may import this.
 * @returns undefined when the workspace is gone.
 */
export async function asSystem(workspaceId: string, reason: string): Promise<Ctx | undefined> {
  const workspace = await prisma.workspace.findUnique({ where: { id: workspaceId } })
  return workspace ? makeCtx(workspace, { kind: 'system', id: reason }, 'system') : undefined
}

/** Where to look, in every workspace at once, for rows that something should be done about. */
export type Sweep = {
  readonly name: string
  /** Ids and workspaces only, at most `take`: what is found is handed to an operation of its own workspace. */
  find(
    now: Date,
    take: number,
  ): {
    readonly model:
      | 'variant'
      | 'account'
      | 'connectionAttempt'
      | 'recurrence'
      | 'feed'
      | 'eventOutbox'
      | 'mail'
      | 'incomingEvent'
      | 'erasedNames'
      | 'inboxFeed'
      | 'conversation'
      | 'slaClock'
      | 'reply'
      | 'media'
      | 'mediaUpload'
      | 'mediaWork'
      | 'aiCall'
      | 'aiSettings'
      | 'aiReading'
      | 'contactIdentity'
      | 'webhookEndpoint'
      | 'webhookDelivery'
      | 'message'
      | 'messageFile'
    readonly where: object
    readonly orderBy?: object
  }
}

/** Runs a sweep. @returns the key of each row found, with its workspace. */
export async function findEverywhere(
  sweep: Sweep,
  now: Date,
  take: number,
): Promise<readonly { id: string; workspaceId: string }[]> {
  const { model, where, orderBy } = sweep.find(now, take)
  const key = model === 'eventOutbox' ? 'eventId' : 'id'
  // One call over models whose generated types differ only in their columns.
  const table = prisma[model] as unknown as { findMany(q: object): Promise<Record<string, string>[]> }
  const rows = await table.findMany({
    where,
    select: { [key]: true, ...(model === 'mail' || model === 'incomingEvent' ? {} : { workspaceId: true }) },
    take,
    ...(orderBy ? { orderBy } : {}),
  })
  return rows.map((row) => ({ id: row[key] ?? '', workspaceId: row.workspaceId ?? '' }))
}

/** The ids of all workspaces, read a thousand at a time. */
export async function* everyWorkspace(): AsyncGenerator<string> {
  const atOnce = 1_000
  for (let after = ''; ;) {
    const rows = await prisma.workspace.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: atOnce,
      select: { id: true },
    })
    yield* rows.map(({ id }) => id)
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return
    after = last.id
  }
}

/** Says that a worker is alive, and forgets those that have been silent for a day. */
export async function beat(workerId: string, now: Date): Promise<void> {
  await prisma.workerHeartbeat.upsert({
    where: { id: workerId },
    create: { id: workerId, seenAt: now },
    update: { seenAt: now },
  })
  await prisma.workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - 86_400_000) } } })
}
