import { emotionWords } from './emotion-words'
import { isFiller } from './filler-words'
import { intentCues } from './intent-cues'
import { spamWords } from './spam-rules'
import { toxicWords } from './toxic-words'
import englishFile from './vader/english.json'
import { lexicon } from './vader/lexicon'

const lists = [intentCues.sure, intentCues.likely, emotionWords, spamWords, toxicWords]
const phrases = lists.flatMap((list) => Object.values(list).flat())
/** Words that English texts are made of: those of texts that were rated, and all that our own lists know. */
const english = new Set([
  ...englishFile,
  ...lexicon.keys(),
  ...phrases.flatMap((phrase) => phrase.split(' ')).filter((word) => /^[a-z']+$/.test(word)),
])
const others = ['de', 'fr', 'es', 'it', 'pt', 'nl'] as const

/** `both`: a word of English and of others that says nothing of which it is: "no", "in", "so". */
function kindOf(word: string): 'english' | 'both' | 'other' {
  const isElsewhere = others.some((language) => isFiller(word, language))
  if (isFiller(word, 'en')) return isElsewhere ? 'both' : 'english'
  // A German "die" is no death, and a Spanish "con" no fraud.
  if (isElsewhere) return 'other'
  return isKnown(word) ? 'english' : 'other'
}

function isKnown(word: string): boolean {
  if (english.has(word) || english.has(word.replace(/(?:'s|s)$/, ''))) return true
  const [once, twice] = [word.replace(/(.)\1+/g, '$1'), word.replace(/(.)\1{2,}/g, '$1$1')]
  return english.has(once) || english.has(twice)
}

/** How many words of what somebody said are English, of all that are of one language alone. */
export function englishIn(said: string): { readonly english: number; readonly other: number } {
  const words =
    said
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? []
  const kinds = words.map(kindOf)
  const count = (kind: string) => kinds.filter((one) => one === kind).length
  return { english: count('english'), other: count('other') }
}
