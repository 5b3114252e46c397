import { Temporal } from 'temporal-polyfill'
import type { Calendar } from './schema'

/** A stretch of time, in milliseconds since 1970; `to` is not in it. */
type Span = { readonly from: number; readonly to: number }

const minuteMs = 60_000
/** How far working time is looked for: longer than any calendar can be shut, and than anybody waits. */
const farthestDays = 4_000
/** Of those, weeks that count for what is promised: all but as many as holidays can take away. */
const farthestWeeks = 520

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

/** Whether so much working time passes within ten years; holidays may make it a little more. */
export const isInReach = (calendar: Pick<Calendar, 'week'>, minutes: number): boolean =>
  minutes * minuteMs <= weekMs(calendar) * farthestWeeks

/**
 * The instant at which so much working time has passed, the earliest there is. With nothing to pass it is `from`, also
 * outside of hours. What lies more than 4,000 days on is said to be there: whatever comes in waits for this, so it neither
 * fails nor takes long.
 */
export function addOpenMs(calendar: Calendar | null, from: Date, ms: number): Date {
  if (ms <= 0) return from
  if (!calendar) return new Date(from.getTime() + ms)
  const begin = from.getTime()
  const first = dateOf(calendar, begin)
  const last = first.add({ days: farthestDays })
  const inWeek = weekMs(calendar)
  let left = ms
  for (let date = first; Temporal.PlainDate.compare(date, last) < 0; date = date.add({ days: 1 })) {
    if (left > inWeek && !date.equals(first)) {
      const weeks = Math.min(Math.ceil(left / inWeek) - 1, likeWeeks(calendar, date, last))
      left -= weeks * inWeek
      date = date.add({ weeks })
    }
    for (const span of spansOf(calendar, date)) {
      const open = Math.max(0, span.to - Math.max(span.from, begin))
      if (open >= left) return new Date(Math.max(span.from, begin) + left)
      left -= open
    }
  }
  return new Date(startOf(calendar, last))
}

/** Working time of a week without holidays in which no clock is changed. */
const weekMs = ({ week }: Pick<Calendar, 'week'>): number =>
  week.reduce((total, { from, to }) => total + (minuteOf(to) - minuteOf(from)) * minuteMs, 0)

/** How many whole weeks from a day on have no holiday and no change of clocks, and end before `last`. */
function likeWeeks(calendar: Calendar, date: Temporal.PlainDate, last: Temporal.PlainDate): number {
  const written = date.toString()
  const holidays = calendar.holidays.flatMap((holiday) => (holiday.date >= written ? [holiday.date] : []))
  // A clock that is changed at midnight makes both days others.
  const change = date
    .toZonedDateTime(calendar.timeZone)
    .subtract({ milliseconds: 1 })
    .getTimeZoneTransition('next')
    ?.subtract({ milliseconds: 1 })
    .toPlainDate()
  const others = [...holidays, last.toString(), ...(change ? [change.toString()] : [])].sort()
  return Math.max(0, Math.floor(date.until(others[0] ?? written).days / 7))
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
