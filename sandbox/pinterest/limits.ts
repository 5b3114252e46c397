import type { Limit } from '../core/windows'

const minuteMs = 60_000

/** Categories as the description names them; how much each allows is for Standard access, and unverified. */
export const reads: Limit = { name: 'org_read', max: 1_000, windowMs: minuteMs }
export const writes: Limit = { name: 'org_write', max: 400, windowMs: minuteMs }
export const analytics: Limit = { name: 'org_analytics', max: 300, windowMs: minuteMs }
