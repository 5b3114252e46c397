import { eld } from 'eld/small'
import { englishIn } from './english'
import type { Language } from './schema'

/** Fewer letters than this, in an alphabet that many languages write, say too little: "Super cool" would be Danish. */
const fewestLetters = 12
/** The beginning says it; the detector's time grows with the text. */
const looksAt = 1_000

/** What somebody says themselves: links, handles and the signs of hashtags are not their words. */
export const spoken = (text: string): string => text.replace(/https?:\S+|@\w+|#/g, ' ')

/**
 * From so many letters on the text says it better than its author's settings, which many never change; below, the
 * detector takes "No sugar please" for Tagalog.
 */
const enoughLetters = 40

/**
 * Which language a text is written in, from 60 of them. Links, handles and hashtag signs are not looked at.
 * @param told by its network, ISO 639-1 or BCP 47: believed where the text is short or says too little
 */
export function languageOf(text: string, told?: string): Language {
  const said = spoken(text.slice(0, looksAt))
  const letters = said.match(/\p{L}/gu) ?? []
  const byNetwork = codeOf(told)
  if (byNetwork && letters.length < enoughLetters) return { code: byNetwork, by: 'told' }
  const isLatin = letters.every((letter) => /\p{Script=Latin}/u.test(letter))
  const unknown: Language = byNetwork ? { code: byNetwork, by: 'told' } : { code: null, by: 'unknown' }
  if (isLatin && letters.length < fewestLetters) return unknown
  const found = eld.detect(said)
  if (!found.isReliable()) return unknown
  if (found.language === 'en' || !isLatin || letters.length >= enoughLetters)
    return { code: found.language, by: 'seen' }
  const kinds = englishIn(said)
  // Names of things look like the language that they come from: "Bialetti leaks" like Italian.
  const known = kinds.english + kinds.shared
  const isMostly = kinds.english > 0 && known > 1 && known > kinds.unknown
  const isEnglish = kinds.elsewhere === 0 && (isMostly || kinds.isComplaint)
  return { code: isEnglish ? 'en' : found.language, by: 'seen' }
}

/** Networks say "und", or nothing, of what they do not know, and some use codes of old. */
function codeOf(told: string | undefined): string | undefined {
  try {
    const { language } = new Intl.Locale((told ?? '').replaceAll('_', '-'))
    return language.length === 2 ? language : undefined
  } catch {
    return undefined
  }
}

/**
 * English was measured. What does not show its own language is read as English if a word of it is and none is known
 * of another language, or if most are: a shop sells more things than our lists have words for ("Broken mug"), while
 * "Frechheit!" says nothing to us, and "die Tasse" no threat. What looks English and is a word elsewhere shows nothing
 * beside unknown ones: "Slut i lager" is sold out. What has no words is read.
 */
export function isReadAsEnglish(text: string, { code, by }: Language): boolean {
  if (code !== null && code !== 'en') return false
  if (code === 'en' && by === 'seen') return true
  // What "for" and "sale" are elsewhere, they never are together.
  if (/\bfor sale\b/iu.test(text)) return true
  const { english, elsewhere, unknown } = englishIn(spoken(text.slice(0, looksAt)))
  if (elsewhere === 0) return english > 0 || unknown === 0
  return english > elsewhere + unknown
}

/**
 * A text without its words, every place kept: what is left says the same in every language. To VADER the German
 * article "die" is a death.
 */
export const wordless = (text: string): string =>
  text.replace(/[\p{L}\p{M}\p{N}'’]{2,}/gu, (word) => ' '.repeat(word.length))
