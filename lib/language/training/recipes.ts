import { featuresOf } from '../model/features'
import type { WeightFile } from '../model/judge'
import { piecesOf } from '../model/tokens'
import { besideSentiment } from '../sentiment'
import { besideSpam, spamReasons } from '../spam'
import { besideToxicity, hurtfulWords } from '../toxicity'
import { lexiconSentiment } from '../vader'
import { calledSpam, labelled, rated, type Labelled } from './data'
import { fit, type Example } from './fit'
import { hamTexts, spamTexts } from './written-spam'

/** A feature that fewer examples show says nothing about others. */
const fewestExamples = 3
/** How long it is trained, how far a step goes, and how strongly weights are pulled towards 0. */
type Tuning = { readonly rounds: number; readonly rate: number; readonly pull: number }
const cautious: Tuning = { rounds: 8, rate: 0.05, pull: 0.01 }
const thorough: Tuning = { rounds: 20, rate: 0.2, pull: 0.0003 }

/** Every third text of a set is kept aside: no weight that is shipped has seen it. */
export const isKeptAside = (at: number): boolean => at % 3 === 2

type Recipe = {
  readonly source: string
  readonly labels: readonly string[]
  readonly slots: number
  readonly tuning: Tuning
  readonly beside: (text: string) => readonly number[]
}

export const sentimentRecipe: Recipe = {
  source:
    'Trained on SemEval tweets (2 of 3 of the validation set) and on the rated tweets of VADER (MIT); quotes neither.',
  labels: ['negative', 'neutral', 'positive'],
  slots: 2 ** 15,
  tuning: cautious,
  beside: (text) => besideSentiment(text, lexiconSentiment(text)),
}
export const offensiveRecipe: Recipe = {
  source: 'Trained on the training tweets of OLID; quotes none of them.',
  labels: ['inoffensive', 'offensive'],
  slots: 2 ** 16,
  tuning: cautious,
  beside: (text) => besideToxicity(lexiconSentiment(text), hurtfulWords(piecesOf(text))),
}

export const spamRecipe: Recipe = {
  source:
    'Trained on two of three of the SMS Spam and YouTube Spam Collections (UCI, CC BY 4.0), and on tweets of SemEval and OLID, taken for honest, and on texts written for Posthorn; quotes none of them.',
  labels: ['ham', 'spam'],
  slots: 2 ** 15,
  tuning: thorough,
  beside: (text) => besideSpam(spamReasons(text, piecesOf(text))),
}

export type Weighed = Labelled & { readonly weight: number }

/** Rare labels count for more: 1 makes all count alike, 0 leaves them as they are. */
const [sentimentBalance, offensiveBalance] = [1, 0.7]

/** Ratings of at most this are called neutral, and those just beside it are left out. */
const [neutralTo, unclear] = [0.5, 0.15]
/** People who rate on a scale judge otherwise than people who choose of three, so they count for less. */
const ratedWeight = 0.2

const ratedTweets = (): readonly Labelled[] =>
  rated('tweets')
    .filter(({ rating }) => Math.abs(Math.abs(rating) - neutralTo) > unclear)
    .map(({ text, rating }) => ({ text, label: rating > neutralTo ? 2 : rating < -neutralTo ? 0 : 1 }))

export const sentimentExamples = (
  tweets: readonly Labelled[] = learned(labelled('sentiment_val')),
): readonly Weighed[] => [
  ...balanced(tweets, 1, sentimentBalance),
  ...balanced(ratedTweets(), ratedWeight, sentimentBalance),
]
export const offensiveExamples = (): readonly Weighed[] => balanced(labelled('offensive_train'), 1, offensiveBalance)

/** Spam is rarer than ham in text messages; comments are few; and tweets were not looked through for spam. */
const [smsSpamWeight, commentWeight, writtenWeight, tweetWeight] = [4, 5, 5, 0.2]
export const spamExamples = (): readonly Weighed[] => [
  ...learned(calledSpam('sms')).map((one) => ({ ...one, weight: one.label === 1 ? smsSpamWeight : 1 })),
  ...learned(calledSpam('youtube')).map((one) => ({ ...one, weight: commentWeight })),
  ...spamTexts.map((text) => ({ text, label: 1, weight: writtenWeight })),
  ...hamTexts.map((text) => ({ text, label: 0, weight: writtenWeight })),
  ...[...learned(labelled('sentiment_val')), ...labelled('offensive_train')].map(({ text }) => ({
    text,
    label: 0,
    weight: tweetWeight,
  })),
]
const learned = (texts: readonly Labelled[]) => texts.filter((_, at) => !isKeptAside(at))

function balanced(examples: readonly Labelled[], weight: number, balance: number): readonly Weighed[] {
  const counts = new Map<number, number>()
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1)
  const even = examples.length / counts.size
  return examples.map((one) => ({ ...one, weight: weight * (even / (counts.get(one.label) ?? even)) ** balance }))
}

/** Trains by a recipe, and writes each weight as a whole number of -127 to 127 steps. */
export function train(recipe: Recipe, texts: readonly Weighed[]): WeightFile {
  const examples = texts.map(({ text, label, weight }): Example => ({
    features: featuresOf(piecesOf(text), recipe.slots),
    beside: recipe.beside(text),
    label,
    weight,
  }))
  const shownBy = new Uint32Array(recipe.slots)
  for (const { features } of examples) for (const slot of features.slots) shownBy[slot] = (shownBy[slot] ?? 0) + 1
  const isKnown = (slot: number) => (shownBy[slot] ?? 0) >= fewestExamples
  const { hashed, beside, bias } = fit(examples, {
    ...recipe.tuning,
    classes: recipe.labels.length,
    slots: recipe.slots,
    isKnown,
  })
  // Only differences count, so the first label's weights are 0 and are not written.
  const against = hashed.slice(1).map((own) => own.map((weight, slot) => weight - (hashed[0]?.[slot] ?? 0)))
  const scale = against.reduce((most, own) => own.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0) / 127
  const bytes = against.flatMap((own) => Array.from(own, (weight) => Math.round(weight / scale)))
  const digits = (value: number) => Number(value.toPrecision(5))
  return {
    source: recipe.source,
    labels: recipe.labels,
    slots: recipe.slots,
    scale: digits(scale),
    beside: beside.slice(1).map((own) => own.map((weight, n) => digits(weight - (beside[0]?.[n] ?? 0)))),
    bias: bias.slice(1).map((weight) => digits(weight - (bias[0] ?? 0))),
    hashed: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'),
  }
}
