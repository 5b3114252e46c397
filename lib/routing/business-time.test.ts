import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addOpenMs, isOpen, openMs, openTimes } from './business-time'
import { outlook, paused, resumed, runMs, startedClock } from './service-clock'
import { SaveCalendar, type Calendar } from './schema'

const minute = 60_000
const day = 1_440 * minute
const at = (text: string): Date => new Date(Temporal.ZonedDateTime.from(text).epochMilliseconds)

const office = (timeZone: string, holidays: Calendar['holidays'] = []): Calendar => ({
  timeZone,
  week: [1, 2, 3, 4, 5].flatMap((day) => [
    { day, from: '09:00', to: '12:00' },
    { day, from: '13:30', to: '17:30' },
  ]),
  holidays,
})

/** The definition, minute by minute, from what the clock on the wall shows: what the arithmetic must agree with. */
function showsOpen({ timeZone, week, holidays }: Calendar, ms: number): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const time = wall.toPlainTime().toString({ smallestUnit: 'minute' })
  return (
    !holidays.some(({ date }) => date === wall.toPlainDate().toString()) &&
    week.some(({ day, from, to }) => day === wall.dayOfWeek && from <= time && time < to)
  )
}

const clockTime = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`

/** Zones that change their clocks, by an hour or by half of one, at midnight or at two, and one that never does. */
const zone = fc.constantFrom('Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Tokyo')
/** Days around clock changes and others. */
const start = fc
  .tuple(
    fc.constantFrom('2026-03-27', '2026-04-04', '2026-04-23', '2026-10-23', '2026-10-29', '2026-12-23'),
    fc.nat(2_880),
  )
  .map(([date, minutes]) => Date.parse(`${date}T00:00Z`) + minutes * minute)
const calendar = fc
  .record({
    timeZone: zone,
    days: fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 7 }),
        marks: fc.uniqueArray(fc.nat(96), { minLength: 2, maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    holidays: fc.subarray(['2026-03-28', '2026-03-30', '2026-10-26', '2026-12-25']),
  })
  .map(({ timeZone, days, holidays }): Calendar => ({
    timeZone,
    week: [...new Map(days.map((each) => [each.day, each])).values()].flatMap(({ day, marks }) => {
      const sorted = marks.toSorted((a, b) => a - b)
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, n) => ({
        day,
        from: clockTime(sorted[2 * n] ?? 0),
        to: clockTime(sorted[2 * n + 1] ?? 96),
      }))
    }),
    holidays: holidays.map((date) => ({ date, name: '' })),
  }))

test('working time is the sum of its minutes, over clock changes, holidays and several intervals a day', () => {
  fc.assert(
    fc.property(calendar, start, fc.nat(4 * 1_440), (hours, from, minutes) => {
      let counted = 0
      for (let n = 0; n < minutes; n++) if (showsOpen(hours, from + n * minute)) counted += 1
      expect(openMs(hours, new Date(from), new Date(from + minutes * minute))).toBe(counted * minute)
    }),
    { numRuns: 40 },
  )
})

test('adding working time is the way back: as much lies between, and not a minute earlier', () => {
  fc.assert(
    fc.property(calendar, start, fc.integer({ min: 1, max: 3_000 }), (hours, from, minutes) => {
      const due = addOpenMs(hours, new Date(from), minutes * minute)
      expect(openMs(hours, new Date(from), due)).toBe(minutes * minute)
      expect(openMs(hours, new Date(from), new Date(due.getTime() - 1))).toBe(minutes * minute - 1)
    }),
    { numRuns: 60 },
  )
})

test('over many weeks, too, adding working time is the way back, whatever clocks and holidays lie between', () => {
  fc.assert(
    fc.property(calendar, start, fc.integer({ min: 1, max: 60 }), fc.nat(6 * 1_440), (hours, from, weeks, more) => {
      const alike = { ...hours, timeZone: 'UTC', holidays: [] }
      const inWeek = openMs(alike, new Date(from), new Date(from + 7 * day))
      const ms = weeks * inWeek + ((more * minute) % inWeek)
      const due = addOpenMs(hours, new Date(from), ms)
      expect(openMs(hours, new Date(from), due)).toBe(ms)
      expect(openMs(hours, new Date(from), new Date(due.getTime() - 1))).toBe(ms - 1)
    }),
    { numRuns: 60 },
  )
})

test('what is promised in far too few hours is due in eleven years, and neither fails nor is counted day by day', () => {
  const rare: Calendar = { timeZone: 'Europe/Zurich', week: [{ day: 6, from: '10:00', to: '10:01' }], holidays: [] }
  const from = new Date('2026-11-27T17:00:00Z')
  const dueAt = addOpenMs(rare, from, 525_600 * minute)
  expect(dueAt.getTime() - from.getTime()).toBeGreaterThan(3_990 * day)
  expect(dueAt.getTime() - from.getTime()).toBeLessThan(4_010 * day)
  expect(outlook(startedClock(from), { minutes: 525_600, warnMinutes: 10, calendar: rare }).nextAt).toEqual(dueAt)
})

test('a minute is open when the clock on the wall shows it so', () => {
  fc.assert(
    fc.property(calendar, start, fc.nat(4 * 1_440), (hours, from, minutes) => {
      const ms = from + minutes * minute
      expect(isOpen(hours, new Date(ms))).toBe(showsOpen(hours, ms))
    }),
  )
})

test('Friday evening waits for Monday, and a holiday for the day after', () => {
  const friday = at('2026-11-27T17:00[Europe/Zurich]')
  expect(addOpenMs(office('Europe/Zurich'), friday, 60 * minute)).toEqual(at('2026-11-30T09:30[Europe/Zurich]'))
  const shut = office('Europe/Zurich', [{ date: '2026-11-30', name: 'St Andrew' }])
  expect(addOpenMs(shut, friday, 60 * minute)).toEqual(at('2026-12-01T09:30[Europe/Zurich]'))
})

test('without a calendar it is always working time', () => {
  const from = new Date('2026-12-25T03:00:00Z')
  expect(addOpenMs(null, from, 90 * minute)).toEqual(new Date('2026-12-25T04:30:00Z'))
})

test('hours that are read once say the same of any two instants between', () => {
  fc.assert(
    fc.property(
      calendar,
      start,
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 20_000 }),
      (hours, from, a, b) => {
        const end = from + 20_000 * minute
        const open = openTimes(hours, new Date(from), new Date(end))
        const [begin, until] = [new Date(from + a * minute), new Date(from + b * minute)]
        expect(open(begin, until)).toBe(openMs(hours, begin, until))
        expect(open(new Date(from - day), new Date(end + day))).toBe(openMs(hours, new Date(from), new Date(end)))
      },
    ),
    { numRuns: 60 },
  )
})

test('however a clock rests, what it ran is the working time in which it did not rest', () => {
  fc.assert(
    fc.property(
      calendar,
      start,
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 2_000 }),
      (hours, from, lengths, minutes) => {
        const promised = { minutes, warnMinutes: 10, calendar: hours }
        let clock = startedClock(new Date(from))
        let [now, ran] = [from, 0]
        for (const [n, length] of lengths.entries()) {
          if (n % 2 === 0) for (let m = 0; m < length; m++) if (showsOpen(hours, now + m * minute)) ran += minute
          now += length * minute
          clock = n % 2 === 0 ? paused(clock, promised, new Date(now)) : resumed(clock, new Date(now))
        }
        expect(runMs(clock, promised, new Date(now))).toBe(ran)
        const going = resumed(clock, new Date(now))
        const dueAt = outlook(going, promised).dueAt ?? new Date(0)
        expect(openMs(hours, new Date(now), dueAt)).toBe(Math.max(0, minutes * minute - ran))
      },
    ),
    { numRuns: 40 },
  )
})

test('a clock that rests is due at no time, and one that was told of looks forward to the breach alone', () => {
  const promised = { minutes: 60, warnMinutes: 15, calendar: null }
  const clock = startedClock(new Date('2026-11-25T10:00:00Z'))
  expect(outlook(clock, promised).nextAt).toEqual(new Date('2026-11-25T10:45:00Z'))
  const warned = { ...clock, warnedAt: new Date('2026-11-25T10:45:00Z') }
  expect(outlook(warned, promised).nextAt).toEqual(new Date('2026-11-25T11:00:00Z'))
  expect(outlook({ ...warned, breachedAt: new Date('2026-11-25T11:00:00Z') }, promised).nextAt).toBeNull()
  expect(outlook(paused(clock, promised, new Date('2026-11-25T10:20:00Z')), promised)).toEqual({
    dueAt: null,
    nextAt: null,
  })
})

test('of what is promised no later than it is warned of, half of the time is left at the warning', () => {
  const clock = startedClock(new Date('2026-11-25T10:00:00Z'))
  const nextAt = (minutes: number) => outlook(clock, { minutes, warnMinutes: 60, calendar: null }).nextAt
  expect(nextAt(480)).toEqual(new Date('2026-11-25T17:00:00Z'))
  expect(nextAt(60)).toEqual(new Date('2026-11-25T10:30:00Z'))
  expect(nextAt(30)).toEqual(new Date('2026-11-25T10:15:00Z'))
})

test('hours that overlap, end before they begin, or leave no day are refused', () => {
  const named = { name: 'Office', timeZone: 'Europe/Zurich' }
  const of = (week: Calendar['week']) => SaveCalendar.safeParse({ ...named, week }).success
  expect(of(office('Europe/Zurich').week)).toBe(true)
  expect(of([{ day: 1, from: '00:00', to: '24:00' }])).toBe(true)
  expect(of([])).toBe(false)
  expect(of([{ day: 1, from: '12:00', to: '09:00' }])).toBe(false)
  expect(
    of([
      { day: 1, from: '09:00', to: '12:00' },
      { day: 1, from: '11:00', to: '13:00' },
    ]),
  ).toBe(false)
})
