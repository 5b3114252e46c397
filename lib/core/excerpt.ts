const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** No visible character is longer than so many units. */
const longest = 200

/** The beginning of a text: at most `most` UTF-16 units, and no visible character cut in two. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const at = graphemes.segment(text.slice(0, most + longest)).containing(most)?.index ?? most
  // Marks without end on one letter are cut all the same, between characters that the database takes.
  return at > 0 && most - at <= longest ? text.slice(0, at) : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')
}

/** The first words of a text, in one line: at most `most` UTF-16 units. */
export const excerptOf = (text: string, most = 200): string => cutText(text.replace(/\s+/g, ' ').trim(), most)
