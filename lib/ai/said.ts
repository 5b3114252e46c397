/** Scripts that set no space between words, and Hangul, where more is hung on to a word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** As a person sees it: no letters of full width, and nothing that is not seen. */
const seen = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\u{fe0f}]/gu, '')
    .toLowerCase()

/** Small letters and figures, with one space between words. */
export const plain = (text: string): string => (seen(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')

/**
 * Whether a text says a phrase: its words side by side, anywhere in it where the script sets no spaces, and where it has
 * no letters as it stands. An empty phrase is never said.
 */
export function says(text: string, phrase: string): boolean {
  const words = plain(phrase)
  if (words === '') return seen(phrase).trim() !== '' && seen(text).includes(seen(phrase).trim())
  if (isUnspaced(words)) return plain(text).replaceAll(' ', '').includes(words.replaceAll(' ', ''))
  return ` ${plain(text)} `.includes(` ${words} `)
}

export const isUnspaced = (words: string): boolean => unspaced.test(words)

/** Whether words are enough to look for: three letters, or two where a word is seldom longer. */
export const isEnough = (phrase: string): boolean => phrase.trim().length >= (isUnspaced(phrase) ? 2 : 3)
