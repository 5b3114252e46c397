import { listed } from './phrase-list'
import { isFillerAnywhere } from './filler-words'
import { plain } from './shingles'

/** Of few words one may be all that matters; of so many it seldom is. */
const many = 12

/** Says nothing that another text would have to say as well. No preposition and no time: from and to are contraries, too. */
const light: ReadonlySet<string> = new Set(
  listed(`
  a, an, the, this, that, these, those, i, im, ive, you, your, u, ur, we, our, my, me, it, its, is, are, am, be, was, were, been, do, does, did, has, have,
  had, will, would, can, could, really, just, so, very, too, also, please, pls, thanks, thank, hi, hello, hey, ok, okay, oh, yeah, guys, and, then, well,
  still, even, any, some, there, here, amp, rt, via, lol,
  der, die, das, den, dem, des, ein, eine, einen, einem, einer, ist, sind, bitte, danke, hallo, ich, wir, ihr, sie, es, auch, mal, denn, doch, sehr, und,
  le, la, les, l, un, une, de, du, est, sont, je, vous, nous, on, merci, bonjour, svp, et, très,
  el, los, las, una, del, es, son, gracias, hola, y, muy, il, lo, gli, uno, di, è, sono, grazie, ciao, e, molto,
  o, os, as, um, uma, da, dos, das, são, obrigado, obrigada, olá, muito, het, een, ik, jullie, bedankt, en, heel`),
)

/** Turns what is said into its contrary. */
const denials: ReadonlySet<string> = new Set(
  listed(`
  no, not, never, none, nothing, nobody, nowhere, neither, nor, without, cannot, cant, wont, dont, doesnt, didnt, isnt, arent, wasnt, werent, couldnt,
  wouldnt, shouldnt, hasnt, havent, hadnt, aint, unable, hardly,
  nicht, kein, keine, keinen, keinem, keiner, keines, nie, niemals, nichts, niemand, ohne, weder, nein, kaum,
  ne, pas, jamais, aucun, aucune, rien, sans, ni, non, nunca, ningún, ninguno, ninguna, nada, nadie, sin, tampoco, mai, nessun, nessuno, nessuna, niente,
  senza, não, nenhum, nenhuma, ninguém, sem, niet, geen, nooit, niets, zonder, nee, nigdy, bez, не, нет, ни, никогда, без, değil, yok, hayır, لا, لم, لن,
  ليس, नहीं, 안, 못`),
)
/** The same as a part of a word, or where words are not set apart. */
const denyingParts = /ません|ない|なかった|なく|ずに|[不没沒未别無无]|않|없|아니|못|ไม่/gu

/** Japanese, Chinese, Thai and others that set no space between words. */
const isUnspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
let segments: Intl.Segmenter | undefined

function apart(said: string): readonly string[] {
  if (!isUnspaced.test(said)) return said.split(' ')
  segments ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  return Array.from(segments.segment(said), ({ segment }) => segment).filter((part) => part.trim() !== '')
}

/** What of a text another that says the same must say, too. */
export type Telling = {
  readonly count: number
  readonly words: readonly string[]
  /** It may be cut off. */
  readonly last: string
  readonly denied: number
  readonly numbers: string
  /** Sizes ("xl" among them), vitamins, types: each by itself. */
  readonly letters: readonly string[]
}

/** What is hung on at the end: tags, handles, links, signs. Who passes something on adds them. */
const label = /^(?:[#@].*|https?:.*|via|[^\p{L}\p{N}]+)$/u

/** A text without its labels; one that is nothing else stays. */
function unlabelled(text: string): string {
  const parts = text.trim().split(/\s+/)
  const last = parts.findLastIndex((part) => !label.test(part))
  return last < 0 ? text : parts.slice(0, last + 1).join(' ')
}

/** Null for a text that is too long for one word to matter. */
export function tellingOf(text: string): Telling | null {
  const said = plain(unlabelled(text))
  const words = apart(said)
  // Whatever is half alike to a short text is no longer than this.
  if (words.length >= 2 * many) return null
  const parts: readonly string[] = said.match(denyingParts) ?? []
  const own = [...new Set(words)]
  return {
    count: words.length,
    words: own.filter((word) => !light.has(word) && !denials.has(word)),
    last: words.at(-1) ?? '',
    denied: own.filter((word) => denials.has(word) && !parts.includes(word)).length + new Set(parts).size,
    numbers: own
      .filter((word) => /\d/.test(word))
      .sort()
      .join(' '),
    letters: own.filter((word) => /^(?:\p{Script=Latin}|\d?x{1,4}[sml])$/u.test(word)),
  }
}

/**
 * Do two texts that look alike differ in what matters? Only short ones do: where one denies and the other does not, where one names a
 * number that the other does not, and where each has a letter or a size by itself, or a word of weight, that stands in the other in no form. What one
 * only adds is no difference.
 */
export function differ(a: Telling | null, b: Telling | null): boolean {
  if (!a || !b || Math.min(a.count, b.count) >= many) return false
  if (a.denied !== b.denied || a.numbers !== b.numbers) return true
  if (hasMore(a.letters, b.letters) && hasMore(b.letters, a.letters)) return true
  return lacks(a, b) && lacks(b, a)
}

const hasMore = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => !others.includes(one))

const lacks = (one: Telling, other: Telling): boolean =>
  one.words.some(
    (word) =>
      !other.words.some(
        (its) =>
          its === word ||
          // What both have is no form of what one has besides.
          (!one.words.includes(its) &&
            !areOtherCountries(its, word) &&
            ((word === one.last && its.startsWith(word)) ||
              (its === other.last && word.startsWith(its)) ||
              isForm(its, word))),
      ),
  )

let countries: ReadonlyMap<string, string> | undefined

/** The codes of countries by their names of one word, in the languages that are told apart most: "irak" is "iraq". */
function namesOfCountries(): ReadonlyMap<string, string> {
  const names = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'].map(
    (language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  )
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n))
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return new Map(codes.flatMap((code) => names.map((name) => [plain(name.of(code) ?? ''), code] as const)))
}

/** Iran is no mistyped Iraq, and Niger no Nigeria cut off. */
function areOtherCountries(one: string, other: string): boolean {
  countries ??= namesOfCountries()
  const [here, there] = [countries.get(one), countries.get(other)]
  return here !== undefined && there !== undefined && here !== there
}

/** Letters from which two words that differ in one are more likely one word, mistyped. */
const typed = 4

/** Mistyped, cut off, or with another ending. */
function isForm(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= 3 && long.startsWith(short)) return true
  if (!isOneOff(short, long)) return false
  return (
    (short.length >= typed && (short.length > typed || short[0] === long[0])) ||
    (short.length >= 3 && isFillerAnywhere(short) !== isFillerAnywhere(long))
  )
}

/** One letter changed, left out or added. */
function isOneOff(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1)
}
