import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QuotaLimit } from '@/lib/platforms'
import { overruns, overrunsOfApp, totalMicros, type Outgoing } from './foresight'

const start = Date.UTC(2030, 0, 1)
const hour = 3_600_000
const day = 24 * hour
const at = (hours: number, posts = 1, replies = 0): Outgoing => ({ at: new Date(start + hours * hour), posts, replies })

const limit = (max: number, windowMs = day, what: QuotaLimit['what'] = 'posts'): QuotaLimit => ({
  what,
  max,
  of: 'account',
  windowMs,
})

describe('a moving window', () => {
  test('holds what went out after its beginning, up to and with its end', () => {
    expect(overruns([at(0), at(23.9)], [limit(1)])).toMatchObject([{ count: 2, at: at(23.9).at.toISOString() }])
    expect(overruns([at(0), at(24)], [limit(1)])).toEqual([])
  })

  test('each stretch that exceeds is told once, at its first moment', () => {
    const found = overruns([at(0), at(1), at(2), at(100), at(101)], [limit(1)])
    expect(found.map((one) => one.at)).toEqual([at(1).at.toISOString(), at(101).at.toISOString()])
    const atOnce = overruns([at(0), at(1), at(100), at(100)], [limit(1)])
    expect(atOnce.map((one) => one.at)).toEqual([at(1).at.toISOString(), at(100).at.toISOString()])
  })

  test('replies are posts, but where the network counts them on their own', () => {
    expect(overruns([at(0, 1, 4)], [limit(4)])).toHaveLength(1)
    expect(overruns([at(0, 1, 4)], [limit(4), limit(9, day, 'replies')])).toEqual([])
    expect(overruns([at(0, 1, 4)], [limit(4), limit(3, day, 'replies')])).toMatchObject([{ what: 'replies', count: 4 }])
  })

  test('what the network says of itself goes before its pages, and counts what others sent', () => {
    const live = (used: number, max: number) => ({
      asOf: new Date(start),
      quotas: [{ what: 'posts' as const, used, max, windowMs: day }],
    })
    expect(overruns([at(1)], [limit(100)], live(50, 50))).toMatchObject([{ max: 50, count: 51, isLive: true }])
    expect(overruns([at(25)], [limit(100)], live(50, 50))).toEqual([])
    // Two of the three it counted are our own.
    expect(overruns([at(-2), at(-1), at(1)], [limit(100)], live(3, 4))).toEqual([])
    expect(overruns([at(-2), at(-1), at(1)], [limit(100)], live(4, 4))).toHaveLength(1)
  })

  const outgoing = fc.array(
    fc.record({ hours: fc.integer({ min: 0, max: 200 }), posts: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 40 },
  )

  test('something is told exactly when some window holds too many', () => {
    fc.assert(
      fc.property(outgoing, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 48 }), (all, max, hours) => {
        const sent = all.map((one) => at(one.hours, one.posts))
        const held = (end: number) =>
          all.filter((one) => one.hours <= end && one.hours > end - hours).reduce((sum, one) => sum + one.posts, 0)
        const exceeds = all.some((one) => held(one.hours) > max)
        const found = overruns(sent, [limit(max, hours * hour)])
        expect(found.length > 0).toBe(exceeds)
        for (const one of found) expect(held((Date.parse(one.at) - start) / hour)).toBe(one.count)
      }),
    )
  })

  test('the order in which posts are named does not matter, and one post less never exceeds more', () => {
    fc.assert(
      fc.property(outgoing, fc.integer({ min: 1, max: 6 }), (all, max) => {
        const sent = all.map((one) => at(one.hours, one.posts))
        const found = overruns(sent, [limit(max)])
        expect(overruns(sent.toReversed(), [limit(max)])).toEqual(found)
        expect(found.length > 0 || overruns(sent.slice(1), [limit(max)]).length === 0).toBe(true)
      }),
    )
  })
})

test('each price is paid as often as its post goes out, and what is free costs nothing', () => {
  expect(totalMicros([200_000, undefined, 15_000], 12)).toBe(2_580_000)
  expect(totalMicros([undefined], 12)).toBe(0)
})

describe('what a network takes of an app', () => {
  const dayIn = 'America/Los_Angeles'
  const app: QuotaLimit = { what: 'posts', max: 1, of: 'app', dayIn }

  test('is counted by the day of its clock, not by a window', () => {
    // Midnight in Los Angeles is 08:00 UTC in winter.
    expect(overrunsOfApp([at(7), at(8)], [], [app])).toEqual([])
    expect(overrunsOfApp([at(8), at(31.9)], [], [app])).toMatchObject([{ count: 2, at: at(31.9).at.toISOString() }])
  })

  test('is told where one of the posts in question is too much, and nothing of what others send too much', () => {
    expect(overrunsOfApp([at(9)], [at(10, 5)], [app])).toEqual([])
    expect(overrunsOfApp([at(12)], [at(10, 5)], [app])).toMatchObject([{ count: 6, at: at(12).at.toISOString() }])
  })

  test('is no limit of an account', () => {
    expect(overruns([at(9), at(10)], [app])).toEqual([])
  })
})
