const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const printableAscii = /^[\n\x20-\x7e]*$/
const encoder = new TextEncoder()

/** What a reader sees as single characters, in order. */
export function graphemesOf(text: string): string[] {
  return printableAscii.test(text) ? text.split('') : Array.from(segmenter.segment(text), (piece) => piece.segment)
}

/** How many characters a reader sees (extended grapheme clusters, UAX 29). */
export function countGraphemes(text: string): number {
  if (printableAscii.test(text)) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

export function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Bytes in UTF-8. A lone surrogate counts as the replacement character it will be sent as: 3 bytes. */
export const countUtf8Bytes = (text: string): number => encoder.encode(text).byteLength
