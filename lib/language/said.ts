import { emojiShownIn, isEmoji } from './emoji-feelings'
import { piecesOf, type Piece } from './model/tokens'
import type { Evidence } from './schema'
import { setPhrasesIn, type SetPhrase } from './set-phrases'

/** A text as it is to be read: what in it means what its words mean, and what does not. */
export type Said = {
  readonly text: string
  /** The pieces of the text without its set phrases. */
  readonly pieces: readonly Piece[]
  /** How many of them are words. */
  readonly words: number
  readonly phrases: readonly SetPhrase[]
  /** Emoji that feel something, in any language. */
  readonly emoji: readonly Evidence[]
  /** The text without set phrases, every place kept. */
  readonly rest: string
}

const isWord = ({ said }: Piece): boolean => /^#?\p{L}/u.test(said)

/** @param isEnglish set phrases are looked for in no other language */
export function saidIn(text: string, isEnglish = true): Said {
  const phrases = isEnglish ? setPhrasesIn(text) : []
  const rest = without(text, phrases)
  const pieces = piecesOf(rest)
  return { text, rest, pieces, words: pieces.filter(isWord).length, phrases, emoji: emojiShownIn(text, pieces) }
}

/** What is left of it to a reader of words alone. */
export function wordsAlone({ rest, pieces }: Said): { readonly text: string; readonly pieces: readonly Piece[] } {
  const emoji = pieces.filter(({ said }) => isEmoji(said))
  return emoji.length === 0
    ? { text: rest, pieces }
    : { text: without(rest, emoji), pieces: pieces.filter(({ said }) => !isEmoji(said)) }
}

/** The pieces that an emotion may be told by: a denial that praises denies no joy. */
export const feltPieces = ({ text, phrases, pieces }: Said): readonly Piece[] =>
  phrases.length === 0
    ? pieces
    : piecesOf(
        without(
          text,
          phrases.filter(({ kind }) => kind === 'praise'),
        ),
      )

/** A text without some of its places, all others where they were. */
function without(text: string, places: readonly { readonly start: number; readonly end: number }[]): string {
  if (places.length === 0) return text
  let [left, at] = ['', 0]
  for (const { start, end } of places) {
    left += text.slice(at, start) + ' '.repeat(end - start)
    at = end
  }
  return left + text.slice(at)
}
