import { eld } from 'eld/small'
import type { Language } from './schema'

/** Fewer letters than this, in an alphabet that many languages write, say too little: "Super cool" would be Danish. */
const fewestLetters = 12
/** The beginning says it; the detector's time grows with the text. */
const looksAt = 1_000

/** What somebody says themselves: links, handles and the signs of hashtags are not their words. */
export const spoken = (text: string): string => text.replace(/https?:\S+|@\w+|#/g, ' ')

/** Which language a text is written in, from 60 of them. Links, handles and hashtag signs are not looked at. */
export function languageOf(text: string, told?: string): Language {
  if (told) return { code: told.toLowerCase().split(/[-_]/)[0] ?? null, by: 'told' }
  const said = spoken(text.slice(0, looksAt))
  const letters = said.match(/\p{L}/gu) ?? []
  const isLatin = letters.every((letter) => /\p{Script=Latin}/u.test(letter))
  if (isLatin && letters.length < fewestLetters) return { code: null, by: 'unknown' }
  const found = eld.detect(said)
  return found.isReliable() ? { code: found.language, by: 'seen' } : { code: null, by: 'unknown' }
}

/** English was measured; a text that does not say its language is read as English. */
export const isReadAsEnglish = ({ code }: Language): boolean => code === null || code === 'en'

/**
 * A text without its words, every place kept: what is left says the same in every language. To VADER the German
 * article "die" is a death.
 */
export const wordless = (text: string): string =>
  text.replace(/[\p{L}\p{M}\p{N}'’]{2,}/gu, (word) => ' '.repeat(word.length))
