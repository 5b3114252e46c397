import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'

/**
 * Has the clocks that run for promises counted anew within moments, by the worker that tells of clocks. What was told of one
 * already stays told.
 */
export const markClocks = ({ sql }: Pick<Work, 'sql'>, policyIds: readonly string[]): Promise<unknown> =>
  sql`
    update "SlaClock" s set "nextAt" = least(s."nextAt", ${now()})
    where s."policyId" = any(${policyIds}) and s."stoppedAt" is null and s."nextAt" is not null and s."workspaceId" = ${here}`
