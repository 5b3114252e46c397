import { day, hour, minute, second } from '@/lib/core/clock'
import type { Inbox, QuotaLeft } from '@/lib/platforms'

/**
 * When an account's own feed is asked again, in milliseconds: soon after news, a post of our own among them, and every
 * minute in silence.
 */
export function accountPaceMs(sinceNewsMs: number): number {
  if (sinceNewsMs < 10 * minute) return 15 * second
  return sinceNewsMs < hour ? 30 * second : minute
}

/**
 * When what stands under a post is asked again: often while it is fresh, seldom when it is old. An old one that people
 * talk under again is asked as one of the day; one older than a month until nobody has said anything for a month.
 */
export function postPaceMs(ageMs: number, sinceNewsMs = Number.POSITIVE_INFINITY): number | undefined {
  if (ageMs < hour) return 30 * second
  if (ageMs < 6 * hour || sinceNewsMs < 10 * minute) return 2 * minute
  if (ageMs < day) return 10 * minute
  if (ageMs < 7 * day) return hour
  if (ageMs < 30 * day) return 6 * hour
  return sinceNewsMs < 30 * day ? day : undefined
}

/** What came a moment ago its network may not show everywhere yet, and nobody has thought better of it. */
const firstLookMs = 5 * minute
const firstBilledMs = hour

/**
 * When it is asked first what became of something that was said so long ago, in milliseconds; undefined for what is too
 * old. `billed`: each question costs money.
 */
export const firstAgainMs = (ageMs: number, billed: boolean): number | undefined =>
  againPaceMs(ageMs, billed) === undefined ? undefined : billed ? firstBilledMs : firstLookMs

/** When it is asked again: often while it is fresh, seldom when it is old, never after a month, or a week where it is billed. */
export function againPaceMs(ageMs: number, billed: boolean): number | undefined {
  if (billed) return ageMs < 7 * day ? day : undefined
  if (ageMs < hour) return 10 * minute
  if (ageMs < day) return hour
  if (ageMs < 7 * day) return 6 * hour
  return ageMs < 30 * day ? day : undefined
}

/** That a post is gone is believed when its network says so for so long; what lags or fails for a moment it may say, too. */
export const sureAfterMs = hour

/** A pace that the network's own quota bears. */
export const bearable = (paceMs: number, inbox: Pick<Inbox, 'leastPaceMs'> | undefined): number =>
  Math.max(paceMs, inbox?.leastPaceMs ?? 0)

/** Of what is left of a quota, so much is for asking: the rest is for answers, posts and what is asked besides. */
const forAsking = 0.5

/**
 * A pace at which what is left of a quota lasts until it is new again.
 * @param asking.feeds how many ask with the same quota
 * @param asking.calls how many calls one look takes
 */
export function withinQuota(
  paceMs: number,
  left: QuotaLeft | undefined,
  { at, feeds, calls }: { readonly at: Date; readonly feeds: number; readonly calls: number },
): number {
  if (!left) return paceMs
  const untilNewMs = Math.max(0, left.resetAt.getTime() - at.getTime())
  const looks = Math.floor((left.calls * forAsking) / Math.max(1, feeds * calls))
  return Math.max(paceMs, Math.ceil(untilNewMs / Math.max(1, looks)))
}

/** How long to leave a network alone after so many failures in a row: half a minute at first, an hour at most. */
export const restMs = (failures: number): number => Math.min(hour, 30 * second * 2 ** Math.min(failures - 1, 10))
