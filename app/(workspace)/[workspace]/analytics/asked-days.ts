import { reportDays } from '@/lib/analytics/schema'
import { listed } from '@/lib/core/format'

type Asked = { readonly days: (typeof reportDays)[number]; readonly problem?: string }

/** The period that an address of the report names, 28 days where it names none; with a sentence where there is no such period. */
export function askedDays(given: string | readonly string[] | undefined): Asked {
  if (given === undefined) return { days: 28 }
  const days = reportDays.find((each) => String(each) === given)
  if (days !== undefined) return { days }
  return {
    days: 28,
    problem: `There are reports of the last ${listed(reportDays.map(String))} days. This is the one of 28.`,
  }
}
