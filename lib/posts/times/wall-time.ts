import { Temporal } from 'temporal-polyfill'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTimeZone } from '@/lib/workspace/schema'

/** A time on the wall, `2026-03-29T09:30`, in an IANA zone. */
export type Wall = { readonly wallTime: string; readonly timeZone: string }

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const clock = (at: Temporal.PlainDateTime): string => at.toPlainTime().toString({ smallestUnit: 'minute' })
const date = (at: Temporal.PlainDateTime): string => `${at.day} ${months[at.month - 1] ?? ''} ${at.year}`
const asDate = (at: Temporal.ZonedDateTime): Date => new Date(at.epochMilliseconds)

const unknownZone = (timeZone: string) =>
  fail({
    code: 'VALIDATION_ERROR',
    message: `There is no time zone “${timeZone}”. Choose one from the list, like Europe/Zurich.`,
    fields: { timeZone: ['is not a known time zone'] },
  })

function plainOf({ wallTime, timeZone }: Wall): Result<Temporal.PlainDateTime> {
  if (!isTimeZone(timeZone)) return unknownZone(timeZone)
  try {
    return ok(Temporal.PlainDateTime.from(wallTime, { overflow: 'reject' }))
  } catch {
    // The only way Temporal says that there is no such day or hour.
    return fail({
      code: 'VALIDATION_ERROR',
      message: `${wallTime} is not a date and time. Write it like 2026-03-29T09:30.`,
      fields: { when: ['is not a date and time'] },
    })
  }
}

/**
 * The instant of a time that a person chose. A time that clocks skip is refused with the next one that exists; of a
 * time that comes twice the earlier is taken, unless `fold` says otherwise.
 */
export function instantOf({ fold = 'earlier', ...wall }: Wall & { readonly fold?: 'earlier' | 'later' }): Result<Date> {
  const plain = plainOf(wall)
  if (!plain.ok) return plain
  const at = plain.value
  const zoned = at.toZonedDateTime(wall.timeZone, { disambiguation: fold })
  return zoned.toPlainDateTime().equals(at) ? ok(asDate(zoned)) : skipped(at, wall.timeZone)
}

function skipped(at: Temporal.PlainDateTime, timeZone: string): Result<never> {
  const before = at.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const after = at.toZonedDateTime(timeZone, { disambiguation: 'later' }).toPlainDateTime()
  const change = before.getTimeZoneTransition('next')
  const to = change?.toPlainDateTime()
  const from = change && to?.subtract({ nanoseconds: change.offsetNanoseconds - before.offsetNanoseconds })
  const sameDay = after.toPlainDate().equals(at.toPlainDate())
  const clocks = from && to ? `: clocks go from ${clock(from)} to ${clock(to)}${sameDay ? '' : ` on ${date(to)}`}` : ''
  return fail({
    code: 'VALIDATION_ERROR',
    message: `${clock(at)} does not exist on ${date(at)} in ${timeZone}${clocks}. Choose ${clock(after)}${sameDay ? '' : ` on ${date(after)}`} or another time.`,
    fields: { when: ['does not exist in this time zone'] },
  })
}

/**
 * The instant of a time that a rule gave. Nobody is there to ask, so a time that clocks skip moves forward by as much
 * as they do, and of a time that comes twice the first is taken.
 */
export function instantOfRule(wall: Wall): Result<Date> {
  const plain = plainOf(wall)
  return plain.ok ? ok(asDate(plain.value.toZonedDateTime(wall.timeZone, { disambiguation: 'compatible' }))) : plain
}

/** What the wall clock shows at an instant, to the minute. `timeZone` must be a known one. */
export const wallOf = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

/** Minutes on the wall clock from one time to another; clock changes in between do not count. */
export const wallMinutesBetween = (from: string, to: string): number =>
  Temporal.PlainDateTime.from(from).until(Temporal.PlainDateTime.from(to), { largestUnit: 'minute' }).minutes

/** A time on the wall so many minutes later (or earlier, when negative). */
export const shiftWall = (wallTime: string, minutes: number): string =>
  Temporal.PlainDateTime.from(wallTime).add({ minutes }).toString({ smallestUnit: 'minute' })

/** A time on the wall, as people say it. */
export function sayWall({ wallTime, timeZone }: Wall): string {
  const at = Temporal.PlainDateTime.from(wallTime)
  return `${clock(at)} on ${date(at)}, ${timeZone}`
}
