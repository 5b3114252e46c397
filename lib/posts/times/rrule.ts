import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { fail, ok, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'

const no = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { recurrence: [message] } })

/** The times on the wall at which a rule comes again. Clock changes are none of its business. */
export type Series = {
  /** The first time on or after the start; undefined when there is none. */
  first(): string | undefined
  /** The times after `after`, up to and with `until`, in order. */
  between(after: string, until: string): readonly string[]
}

/** Steps until a rule must have happened: the days of four years. One that never does is given up within a second. */
const tillFirst = 1_500
/** Steps from its start to the farthest time that is asked for: the days of fifty years. */
const tillLast = 20_000

/** A wall clock without a zone: the rule sees days of 24 hours, so 09:00 stays 09:00 whatever clocks do. */
const floating = (wallTime: string) => Temporal.PlainDateTime.from(wallTime).toZonedDateTime('UTC')
const wallIn = (at: { toString(): string }): string => at.toString().slice(0, 16)

/**
 * Reads an RRULE (RFC 5545) that repeats by days or longer; the time of day is that of `start`. UNTIL is
 * an instant when it ends in Z, else a time or a whole day on the wall. Fails with a sentence for the author.
 */
export function readRule(rule: string, start: string, timeZone: string): Result<Series> {
  const parts = rule
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
  if (!/^[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*;?$/.test(parts))
    return no('This is not a repetition rule. Write one like FREQ=WEEKLY;BYDAY=MO,WE.')
  if (!/(^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/.test(parts))
    return no('Posts repeat by days, weeks, months or years. Choose one of these.')
  if (/(^|;)BY(HOUR|MINUTE|SECOND)=/.test(parts))
    return no('The time of day is that of the post. Leave BYHOUR and the like out of the rule.')
  try {
    const dtstart = floating(start)
    const rruleString = `RRULE:${untilOnWall(parts, timeZone)}`
    const seriesOf = (maxIterations: number) => new RRuleTemporal({ rruleString, dtstart, strict: true, maxIterations })
    const first = seriesOf(tillFirst).next(dtstart, true)
    if (!first) return no('This rule never happens. Change it.')
    const series = seriesOf(tillLast)
    return ok({
      first: () => wallIn(first),
      between: (after, until) =>
        series
          .between(floating(after), floating(until), true)
          .map(wallIn)
          .filter((at) => at > after && at <= until),
    })
  } catch (error) {
    // The library says what is wrong with a rule by throwing, and nothing else can fail here.
    const why = error instanceof Error ? error.message : String(error)
    return why.startsWith('Maximum iterations')
      ? no('This rule happens too seldom, if ever. Change it.')
      : no(`This rule cannot be used: ${why}. Change it.`)
  }
}

/** UNTIL as the floating clock shows it. */
function untilOnWall(parts: string, timeZone: string): string {
  return parts.replace(/UNTIL=(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?/, (_, y, mo, d, h, mi, s, z) => {
    if (!h) return `UNTIL=${y}${mo}${d}T235959Z`
    const given = `${y}-${mo}-${d}T${h}:${mi}:${s}`
    const wall = z ? wallOf(new Date(`${given}Z`), timeZone) : given.slice(0, 16)
    return `UNTIL=${wall.replace(/[-:]/g, '')}${s}Z`
  })
}
