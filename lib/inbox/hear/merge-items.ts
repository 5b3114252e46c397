import { ordered } from '@/lib/core/json'
import type { Incoming } from '@/lib/platforms'

/**
 * What is known of one message from everything that was said of it. Merging is commutative, associative and idempotent:
 * whatever order reports come in and however often, the end is the same.
 */
export type Known = {
  /** The earliest moment that anything said of it. */
  readonly at: Date
  /** When the words that stand were written. */
  readonly textAt: Date
  /** The report that has the latest words. */
  readonly words: Incoming
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
}

/** The same words always read the same, also when the database gave them back with their keys in another order. */
export const asText = (item: Incoming): string => JSON.stringify(ordered(item))

const timeOf = (item: Incoming): Date => new Date(item.at)

const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))
const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b))

/**
 * A report of a deletion has no words of its own worth keeping; otherwise the later one has them, of two at once an edit,
 * and of two such the one whose text sorts last.
 */
function saysMore(a: Incoming, b: Incoming): boolean {
  const [aGone, bGone] = [a.change === 'deleted', b.change === 'deleted']
  if (aGone !== bGone) return bGone
  const [aAt, bAt] = [timeOf(a).getTime(), timeOf(b).getTime()]
  if (aAt !== bAt) return aAt > bAt
  const [aEdited, bEdited] = [a.change === 'edited', b.change === 'edited']
  if (aEdited !== bEdited) return aEdited
  return asText(a) > asText(b)
}

const knownOf = (item: Incoming): Known => ({
  at: timeOf(item),
  textAt: timeOf(item),
  words: item,
  editedAt: item.change === 'edited' ? timeOf(item) : null,
  deletedAt: item.change === 'deleted' ? timeOf(item) : null,
})

export function mergeKnown(a: Known, b: Known): Known {
  const words = saysMore(a.words, b.words) ? a.words : b.words
  return {
    at: a.at < b.at ? a.at : b.at,
    textAt: timeOf(words),
    words,
    editedAt: latest(a.editedAt, b.editedAt),
    deletedAt: earliest(a.deletedAt, b.deletedAt),
  }
}

/** Everything said in one batch, message by message, by the network's own name for each. */
export function mergeItems(items: readonly Incoming[]): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>()
  for (const item of items) {
    const known = found.get(item.externalId)
    found.set(item.externalId, known ? mergeKnown(known, knownOf(item)) : knownOf(item))
  }
  return found
}
