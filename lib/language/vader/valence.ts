import { lexicon } from './lexicon'
import { isUpper } from './python'
import type { Token } from './read'
import { degrees, negates, negation, phrases, shouting } from './words'

/** How much of a degree word's weight is left one, two and three words before the word it is about. */
const nearness = [1, 0.95, 0.9] as const

type Words = { readonly tokens: readonly Token[]; readonly shoutsInPart: boolean }

/** What a word counts for where it stands, about -4 to 4; 0 for a word without a feeling of its own. */
export function valenceAt({ tokens, shoutsInPart }: Words, at: number): number {
  const token = tokens[at]
  if (!token) return 0
  const lower = (before: number): string => tokens[at - before]?.lower ?? ''
  if (degrees.has(token.lower) || (token.lower === 'kind' && lower(-1) === 'of')) return 0
  const own = lexicon.get(token.lower)
  if (own === undefined) return 0

  // "No" before a word of the lexicon negates that word, and has no feeling of its own.
  let valence = token.lower === 'no' && lexicon.has(lower(-1)) ? 0 : own
  const isRefused =
    lower(1) === 'no' || lower(2) === 'no' || (lower(3) === 'no' && (lower(1) === 'or' || lower(1) === 'nor'))
  if (isRefused) valence = own * negation
  if (shoutsInPart && isUpper(token.word)) valence += valence > 0 ? shouting : -shouting

  for (const [index, weight] of nearness.entries()) {
    const before = tokens[at - index - 1]
    if (!before || lexicon.has(before.lower)) continue
    valence += degreeOf(before, valence, shoutsInPart) * weight
    valence *= negationBy(lower, index + 1)
    if (index === 2) valence = phraseOr(valence, lower, at, tokens.length)
  }
  const isLeast =
    lower(1) === 'least' && !lexicon.has('least') && (at < 2 || (lower(2) !== 'at' && lower(2) !== 'very'))
  return isLeast ? valence * negation : valence
}

function degreeOf(before: Token, valence: number, shoutsInPart: boolean): number {
  const degree = degrees.get(before.lower)
  if (degree === undefined) return 0
  const signed = valence < 0 ? -degree : degree
  if (!shoutsInPart || !isUpper(before.word)) return signed
  return signed + (valence > 0 ? shouting : -shouting)
}

type Lower = (before: number) => string

/** What the word `distance` words before multiplies a valence by. */
function negationBy(lower: Lower, distance: number): number {
  const word = lower(distance)
  const isSoOrThis = (before: number) => lower(before) === 'so' || lower(before) === 'this'
  // "Never so good" praises, and "without doubt" denies nothing. That "so" alone suffices at three words is the original's.
  if (distance === 2 && word === 'never' && isSoOrThis(1)) return 1.25
  if (distance === 3 && ((word === 'never' && isSoOrThis(2)) || isSoOrThis(1))) return 1.25
  const doubt = distance === 2 ? lower(1) === 'doubt' : distance === 3 && (lower(1) === 'doubt' || lower(2) === 'doubt')
  if (word === 'without' && doubt) return 1
  return negates(word) ? negation : 1
}

/** The valence of a phrase round the word, and of degree phrases before it. Needs three words before it. */
function phraseOr(valence: number, lower: Lower, at: number, count: number): number {
  const phrase = (from: number, to: number): string => {
    let said = lower(from)
    for (let before = from - 1; before >= to; before--) said += ` ${lower(before)}`
    return said
  }
  const before = [phrase(1, 0), phrase(2, 0), phrase(2, 1), phrase(3, 1), phrase(3, 2)]
  const said = before.find((words) => phrases.has(words))
  let found = (said === undefined ? undefined : phrases.get(said)) ?? valence
  if (at < count - 1) found = phrases.get(phrase(0, -1)) ?? found
  if (at < count - 2) found = phrases.get(phrase(0, -2)) ?? found
  for (const words of [phrase(3, 1), phrase(3, 2), phrase(2, 1)]) found += degrees.get(words) ?? 0
  return found
}
