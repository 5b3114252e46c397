import type { Limit } from '../core/windows'

const dayMs = 86_400_000

/** `videos.insert` has a bucket of its own (developers.google.com/youtube/v3/determine_quota_cost). */
export const uploads: Limit = { name: 'videos.insert', max: 100, windowMs: dayMs }

/** The rest shares 10,000 units a day; lists take 1, writes 50. */
export const units = (points: 1 | 50): Limit => ({ name: 'units', max: 10_000, windowMs: dayMs, points })
