import { sha256 } from '@/lib/core/crypto'
import type { Incoming } from '@/lib/platforms'
import { asksAnew, needOf, type Need } from '../triage/asks-anew'

/** Of a message that is edited more often, the latest tell. */
const mostKept = 8

/** What a message wanted in words that others took the place of. It holds none of them. */
export type Wording = {
  /** When they were written, by the network's clock. */
  readonly at: string
  readonly key: string
  readonly rank: number
  readonly need: Need
}

/** What a report says of the words, and how much it counts (`rank` of merge-items.ts). */
type Ranked = { readonly item: Incoming; readonly rank: number }

const keyOf = ({ text, rating, recommends }: Incoming): string =>
  sha256(JSON.stringify([text, rating ?? null, recommends ?? null])).slice(0, 16)

const timeOf = ({ at }: Incoming): string => new Date(at).toISOString()

const wordingOf = ({ item, rank }: Ranked): Wording => ({
  at: timeOf(item),
  key: keyOf(item),
  rank,
  need: needOf(item),
})

const isOf = ({ at, key }: Wording, item: Incoming): boolean => at === timeOf(item) && key === keyOf(item)

/**
 * What was said before the words that stand, of all that was told: whatever order it is told in and however often, the end
 * is the same. What counts less than the words that stand is no wording of theirs, and neither is the report of an end.
 */
export function mergeWordings(
  a: readonly Wording[],
  b: readonly Wording[],
  { stands, gives }: { readonly stands: Ranked; readonly gives: Ranked },
): readonly Wording[] {
  const isAnother = gives.rank > 0 && gives.rank === stands.rank && !isSame(gives.item, stands.item)
  if (!isAnother && a.length === 0 && b.length === 0) return []
  const all = [...a, ...b, ...(isAnother ? [wordingOf(gives)] : [])]
    .filter((one) => one.rank === stands.rank && !isOf(one, stands.item))
    .map((one) => [`${one.at} ${one.key}`, one] as const)
  return [...new Map(all)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .slice(-mostKept)
    .map(([, one]) => one)
}

const isSame = (a: Incoming, b: Incoming): boolean => timeOf(a) === timeOf(b) && keyOf(a) === keyOf(b)

/** When words were written that want what those before them did not, the last time; null where that never happened. */
export function needAtOf(before: readonly Wording[], stands: Incoming): Date | null {
  if (before.length === 0) return null
  const all = [...before, { at: timeOf(stands), need: needOf(stands) }]
  const anew = all.filter(({ need }, n) => {
    const previous = all[n - 1]
    return previous !== undefined && asksAnew(previous.need, need)
  })
  const last = anew.at(-1)
  return last ? new Date(last.at) : null
}
