import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'

/** Its years have five digits, which no field and no date of the browser reads. */
const tooLate = 10_000

/**
 * The first dates of a rule, as wall-clock times. The clock has no zone, so 09:00 stays 09:00 whatever clocks do: as
 * the server makes them (lib/posts/times/rrule.ts).
 */
export function nextDates(rule: string, start: string, count: number): readonly string[] {
  const dtstart = Temporal.PlainDateTime.from(start).toZonedDateTime('UTC')
  const series = new RRuleTemporal({
    rruleString: `RRULE:${rule.replace(/UNTIL=(\d{8})(?=;|$)/, 'UNTIL=$1T235959Z')}`,
    dtstart,
    maxIterations: 5_000,
  })
  return series
    .all((at, index) => index < count && at.year < tooLate)
    .filter((at) => at.year < tooLate)
    .map((at) => at.toString().slice(0, 16))
}
