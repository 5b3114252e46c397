import { featuresOf } from './model/features'
import { judge, openModel, type Judgement } from './model/judge'
import type { Piece } from './model/tokens'
import weights from './model/sentiment.json'
import { round } from './round'
import { saidIn, wordsAlone, type Said } from './said'
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

/**
 * Of the tweets that the model learned from one in 200 has fewer than seven words, and of snippets that short the
 * lexicon knows as much (docs/language.md): it counts for nothing in two words, and for all from eight on.
 */
const [noneTo, allFrom] = [2, 8]
/** It has seen neither emoji nor set phrases: these count for so much beside the words of a long text. */
const shownShare = 0.3
/** One word or two feel no more than this: whoever feels a lot says more, or shows it. */
const mostOfFew = 0.5
/** Beyond this, either way, a text that it does not judge alone feels something. */
const feltFrom = 0.2
/** What people say to get on with a talk: among few words it says nothing. */
const wordsOfCourse = new Set([
  'no',
  'nope',
  'nah',
  'sorry',
  'stop',
  'cancel',
  'miss',
  'please',
  'ok',
  'okay',
  'yes',
  'sure',
])

/** The sentiment of an English text, by a model that joins its words with what the lexicon, emoji and set phrases say. */
export function sentimentOf(text: string, said: Said = saidIn(text)): Sentiment {
  const alone = wordsAlone(said)
  const lexicon = lexiconSentiment(alone.text)
  const known = said.words < allFrom ? withoutWordsOfCourse(lexicon) : lexicon
  const shown = [...said.phrases.filter(({ weight }) => weight !== 0).map(asEvidence), ...said.emoji]
  const ofWords = Math.min(1, Math.max(0, (said.words - noneTo) / (allFrom - noneTo)))
  const share = shown.length > 0 ? ofWords * (1 - shownShare) : ofWords
  if (share === 0) return bySigns(shown.length > 0 ? known : { ...known, compound: mild(known.compound) }, shown)
  const judged = judge(
    model,
    featuresOf(alone.pieces, model.slots),
    alone.pieces.length,
    besideSentiment(alone.text, lexicon),
  )
  const signs = sharesBy(compoundOf(known, shown))
  const shares = judged.probabilities.map((own, at) => own * share + (signs[at] ?? 0) * (1 - share))
  const [negative = 0, , positive = 0] = shares
  const score = round(positive - negative)
  const likeliest = feelings[shares.indexOf(Math.max(...shares))] ?? 'neutral'
  return {
    label: share === 1 ? likeliest : score > feltFrom ? 'positive' : score < -feltFrom ? 'negative' : 'neutral',
    score,
    probabilities: sharesOf(shares),
    lexicon: lexicon.compound,
    tokens: [...evidenceOf(known), ...shown, ...byModel(text, alone.pieces, judged)],
  }
}

const asEvidence = ({ text, start, end, weight, by }: Evidence): Evidence => ({ text, start, end, weight, by })

const mild = (score: number): number => Math.min(mostOfFew, Math.max(-mostOfFew, score))

function byModel(text: string, pieces: readonly Piece[], { pieces: added }: Judgement): readonly Evidence[] {
  return pieces
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
}

/** The sentiment of what says the same in every language: emoji, and emoticons that the lexicon knows. */
export const sentimentOfSigns = (said: Said): Sentiment => bySigns(lexiconSentiment(wordsAlone(said).text), said.emoji)

function bySigns(lexicon: LexiconSentiment, shown: readonly Evidence[]): Sentiment {
  const compound = compoundOf(lexicon, shown)
  return {
    label: compound >= neutralTo ? 'positive' : compound <= -neutralTo ? 'negative' : 'neutral',
    score: compound,
    probabilities: sharesOf(sharesBy(compound)),
    lexicon: lexicon.compound,
    tokens: [...evidenceOf(lexicon), ...shown],
  }
}

/** What words of the lexicon say together with what was shown besides, -1 to 1. */
const compoundOf = ({ compound, tokens }: LexiconSentiment, shown: readonly Evidence[]): number =>
  shown.length === 0 ? compound : compoundBy([...tokens, ...shown])

/** As the lexicon adds up valences itself. */
function compoundBy(weighed: readonly { readonly weight: number }[]): number {
  const sum = weighed.reduce((all, { weight }) => all + weight, 0)
  return round(sum / Math.sqrt(sum * sum + 15))
}

function withoutWordsOfCourse(lexicon: LexiconSentiment): LexiconSentiment {
  const tokens = lexicon.tokens.filter(({ text }) => !wordsOfCourse.has(text.toLowerCase()))
  return tokens.length === lexicon.tokens.length ? lexicon : { ...lexicon, tokens, compound: compoundBy(tokens) }
}

const sharesBy = (compound: number): readonly number[] => [
  Math.max(0, -compound),
  1 - Math.abs(compound),
  Math.max(0, compound),
]

const evidenceOf = ({ tokens }: LexiconSentiment): Evidence[] => tokens.map((token) => ({ ...token, by: 'lexicon' }))

const sharesOf = ([negative = 0, neutral = 0, positive = 0]: readonly number[]): Sentiment['probabilities'] => ({
  negative: round(negative),
  neutral: round(neutral),
  positive: round(positive),
})
