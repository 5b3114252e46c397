import { freeIn, friendly } from './free-words'
import { bareNumber, linksIn, promises } from './quality'

type Entry = { readonly title: string; readonly body: string }
type Said = {
  readonly text: string
  /** The entries of the knowledge base it was written from: the only words that count. */
  readonly knowledge: readonly (Entry & { readonly url: string | null })[]
  readonly signOff: string
  /** ISO 639-1, of the text where it can be told; null is read as English. */
  readonly language: string | null
}

/**
 * Parts of an answer that the knowledge base does not say, in its order; empty when it stands on it sentence by sentence.
 * What it says must be a whole sentence of one entry: all its words, figures and signs up to the end and in that order,
 * and no other, but for a few that state nothing, for “we”, “our” and words of the title before it, and for an “it” in
 * the place of what the title names. So no bound can be left out, and nothing turned round. A sentence that speaks of
 * the one before it is said after that. Besides it may be polite, in whole phrases. A word of the person who is
 * answered, of their name or of their neighbours is never enough, for then a stranger writes in our name: this looks at
 * what comes out, whatever the model was told. Pure.
 */
export function unbackedIn({ text, knowledge, signOff, language }: Said): readonly string[] {
  const known = new Set(
    knowledge.flatMap(({ body, url }) => [...linksIn(body), ...(url ? [url, ...linksIn(url)] : [])]),
  )
  const said = withoutLinks(withoutEnd(text.trim(), signOff), known, '\n').replace(friendly, '\n')
  const entries = knowledge.map(({ title, body }) => ({ title, body: withoutLinks(body, known, ' ') }))
  const free = freeIn(language ?? 'en')
  return free ? notBacked(said, factsOf(entries, free), free) : unsaid(said, entries)
}

/**
 * Of such parts those by which a person who decides may be misled, each once: first the figures and promises, which look
 * as good as true ones, then what else states something. Who is greeted, thanked, asked or told that we are sorry is
 * misled by nobody.
 */
export function bindingOf(parts: readonly string[]): readonly string[] {
  const binds = (part: string) => /\d/.test(part) || part.match(promises) !== null
  const [first] = parts
  const isGreeting = (part: string) => part === first && wordsOf(part).length <= greeting
  const stating = [...new Set(parts)].filter((part) => binds(part) || !(isGreeting(part) || manners.test(part)))
  return [...stating.filter(binds), ...stating.filter((part) => !binds(part))]
}

/** Most words of “Dear Mrs Anna Miller”. */
const greeting = 4
const manners =
  /(?<!\p{L})(?:sorry|apolog\w+|thanks?|please|hi|hello|hope|glad|happy|danke|bitte|hallo|leid|entschuldig\w+|gern[e]?|merci|bonjour|désolée?s?|plaît|gracias|hola|favor|sentimos|lamentamos|grazie|ciao|scus\w+|piacere|obrigad[oa]|olá|desculp\w+|bedankt|hoi|alstublieft|alsjeblieft|spijt)(?!\p{L})/iu

type Free = NonNullable<ReturnType<typeof freeIn>>

const withoutEnd = (text: string, end: string): string =>
  end && text.endsWith(end) ? text.slice(0, text.length - end.length) : text

const withoutLinks = (text: string, known: ReadonlySet<string>, instead: string): string =>
  linksIn(text)
    .filter((link) => known.has(link))
    .reduce((left, link) => left.replaceAll(link, instead), text)

/** Clauses that are said together by one sentence, at most. */
const together = 16

/** Clauses that no sentence says, alone or together with those beside them. */
function notBacked(said: string, facts: readonly Fact[], free: Free): readonly string[] {
  const clauses = clausesOf(said, free.joints)
  const left: string[] = []
  let before: ReadonlySet<number> = new Set()
  for (let at = 0; at < clauses.length;) {
    let taken = 0
    for (let count = Math.min(together, clauses.length - at); count > 0 && taken === 0; count -= 1) {
      const words = said.slice(clauses[at]?.from, clauses[at + count - 1]?.to)
      if (isPolite(words, free)) taken = count
      const by = sayingOf(words, facts, before, free)
      if (by.size > 0) [taken, before] = [count, by]
    }
    if (taken === 0) left.push(said.slice(clauses[at]?.from, clauses[at]?.to).trim())
    at += Math.max(taken, 1)
  }
  return left
}

