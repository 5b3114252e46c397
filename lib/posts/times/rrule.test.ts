import { expect, test } from 'vitest'
import { shiftWall } from '@/lib/core/wall'
import { readRule } from './rrule'
import { instantOfRule } from './wall-time'

const timeZone = 'Europe/Zurich'

function instants(rule: string, start: string, days: number): readonly string[] {
  const series = readRule(rule, start, timeZone)
  if (!series.ok) throw new Error(series.error.message)
  const walls = [series.value.first() ?? '', ...series.value.between(start, shiftWall(start, days * 1_440))]
  return walls.map((wallTime) => {
    const at = instantOfRule({ wallTime, timeZone })
    return at.ok ? at.value.toISOString().slice(0, 16) : at.error.message
  })
}

test('09:00 in Zurich stays 09:00 when clocks change, both ways', () => {
  expect(instants('FREQ=DAILY', '2026-03-28T09:00', 2)).toEqual([
    '2026-03-28T08:00',
    '2026-03-29T07:00',
    '2026-03-30T07:00',
  ])
  expect(instants('FREQ=DAILY', '2026-10-24T09:00', 2)).toEqual([
    '2026-10-24T07:00',
    '2026-10-25T08:00',
    '2026-10-26T08:00',
  ])
})

test('what comes once in four years is found, and so is what comes after fifty', () => {
  const daily = readRule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29', '2028-03-01T09:00', timeZone)
  expect(daily.ok && daily.value.first()).toBe('2032-02-29T09:00')
  const old = readRule('FREQ=DAILY', '1980-01-01T09:00', timeZone)
  expect(old.ok && old.value.between('2026-11-24T09:00', '2026-11-26T09:00')).toEqual([
    '2026-11-25T09:00',
    '2026-11-26T09:00',
  ])
  expect(readRule('FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5', '2026-11-24T09:00', timeZone)).toMatchObject({
    error: { message: 'This rule happens too seldom, if ever. Change it.' },
  })
})

test('a time that clocks skip moves forward by the gap on that day only; of a time that comes twice the first is taken', () => {
  expect(instants('FREQ=DAILY', '2026-03-28T02:30', 2)).toEqual([
    '2026-03-28T01:30',
    '2026-03-29T01:30',
    '2026-03-30T00:30',
  ])
  expect(instants('FREQ=DAILY', '2026-10-24T02:30', 2)).toEqual([
    '2026-10-24T00:30',
    '2026-10-25T00:30',
    '2026-10-26T01:30',
  ])
})

test('COUNT counts from the start however late one asks, and UNTIL ends it to the minute', () => {
  const series = readRule('FREQ=WEEKLY;COUNT=4', '2026-01-05T09:00', timeZone)
  expect(series.ok && series.value.between('2026-01-13T00:00', '2030-01-01T00:00')).toEqual([
    '2026-01-19T09:00',
    '2026-01-26T09:00',
  ])
  const last = (until: string) => instants(`FREQ=DAILY;UNTIL=${until}`, '2026-07-05T09:00', 60).length
  // 09:00 in Zurich is 07:00 UTC in summer.
  expect([last('20260707T070000Z'), last('20260707T065900Z'), last('20260707T090000'), last('20260707')]).toEqual([
    3, 2, 3, 3,
  ])
})
