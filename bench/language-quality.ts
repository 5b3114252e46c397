/**
 * How often lib/language is right, with 95 % intervals. The public sets are read from DATA_DIR; where they are absent
 * only the texts written by hand are asked.
 */
import {
  createDuplicateIndex,
  emotionOf,
  lexiconSentiment,
  sentimentOf,
  spamOf,
  toxicityOf,
  understand,
} from '@/lib/language'
import { emotions, feelings, intents } from '@/lib/language/schema'
import { spamByRules } from '@/lib/language/spam'
import { calledSpam, hasData, hasSpamData, labelled, rated, type Labelled } from '@/lib/language/training/data'
import { editedCopies } from '@/lib/language/training/edited-copies'
import { isKeptAside, sentimentExamples, sentimentRecipe, train } from '@/lib/language/training/recipes'
import { f1, macroF1, macroRecall, measured, type Pair } from '@/lib/language/training/scores'
import { unseenEmotions, unseenHam, unseenIntents, unseenSpam } from '@/lib/language/unseen.test-data'
import { hamTexts, spamTexts } from '@/lib/language/training/written-spam'
import { emotionTexts, intentTexts } from '@/lib/language/written.test-data'
import { judge, openModel } from '@/lib/language/model/judge'
import { featuresOf } from '@/lib/language/model/features'
import { saidIn } from '@/lib/language/said'
import { piecesOf } from '@/lib/language/model/tokens'
import { head, shown } from './report'

const rows: Record<string, string | number>[] = []
function say(what: string, on: string, score: string, pairs: readonly Pair[], by: (pairs: readonly Pair[]) => number) {
  const { value, low, high, count } = measured(pairs, by)
  rows.push({ what, on, texts: count, score, value: shown(value), '95 %': `${shown(low)} to ${shown(high)}` })
}
const pairs = (texts: readonly Labelled[], judged: (text: string) => number): readonly Pair[] =>
  texts.map(({ text, label }) => ({ label, judged: judged(text) }))

/** Each tweet judged by weights that have not seen it: five trainings, each without a fifth. */
function crossValidated(tweets: readonly Labelled[]): readonly Pair[] {
  return [0, 1, 2, 3, 4].flatMap((fold) => {
    const model = openModel(train(sentimentRecipe, sentimentExamples(tweets.filter((_, at) => at % 5 !== fold))))
    return pairs(
      tweets.filter((_, at) => at % 5 === fold),
      (text) => {
        const pieces = piecesOf(text)
        const { probabilities } = judge(
          model,
          featuresOf(pieces, model.slots),
          pieces.length,
          sentimentRecipe.beside(text),
        )
        return probabilities.indexOf(Math.max(...probabilities))
      },
    )
  })
}

function onPublicSets(): void {
  const tweets = labelled('sentiment_val')
  const aside = tweets.filter((_, at) => isKeptAside(at))
  const byWords = (text: string) => {
    const { compound } = lexiconSentiment(text)
    return compound >= 0.05 ? 2 : compound <= -0.05 ? 0 : 1
  }
  const sentiment = (text: string) => feelings.indexOf(sentimentOf(text).label)
  say('sentiment, lexicon alone', 'SemEval tweets kept aside', 'macro recall', pairs(aside, byWords), macroRecall)
  say('sentiment', 'SemEval tweets kept aside', 'macro recall', pairs(aside, sentiment), macroRecall)
  // Rated from -4 to 4 by people; beyond half a step they called it good or bad.
  const short = rated('amazonReviewSnippets')
    .filter(({ text }) => saidIn(text).words < 8)
    .map(({ text, rating }) => ({ text, label: rating > 0.5 ? 2 : rating < -0.5 ? 0 : 1 }))
  say(
    'sentiment, fewer than 8 words',
    'snippets of reviews, rated',
    'macro recall',
    pairs(short, sentiment),
    macroRecall,
  )
  say('sentiment, trained anew', 'all SemEval tweets, five folds', 'macro recall', crossValidated(tweets), macroRecall)
  const offensive = pairs(labelled('offensive_val'), (text) => (toxicityOf(text).isToxic ? 1 : 0))
  say('toxicity', 'OLID validation tweets', 'macro F1', offensive, macroF1)
  const flagged = pairs(
    [...tweets, ...labelled('offensive_val')].map(({ text }) => ({ text, label: 0 })),
    (text) => (spamOf(text).isSpam ? 1 : 0),
  )
  say(
    'spam, called so by mistake',
    'SemEval and OLID tweets, taken for honest',
    'share',
    flagged,
    (all) => all.filter(({ judged }) => judged === 1).length / all.length,
  )
  if (hasSpamData) onSpamSets()
  nearDuplicates()
}