/** As they are compared: what a text says, without how it is set. */
const wordsOf = (text: string): readonly string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/(?<!\p{L})can(not|['’]t)(?!\p{L})/gu, 'can not')
      .replace(/(?<!\p{L})won['’]t(?!\p{L})/gu, 'will not')
      .replace(/n['’]t(?!\p{L})/gu, ' not ')
      // “2 to 4” is said as “2–4”.
      .replace(/(?<=\d) (?:to|bis|à|a|tot) (?=\d)/gu, ' – ')
      .match(/\d(?:[\d.,:/]*\d)?(?![\p{L}\p{M}\d])|[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).map(bareNumber)

/** How a passage is set off. One star alone leads to a note. */
const marks = /^[*#>]+\s|\*\*|[_`]/g

/** What a text holds besides words and how they are set; a sign that nobody sees, too. */
const signsOf = (text: string): string =>
  text.replace(marks, '').replace(/[\p{L}\p{M}\p{N}\s.,;:!?…'’‘"“”„«»()–—\-/&¿¡·•、。，！？；：،؟]/gu, '')

const segments = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const sentencesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .flatMap((line) => Array.from(segments.segment(line), ({ segment }) => segment.trim()).filter(Boolean))

/** Where a clause ends; what stands between digits does not end it. */
const ends = /(?<!\d)[.,:–](?=.)|[.,:–](?!\d)|[;!?…()—&\n。、，！？；：،؟]|\s[-/]\s/gu

function clausesOf(
  text: string,
  joints: ReadonlySet<string>,
): readonly { readonly from: number; readonly to: number }[] {
  const cut = (part: string) => '\n'.repeat(part.length)
  const parted = text.replace(ends, cut).replace(/\S+/gu, (word) => (joints.has(word.toLowerCase()) ? cut(word) : word))
  return Array.from(parted.matchAll(/[^\n]+/gu), ({ 0: clause, index }) => ({
    from: index,
    to: index + clause.length,
  })).filter(({ from, to }) => wordsOf(text.slice(from, to)).length > 0 || signsOf(text.slice(from, to)) !== '')
}

const isPolite = (said: string, { courtesy }: Free): boolean =>
  signsOf(said) === '' && courtesy.test(wordsOf(said).join(' '))

type Fact = {
  /** Its place among all sentences; the same for two ways to say one. */
  readonly place: number
  readonly words: readonly string[]
  /** “Usually” and the like, which it must not lose. */
  readonly hedges: readonly string[]
  readonly signs: string
  /** Words of the title above it. */
  readonly title: readonly string[]
  /** The place of what must be said before it, because it speaks of that. */
  readonly after: number | undefined
}

function factsOf(knowledge: readonly Entry[], free: Free): readonly Fact[] {
  const telling = (text: string) => wordsOf(text).filter((word) => !isEmpty(word, free))
  const whole = knowledge.flatMap(({ body }) => passagesOf(body, free).map(({ sentence }) => wordsOf(sentence)))
  let place = 0
  return knowledge.flatMap(({ title, body }) => {
    // “Returns and delivery” names two things: what is said of one is not said of the other.
    const isOne = !/[,;/&+]|\s(and|or|und|oder|et|ou|y|o|e|en|of)\s/iu.test(title)
    const named = isOne ? telling(title).filter((word) => !free.denials.has(word)) : []
    return passagesOf(body, free).flatMap(({ sentence, leans }) => {
      place += 1
      const after = leans ? place - 1 : undefined
      const signs = signsOf(sentence.replace(friendly, ''))
      return [...new Set([sentence, withoutPlace(sentence, title, whole)])].map((text) => ({
        place,
        words: telling(text),
        hedges: wordsOf(text).filter((word) => free.hedges.has(word)),
        signs,
        title: named,
        after,
      }))
    })
  })
}

/** Says nothing by itself. */
const isEmpty = (word: string, { grammar, hedges, stead }: Free): boolean =>
  [grammar, hedges, stead].some((words) => words.has(word))

/**
 * “Delivery takes 2 days”, of “Delivery in Switzerland takes 2 days”: where an entry on delivery knows of one place only,
 * and gives nothing away there.
 */
function withoutPlace(sentence: string, title: string, whole: readonly (readonly string[])[]): string {
  const [, subject = '', verb = ''] = /^(\p{Lu}\p{Ll}+) in \p{Lu}\p{Ll}+ (\p{Ll}+)/u.exec(sentence) ?? []
  const about = [subject, verb].map((word) => word.toLowerCase())
  const alike = whole.filter((words) => about.every((word) => words.includes(word)))
  const isGift = /\bfree\b/i.test(sentence) || (sentence.match(promises) ?? []).length > 0
  if (!subject || subject !== title.trim() || alike.length > 1 || isGift) return sentence
  return sentence.replace(/ in \p{Lu}\p{Ll}+/u, '')
}

type Passage = { readonly sentence: string; readonly leans: boolean }

/**
 * Sentences of an entry. What goes on with “but”, in a small letter or in brackets belongs to what is before it, and an
 * answer to its question; a question alone says nothing. What begins with “it”, holds but a “no” or stands under a
 * heading leans on the one before it.
 */
function passagesOf(body: string, { joints, stead }: Free): readonly Passage[] {
  const found: Passage[] = []
  let isUnder = false
  for (const line of body.split('\n')) {
    if (line.trim() === '') isUnder = false
    for (const sentence of sentencesOf(line)) {
      const [first = ''] = wordsOf(sentence)
      const last = found.at(-1)
      const goesOn = first === '' || joints.has(first) || /^[\p{Ll}(]/u.test(sentence)
      if (last && (goesOn || isQuestion(last)))
        found.splice(-1, 1, { ...last, sentence: `${last.sentence} ${sentence}` })
      else
        found.push({
          sentence,
          leans: last !== undefined && (isUnder || stead.has(first) || !wordsOf(sentence).some(isTelling)),
        })
    }
    if (line.trim().endsWith(':')) isUnder = true
  }
  return found.filter((passage) => !isQuestion(passage))
}

const isQuestion = ({ sentence }: Passage): boolean => /[?？؟]\P{L}*$/u.test(sentence)

/** Places of the sentences that say these words. */
function sayingOf(said: string, facts: readonly Fact[], before: ReadonlySet<number>, free: Free): ReadonlySet<number> {
  const all = wordsOf(said)
  const words = all.filter((word) => !isEmpty(word, free))
  const hasStead = all.some((word) => free.stead.has(word))
  const signs = signsOf(said)
  return new Set(
    facts
      .filter(({ after }) => after === undefined || before.has(after))
      .filter(
        (fact) =>
          fact.signs === signs &&
          fact.hedges.every((word) => all.includes(word)) &&
          isSaid(fact, words, hasStead, free),
      )
      .map(({ place }) => place),
  )
}

function isSaid(fact: Fact, said: readonly string[], hasStead: boolean, { ours, endings }: Free): boolean {
  const areOne = (one = '', other = '') => one === other || areForms(one, other, endings)
  if (!areOne(said.at(-1), fact.words.at(-1))) return false
  const isOfTitle = (word: string) => fact.title.some((named) => areOne(word, named))
  const mostOver = said.length - fact.words.length
  const added = lead(said, (word) => ours.has(word) || isOfTitle(word))
  const spared = hasStead ? lead(fact.words, isOfTitle) : 0
  return Array.from({ length: spared + 1 }, (_, skipped) => ({ skipped, over: mostOver + skipped })).some(
    ({ skipped, over }) =>
      over >= 0 &&
      over <= added &&
      (fact.after !== undefined || said.slice(over).some(isTelling)) &&
      said.length > over &&
      said.slice(over).every((word, at) => areOne(word, fact.words[skipped + at])),
  )
}

/** How many words at the beginning are of a kind. */
function lead(words: readonly string[], isOne: (word: string) => boolean): number {
  const other = words.findIndex((word) => !isOne(word))
  return other < 0 ? words.length : other
}

/** Letters of a word that other words seldom begin with, and that states something in any language. */
const stem = 4
const isTelling = (word: string): boolean => word.length >= stem || /\d/.test(word)

/** Whether one is the other with an ending: takes and take. That two words begin alike says nothing: week and weekend. */
const areForms = (one: string, other: string, endings: readonly string[]): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= stem && long.startsWith(short) && endings.includes(long.slice(short.length))
}

/** In a language that we have no words of, only whole sentences of the knowledge base are known to say what it says. */
function unsaid(said: string, knowledge: readonly Entry[]): readonly string[] {
  const known = new Set(knowledge.flatMap(({ body }) => sentencesOf(body)).map(plain))
  return sentencesOf(said).filter((sentence) => !known.has(plain(sentence)) || signsOf(sentence) !== '')
}
const plain = (sentence: string): string => wordsOf(sentence).join(' ')
