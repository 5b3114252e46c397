import { ordered } from '@/lib/core/json'
import type { Incoming } from '@/lib/platforms'
import { mergeWordings, type Wording } from './wordings'

/**
 * What is known of one message from everything that was said of it. Merging is commutative, associative and idempotent:
 * whatever order reports come in and however often, the end is the same.
 */
export type Known = {
  /** The earliest moment of those that have words of it; of an import's only until its network itself told of it. */
  readonly at: Date
  /** When the words that stand were written. */
  readonly textAt: Date
  /** The report that has the latest words. What an import says never stands in the place of what its network told. */
  readonly words: Told
  readonly editedAt: Date | null
  /** The first that it was taken away. What can be given again, like a reaction: the last, unless it was given since. */
  readonly deletedAt: Date | null
  /** What it wanted before, in words that others took the place of; of what was taken away nothing is kept. */
  readonly before: readonly Wording[]
}

/** A report, with what an import said besides, for where its network is silent, and what others say of its place. */
export type Told = Incoming & { readonly besides?: Besides; readonly placed?: Placed }
/** Of a report that is `unplaced`: where the latest that knew has it, and when that was. */
type Placed = Pick<Incoming, 'at' | 'parent' | 'ref'> & {
  readonly change: 'new' | 'edited'
  /** Absent where it was told before this was kept. */
  readonly conversation?: string
  readonly conversationOf?: 'parent'
}
type Besides = Pick<Incoming, 'parent' | 'url' | 'rating' | 'recommends'>

/** The same words always read the same, also when the database gave them back with their keys in another order. */
export const asText = (item: object): string => JSON.stringify(ordered(item))

/** Nobody but an import told it: see `Incoming.ref`. */
const isImported = ({ ref }: Incoming): boolean => ref === null

const timeOf = (item: Incoming): Date => new Date(item.at)

const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))
const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b))

/** A report of a deletion has no words of its own worth keeping, and an import knows less than the network. */
const rank = (item: Incoming): number => (item.change === 'deleted' ? 0 : isImported(item) ? 1 : 2)

/** Of two of one rank the later has the words, of two at once an edit, and of two such the one whose text sorts last. */
function saysMore(a: Incoming, b: Incoming): boolean {
  if (rank(a) !== rank(b)) return rank(a) > rank(b)
  return isLater(a, b) ?? asText(a) > asText(b)
}

/** Goes by nothing but what `Placed` holds, so that whoever has the words had the last word on the place, too. */
function isLater(a: Omit<Placed, 'change'> & Pick<Incoming, 'change'>, b: typeof a): boolean | undefined {
  const [aAt, bAt] = [new Date(a.at).getTime(), new Date(b.at).getTime()]
  if (aAt !== bAt) return aAt > bAt
  const [aEdited, bEdited] = [a.change === 'edited', b.change === 'edited']
  if (aEdited !== bEdited) return aEdited
  const [aPlace, bPlace] = [a, b].map(({ parent, ref, conversation, conversationOf }) =>
    asText({ parent, ref, conversation, conversationOf }),
  )
  return aPlace === bPlace ? undefined : String(aPlace) > String(bPlace)
}

/** What a report says of its place; of an end and of an import nothing counts, and an answer of ours has told nothing yet. */
function placedBy(item: Incoming): Placed | undefined {
  const { unplaced, at, change, parent, ref, conversation, conversationOf } = item
  if (unplaced || change === 'deleted' || rank(item) < 2 || ref === undefined) return undefined
  return {
    at: new Date(at).toISOString(),
    change: change === 'edited' ? change : 'new',
    ...(parent === undefined ? {} : { parent }),
    ref,
    conversation,
    ...(conversationOf ? { conversationOf } : {}),
  }
}

/** What a message is, where the latest report that knew has it; undefined where none has told of its place. */
export function standsAs(told: Told): Incoming | undefined {
  const { besides: _besides, placed = placedBy(told), ...words } = told
  if (!placed?.conversation) return undefined
  const { at: _at, change: _change, ...place } = placed
  const { parent: _parent, conversationOf: _of, unplaced: _unplaced, ...rest } = words
  return { ...rest, ...place, conversation: placed.conversation }
}

const knownOf = (item: Incoming): Known => ({
  at: timeOf(item),
  textAt: timeOf(item),
  words: isImported(item) ? { ...item, besides: besidesOf(item) } : item,
  editedAt: item.change === 'edited' ? timeOf(item) : null,
  deletedAt: item.change === 'deleted' ? timeOf(item) : null,
  before: [],
})

const besidesOf = ({ parent, url, rating, recommends }: Incoming): Besides => ({
  ...(parent === undefined ? {} : { parent }),
  ...(url === undefined ? {} : { url }),
  ...(rating === undefined ? {} : { rating }),
  ...(recommends === undefined ? {} : { recommends }),
})

export function mergeKnown(a: Known, b: Known): Known {
  const words = mergeWords(a.words, b.words)
  const deletedAt = words.kind === 'reaction' ? lastEnd(a, b, words) : earliest(a.deletedAt, b.deletedAt)
  return {
    at: begunAt(a, b),
    textAt: timeOf(words),
    words,
    editedAt: latest(a.editedAt, b.editedAt),
    deletedAt,
    before: deletedAt || words.kind === 'reaction' ? [] : wordingsBefore(a, b),
  }
}

function wordingsBefore(a: Known, b: Known): readonly Wording[] {
  // Nobody waits for an answer to ours.
  if (a.words.own || b.words.own) return []
  const [{ besides: _toA, placed: _placeOfA, ...one }, { besides: _toB, placed: _placeOfB, ...other }] = [
    a.words,
    b.words,
  ]
  const [stands, gives] = saysMore(one, other) ? [one, other] : [other, one]
  const ranked = (item: Incoming) => ({ item, rank: rank(item) })
  return mergeWordings(a.before, b.before, { stands: ranked(stands), gives: ranked(gives) })
}

function mergeWords({ besides: toA, placed: hasA, ...a }: Told, { besides: toB, placed: hasB, ...b }: Told): Told {
  const words = saysMore(a, b) ? a : b
  const besides = toA && toB ? (asText(toA) > asText(toB) ? toA : toB) : (toA ?? toB)
  const [placeA, placeB] = [hasA ?? placedBy(a), hasB ?? placedBy(b)]
  const placed = placeA && placeB ? (isLater(placeA, placeB) ? placeA : placeB) : (placeA ?? placeB)
  return { ...words, ...(besides ? { besides } : {}), ...(placed && words.unplaced ? { placed } : {}) }
}

function begunAt(a: Known, b: Known): Date {
  const [aRank, bRank] = [rank(a.words), rank(b.words)]
  return (aRank === bRank ? a.at < b.at : aRank > bRank) ? a.at : b.at
}

/** What its network says was given after its last end is there. */
function lastEnd(a: Known, b: Known, words: Told): Date | null {
  const end = latest(a.deletedAt, b.deletedAt)
  return end && rank(words) === 2 && end < timeOf(words) ? null : end
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
