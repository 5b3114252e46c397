import { tzName } from '@date-fns/tz'
import { Temporal } from 'temporal-polyfill'

/** Of a time that clocks show twice: which one. */
export type Fold = 'earlier' | 'later'

/** What a wall-clock time (`2026-03-29T09:30`) stands for in a zone. */
export type Moment =
  | { readonly kind: 'once'; readonly at: Date }
  /** Clocks go back: it comes twice. The names are of the zone then, such as GMT+2. */
  | { readonly kind: 'twice'; readonly earlier: Named; readonly later: Named }
  /** Clocks go forward: it never comes. `next` is what they show instead, to the minute, and `at` when they do. */
  | { readonly kind: 'never'; readonly next: string; readonly at: Date }
type Named = { readonly at: Date; readonly name: string }

/** Undefined for what is no time. `timeZone` must be a known one. */
export function momentOf(wallTime: string, timeZone: string): Moment | undefined {
  const wall = plain(wallTime)
  if (!wall) return undefined
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'once', at: asDate(earlier) }
  if (!later.toPlainDateTime().equals(wall))
    return { kind: 'never', next: later.toPlainTime().toString({ smallestUnit: 'minute' }), at: asDate(later) }
  const named = (zoned: Temporal.ZonedDateTime): Named => ({
    at: asDate(zoned),
    name: tzName(timeZone, asDate(zoned), 'short'),
  })
  return { kind: 'twice', earlier: named(earlier), later: named(later) }
}

/** The instant that a person who chose this time meant, where there is one. */
export function chosenAt(moment: Moment | undefined, fold: Fold = 'earlier'): Date | undefined {
  if (!moment || moment.kind === 'never') return undefined
  return moment.kind === 'once' ? moment.at : moment[fold].at
}

/**
 * The instant of a time that nobody is there to be asked about: one that clocks skip moves forward by as much as they
 * do, and of one that comes twice the first is taken.
 */
export function ruledAt(moment: Moment): Date {
  return moment.kind === 'twice' ? moment.earlier.at : moment.at
}

/** When a day (`2026-03-29`) begins on the wall clock of a zone: where clocks skip midnight, with the first time there is. */
export function dayBegins(day: string, timeZone: string): Date {
  return asDate(Temporal.PlainDate.from(day).toZonedDateTime(timeZone))
}

/** The day so many days later (or earlier, when negative). */
export const shiftDay = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** What the wall clock shows at an instant, to the minute. `timeZone` must be a known one. */
export const wallOf = (at: Date | string, timeZone: string): string =>
  toMinute(
    Temporal.Instant.fromEpochMilliseconds(new Date(at).getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime(),
  )

/** Minutes on the wall clock from one time to another; clock changes in between do not count. */
export const wallMinutesBetween = (from: string, to: string): number =>
  Temporal.PlainDateTime.from(from).until(Temporal.PlainDateTime.from(to), { largestUnit: 'minute' }).minutes

/** A time on the wall so many minutes later (or earlier, when negative), as if clocks never changed. */
export const shiftWall = (wallTime: string, minutes: number): string =>
  toMinute(Temporal.PlainDateTime.from(wallTime).add({ minutes }))

const toMinute = (at: Temporal.PlainDateTime): string => at.toString({ smallestUnit: 'minute' })
const asDate = (at: Temporal.ZonedDateTime): Date => new Date(at.epochMilliseconds)

function plain(wallTime: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(wallTime, { overflow: 'reject' })
  } catch {
    // The only way Temporal says that there is no such time.
    return undefined
  }
}
