import { Temporal } from 'temporal-polyfill'
import type { Calendar } from './schema'

/** A stretch of time, in milliseconds since 1970; `to` is not in it. */
type Span = { readonly from: number; readonly to: number }

const minuteMs = 60_000
/** Longer than any calendar can be shut: the most holidays, and one short day a week. */
const farthestDays = 4_000

/**
 * Whether it is working time. An instant is, when the clock on the wall shows a time of the day's hours and the day is no
 * holiday: an hour that comes twice counts twice, one that is skipped not at all. Without a calendar it always is.
 */
export function isOpen(calendar: Calendar | null, at: Date): boolean {
  if (!calendar) return true
  const ms = at.getTime()
  return spansOf(calendar, dateOf(calendar, ms)).some(({ from, to }) => from <= ms && ms < to)
}

/** Working time between two instants, in milliseconds; 0 when `to` is not after `from`. */
export function openMs(calendar: Calendar | null, from: Date, to: Date): number {
  if (!calendar) return Math.max(0, to.getTime() - from.getTime())
  const [begin, end] = [from.getTime(), to.getTime()]
  let total = 0
  for (let date = dateOf(calendar, begin); startOf(calendar, date) < end; date = date.add({ days: 1 }))
    for (const span of spansOf(calendar, date))
      total += Math.max(0, Math.min(span.to, end) - Math.max(span.from, begin))
  return total
}

/**
 * The same as `openMs` for any two instants from `from` to `to`, for who asks thousands of times: the calendar is read
 * once. What lies outside counts as its edge.
 */
export function openTimes(calendar: Calendar, from: Date, to: Date): (begin: Date, end: Date) => number {
  const spans: { readonly from: number; readonly to: number; readonly before: number }[] = []
  let total = 0
  for (
    let date = dateOf(calendar, from.getTime());
    startOf(calendar, date) < to.getTime();
    date = date.add({ days: 1 })
  )
    for (const span of spansOf(calendar, date)) {
      spans.push({ ...span, before: total })
      total += span.to - span.from
    }
  const openUntil = (at: number): number => {
    let [low, high] = [0, spans.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((spans[middle]?.from ?? 0) <= at) low = middle + 1
      else high = middle
    }
    const last = spans[low - 1]
    return last ? last.before + Math.min(at, last.to) - last.from : 0
  }
  return (begin, end) => {
    const [a, b] = [begin, end].map((at) => Math.min(Math.max(at.getTime(), from.getTime()), to.getTime()))
    return Math.max(0, openUntil(b ?? 0) - openUntil(a ?? 0))
  }
}

/**
 * The instant at which so much working time has passed, the earliest there is. With nothing to pass it is `from`, also
 * outside of hours.
 */
export function addOpenMs(calendar: Calendar | null, from: Date, ms: number): Date {
  if (ms <= 0) return from
  if (!calendar) return new Date(from.getTime() + ms)
  const begin = from.getTime()
  let left = ms
  let date = dateOf(calendar, begin)
  for (let days = 0; days < farthestDays; days++, date = date.add({ days: 1 }))
    for (const span of spansOf(calendar, date)) {
      const open = Math.max(0, span.to - Math.max(span.from, begin))
      if (open >= left) return new Date(Math.max(span.from, begin) + left)
      left -= open
    }
  // Week and Holidays of schema.ts leave some day open within that time.
  throw new Error(`A calendar of ${calendar.timeZone} is never open`)
}

const dateOf = ({ timeZone }: Calendar, ms: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()

const startOf = ({ timeZone }: Calendar, date: Temporal.PlainDate): number =>
  date.toZonedDateTime(timeZone).epochMilliseconds

/** Working time of one day on the wall, in order. */
function spansOf(calendar: Calendar, date: Temporal.PlainDate): readonly Span[] {
  const hours = calendar.week.filter(({ day }) => day === date.dayOfWeek)
  const written = date.toString()
  if (hours.length === 0 || calendar.holidays.some((holiday) => holiday.date === written)) return []
  return sameClock(calendar, date)
    .flatMap(({ from, to, wallMinute }) =>
      hours.map((hour) => ({
        from: Math.max(from, from + (minuteOf(hour.from) - wallMinute) * minuteMs),
        to: Math.min(to, from + (minuteOf(hour.to) - wallMinute) * minuteMs),
      })),
    )
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from)
}

/** The parts of a day in which the clock on the wall runs on without a jump, and what it shows as each begins. */
function sameClock(
  { timeZone }: Calendar,
  date: Temporal.PlainDate,
): readonly (Span & { readonly wallMinute: number })[] {
  const end = date.add({ days: 1 }).toZonedDateTime(timeZone)
  const parts: (Span & { wallMinute: number })[] = []
  for (let at = date.toZonedDateTime(timeZone); at.epochMilliseconds < end.epochMilliseconds;) {
    const change = at.getTimeZoneTransition('next')
    const next = change && change.epochMilliseconds < end.epochMilliseconds ? change : end
    const wallMinute = at.hour * 60 + at.minute + at.second / 60
    parts.push({ from: at.epochMilliseconds, to: next.epochMilliseconds, wallMinute })
    at = next
  }
  return parts
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}
