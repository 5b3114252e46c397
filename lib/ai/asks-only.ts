import { countriesIn } from './places'
import { askingIn, type Asking } from './question-words'
import { plain } from './said'

/** A question about one thing is short; whoever says more says something else besides. */
const longest = 200

/** Signs with which somebody is friendly. Laughter is none of them: it may be at us. */
const friendly =
  /(?:[\u{1f600}\u{1f603}\u{1f604}\u{1f60a}\u{1f642}\u{2764}]|[\u{1f44b}\u{1f64f}][\u{1f3fb}-\u{1f3ff}]?|\u{fe0f})|:-?\)(?![\p{P}\p{S}])/gu
/** What sets a question. Stops in a row sigh, exclamation marks in a row shout, quotes and brackets mock and frown. */
const isPlainlySet = (text: string): boolean =>
  /^[\p{L}\p{M}\p{N}\s.,;:?!¿¡'’&–\-？！、。，：]*$/u.test(text) &&
  !/[.,;:!¡–\-！、。，：]\s*[.,;:!?–\-？！、。，：]|[?？]\s*[.,;:!！]/u.test(text)

type About = {
  /** What is asked about, each as it stands in the knowledge base. */
  readonly phrases: readonly string[]
  /** What would be said to it. */
  readonly answer: string
  /** Of the account that it was said to: in many networks an answer begins with it. */
  readonly ourHandle: string
}

/**
 * Whether a text holds nothing but what it asks about, the words of a question in one of our languages, greetings, and
 * countries that the answer names as well. So no blame, praise, denial or news can stand beside it, in any language, by
 * a word or a picture: what is on none of our lists may be one. Pure.
 */
export function asksOnly(text: string, { phrases, answer, ourHandle }: About): boolean {
  if (text.length > longest) return false
  const { names, flags } = countriesIn(answer)
  const said = [...flags, friendly].reduce<string>(
    (left, sign) => left.replaceAll(sign, ' '),
    withoutHandle(text.normalize('NFKC'), ourHandle),
  )
  if (!isPlainlySet(said)) return false
  const rest = instead(apart(plain(said)), phrases.map(plain), 'topic')
  return Object.values(askingIn).some((words) => isAsked(instead(rest, names, 'topic'), words, /[?？]/.test(said)))
}

const marks = { topic: '·', opening: '?', filling: '~', towards: '>' } as const
type Mark = keyof typeof marks

/** Each word with a space of its own on both sides, so that neighbours are found each for itself. */
const apart = (words: string): string => words.replace(/\S+/g, ' $& ').replace(/ {3,}/g, '  ')

/** The longest first: “good morning” is more than “good”. */
const instead = (said: string, phrases: readonly string[], mark: Mark): string =>
  phrases
    .filter(Boolean)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, phrase) => left.replaceAll(apart(phrase), ` ${marks[mark]} `), said)

function isAsked(said: string, { greetings, openings, fillings, towards }: Asking, isQuestion: boolean): boolean {
  const several = (list: readonly string[]) => list.filter((words) => words.includes(' '))
  const joined = (
    [
      [greetings, 'topic'],
      [several(towards), 'towards'],
      [several(fillings), 'filling'],
    ] as const
  ).reduce((left, [list, mark]) => instead(left, list, mark), said)
  const found = joined
    .trim()
    .split(/\s+/)
    .map((word) => {
      if (openings.includes(word)) return marks.opening
      if (towards.includes(word)) return marks.towards
      return fillings.includes(word) ? marks.filling : word
    })
  const isKnown = found.every((word) => Object.values<string>(marks).includes(word))
  const rest = found.filter((word) => word !== marks.topic)
  if (!isKnown) return false
  // “Shipping to Norway” asks without a word that does; any other word must stand in a question.
  const isBare = rest.every((word) => word === marks.towards)
  return isBare || ((isQuestion || rest[0] === marks.opening) && rest.some((word) => word !== marks.filling))
}

/** A text without our own handle; anybody else’s is a word like any other. */
function withoutHandle(text: string, ourHandle: string): string {
  const ours = ourHandle.replace(/^@/, '').toLowerCase()
  if (!ours) return text
  return text.replace(/(?<![\p{L}\p{N}])@([\p{L}\p{N}_.@-]*[\p{L}\p{N}_])/gu, (mention, name: string) =>
    ours === name.toLowerCase() || ours.startsWith(`${name.toLowerCase()}@`) ? ' ' : mention,
  )
}
