import { callsToHarm } from './calls-to-harm'
import { featuresOf } from './model/features'
import { judge, openModel } from './model/judge'
import type { Piece } from './model/tokens'
import weights from './model/offensive.json'
import { findPhrases, phraseList, type Found } from './phrase-list'
import { round } from './round'
import { saidIn, type Said } from './said'
import { toxicKinds, type ToxicKind, type Toxicity } from './schema'
import {
  alsoThings,
  doubtful,
  groups,
  namesOfPeople,
  oneself,
  others,
  peopleBesideNames,
  saidOfBeings,
  targets,
  toxicWords,
} from './toxic-words'
import { lexiconSentiment, type LexiconSentiment } from './vader'

const model = openModel(weights)
const list = phraseList(toxicWords)
export const inoffensive: Toxicity = { score: 0, isToxic: false, kinds: [], tokens: [] }
const leastWeight = 0.1
const mostPieces = 8

/** What the model is told beside the words: what the lexicon found, and how many hurtful words of each kind there are. */
export function besideToxicity(lexicon: LexiconSentiment, found: readonly Found<ToxicKind>[]): readonly number[] {
  const upToTwo = (kind?: ToxicKind) => Math.min(2, found.filter((one) => !kind || one.kind === kind).length)
  return [lexicon.compound, lexicon.negative, lexicon.positive, ...toxicKinds.map((kind) => upToTwo(kind)), upToTwo()]
}

/** What stands for whoever is called by name. */
const handle = '\u{1}handle'

const isAnother = ({ said }: Piece): boolean => others.has(said) || said === handle

/**
 * The places of the pieces that many people are called by, of whom a word near them is said: "women" only in "women
 * are …", as a shop has things for women, and "whites" only in "all whites are …", or where it is said of no thing.
 */
function groupsIn(pieces: readonly Piece[], { isOfBeings }: { isOfBeings: boolean }): ReadonlySet<number> {
  const isSpokenOf = ({ said }: Piece, at: number): boolean => {
    const before = pieces[at - 1]?.said ?? ''
    const isMany = groups.has(said) || (peopleBesideNames.has(said) && namesOfPeople.has(before))
    if (!isMany || isOneself(pieces, at)) return false
    if (alsoThings.has(said) && before !== 'all' && !isOfBeings) return false
    return targets.has(said) || /^(?:are|r)$/.test(pieces[at + 1]?.said ?? '')
  }
  return new Set(pieces.filter(isSpokenOf).map(({ start }) => start))
}

/** Whether who speaks is among them, or theirs are: "we are old people", "us gay men", "my girls". */
function isOneself(pieces: readonly Piece[], at: number): boolean {
  let first = at
  while (namesOfPeople.has(pieces[first - 1]?.said ?? '')) first--
  const [last = '', link = ''] = [pieces[first - 1]?.said, pieces[first - 2]?.said]
  return /^(?:us|we're|we|as|my|our)$/.test(last) || (/^(?:are|were)$/.test(last) && link === 'we')
}

/** The hurtful words that hurt somebody else: those that are said of things as often only where somebody is near. */
function aimed(found: readonly Found<ToxicKind>[], pieces: readonly Piece[]): readonly Found<ToxicKind>[] {
  const places = new Map(pieces.map(({ start }, at) => [start, at]))
  const people = groupsIn(pieces, { isOfBeings: false })
  const beings = groupsIn(pieces, { isOfBeings: true })
  const isOfAnother = (near: readonly Piece[]) => near.some(isAnother)
  return found.filter(({ phrase, start }) => {
    const at = places.get(start) ?? 0
    const before = withinClause(pieces.slice(Math.max(0, at - reach), at).toReversed())
    const isOfOneself = before.some(({ said }) => oneself.has(said))
    if (!doubtful.has(phrase)) return isOfAnother(before) || !isOfOneself
    const after = withinClause(pieces.slice(at + 1, at + 1 + reach))
    const many = saidOfBeings.has(phrase) ? beings : people
    const isOfMany = (near: readonly Piece[]) => near.some(({ start }) => many.has(start))
    return isOfAnother(before) || isOfAnother(after) || (!isOfOneself && (isOfMany(before) || isOfMany(after)))
  })
}

/** The first of some pieces, up to the first mark. */
function withinClause(pieces: readonly Piece[]): readonly Piece[] {
  const mark = pieces.findIndex(({ said }) => !said.startsWith('\u{1}') && !/^[\p{L}\p{N}#]/u.test(said))
  return mark < 0 ? pieces : pieces.slice(0, mark)
}

export const hurtfulWords = (pieces: readonly Piece[]): readonly Found<ToxicKind>[] => findPhrases(pieces, list)

/** In fewer words than these nothing hurts but a word of the lists. */
const fewestWords = 3
/** Somebody is meant who is named so many pieces from a word, with no mark between. */
const reach = 4
/** What the model alone says of fewer words than these must be said with more certainty. */
const [fewWords, certain] = [6, 0.7]
/** So many words show by themselves how those among them are meant: the model was made of such texts. */
const manyWords = 12
/** What a call to harm people offends at least. */
const called = 0.9
/** Just too little to offend. */
const excused = 0.49

/** How likely people call an English text offensive, with the words that say so. */
export function toxicityOf(text: string, { rest, pieces: all, words: count }: Said = saidIn(text)): Toxicity {
  const known = hurtfulWords(all)
  const calls = callsToHarm(text)
  const isCalled = ({ start, end }: { start: number; end: number }) =>
    calls.some((one) => start >= one.start && end <= one.end)
  const found = [...calls, ...aimed(known, all).filter((one) => !isCalled(one))].toSorted((a, b) => a.start - b.start)
  if (count < fewestWords && found.length === 0) return inoffensive
  const isLong = count >= manyWords
  const harmless = new Set(isLong ? [] : known.filter((one) => !found.includes(one)).map(({ start }) => start))
  const pieces = all.filter(({ said, start }) => !namesOfPeople.has(said) && !harmless.has(start))
  const beside = besideToxicity(lexiconSentiment(rest), isLong ? known : found)
  const { probabilities, pieces: added } = judge(model, featuresOf(pieces, model.slots), pieces.length, beside)
  const likely = pieces.length === 0 ? 0 : (probabilities[1] ?? 0)
  const isSaidOfSomebody = pieces.some(isAnother)
  const isLikely = found.length > 0 || (isSaidOfSomebody && (count >= fewWords || likely >= certain))
  const score = calls.length > 0 ? Math.max(likely, called) : isLikely ? likely : Math.min(likely, excused)
  const words = pieces
    .map(({ start, end }, at) => ({ start, end, weight: added[1]?.[at] ?? 0 }))
    .filter(({ weight }) => weight >= leastWeight)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostPieces)
  const isToxic = score >= 0.5
  return {
    score: round(score),
    isToxic,
    kinds: isToxic ? toxicKinds.filter((kind) => found.some((one) => one.kind === kind)) : [],
    tokens: [
      ...found.map(({ kind, start, end }) => ({
        text: text.slice(start, end),
        start,
        end,
        weight: 1,
        by: 'rule' as const,
        kind,
      })),
      ...words.map(({ start, end, weight }) => ({
        text: text.slice(start, end),
        start,
        end,
        weight: round(weight),
        by: 'model' as const,
      })),
    ],
  }
}
