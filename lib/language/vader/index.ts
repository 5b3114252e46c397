import { read } from './read'
import { roundHalfEven } from './python'
import { valenceAt } from './valence'

/** A word that a score was made of. `weight` is its valence where it stands, about -6 to 6, above 0 for good. */
export type WeighedToken = {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly weight: number
}

/** `compound` is -1 to 1; `positive`, `neutral` and `negative` are shares of the text, 0 to 1, and all 0 for no words. */
export type LexiconSentiment = {
  readonly compound: number
  readonly positive: number
  readonly neutral: number
  readonly negative: number
  readonly tokens: readonly WeighedToken[]
}

/** Past this many exclamation marks more do not count. */
const mostExclamations = 4

/**
 * The sentiment of an English text by VADER's lexicon and rules (NOTICE.md). Agrees with the original program to the
 * last digit; `tokens` are what it was made of, in the order of the text.
 */
export function lexiconSentiment(given: string): LexiconSentiment {
  const reading = read(given)
  const valences = reading.tokens.map((_, at) => valenceAt(reading, at))
  weighAroundBut(
    valences,
    reading.tokens.findIndex(({ lower }) => lower === 'but'),
  )
  const tokens = reading.tokens.flatMap(({ start, end }, at) => {
    const weight = valences[at] ?? 0
    return weight === 0 ? [] : [{ text: given.slice(start, end), start, end, weight: roundHalfEven(weight, 3) }]
  })
  return { ...summed(valences, emphasisOf(reading.text)), tokens }
}

/** What follows the first "but" counts for more. Equal valences are taken for one another, as in the original. */
function weighAroundBut(valences: number[], but: number): void {
  if (but < 0) return
  for (const valence of valences) {
    if (valence === 0) continue
    const at = valences.indexOf(valence)
    if (at !== but) valences[at] = valence * (at < but ? 0.5 : 1.5)
  }
}

function emphasisOf(text: string): number {
  let [exclamations, questions] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 33) exclamations++
    else if (unit === 63) questions++
  }
  const asked = questions > 3 ? 0.96 : questions > 1 ? questions * 0.18 : 0
  return Math.min(exclamations, mostExclamations) * 0.292 + asked
}

function summed(valences: readonly number[], emphasis: number): Omit<LexiconSentiment, 'tokens'> {
  if (valences.length === 0) return { compound: 0, positive: 0, neutral: 0, negative: 0 }
  let [sum, good, bad, flat] = [0, 0, 0, 0]
  for (const valence of valences) {
    sum += valence
    // One more for each, because a word without a feeling counts as one.
    if (valence > 0) good += valence + 1
    else if (valence < 0) bad += 1 - valence
    else flat++
  }
  if (sum !== 0) sum += Math.sign(sum) * emphasis
  if (good > bad) good += emphasis
  else if (good < bad) bad += emphasis
  const total = good + bad + flat
  return {
    compound: roundHalfEven(sum / Math.sqrt(sum * sum + 15), 4),
    positive: roundHalfEven(good / total, 3),
    neutral: roundHalfEven(flat / total, 3),
    negative: roundHalfEven(bad / total, 3),
  }
}
