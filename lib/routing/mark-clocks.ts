import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'

/**
 * Has the clocks of promises counted anew within moments, by the worker that tells of clocks: those that run, and those
 * that rest, which may have to run now. What was told of one already stays told.
 */
export const markClocks = ({ sql }: Pick<Work, 'sql'>, policyIds: readonly string[]): Promise<unknown> =>
  sql`
    update "SlaClock" s set "nextAt" = least(s."nextAt", ${now()})
    where s."policyId" = any(${policyIds}) and s."stoppedAt" is null and s."breachedAt" is null and s."workspaceId" = ${here}`
