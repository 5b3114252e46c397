import { describe, expect, test } from 'vitest'
import { openModel } from './model/judge'
import offensive from './model/offensive.json'
import sentiment from './model/sentiment.json'
import { feelings } from './schema'
import { sentimentOf } from './sentiment'
import { dataDir, hasData, labelled } from './training/data'
import {
  isKeptAside,
  offensiveExamples,
  offensiveRecipe,
  sentimentExamples,
  sentimentRecipe,
  train,
} from './training/recipes'
import { macroF1, macroRecall } from './training/scores'
import { toxicityOf } from './toxicity'

describe.skipIf(!hasData)(`by ${dataDir}`, () => {
  test('sentiment is recognised in six of ten tweets kept aside, over three classes', () => {
    const pairs = labelled('sentiment_val')
      .filter((_, at) => isKeptAside(at))
      .map(({ text, label }) => ({ label, judged: feelings.indexOf(sentimentOf(text).label) }))
    expect(pairs.length).toBeGreaterThan(600)
    expect(macroRecall(pairs)).toBeGreaterThanOrEqual(0.6)
  })

  test('offensive tweets that were not trained on are recognised with a macro F1 of 0.72', () => {
    const pairs = labelled('offensive_val').map(({ text, label }) => ({
      label,
      judged: toxicityOf(text).isToxic ? 1 : 0,
    }))
    expect(macroF1(pairs)).toBeGreaterThanOrEqual(0.72)
  })

  test('training again gives the very weights that are shipped', () => {
    expect(train(sentimentRecipe, sentimentExamples())).toEqual(sentiment)
    expect(train(offensiveRecipe, offensiveExamples())).toEqual(offensive)
  }, 120_000)

  test('no tweet that is kept aside is trained on', () => {
    const trained = new Set(sentimentExamples().map(({ text }) => text))
    const seen = labelled('sentiment_val').filter(({ text }, at) => isKeptAside(at) && trained.has(text))
    expect(seen).toEqual([])
  })
})

test('weights that were cut short are refused', () => {
  expect(() => openModel({ ...sentiment, hashed: sentiment.hashed.slice(0, -8) })).toThrow('weights')
})

test('a sentiment shows the words it was made of, with their sign', () => {
  const { label, score, tokens } = sentimentOf('I love the colour and hate the smell')
  const weightOf = (word: string) =>
    tokens.filter(({ text }) => text === word).map(({ by, weight }) => [by, weight > 0])
  expect(['negative', 'neutral', 'positive']).toContain(label)
  expect(Math.abs(score)).toBeLessThanOrEqual(1)
  expect(weightOf('love')).toContainEqual(['lexicon', true])
  expect(weightOf('hate')).toContainEqual(['lexicon', false])
})

test('an insult is toxic and names its words; the same sentence without it is not', () => {
  const insult = toxicityOf('You are a complete idiot')
  expect(insult).toMatchObject({ isToxic: true, kinds: ['insult'] })
  expect(insult.tokens).toContainEqual({ text: 'idiot', start: 19, end: 24, weight: 1, by: 'rule', kind: 'insult' })
  expect(toxicityOf('You are a complete darling').isToxic).toBe(false)
})
