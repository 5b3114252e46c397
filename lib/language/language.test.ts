import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDuplicateIndex, lexiconSentiment, maskPii, piiIn, sentimentOf, toxicityOf, understand } from '.'
import { feelings, Understanding } from './schema'
import { hasData, labelled, originalAnswers, rated } from './training/data'
import { editedCopies } from './training/edited-copies'
import { isKeptAside } from './training/recipes'
import { macroF1, macroRecall } from './training/scores'
import { intentTexts, hamTexts, spamTexts } from './written.test-data'

if (!hasData) console.log('Skipped: the labelled texts are not there (DATA_DIR)')

describe.skipIf(!hasData)('on the public sets', () => {
  test('the lexicon’s scores are those of the original program, on every line', () => {
    const original = originalAnswers()
    const differing = rated('tweets').flatMap(({ id, text }) => {
      const { negative, neutral, positive, compound } = lexiconSentiment(text)
      const ours = [negative, neutral, positive, compound]
      return JSON.stringify(ours) === JSON.stringify(original.get(id)) ? [] : [{ id, ours, original: original.get(id) }]
    })
    expect(original.size).toBeGreaterThan(4_000)
    expect(differing).toEqual([])
  })

  test('sentiment finds at least 0.60 of each class on tweets it was not trained on', () => {
    const aside = labelled('sentiment_val').filter((_, at) => isKeptAside(at))
    const pairs = aside.map(({ text, label }) => ({ label, judged: feelings.indexOf(sentimentOf(text).label) }))
    expect(macroRecall(pairs)).toBeGreaterThanOrEqual(0.6)
  })

  test('offence is told from its absence with a macro F1 of at least 0.72', () => {
    const pairs = labelled('offensive_val').map(({ text, label }) => ({
      label,
      judged: toxicityOf(text).isToxic ? 1 : 0,
    }))
    expect(macroF1(pairs)).toBeGreaterThanOrEqual(0.72)
  })

  test('at least 94 of 100 edited copies are found, and fewer than one pair in ten thousand is wrong', () => {
    const texts = labelled('offensive_val')
      .map(({ text }) => text)
      .filter((text) => text.split(' ').length >= 8)
      .slice(0, 600)
    const index = createDuplicateIndex({ most: texts.length })
    for (const [at, text] of texts.entries()) index.add(String(at), text)
    const copies = editedCopies(texts, 7)
    const found = copies.filter((copy, at) => index.find(copy).some(({ id }) => id === String(at))).length
    const wrong = texts.reduce(
      (sum, text, at) => sum + index.find(text).filter(({ id }) => id !== String(at)).length,
      0,
    )
    expect(found / copies.length).toBeGreaterThanOrEqual(0.94)
    expect(wrong / (texts.length * texts.length)).toBeLessThan(1e-4)
  })
})

test('what is written by hand is mostly read as it was meant', () => {
  const right = intentTexts.filter(([intent, text]) => understand(text).intent.label === intent).length
  expect(right / intentTexts.length).toBeGreaterThanOrEqual(0.9)
  const spam = (texts: readonly string[]) => texts.filter((text) => understand(text).spam.isSpam).length
  expect(spam(spamTexts) / spamTexts.length).toBeGreaterThanOrEqual(0.9)
  expect(spam(hamTexts) / hamTexts.length).toBeLessThanOrEqual(0.05)
})

test('any text is read without a fault, the same each time, with evidence that stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const read = understand(text)
      expect(Understanding.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
      expect(understand(text)).toEqual(read)
      for (const { start, end } of [...read.sentiment.tokens, ...read.toxicity.tokens, ...read.pii]) {
        expect(start).toBeLessThanOrEqual(end)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
  )
})

test('personal data are spotted by their check digits, and masked', () => {
  const text = 'Write to ada@example.org or pay with 4111 1111 1111 1111.'
  expect(piiIn(text).map(({ kind }) => kind)).toEqual(['email', 'card'])
  expect(maskPii(text)).not.toMatch(/ada@example\.org|4111/)
  expect(piiIn('pay with 4111 1111 1111 1112').map(({ kind }) => kind)).not.toContain('card')
})

test('an index of duplicates holds no more than it was asked to, and forgets the oldest', () => {
  const index = createDuplicateIndex({ most: 2 })
  const say = (n: number) => `The parcel number ${n} was never delivered to the ${'abc'[n]} street office`
  for (const n of [0, 1, 2]) index.add(String(n), say(n))
  expect(index.size()).toBe(2)
  expect(index.find(say(0)).map(({ id }) => id)).not.toContain('0')
})
