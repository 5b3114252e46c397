const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One for each character; an emoji is as long as its UTF-8 bytes. */
export function lengthOf(text: string): number {
  let length = 0
  for (const { segment } of segmenter.segment(text))
    length += /\p{Emoji_Presentation}|\uFE0F/u.test(segment) ? Buffer.byteLength(segment) : [...segment].length
  return length
}

/** Different web addresses in the words and beside them. */
export const linkCount = (text: string, attached: string | undefined): number =>
  new Set([...(text.match(/https?:\/\/[^\s<>"]+[^\s<>".,!?;:)]/g) ?? []), ...(attached ? [attached] : [])]).size

export const names = (text: string, handle: string): boolean =>
  new RegExp(`@${handle.replaceAll('.', String.raw`\.`)}(?![\\w.]*\\w)`, 'i').test(text)
