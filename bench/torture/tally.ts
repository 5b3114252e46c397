import type { Cell } from './cells'

export type End =
  | 'published'
  /** Left to a person because nobody else can tell. */
  | 'unknown'
  /** Left to a person for another reason: none of the faults calls for that. */
  | 'asked'
  | 'refused'
  | 'unfinished'

/** What became of one that was sent, as the product says and as the sandbox counted. */
export type Outcome = {
  readonly cell: Cell
  readonly end: End
  /** The kind of its reason, where one stands. */
  readonly why?: string | undefined
  /** How often readers see each of its parts. */
  readonly seen: readonly number[]
  /** A worker died at its boundary. */
  readonly met: boolean
  /** The network did what its fault says. */
  readonly fired: boolean
}

export type Row = {
  posts: number
  published: number
  'left to a person': string
  'asked or refused': number
  unfinished: number
  duplicates: number
  'silently lost': number
  'faults fired': number
  kills: number
}

/** Two of the same is a duplicate; published with a part unseen, or refused with one that is seen, is a silent loss. */
export const isDuplicate = ({ seen }: Outcome): boolean => seen.some((times) => times > 1)
export const isLost = ({ end, seen }: Outcome): boolean =>
  (end === 'published' && seen.includes(0)) || (end === 'refused' && seen.some((times) => times > 0))

/** @param by what stands at the beginning of the line that an outcome belongs to */
export function tally(outcomes: readonly Outcome[], by: (cell: Cell) => string): Readonly<Record<string, Row>> {
  const groups = Map.groupBy(outcomes, ({ cell }) => by(cell))
  return Object.fromEntries([...groups].map(([name, mine]) => [name, rowOf(mine)]))
}

export function rowOf(outcomes: readonly Outcome[]): Row {
  const count = (is: (one: Outcome) => boolean) => outcomes.filter(is).length
  const unknown = count(({ end }) => end === 'unknown')
  return {
    posts: outcomes.length,
    published: count(({ end }) => end === 'published'),
    'left to a person': unknown === 0 ? '0' : `${unknown} (${((100 * unknown) / outcomes.length).toFixed(0)} %)`,
    'asked or refused': count(({ end }) => end === 'asked' || end === 'refused'),
    unfinished: count(({ end }) => end === 'unfinished'),
    duplicates: count(isDuplicate),
    'silently lost': count(isLost),
    'faults fired': count(({ fired }) => fired),
    kills: count(({ met }) => met),
  }
}

/** Cases for which no worker died where it should. */
export function unmet(outcomes: readonly Outcome[]): readonly string[] {
  const cases = Map.groupBy(outcomes, ({ cell }) => `${cell.kind}, ${cell.fault}, ${cell.boundary}`)
  return [...cases].flatMap(([name, mine]) => (mine.some(({ met }) => met) ? [] : [name]))
}
