import { TZDate } from '@date-fns/tz'
import { addDays } from 'date-fns/addDays'
import { addMonths } from 'date-fns/addMonths'
import { addWeeks } from 'date-fns/addWeeks'
import { endOfMonth } from 'date-fns/endOfMonth'
import { format } from 'date-fns/format'
import { isSameMonth } from 'date-fns/isSameMonth'
import { isSameYear } from 'date-fns/isSameYear'
import { startOfMonth } from 'date-fns/startOfMonth'
import { startOfWeek } from 'date-fns/startOfWeek'
import { subDays } from 'date-fns/subDays'

export const calendarViews = ['month', 'week', 'day', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

/** Where days begin, and which day weeks begin with (0 is Sunday). */
export type Place = { readonly timeZone: string; readonly weekStartsOn: number }

/** What a view shows: midnight to midnight on the wall clock of the zone. `to` is not part of it. */
export type Period = { readonly from: Date; readonly to: Date; readonly title: string }

const asDay = (at: Date): string => format(at, 'yyyy-MM-dd')
const isWeekday = (day: number): day is 0 | 1 | 2 | 3 | 4 | 5 | 6 => Number.isInteger(day) && day >= 0 && day <= 6

/** A wall-clock time, `2026-03-29T09:30`, as a date of the zone. One that clocks skip moves forward by as much. */
export function atWall(wallTime: string, timeZone: string): TZDate {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0] = wallTime.split(/[-T:]/).map(Number)
  return new TZDate(year, month - 1, day, hour, minute, timeZone)
}

/** Today's date in a zone: `2026-11-24`. */
export const todayIn = (timeZone: string): string => asDay(TZDate.tz(timeZone))

/** The period that a view shows when it is at a day (`2026-11-24`). */
export function periodOf(view: CalendarView, day: string, { timeZone, weekStartsOn }: Place): Period {
  const at = atWall(`${day}T00:00`, timeZone)
  const week = { weekStartsOn: isWeekday(weekStartsOn) ? weekStartsOn : 1 }
  switch (view) {
    case 'month':
      return {
        from: startOfWeek(startOfMonth(at), week),
        to: addWeeks(startOfWeek(endOfMonth(at), week), 1),
        title: format(at, 'MMMM yyyy'),
      }
    case 'day':
      return { from: at, to: addDays(at, 1), title: format(at, 'EEEE d MMMM yyyy') }
    case 'week':
    case 'list': {
      const from = startOfWeek(at, week)
      const to = addWeeks(from, 1)
      return { from, to, title: spanTitle(from, subDays(to, 1)) }
    }
  }
}

function spanTitle(first: Date, last: Date): string {
  const start = isSameMonth(first, last) ? 'd' : isSameYear(first, last) ? 'd MMMM' : 'd MMMM yyyy'
  return `${format(first, start)} – ${format(last, 'd MMMM yyyy')}`
}

/** The day that a view is at after going so many steps forward (or back, when negative). */
export function stepped(view: CalendarView, day: string, steps: number, timeZone: string): string {
  const at = atWall(`${day}T00:00`, timeZone)
  const step = { month: addMonths, week: addWeeks, list: addWeeks, day: addDays }[view]
  return asDay(step(at, steps))
}

const usualHour = 9

/** A sensible time on a day that was chosen without one: nine o'clock, or the next full hour but one of today. */
export function usualTimeOn(day: string, timeZone: string, now = new Date()): string {
  const soon = new TZDate(now, timeZone)
  if (asDay(soon) !== day || soon.getHours() + 1 < usualHour) return `${day}T0${usualHour}:00`
  return `${day}T${String(Math.min(23, soon.getHours() + 2)).padStart(2, '0')}:00`
}
