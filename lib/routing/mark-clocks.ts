import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'

/**
 * Ends clocks whose promise is taken back: it is neither kept nor broken any more. What was broken by then stays so, in the
 * report as in the trail.
 */
export async function dropClocks(
  { db }: Pick<Work, 'db'>,
  which: { readonly policyId: string } | { readonly id: { readonly in: string[] } },
): Promise<void> {
  // In this order: one that is told of as broken in between is kept, too.
  await db.slaClock.deleteMany({ where: { ...which, stoppedAt: null, breachedAt: null } })
  // One that began in between is not broken, and ends when it would be told of: its promise is gone.
  await db.slaClock.updateMany({
    where: { ...which, stoppedAt: null, breachedAt: { not: null } },
    data: { stoppedAt: now(), nextAt: null },
  })
}

/**
 * Has the clocks of promises counted anew within moments, by the worker that tells of clocks: those that run, and those
 * that rest, which may have to run now. What was told of one already stays told.
 */
export const markClocks = ({ sql }: Pick<Work, 'sql'>, policyIds: readonly string[]): Promise<unknown> =>
  sql`
    update "SlaClock" s set "nextAt" = least(s."nextAt", ${now()})
    where s."policyId" = any(${policyIds}) and s."stoppedAt" is null and s."breachedAt" is null and s."workspaceId" = ${here}`