function onSpamSets(): void {
  for (const [of, on] of [
    ['sms', 'SMS Spam Collection, kept aside'],
    ['youtube', 'YouTube Spam Collection, kept aside'],
  ] as const) {
    const aside = calledSpam(of).filter((_, at) => isKeptAside(at))
    const judgedBy = (by: typeof spamOf) => pairs(aside, (text) => (by(text).isSpam ? 1 : 0))
    say('spam, rules alone', on, 'F1', judgedBy(spamByRules), (all) => f1(all, 1))
    say('spam', on, 'F1', judgedBy(spamOf), (all) => f1(all, 1))
  }
}

function nearDuplicates(): void {
  const texts = [
    ...rated('tweets'),
    ...labelled('sentiment_val'),
    ...labelled('offensive_val'),
    ...labelled('offensive_train'),
  ].map(({ text }) => text)
  const index = createDuplicateIndex({ most: texts.length })
  for (const [at, text] of texts.entries()) index.add(String(at), text)
  const places = texts.flatMap((text, at) => (text.split(' ').length >= 5 && at % 4 === 0 ? [at] : []))
  const copies = editedCopies(
    places.map((at) => texts[at] ?? ''),
    20261125,
  )
  const found = copies.map((copy, n): Pair => ({
    label: 1,
    judged: index.find(copy).some(({ id }) => id === String(places[n])) ? 1 : 0,
  }))
  say('near-duplicates', 'tweets of 5 words and more, edited by a program', 'recall', found, macroRecall)
  const merged = texts.reduce((sum, text, at) => sum + index.find(text).filter(({ id }) => Number(id) > at).length, 0)
  const all = (texts.length * (texts.length - 1)) / 2
  rows.push({
    what: 'near-duplicates, different tweets',
    on: `all pairs of ${texts.length} tweets`,
    texts: texts.length,
    score: 'share of pairs found alike',
    value: (merged / all).toExponential(1),
    '95 %': '',
  })
}

type Written = {
  readonly intents: typeof intentTexts
  readonly emotions: typeof emotionTexts
  readonly spam: readonly string[]
  readonly ham: readonly string[]
}

function onWrittenTexts(on: string, written: Written): void {
  const intent = written.intents.map(([label, text]): Pair => ({
    label: intents.indexOf(label),
    judged: intents.indexOf(understand(text).intent.label),
  }))
  say('intent', on, 'macro F1', intent, macroF1)
  const emotion = written.emotions.map(([label, text]): Pair => {
    const judged = emotionOf(text).label
    return { label: label ? emotions.indexOf(label) : -1, judged: judged ? emotions.indexOf(judged) : -1 }
  })
  say('emotion', on, 'macro F1', emotion, macroF1)
  const labelledSpam = [
    ...written.spam.map((text) => ({ text, label: 1 })),
    ...written.ham.map((text) => ({ text, label: 0 })),
  ]
  say(
    'spam',
    on,
    'F1',
    pairs(labelledSpam, (text) => (spamOf(text).isSpam ? 1 : 0)),
    (all) => f1(all, 1),
  )
}

head('Language: how often it is right')
if (hasData) onPublicSets()
else console.log('The public sets are not here (DATA_DIR), so only the texts written by hand are asked.')
onWrittenTexts('written by hand, unseen', {
  intents: unseenIntents,
  emotions: unseenEmotions,
  spam: unseenSpam,
  ham: unseenHam,
})
onWrittenTexts('written by hand, the rules were made on them', {
  intents: intentTexts,
  emotions: emotionTexts,
  spam: spamTexts,
  ham: hamTexts,
})
console.table(rows)
