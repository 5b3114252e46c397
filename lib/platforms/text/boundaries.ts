import { graphemesOf } from './graphemes'
import { protectedSpans, type Span } from './spans'
import type { TextRule } from './rule'

/** How good a place is to end a post. */
export const strengths = { word: 1, sentence: 2, line: 3, paragraph: 4 } as const
export type Strength = (typeof strengths)[keyof typeof strengths]

/** A place where a text may be cut: what comes before ends at `end`, what comes after begins at `start` (UTF-16). */
export type Boundary = { readonly end: number; readonly start: number; readonly strength: Strength }

/** A piece that is never cut: a character as a reader sees it, or a link, mention, hashtag or formatted stretch. */
export type Unit = { readonly start: number; readonly end: number; readonly span?: Span }

export type Pieces = { readonly units: readonly Unit[]; readonly boundaries: readonly Boundary[] }

// Thai, Lao, Khmer, Burmese, Chinese and Japanese put no spaces between words.
const unspaced =
  /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u
const neverFirst =
  /^[\p{Pe}\p{Pf}\p{M}、。，．！？：；ー々ゝヽ…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ@＠#＃$!?.,;:%]/u
const neverLast = /[\p{Ps}\p{Pi}@＠#＃$]$/u
// A no-break space is there so that nobody breaks at it.
const space = /^[^\S\u00A0\u202F\uFEFF]+$/
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const words = new Intl.Segmenter('en', { granularity: 'word' })

/** Cuts a text into its indivisible units, in order, and finds where a post may end. Spaces at the edges are left out. */
export function piecesOf(text: string, rule: TextRule): Pieces {
  const units: Unit[] = []
  const boundaries: Boundary[] = []
  const sentenceStarts = startsOf(sentences, text)
  const wordStarts = unspaced.test(text) ? startsOf(words, text) : new Set<number>()
  let gap = ''
  for (const unit of unitsOf(text, protectedSpans(text, rule))) {
    if (!unit.span && space.test(text.slice(unit.start, unit.end))) {
      gap += text.slice(unit.start, unit.end)
      continue
    }
    const last = units.at(-1)
    if (last) {
      const strength = strengthOf(text, last, unit, gap, sentenceStarts, wordStarts)
      if (strength) boundaries.push({ end: last.end, start: unit.start, strength })
    }
    units.push(unit)
    gap = ''
  }
  return { units, boundaries }
}

function strengthOf(
  text: string,
  last: Unit,
  next: Unit,
  gap: string,
  sentenceStarts: ReadonlySet<number>,
  wordStarts: ReadonlySet<number>,
): Strength | undefined {
  if (gap !== '') {
    const lines = gap.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0
    if (lines > 1) return strengths.paragraph
    if (lines === 1) return strengths.line
    return sentenceStarts.has(next.start) ? strengths.sentence : strengths.word
  }
  const before = text.slice(last.start, last.end)
  const after = text.slice(next.start, next.end)
  if (!wordStarts.has(next.start) || (!unspaced.test(before) && !unspaced.test(after))) return undefined
  if (neverFirst.test(after) || neverLast.test(before)) return undefined
  return sentenceStarts.has(next.start) ? strengths.sentence : strengths.word
}

function* unitsOf(text: string, spans: readonly Span[]): Generator<Unit> {
  let at = 0
  for (const span of spans) {
    yield* graphemeUnits(text, at, span.start)
    yield { start: span.start, end: span.end, span }
    at = span.end
  }
  yield* graphemeUnits(text, at, text.length)
}

function* graphemeUnits(text: string, from: number, to: number): Generator<Unit> {
  let start = from
  for (const grapheme of graphemesOf(text.slice(from, to))) {
    yield { start, end: start + grapheme.length }
    start += grapheme.length
  }
}

const startsOf = (segmenter: Intl.Segmenter, text: string): Set<number> =>
  new Set(Array.from(segmenter.segment(text), (segment) => segment.index))
