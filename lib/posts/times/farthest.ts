import { day } from '@/lib/core/clock'

/** How far ahead a post may be: what is later is a slip of the keys, and no year has five digits. Ten years. */
export const farthestMs = 3_653 * day

/** The last day that may be chosen, `2036-11-26`. @param now milliseconds since 1970 */
export const farthestDay = (now: number): string => new Date(now + farthestMs).toISOString().slice(0, 10)
