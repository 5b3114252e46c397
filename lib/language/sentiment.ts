import { featuresOf } from './model/features'
import { judge, openModel } from './model/judge'
import { piecesOf, type Piece } from './model/tokens'
import weights from './model/sentiment.json'
import { round } from './round'
import { feelings, type Evidence, type Sentiment } from './schema'
import { lexiconSentiment, type LexiconSentiment } from './vader'

const model = openModel(weights)
/** Pieces that add less than this, in logits, explain nothing to a person. */
const leastWeight = 0.05
const mostPieces = 8
/** Between these the lexicon calls a text neutral: the original's own bounds. */
const neutralTo = 0.05

/** What the model is told beside the words: what the lexicon found, and how loud the text is. */
export function besideSentiment(text: string, lexicon: LexiconSentiment): readonly number[] {
  const valences = lexicon.tokens.map(({ weight }) => weight)
  const [good, bad] = [valences.filter((weight) => weight > 0), valences.filter((weight) => weight < 0)]
  const count = (mark: string, most: number) => Math.min(most, text.split(mark).length - 1) / 2
  return [
    lexicon.compound,
    Math.abs(lexicon.compound),
    lexicon.compound >= neutralTo ? 1 : 0,
    lexicon.compound <= -neutralTo ? 1 : 0,
    lexicon.positive * 2,
    lexicon.negative * 2,
    good.reduce((most, weight) => Math.max(most, weight), 0) / 3,
    bad.reduce((least, weight) => Math.min(least, weight), 0) / 3,
    Math.min(3, good.length) / 2,
    Math.min(3, bad.length) / 2,
    count('!', 3),
    count('?', 2),
    /https?:/.test(text) ? 1 : 0,
  ]
}

/** The sentiment of an English text, by a model that joins its words with what the lexicon found in it. */
export function sentimentOf(text: string, pieces: readonly Piece[] = piecesOf(text)): Sentiment {
  const lexicon = lexiconSentiment(text)
  if (pieces.length === 0) return byLexicon(lexicon)
  const { probabilities, pieces: added } = judge(
    model,
    featuresOf(pieces, model.slots),
    pieces.length,
    besideSentiment(text, lexicon),
  )
  const [negative = 0, , positive = 0] = probabilities
  const likeliest = feelings[probabilities.indexOf(Math.max(...probabilities))] ?? 'neutral'
  const words = pieces
    .map(({ start, end }, at) => ({ start, end, weight: (added[2]?.[at] ?? 0) - (added[0]?.[at] ?? 0) }))
    .filter(({ weight }) => Math.abs(weight) >= leastWeight)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostPieces)
    .map(({ start, end, weight }): Evidence => ({
      text: text.slice(start, end),
      start,
      end,
      weight: round(weight),
      by: 'model',
    }))
  return {
    label: likeliest,
    score: round(positive - negative),
    probabilities: sharesOf(probabilities),
    lexicon: lexicon.compound,
    tokens: [...evidenceOf(lexicon), ...words],
  }
}

/** The sentiment by the lexicon alone: for what is not English, where only emoji and emoticons are known. */
export function byLexicon(lexicon: LexiconSentiment): Sentiment {
  const { compound } = lexicon
  const label = compound >= neutralTo ? 'positive' : compound <= -neutralTo ? 'negative' : 'neutral'
  const strength = Math.abs(compound)
  return {
    label,
    score: compound,
    probabilities: sharesOf([compound < 0 ? strength : 0, 1 - strength, compound > 0 ? strength : 0]),
    lexicon: compound,
    tokens: evidenceOf(lexicon),
  }
}

const evidenceOf = ({ tokens }: LexiconSentiment): Evidence[] => tokens.map((token) => ({ ...token, by: 'lexicon' }))

const sharesOf = ([negative = 0, neutral = 0, positive = 0]: readonly number[]): Sentiment['probabilities'] => ({
  negative: round(negative),
  neutral: round(neutral),
  positive: round(positive),
})
