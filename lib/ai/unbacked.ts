import { freeIn, friendly, pleasantries } from './free-words'
import { bareNumber, linksIn, promises } from './quality'

type Said = {
  readonly text: string
  /** The entries of the knowledge base it was written from: the only words that count. */
  readonly knowledge: readonly { readonly title: string; readonly body: string; readonly url: string | null }[]
  readonly signOff: string
  /** ISO 639-1, of the text where it can be told; null is read as English. */
  readonly language: string | null
}

/**
 * Parts of an answer that the knowledge base does not say, in its order; empty when it stands on it clause by clause. Each
 * clause must be said by one sentence of one entry: of that sentence and the title above it are all its words and figures,
 * it denies what the sentence denies and nothing else, and what the sentence gives on a condition, or for nothing, is
 * given with all that the sentence says. Besides it may be polite. A word of the person who is answered, of their name or
 * of their neighbours is never enough, for then a stranger writes in our name: this looks at what comes out, whatever the
 * model was told. Pure.
 */
export function unbackedIn({ text, knowledge, signOff, language }: Said): readonly string[] {
  const known = new Set(
    knowledge.flatMap(({ body, url }) => [...linksIn(body), ...(url ? [url, ...linksIn(url)] : [])]),
  )
  const said = linksIn(text)
    .filter((link) => known.has(link))
    .reduce((left, link) => left.replaceAll(link, ' '), withoutEnd(text.trim(), signOff))
    .replace(pleasantries, ' ')
    .replace(friendly, '\n')
  const facts = knowledge.flatMap(({ title, body }) => sentencesOf(body).map((sentence) => factOf(title, sentence)))
  const whole = new Set(wordsOf(said))
  const free = freeIn(language ?? 'en')
  if (!free) return unsaid(said, facts)
  const backed = (clause: string) => isPolite(clause, free) || facts.some((fact) => backs(fact, clause, whole, free))
  return clausesOf(said, free.joints).filter((clause) => !backed(clause))
}

type Free = NonNullable<ReturnType<typeof freeIn>>

const withoutEnd = (text: string, end: string): string =>
  end && text.endsWith(end) ? text.slice(0, text.length - end.length) : text

/** As they are compared: what a text says, without how it is set. */
const wordsOf = (text: string): readonly string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/n['’]t(?!\p{L})/gu, ' not ')
      .match(/\d(?:[\d.,:/]*\d)?(?![\p{L}\p{M}\d])|[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).map(bareNumber)

/** What a text holds besides words and how they are set; a sign that nobody sees, too. */
const signsOf = (text: string): readonly string[] => [
  ...text.replace(/[\p{L}\p{M}\p{N}\s.,;:!?…'’‘"“”„«»()–—\-/&¿¡·•、。，！？；：،؟]/gu, ''),
]

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const sentencesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .flatMap((line) => Array.from(sentences.segment(line), ({ segment }) => segment.trim()).filter(Boolean))

/** Where a clause ends; what stands between digits does not end it. */
const ends = /(?<!\d)[.,:–](?=.)|[.,:–](?!\d)|[;!?…()—&\n。、，！？；：،؟]|\s[-/]\s/gu

const clausesOf = (text: string, joints: ReadonlySet<string>): readonly string[] =>
  text
    .split(ends)
    .flatMap((part) => part.replace(/\S+/gu, (word) => (joints.has(word.toLowerCase()) ? '\n' : word)).split('\n'))
    .map((clause) => clause.trim())
    .filter((clause) => wordsOf(clause).length > 0 || signsOf(clause).length > 0)

const isPolite = (clause: string, { grammar, courtesy }: Free): boolean =>
  signsOf(clause).length === 0 && wordsOf(clause).every((word) => grammar.has(word) || courtesy.has(word))

type Fact = { readonly sentence: string; readonly own: ReadonlySet<string>; readonly all: readonly string[] }

const factOf = (title: string, sentence: string): Fact => {
  const own = wordsOf(sentence)
  const named = wordsOf(title)
  // “Returns and delivery” names two things: what is said of one is not said of the other.
  const isOne = !/[,;/&+]|\s(and|or|und|oder|et|ou|y|o|e|en|of)\s/iu.test(title)
  return { sentence, own: new Set(own), all: isOne ? [...own, ...named] : own }
}

function backs({ sentence, own, all }: Fact, clause: string, whole: ReadonlySet<string>, free: Free): boolean {
  const words = wordsOf(clause)
  const { grammar, denials, conditions } = free
  const denies = (some: Iterable<string>) => [...some].some((word) => denials.has(word))
  if (!words.some((word) => isTelling(word) && !grammar.has(word) && all.some((other) => areOne(word, other))))
    return false
  if (!words.every((word) => grammar.has(word) || denials.has(word) || all.some((other) => areOne(word, other))))
    return false
  if (denies(words) !== denies(own)) return false
  if (!signsOf(clause).every((sign) => sentence.includes(sign))) return false
  const isBound = [...own].some((word) => conditions.has(word)) || (clause.match(promises) ?? []).length > 0
  if (!isBound) return true
  return [...own].every((word) => grammar.has(word) || [...whole].some((other) => areOne(word, other)))
}

/** Shorter ones mean another thing in another language: the German article is no death. */
const isTelling = (word: string): boolean => word.length >= stem || /\d/.test(word)

/** Written in letters that change at a word's end. */
const inflected = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]+$/u
/** Letters that begin two forms of a word, at least, and that may follow them, at most. */
const [stem, ending] = [4, 3]

/** Whether two words are the same, or forms of one: takes and take, delivery and delivered. A figure is only itself. */
function areOne(one: string, other: string): boolean {
  if (one === other) return true
  if (!inflected.test(one) || !inflected.test(other)) return false
  let same = 0
  while (same < Math.min(one.length, other.length) && one[same] === other[same]) same += 1
  return same >= stem && Math.max(one.length, other.length) - same <= ending
}

/** In a language that we have no words of, only whole sentences of the knowledge base are known to say what it says. */
function unsaid(said: string, facts: readonly Fact[]): readonly string[] {
  const known = new Set(facts.map(({ sentence }) => plain(sentence)))
  return sentencesOf(said).filter((sentence) => !known.has(plain(sentence)) || signsOf(sentence).length > 0)
}
const plain = (sentence: string): string => wordsOf(sentence).join(' ')
