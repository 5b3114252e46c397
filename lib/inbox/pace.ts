import { day, hour, minute, second } from '@/lib/core/clock'
import type { Inbox } from '@/lib/platforms'

/** When an account's own feed is asked again, in milliseconds: soon after news, every minute in silence. */
export function accountPaceMs(sinceNewsMs: number): number {
  if (sinceNewsMs < 10 * minute) return 15 * second
  return minute
}

/** When what stands under a post is asked again: often while it is fresh, seldom when it is old, never after a month. */
export function postPaceMs(ageMs: number): number | undefined {
  if (ageMs < hour) return 30 * second
  if (ageMs < 6 * hour) return 2 * minute
  if (ageMs < day) return 10 * minute
  if (ageMs < 7 * day) return hour
  return ageMs < 30 * day ? 6 * hour : undefined
}

/** A pace that the network's own quota bears. */
export const bearable = (paceMs: number, inbox: Pick<Inbox, 'leastPaceMs'> | undefined): number =>
  Math.max(paceMs, inbox?.leastPaceMs ?? 0)

/** How long to leave a network alone after so many failures in a row: half a minute at first, an hour at most. */
export const restMs = (failures: number): number => Math.min(hour, 30 * second * 2 ** Math.min(failures - 1, 10))
