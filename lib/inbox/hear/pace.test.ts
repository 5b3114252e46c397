import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { day, hour, inMs, minute } from '@/lib/core/clock'
import { platforms } from '@/lib/platforms'
import { accountPaceMs, bearable, postPaceMs, withinQuota } from './pace'

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

test('the older a post the seldomer it is asked, and after a month of silence never', () => {
  const ages = [0, hour, 6 * hour, day, 7 * day, 29 * day]
  const paces = ages.map((age) => postPaceMs(age) ?? Number.NaN)
  expect(paces).toEqual(paces.toSorted((a, b) => a - b))
  expect(new Set(paces).size).toBeGreaterThan(4)
  expect(postPaceMs(30 * day)).toBeUndefined()
  expect(postPaceMs(80 * day, 30 * day)).toBeUndefined()
})

test('an old post that people talk under again is asked often, until they fall silent', () => {
  for (const age of [8 * day, 80 * day]) expect(postPaceMs(age, minute)).toBe(2 * minute)
  expect(postPaceMs(80 * day, 29 * day)).toBe(day)
  expect(postPaceMs(8 * day, hour)).toBe(postPaceMs(8 * day))
  expect(postPaceMs(minute, minute)).toBe(postPaceMs(minute))
})

test('an account is asked less often the longer nothing was said', () => {
  const paces = [0, 20 * minute, day].map(accountPaceMs)
  expect(paces).toEqual(paces.toSorted((a, b) => a - b))
  expect(new Set(paces).size).toBe(3)
})

test('whatever is left of a quota, all that ask with it together use no more than half of it until it is new', () => {
  const at = new Date('2026-11-25T12:00:00Z')
  fc.assert(
    fc.property(
      fc.record({
        left: fc.integer({ min: 0, max: 5_000 }),
        minutes: fc.integer({ min: 1, max: 24 * 60 }),
        feeds: fc.integer({ min: 1, max: 300 }),
        calls: fc.integer({ min: 1, max: 5 }),
      }),
      ({ left, minutes, feeds, calls }) => {
        const resetAt = inMs(minutes * minute, at)
        const paceMs = withinQuota(accountPaceMs(0), { calls: left, resetAt }, { at, feeds, calls })
        // The look at the moment itself has the new quota.
        const looks = Math.ceil((minutes * minute) / paceMs) - 1
        expect(looks * feeds * calls).toBeLessThanOrEqual(left / 2)
        expect(paceMs).toBeGreaterThanOrEqual(accountPaceMs(0))
      },
    ),
  )
})

test('a quota that is not told of, or has room enough, slows nothing down', () => {
  const at = new Date('2026-11-25T12:00:00Z')
  const asking = { at, feeds: 2, calls: 1 }
  expect(withinQuota(minute, undefined, asking)).toBe(minute)
  expect(withinQuota(minute, { calls: 900, resetAt: inMs(15 * minute, at) }, asking)).toBe(minute)
})
