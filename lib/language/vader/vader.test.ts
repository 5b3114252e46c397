import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataDir, hasData, originalAnswers, rated, ratedWords, vaderEmoji, vaderLexicon } from '../training/data'
import emoji from './emoji.json'
import english from './english.json'
import { lexiconSentiment } from './index'
import lexicon from './lexicon.json'
import { roundHalfEven } from './python'

describe.skipIf(!hasData)(`by ${dataDir}`, () => {
  test('every rated tweet gets the scores of the original program, to the last digit', () => {
    const answers = originalAnswers()
    const tweets = rated('tweets')
    expect(tweets.length).toBe(answers.size)
    const different = tweets.filter(({ id, text }) => {
      const { negative, neutral, positive, compound } = lexiconSentiment(text)
      return [negative, neutral, positive, compound].join() !== answers.get(id)?.join()
    })
    expect(different).toEqual([])
  })

  test('the lexicons that are shipped are the original ones', () => {
    expect(lexicon).toEqual(vaderLexicon())
    expect(emoji).toEqual(vaderEmoji())
    expect(english).toEqual(ratedWords())
  })
})

// The examples in VADER's README, with the scores it prints beside them.
test.each([
  ['VADER is smart, handsome, and funny.', 0.8316],
  ['VADER is smart, handsome, and funny!', 0.8439],
  ['VADER is very smart, handsome, and funny.', 0.8545],
  ['VADER is VERY SMART, handsome, and FUNNY.', 0.9227],
  ['VADER is VERY SMART, handsome, and FUNNY!!!', 0.9342],
  ['VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!', 0.9469],
  ['VADER is not smart, handsome, nor funny.', -0.7424],
  ['The book was good.', 0.4404],
  ["At least it isn't a horrible book.", 0.431],
  ['The book was only kind of good.', 0.3832],
  ['The plot was good, but the characters are uncompelling and the dialog is not great.', -0.7042],
  ['Today SUX!', -0.5461],
  ["Today only kinda sux! But I'll get by, lol", 0.5249],
  ['Make sure you :) or :D today!', 0.8633],
  ['Not bad at all', 0.431],
])('%s scores what the original says', (text, compound) => expect(lexiconSentiment(text).compound).toBe(compound))

test('the words of a score are shown where they stand, an emoji as the emoji', () => {
  const text = 'Sad 😁 but GREAT!'
  const { tokens } = lexiconSentiment(text)
  expect(tokens.map(({ text: said }) => said)).toEqual(['Sad', '😁', 'GREAT'])
  expect(tokens.filter(({ text: said, start, end }) => text.slice(start, end) !== said)).toEqual([])
})

test('scores of any text stay in their range, and the shares add up to the whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const { compound, positive, neutral, negative, tokens } = lexiconSentiment(text)
      expect(Math.abs(compound)).toBeLessThanOrEqual(1)
      const sum = positive + neutral + negative
      // Each of three shares is rounded to three digits; a text without words has none.
      expect(sum === 0 || Math.abs(sum - 1) <= 0.002).toBe(true)
      for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.text)
    }),
  )
})

test('an exact half is rounded to the even digit, as Python does', () => {
  expect([0.0625, 0.1875, 0.3125, -0.0625].map((value) => roundHalfEven(value, 3))).toEqual([
    0.062, 0.188, 0.312, -0.062,
  ])
  expect(roundHalfEven(0.0005, 3)).toBe(0.001)
  expect(roundHalfEven(2.675, 2)).toBe(2.67)
})
