import { now } from '@/lib/core/clock'
import type { Work } from '@/lib/workspace'

/**
 * Promises of one conversation go on in another. Of two of a kind that run, the one that began first does: it is with who
 * has waited longest. The other ends where it was broken, and was never given where it was not. Both conversations must be
 * locked.
 */
export async function joinClocks({ db }: Work, from: string, to: string): Promise<void> {
  const running = await db.slaClock.findMany({
    where: { conversationId: { in: [from, to] }, stoppedAt: null },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true },
  })
  const later = [...Map.groupBy(running, ({ kind }) => kind).values()].flatMap(([, ...rest]) => rest)
  const ids = { in: later.map(({ id }) => id) }
  await db.slaClock.updateMany({
    where: { id: ids, breachedAt: { not: null } },
    data: { stoppedAt: now(), nextAt: null },
  })
  await db.slaClock.deleteMany({ where: { id: ids, breachedAt: null } })
  await db.slaClock.updateMany({ where: { conversationId: from }, data: { conversationId: to } })
}
