import type { Quota, QuotaLimit } from '@/lib/platforms/platform'
import type { Overrun } from './judgement'

/** Something that will go out, or went out, on one account. */
export type Outgoing = {
  readonly at: Date
  /** How many posts, and how many further ones below them, the network will count. */
  readonly posts: number
  readonly replies: number
}

/** How much the network counted already, and when it was asked. */
export type LiveQuota = { readonly asOf: Date; readonly quotas: readonly Quota[] }

/** Networks that count replies on their own do not count them as posts. */
const countOf = (limit: QuotaLimit, all: readonly QuotaLimit[], { posts, replies }: Outgoing): number =>
  limit.what === 'replies' ? replies : all.some(({ what }) => what === 'replies') ? posts : posts + replies

/**
 * Where an account's posts exceed what its network takes within a moving window: the first moment of each stretch that
 * does. A window holds what went out after its beginning, up to and with its end. What the network says of itself goes
 * before what its pages say, and what it counted beyond our own posts is taken to have been sent when it was asked.
 */
export function overruns(
  outgoing: readonly Outgoing[],
  documented: readonly QuotaLimit[],
  live?: LiveQuota,
): readonly Overrun[] {
  return limitsNow(documented, live).flatMap((limit) => {
    const counted = outgoing
      .map((one) => ({ at: one.at.getTime(), count: countOf(limit, documented, one) }))
      .concat(elsewhere(limit, outgoing, documented, live))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => a.at - b.at)
    return exceeding(counted, limit)
  })
}

type Limit = QuotaLimit & { readonly isLive: boolean; readonly used?: number }

function limitsNow(documented: readonly QuotaLimit[], live: LiveQuota | undefined): readonly Limit[] {
  const told = (live?.quotas ?? []).flatMap(({ what, used, max, windowMs }) =>
    what === 'posts' || what === 'replies' ? [{ what, used, max, windowMs, isLive: true }] : [],
  )
  const untold = documented.filter(
    ({ what, windowMs }) => !told.some((one) => one.what === what && one.windowMs === windowMs),
  )
  return [...told, ...untold.map((limit) => ({ ...limit, isLive: false }))]
}

/** What the network counted that is not ours: somebody posts by hand, or by another program. */
function elsewhere(
  limit: Limit,
  outgoing: readonly Outgoing[],
  documented: readonly QuotaLimit[],
  live: LiveQuota | undefined,
) {
  if (!live || limit.used === undefined) return []
  const now = live.asOf.getTime()
  const ours = outgoing
    .filter(({ at }) => at.getTime() <= now && at.getTime() > now - limit.windowMs)
    .reduce((sum, one) => sum + countOf(limit, documented, one), 0)
  return [{ at: now, count: Math.max(0, limit.used - ours) }]
}

/** Two hands along the line of time: each moment leaves the window once. */
function exceeding(counted: readonly { at: number; count: number }[], limit: Limit): Overrun[] {
  const { what, max, windowMs, isLive } = limit
  const found: Overrun[] = []
  let first = 0
  let sum = 0
  let isOver = false
  let fresh = 0
  for (const [place, { at, count }] of counted.entries()) {
    sum += count
    fresh += count
    for (let oldest = counted[first]; oldest && oldest.at <= at - windowMs; oldest = counted[first]) {
      sum -= oldest.count
      first += 1
    }
    // Several at one moment are one step.
    if (counted[place + 1]?.at === at) continue
    // Nothing older is left in the window: whatever was too much before is over.
    if (sum === fresh) isOver = false
    fresh = 0
    if (sum > max && !isOver) found.push({ what, max, windowMs, isLive, count: sum, at: new Date(at).toISOString() })
    isOver = sum > max
  }
  return found
}

/** What sending costs: each price as often as its post goes out, in millionths of a US dollar. */
export const totalMicros = (prices: readonly (number | undefined)[], times: number): number =>
  prices.reduce<number>((sum, price) => sum + (price ?? 0), 0) * times
