import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shiftWall, wallMinutesBetween, wallOf } from '@/lib/core/wall'
import { instantOf, instantOfRule } from './wall-time'

const zones = [
  'Europe/Zurich',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'UTC',
  'Asia/Gaza',
  'Pacific/Chatham',
]
const zone = fc.constantFrom(...zones)
const instant = fc.date({ min: new Date('1990-01-01T00:00Z'), max: new Date('2040-01-01T00:00Z'), noInvalidDate: true })
const toMinute = (at: Date) => new Date(Math.floor(at.getTime() / 60_000) * 60_000)

describe('times a person chooses', () => {
  test('a time inside the gap is refused, with the reason and the next time that exists', () => {
    const refused = instantOf({ wallTime: '2026-03-29T02:30', timeZone: 'Europe/Zurich' })
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'VALIDATION_ERROR',
        message:
          '02:30 does not exist on 29 March 2026 in Europe/Zurich: clocks go from 02:00 to 03:00. Choose 03:30 or another time.',
      },
    })
  })

  test('a half-hour gap and a skipped day are told as they are', () => {
    expect(instantOf({ wallTime: '2026-10-04T02:15', timeZone: 'Australia/Lord_Howe' })).toMatchObject({
      error: { message: expect.stringContaining('clocks go from 02:00 to 02:30. Choose 02:45') },
    })
    expect(instantOf({ wallTime: '2011-12-30T12:00', timeZone: 'Pacific/Apia' })).toMatchObject({
      error: { message: expect.stringContaining('Choose 12:00 on 31 December 2011') },
    })
  })

  test('of a time that comes twice the earlier is taken, unless the later is asked for', () => {
    const wall = { wallTime: '2026-10-25T02:30', timeZone: 'Europe/Zurich' }
    expect(instantOf(wall)).toEqual({ ok: true, value: new Date('2026-10-25T00:30Z') })
    expect(instantOf({ ...wall, fold: 'later' })).toEqual({ ok: true, value: new Date('2026-10-25T01:30Z') })
  })

  test('unknown zones, offsets and impossible days are refused', () => {
    for (const timeZone of ['Mars/Olympus', '+01:00', ''])
      expect(instantOf({ wallTime: '2026-03-29T09:30', timeZone })).toMatchObject({
        ok: false,
        error: { code: 'VALIDATION_ERROR' },
      })
    for (const wallTime of ['2026-02-30T09:00', '2026-01-01T25:00'])
      expect(instantOf({ wallTime, timeZone: 'UTC' })).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } })
  })

  test('every instant is found again from what the wall showed, by one fold or the other', () => {
    fc.assert(
      fc.property(zone, instant, (timeZone, at) => {
        const minute = toMinute(at)
        const wallTime = wallOf(minute, timeZone)
        const both = (['earlier', 'later'] as const).map((fold) => instantOf({ wallTime, timeZone, fold }))
        // Zones whose offset once had seconds would fail here; none of those above did after 1990.
        expect(both.map((r) => r.ok && r.value.getTime())).toContain(minute.getTime())
      }),
      { numRuns: 500 },
    )
  })

  test('whatever is accepted reads on the wall as it was written, and the earlier is never after the later', () => {
    const wall = fc.tuple(
      fc.integer({ min: 1990, max: 2040 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
    )
    const two = (n: number) => String(n).padStart(2, '0')
    fc.assert(
      fc.property(zone, wall, (timeZone, [y, mo, d, h, mi]) => {
        const wallTime = `${y}-${two(mo)}-${two(d)}T${two(h)}:${two(mi)}`
        const early = instantOf({ wallTime, timeZone })
        const late = instantOf({ wallTime, timeZone, fold: 'later' })
        expect(early.ok).toBe(late.ok)
        if (!early.ok || !late.ok) return
        expect(wallOf(early.value, timeZone)).toBe(wallTime)
        expect(wallOf(late.value, timeZone)).toBe(wallTime)
        expect(early.value.getTime()).toBeLessThanOrEqual(late.value.getTime())
        expect(instantOfRule({ wallTime, timeZone })).toEqual(early)
      }),
      { numRuns: 500 },
    )
  })
})

test('a rule that falls into the gap moves forward by the gap', () => {
  expect(instantOfRule({ wallTime: '2026-03-29T02:30', timeZone: 'Europe/Zurich' })).toEqual({
    ok: true,
    value: new Date('2026-03-29T01:30Z'),
  })
})

test('moving by a day keeps the time on the wall', () => {
  expect(shiftWall('2026-03-28T09:00', 1_440)).toBe('2026-03-29T09:00')
  expect(wallMinutesBetween('2026-03-28T09:00', '2026-03-29T09:00')).toBe(1_440)
})
