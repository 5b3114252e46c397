import { Temporal } from 'temporal-polyfill'
import { fail, ok, type Result } from '@/lib/core/result'
import { chosenAt, type Fold, type Moment, momentOf, ruledAt } from '@/lib/core/wall'
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

function read({ wallTime, timeZone }: Wall): Result<Moment> {
  if (!isTimeZone(timeZone))
    return fail({
      code: 'VALIDATION_ERROR',
      message: `There is no time zone “${timeZone}”. Choose one from the list, like Europe/Zurich.`,
      fields: { timeZone: ['is not a known time zone'] },
    })
  const moment = momentOf(wallTime, timeZone)
  return moment
    ? ok(moment)
    : fail({
        code: 'VALIDATION_ERROR',
        message: `${wallTime} is not a date and time. Write it like 2026-03-29T09:30.`,
        fields: { when: ['is not a date and time'] },
      })
}

/**
 * The instant of a time that a person chose. A time that clocks skip is refused with the next one that exists; of a
 * time that comes twice the earlier is taken, unless `fold` says otherwise.
 */
export function instantOf({ fold, ...wall }: Wall & { readonly fold?: Fold }): Result<Date> {
  const moment = read(wall)
  if (!moment.ok) return moment
  const at = chosenAt(moment.value, fold)
  return at ? ok(at) : skipped(wall)
}

function skipped({ wallTime, timeZone }: Wall): Result<never> {
  const at = Temporal.PlainDateTime.from(wallTime)
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
  const moment = read(wall)
  return moment.ok ? ok(ruledAt(moment.value)) : moment
}

/** A time on the wall, as people say it. */
export function sayWall({ wallTime, timeZone }: Wall): string {
  const at = Temporal.PlainDateTime.from(wallTime)
  return `${clock(at)} on ${date(at)}, ${timeZone}`
}
