import type { Work } from '@/lib/workspace'
import { isOpen } from './business-time'
import { Holidays, Week, type Calendar, type Rule } from './schema'

/** Tells, for the calendars that rules name, whether it was working time. A calendar that is gone is never open. */
export async function hoursOf(
  { db }: Pick<Work, 'db'>,
  rules: readonly Rule[],
): Promise<(calendarId: string, at: Date) => boolean> {
  const ids = [...new Set(rules.flatMap(({ conditions: { hours } }) => (hours ? [hours.calendarId] : [])))]
  if (ids.length === 0) return () => false
  const rows = await db.businessCalendar.findMany({ where: { id: { in: ids } } })
  const calendars = new Map(
    rows.map(({ id, timeZone, week, holidays }): [string, Calendar] => [
      id,
      { timeZone, week: Week.parse(week), holidays: Holidays.parse(holidays) },
    ]),
  )
  return (calendarId, at) => {
    const calendar = calendars.get(calendarId)
    return calendar !== undefined && isOpen(calendar, at)
  }
}
