import { day, hour } from '@/lib/core/clock'
import { dayBegins, wallOf } from '@/lib/core/wall'
import type { QuotaLimit, QuotaPeriod } from '@/lib/platforms/limits'
import type { Quota } from '@/lib/platforms/platform'
import type { Overrun } from './judgement'

/** Something that will go out, or went out, on one account. */
export type Outgoing = {
  readonly at: Date
  /** How many posts, and how many further ones below them, the network will count. */
  readonly posts: number
  readonly replies: number
  /** What else was spent of it, where the network counts all kinds of calls in units. */
  readonly units?: number
}

/** How much the network counted already, and when it was asked. */
export type LiveQuota = { readonly asOf: Date; readonly quotas: readonly Quota[] }

/** Networks that count replies on their own do not count them as posts. In units, where the network counts those. */
function countOf(limit: QuotaLimit, all: readonly QuotaLimit[], { posts, replies, units = 0 }: Outgoing): number {
  const each = limit.what === 'replies' ? replies : all.some(({ what }) => what === 'replies') ? posts : posts + replies
  return limit.units === undefined ? each : each * limit.units + units
}

/**
 * Where an account's posts exceed what its network takes of an account: the first moment of each stretch that does. A
 * window holds what went out after its beginning, up to and with its end; a day of the calendar, what goes out on it.
 * What the network says of itself goes before what its pages say, and what it counted beyond our own posts is taken to
 * have been sent when it was asked.
 */
export function overruns(
  outgoing: readonly Outgoing[],
  documented: readonly QuotaLimit[],
  live?: LiveQuota,
): readonly Overrun[] {
  return limitsNow(
    documented.filter(({ of }) => of === 'account'),
    live,
  ).flatMap((limit) =>
    exceeding([...counted(outgoing, limit, documented, true), ...elsewhere(limit, outgoing, documented, live)], limit),
  )
}

/**
 * The same of what a network takes of an app, which all its accounts share: where the posts in question go out when too
 * much has gone out, of these and of all others of the app.
 */
export function overrunsOfApp(
  outgoing: readonly Outgoing[],
  others: readonly Outgoing[],
  documented: readonly QuotaLimit[],
): readonly Overrun[] {
  return documented
    .filter(({ of }) => of === 'app')
    .flatMap((limit) =>
      exceeding([...counted(outgoing, limit, documented, true), ...counted(others, limit, documented, false)], {
        ...limit,
        isLive: false,
      }),
    )
}

/** `isAsked`: of those whose excess is told. */
type Count = { readonly at: number; readonly count: number; readonly isAsked: boolean }

const counted = (
  outgoing: readonly Outgoing[],
  limit: QuotaLimit,
  all: readonly QuotaLimit[],
  isAsked: boolean,
): readonly Count[] => outgoing.map((one) => ({ at: one.at.getTime(), count: countOf(limit, all, one), isAsked }))

type Limit = QuotaLimit & { readonly isLive: boolean; readonly used?: number }

function limitsNow(documented: readonly QuotaLimit[], live: LiveQuota | undefined): readonly Limit[] {
  const told = (live?.quotas ?? []).flatMap(({ what, used, max, windowMs }) =>
    what === 'posts' || what === 'replies' ? [{ what, used, max, windowMs, of: 'account' as const, isLive: true }] : [],
  )
  const untold = documented.filter(
    (limit) => !told.some((one) => one.what === limit.what && 'windowMs' in limit && one.windowMs === limit.windowMs),
  )
  return [...told, ...untold.map((limit) => ({ ...limit, isLive: false }))]
}

/** What the network counted that is not ours: somebody posts by hand, or by another program. */
function elsewhere(
  limit: Limit,
  outgoing: readonly Outgoing[],
  documented: readonly QuotaLimit[],
  live: LiveQuota | undefined,
): readonly Count[] {
  if (!live || limit.used === undefined) return []
  const now = live.asOf.getTime()
  const isOut = isOutOf(limit)
  const ours = outgoing
    .filter(({ at }) => at.getTime() <= now && !isOut(at.getTime(), now))
    .reduce((sum, one) => sum + countOf(limit, documented, one), 0)
  return [{ at: now, count: Math.max(0, limit.used - ours), isAsked: true }]
}

/** The longest that something counts; a day on which clocks are set back has 25 hours. */
export const longestMs = (period: QuotaPeriod): number => ('windowMs' in period ? period.windowMs : day + hour)

/** Whether what was sent earlier does not count any more. */
function isOutOf(period: QuotaPeriod): (sent: number, at: number) => boolean {
  if ('windowMs' in period) return (sent, at) => sent <= at - period.windowMs
  const { dayIn } = period
  const begins = new Map<string, number>()
  return (sent, at) => {
    const on = wallOf(new Date(at), dayIn).slice(0, 10)
    const began = begins.get(on) ?? dayBegins(on, dayIn).getTime()
    begins.set(on, began)
    return sent < began
  }
}

/** Two hands along the line of time: each moment leaves the window once. */
function exceeding(counts: readonly Count[], limit: Limit): Overrun[] {
  const { isLive, used: _, ...rule } = limit
  const { units = 1 } = limit
  const max = limit.max * units
  const isOut = isOutOf(limit)
  const found: Overrun[] = []
  let first = 0
  let sum = 0
  let isTold = false
  let fresh = 0
  let isAsked = false
  const ordered = counts.filter(({ count }) => count > 0).toSorted((a, b) => a.at - b.at)
  for (const [place, { at, count, ...one }] of ordered.entries()) {
    sum += count
    fresh += count
    isAsked ||= one.isAsked
    for (let oldest = ordered[first]; oldest && isOut(oldest.at, at); oldest = ordered[first]) {
      sum -= oldest.count
      first += 1
    }
    // Several at one moment are one step.
    if (ordered[place + 1]?.at === at) continue
    // Nothing older is left in the window: whatever was too much before is over.
    if (sum === fresh || sum <= max) isTold = false
    if (sum > max && isAsked && !isTold) {
      found.push({ ...rule, isLive, count: Math.ceil(sum / units), at: new Date(at).toISOString() })
      isTold = true
    }
    fresh = 0
    isAsked = false
  }
  return found
}

/** What sending costs: each price as often as its post goes out, in millionths of a US dollar. */
export const totalMicros = (prices: readonly (number | undefined)[], times: number): number =>
  prices.reduce<number>((sum, price) => sum + (price ?? 0), 0) * times
