import { Temporal } from 'temporal-polyfill'

export type SnoozeTime = { readonly label: string; readonly at: Date }

const morning = Temporal.PlainTime.from('09:00')

/** Times to be reminded at, on the workspace's wall clock; only those still ahead. */
export function snoozeTimes(now: Date, timeZone: string): readonly SnoozeTime[] {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const today = here.toPlainDate()
  const at = (day: Temporal.PlainDate, time: Temporal.PlainTime) =>
    new Date(day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds)
  const all = [
    { label: 'In an hour', at: new Date(now.getTime() + 3_600_000) },
    { label: 'This evening, 18:00', at: at(today, Temporal.PlainTime.from('18:00')) },
    { label: 'Tomorrow, 09:00', at: at(today.add({ days: 1 }), morning) },
    { label: 'Monday, 09:00', at: at(today.add({ days: 8 - today.dayOfWeek }), morning) },
    { label: 'In a week, 09:00', at: at(today.add({ days: 7 }), morning) },
  ]
  return all.filter((one) => one.at > now)
}
