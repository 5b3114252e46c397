/** A word, number, emoji or run of punctuation as the models see it; `start` and `end` are its place in the text. */
export type Piece = { readonly said: string; readonly start: number; readonly end: number }

// Links and handles are one piece each, whoever they lead to; an emoji keeps its modifiers and joiners.
const pieces =
  /https?:\/\/\S+|www\.\S+|@\w+|#?[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*|\p{Extended_Pictographic}[\u{fe0f}\p{Emoji_Modifier}]*(?:\u{200d}\p{Extended_Pictographic}[\u{fe0f}\p{Emoji_Modifier}]*)*|([^\s\p{L}\p{N}])\1*/gu

/** What a piece is to a model: lower case, letters said long said twice, links, handles and numbers alike. */
function normal(piece: string): string {
  if (/^(https?:|www\.)/i.test(piece)) return '\u{1}link'
  if (piece.startsWith('@') && piece.length > 1) return '\u{1}handle'
  if (/^\p{N}+$/u.test(piece)) return `\u{1}number${Math.min(piece.length, 5)}`
  return piece
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll('\u{fe0f}', '')
    .replace(/(.)\1{2,}/gu, '$1$1')
}

/** The pieces of a text in its order. */
export const piecesOf = (text: string): readonly Piece[] =>
  Array.from(text.matchAll(pieces), (found) => ({
    said: normal(found[0]),
    start: found.index,
    end: found.index + found[0].length,
  }))
