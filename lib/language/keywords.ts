import { piecesOf } from './model/tokens'
import { round } from './round'
import type { Keyword } from './schema'
import { isFiller } from './filler-words'

const mostKeywords = 8
/** A phrase of more words than this is a sentence. */
const mostWords = 3
/** A writer who sets a hashtag says what it is about. */
const hashtagBonus = 2

/** Languages that are written without spaces between words. */
const unspaced = new Set(['ja', 'zh', 'th', 'km', 'lo', 'my'])

type Word = { readonly said: string; readonly shown: string; readonly start: number; readonly end: number }

/**
 * What a text is about, the weightiest first: hashtags, and runs of words that carry meaning. A word weighs what RAKE
 * gives it (Rose et al., 2010: how many words it stands with, by how often it stands), a phrase what its words weigh.
 */
export function keywordsOf(text: string, language: string | null = null): readonly Keyword[] {
  const words = language && unspaced.has(language) ? segmented(text, language) : spaced(text)
  const phrases = phrasesOf(text, words, language)
  const [often, beside] = [new Map<string, number>(), new Map<string, number>()]
  for (const phrase of phrases)
    for (const { said } of phrase) {
      often.set(said, (often.get(said) ?? 0) + 1)
      beside.set(said, (beside.get(said) ?? 0) + phrase.length)
    }
  const scored = new Map<string, Keyword>()
  for (const phrase of phrases) {
    const [first, last] = [phrase[0], phrase.at(-1)]
    if (!first || !last) continue
    const shown = text.slice(first.start, last.end)
    const key = phrase.map(({ said }) => said).join(' ')
    const weight = phrase.reduce((sum, { said }) => sum + (beside.get(said) ?? 0) / (often.get(said) ?? 1), 0)
    const score = weight * (1 + Math.log(often.get(first.said) ?? 1)) + (shown.startsWith('#') ? hashtagBonus : 0)
    if (!scored.has(key)) scored.set(key, { text: shown, score: round(score) })
  }
  return [...scored.values()].toSorted((a, b) => b.score - a.score).slice(0, mostKeywords)
}

const spaced = (text: string): readonly Word[] =>
  piecesOf(text).map(({ said, start, end }) => ({ said: said.replace(/^#/, ''), shown: said, start, end }))

const segmented = (text: string, language: string): readonly Word[] =>
  Array.from(new Intl.Segmenter(language, { granularity: 'word' }).segment(text), ({ segment, index }) => ({
    said: segment.toLowerCase(),
    shown: segment,
    start: index,
    end: index + segment.length,
  }))

function phrasesOf(text: string, words: readonly Word[], language: string | null): readonly (readonly Word[])[] {
  const phrases: Word[][] = []
  let open: Word[] = []
  const close = () => {
    if (open.length > 0) phrases.push(open)
    open = []
  }
  for (const word of words) {
    const isHashtag = word.shown.startsWith('#')
    const before = open.at(-1)
    // Only a space may lie between the words of a phrase.
    if (before && /\S/.test(text.slice(before.end, word.start))) close()
    if (!/\p{L}/u.test(word.said) || word.said.startsWith('\u{1}') || isFiller(word.said, language)) close()
    else {
      if (isHashtag || open.length === mostWords) close()
      open.push(word)
      if (isHashtag) close()
    }
  }
  close()
  return phrases
}
