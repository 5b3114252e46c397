import { expect, test } from 'vitest'
import { day, minute } from '@/lib/core/clock'
import { platforms } from '@/lib/platforms'
import { accountPaceMs, bearable, postPaceMs } from './pace'

/** How often something is asked for within a day, when each wait is what `paceMs` says at that age. */
function looks(paceMs: (ageMs: number) => number | undefined): number {
  let count = 0
  for (let age = 0; age < day; count++) age += paceMs(age) ?? day
  return count
}

test('ten YouTube channels, each with a new video, leave half of the day’s units for all else', () => {
  const { inbox } = platforms.youtube
  const channel = looks(() => bearable(accountPaceMs(0), inbox))
  const freshVideo = looks((age) => bearable(postPaceMs(age) ?? day, inbox))
  expect(10 * (channel + freshVideo)).toBeLessThan(5_000)
})

test('a network with room enough is asked as soon as its news is worth it', () => {
  expect(bearable(accountPaceMs(0), platforms.mastodon.inbox)).toBe(accountPaceMs(0))
  expect(bearable(20 * minute, { leastPaceMs: 5 * minute })).toBe(20 * minute)
  expect(bearable(minute, undefined)).toBe(minute)
})
