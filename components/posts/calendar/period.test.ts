import { expect, test } from 'vitest'
import { shiftWall, wallOf } from '@/lib/core/wall'
import { atWall, isDay, periodOf, stepped, usualTimeOn } from './period'

const zurich = { timeZone: 'Europe/Zurich', weekStartsOn: 1 }
const hours = ({ from, to }: { from: Date; to: Date }) => (to.getTime() - from.getTime()) / 3_600_000

test('a day begins and ends at midnight of the zone, also when clocks change', () => {
  expect(hours(periodOf('day', '2026-11-24', zurich))).toBe(24)
  expect(hours(periodOf('day', '2027-03-28', zurich))).toBe(23)
  expect(hours(periodOf('day', '2026-10-25', zurich))).toBe(25)
  expect(periodOf('day', '2026-11-24', zurich).from.getTime()).toBe(Date.parse('2026-11-23T23:00:00Z'))
})

test('a week begins with the day that the workspace’s weeks begin with', () => {
  expect(periodOf('week', '2026-11-25', zurich).title).toBe('23 – 29 November 2026')
  expect(periodOf('week', '2026-11-25', { ...zurich, weekStartsOn: 0 }).title).toBe('22 – 28 November 2026')
  expect(periodOf('list', '2026-12-31', zurich).title).toBe('28 December 2026 – 3 January 2027')
})

test('a month is asked for by whole weeks, within the 62 days that a calendar may show', () => {
  const { from, to, title } = periodOf('month', '2026-11-24', zurich)
  expect([wallOf(from, 'Europe/Zurich'), wallOf(to, 'Europe/Zurich')]).toEqual(['2026-10-26T00:00', '2026-12-07T00:00'])
  expect(title).toBe('November 2026')
  for (let month = 1; month <= 12; month++)
    expect(hours(periodOf('month', `2027-${String(month).padStart(2, '0')}-15`, zurich))).toBeLessThanOrEqual(62 * 24)
})

test('a day that an address names is one that there is', () => {
  expect(['2026-11-24', '2028-02-29'].map(isDay)).toEqual([true, true])
  expect(['2026-02-29', '2026-13-01', '26-11-24', 'today', ''].map(isDay)).toEqual([false, false, false, false, false])
})

test('going a month on from the 31st stays in the next month', () => {
  expect(stepped('month', '2027-01-31', 1)).toBe('2027-02-28')
  expect(stepped('week', '2026-12-31', 1)).toBe('2027-01-07')
  expect(stepped('day', '2027-03-28', -1)).toBe('2027-03-27')
})

test('dragging a post by a day keeps its time of day, and may lead to one that clocks skip', () => {
  expect(shiftWall('2027-03-27T02:30', 24 * 60)).toBe('2027-03-28T02:30')
  expect(shiftWall('2026-12-31T23:30', 60)).toBe('2027-01-01T00:30')
})

test('a day that was chosen without a time gets nine o’clock, or a time of today that is still ahead', () => {
  const now = new Date('2026-11-24T13:20:00Z')
  expect(usualTimeOn('2026-11-25', 'Europe/Zurich', now)).toBe('2026-11-25T09:00')
  expect(usualTimeOn('2026-11-24', 'Europe/Zurich', now)).toBe('2026-11-24T16:00')
  expect(usualTimeOn('2026-11-24', 'Europe/Zurich', new Date('2026-11-24T04:00:00Z'))).toBe('2026-11-24T09:00')
})

test('a wall-clock time is read in its zone', () => {
  expect(atWall('2026-07-01T09:30', 'America/New_York').toISOString()).toBe('2026-07-01T13:30:00.000Z')
})
