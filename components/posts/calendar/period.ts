import { format } from 'date-fns/format'
import { isSameMonth } from 'date-fns/isSameMonth'
import { isSameYear } from 'date-fns/isSameYear'
import { Temporal } from 'temporal-polyfill'
import { dayBegins, momentOf, ruledAt, wallOf } from '@/lib/core/wall'

export const calendarViews = ['month', 'week', 'day', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

/** Where days begin, and which day weeks begin with (0 is Sunday). */
export type Place = { readonly timeZone: string; readonly weekStartsOn: number }

/** What a view shows: midnight to midnight on the wall clock of the zone. `to` is not part of it. */
export type Period = { readonly from: Date; readonly to: Date; readonly title: string }

/** The instant of a wall-clock time, `2026-03-29T09:30`, in a zone. One that clocks skip moves forward by as much. */
export function atWall(wallTime: string, timeZone: string): Date {
  const moment = momentOf(wallTime, timeZone)
  if (!moment) throw new Error(`There is no time ${wallTime}`)
  return ruledAt(moment)
}

/** Whether it is a day, `2026-11-24`: what stands in an address may be none. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && momentOf(`${text}T12:00`, 'UTC') !== undefined

/** Today's date in a zone: `2026-11-24`. */
export const todayIn = (timeZone: string): string => wallOf(new Date(), timeZone).slice(0, 10)

/** The period that a view shows when it is at a day (`2026-11-24`). */
export function periodOf(view: CalendarView, day: string, { timeZone, weekStartsOn }: Place): Period {
  const at = Temporal.PlainDate.from(day)
  const between = (from: Temporal.PlainDate, to: Temporal.PlainDate, title: string): Period => ({
    from: dayBegins(from.toString(), timeZone),
    to: dayBegins(to.toString(), timeZone),
    title,
  })
  switch (view) {
    case 'month': {
      const first = at.with({ day: 1 })
      const last = first.add({ months: 1 }).subtract({ days: 1 })
      return between(
        weekOf(first, weekStartsOn),
        weekOf(last, weekStartsOn).add({ weeks: 1 }),
        format(spoken(at), 'MMMM yyyy'),
      )
    }
    case 'day':
      return between(at, at.add({ days: 1 }), format(spoken(at), 'EEEE d MMMM yyyy'))
    case 'week':
    case 'list': {
      const from = weekOf(at, weekStartsOn)
      const to = from.add({ weeks: 1 })
      return between(from, to, spanTitle(spoken(from), spoken(to.subtract({ days: 1 }))))
    }
  }
}

/** The first day of the week that a day lies in. Temporal's weeks end with Sunday as 7, ours begin with it as 0. */
const weekOf = (day: Temporal.PlainDate, weekStartsOn: number): Temporal.PlainDate =>
  day.subtract({ days: (day.dayOfWeek - weekStartsOn + 7) % 7 })

/** A day for date-fns, which says it in this machine's zone: noon is in every zone's day. */
const spoken = ({ year, month, day }: Temporal.PlainDate): Date => new Date(year, month - 1, day, 12)

function spanTitle(first: Date, last: Date): string {
  const start = isSameMonth(first, last) ? 'd' : isSameYear(first, last) ? 'd MMMM' : 'd MMMM yyyy'
  return `${format(first, start)} – ${format(last, 'd MMMM yyyy')}`
}

/** The day that a view is at after going so many steps forward (or back, when negative). */
export function stepped(view: CalendarView, day: string, steps: number): string {
  const step = { month: { months: steps }, week: { weeks: steps }, list: { weeks: steps }, day: { days: steps } }[view]
  return Temporal.PlainDate.from(day).add(step).toString()
}

const usualHour = 9

/** A sensible time on a day that was chosen without one: nine o'clock, or the next full hour but one of today. */
export function usualTimeOn(day: string, timeZone: string, now = new Date()): string {
  const [today, time = ''] = wallOf(now, timeZone).split('T')
  const hour = Number(time.slice(0, 2))
  if (today !== day || hour + 1 < usualHour) return `${day}T0${usualHour}:00`
  return `${day}T${String(Math.min(23, hour + 2)).padStart(2, '0')}:00`
}
