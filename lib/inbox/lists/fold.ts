import { gistOf, sayAlike, type Gist } from '@/lib/language/schema'

/** A number that is stored with a message has 32 bits, in hexadecimal digits; a list is told the first of them. */
const [storedDigits, toldDigits] = [8, 3]
/** Half of the stored numbers: texts that are six tenths alike still share one with a probability of 0.98. */
const mostTold = 16
/** So many heads are known by one number: what more of them share is a common phrase, and tells little. */
const mostTogether = 8
/** A row is compared with so many heads at most, those with which it shares most: with all, a long list would take minutes. */
const mostCompared = 16

/** `ConversationCard.wording` of a message with these `bands`; null for one without a word. */
export const wordingOf = (bands: readonly number[]): string | null =>
  bands.length === 0
    ? null
    : bands
        .slice(0, mostTold)
        .map((band) => (band >>> 0).toString(16).padStart(storedDigits, '0').slice(0, toldDigits))
        .join('')

/** What of a conversation decides whether it is folded. */
type Row = {
  readonly id: string
  readonly state: string
  readonly unanswered: boolean
  readonly assigneeId: string | null
  readonly team: { readonly id: string } | null
  readonly excerpt: string
  readonly wording: string | null
}
export type Fold<R> = { readonly head: R; readonly under: readonly R[] }
type Growing<R> = { readonly head: R; readonly under: R[] }

/** A list is folded again whenever something comes in: what its rows say is read once. */
const readBefore = new WeakMap<Row, Gist>()

function read(row: Row): Gist {
  const known = readBefore.get(row) ?? gistOf(row.excerpt)
  readBefore.set(row, known)
  return known
}

/** The numbers of a wording, each told apart by its place; none where a row is not folded. */
function bandsIn({ state, wording }: Row): readonly number[] {
  if (wording === null || state !== 'todo') return []
  const most = 16 ** toldDigits
  return Array.from(
    { length: wording.length / toldDigits },
    (_, band) => band * most + Number.parseInt(wording.slice(band * toldDigits, (band + 1) * toldDigits), 16),
  )
}

/** Whose work it is, a person's, a team's, or nobody's, and whether it was ended once. */
const standingOf = ({ assigneeId, team, unanswered }: Row): string =>
  `${assigneeId ?? ''} ${team?.id ?? ''} ${unanswered}`

type Heads = Map<number, number[]>

/** The places of heads that share numbers with a row and are worth comparing with it, in the order of the list. */
function nearest(heads: Heads, bands: readonly number[]): readonly number[] {
  const shared = new Map<number, number>()
  for (const band of bands) for (const place of heads.get(band) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1)
  const most = [...shared].toSorted(([a, many], [b, others]) => others - many || a - b).slice(0, mostCompared)
  return most.map(([place]) => place).toSorted((a, b) => a - b)
}

function remember(heads: Heads, bands: readonly number[], place: number): void {
  for (const band of bands) {
    const places = heads.get(band) ?? []
    heads.set(band, places)
    if (places.length < mostTogether) places.push(place)
  }
}

/**
 * Folds what says nearly the same under the first row of a list that says it: in a list of the newest, the newest. Only
 * where one thing was said and nothing else (`wording` is null elsewhere), it is to do, the same person and team have it,
 * and it is unanswered alike. Every row is in one fold, heads in the order of the list, and so what is under them.
 * Depends on which rows there are and on their order alone; what is added below changes nothing above.
 */
export function foldAlike<R extends Row>(rows: readonly R[]): readonly Fold<R>[] {
  const folds: Growing<R>[] = []
  /** By how they stand. */
  const headsOf = new Map<string, Heads>()
  for (const row of rows) {
    const bands = bandsIn(row)
    const heads: Heads = headsOf.get(standingOf(row)) ?? new Map()
    headsOf.set(standingOf(row), heads)
    const near = nearest(heads, bands).flatMap((place) => folds[place] ?? [])
    const fold = near.find(({ head }) => sayAlike(read(head), read(row)))
    if (fold) fold.under.push(row)
    else {
      remember(heads, bands, folds.length)
      folds.push({ head: row, under: [] })
    }
  }
  return folds
}
