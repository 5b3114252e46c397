import { when } from '@/lib/core/format'
import type { ResponseReport } from '@/lib/analytics/schema'

const dayMs = 86_400_000

type Days = Pick<ResponseReport, 'from' | 'to' | 'timeZone' | 'sentiment'>
type Day = ResponseReport['sentiment'][number] | { readonly day: string; readonly average: null; readonly n: 0 }

/**
 * Each day of a report's period on the workspace's clock, in order, also those on which nothing was read: left out, they
 * would bring days together that lie far apart.
 */
export function everyDay({ from, to, timeZone, sentiment }: Days): readonly Day[] {
  const measured = new Map(sentiment.map((one) => [one.day, one]))
  const first = dateOf(from, timeZone)
  const last = dateOf(to, timeZone)
  // Dates are counted in UTC, where each day is as long as the others.
  return Array.from({ length: Math.round((last - first) / dayMs) + 1 }, (_, n) => {
    const day = new Date(first + n * dayMs).toISOString().slice(0, 10)
    return measured.get(day) ?? { day, average: null, n: 0 }
  })
}

const dateOf = (instant: string, timeZone: string): number =>
  Date.parse(when(new Date(instant), timeZone, 'yyyy-MM-dd'))
