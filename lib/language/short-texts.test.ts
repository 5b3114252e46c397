import { describe, expect, test } from 'vitest'
import { understand } from './index'
import { emojiFeelings } from './emoji-feelings'
import { lexiconSentiment } from './vader'
import { emoji as names, lexicon } from './vader/lexicon'
import { hamTexts } from './training/written-spam'
import { intentTexts } from './written.test-data'

/** Where Unicode keeps faces, hands and hearts; a few among them are of later versions than the names we have. */
const blocks = [
  [0x1f600, 0x1f64f],
  [0x1f910, 0x1f92f],
  [0x1f970, 0x1f976],
  [0x1f446, 0x1f450],
  [0x1f918, 0x1f91f],
  [0x1faf0, 0x1faf8],
  [0x270a, 0x270d],
  [0x2639, 0x263a],
  [0x1f493, 0x1f49f],
] as const
const shown = blocks.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)),
)
const skins = ['', '\u{1f3fb}', '\u{fe0f}']

describe('emoji', () => {
  test('each face, hand and heart has been given a feeling, if only that it has none', () => {
    expect(shown.filter((one) => !emojiFeelings.has(one))).toEqual([])
  })

  test('none feels the contrary of its name', () => {
    // Of their names the lexicon knows the better half: “sad but relieved”, “pensive”, and the heart that is broken.
    const torn = new Set(['😥', '😔', '💔'])
    const contrary = shown.filter((one) => {
      const name = lexiconSentiment(names.get(one) ?? '').compound
      return !torn.has(one) && name * (emojiFeelings.get(one) ?? 0) < 0
    })
    expect(contrary).toEqual([])
  })

  test.each(['', 'Bohnen sind gestern angekommen ', 'ご注文 '])(
    'each feels the same alone, repeated, in every skin, and beside “%s”',
    (beside) => {
      for (const [one, feels] of emojiFeelings)
        for (const skin of skins)
          for (const times of [1, 3]) {
            const { sentiment, intent, toxicity, spam } = understand(beside + (one + skin).repeat(times))
            const isWrong = feels >= 0 && (intent.label === 'complaint' || toxicity.isToxic)
            expect([one, skin, times, Math.sign(sentiment.score), isWrong, spam.isSpam]).toEqual([
              one,
              skin,
              times,
              Math.sign(feels),
              false,
              false,
            ])
          }
    },
  )

  test('four stars are a good mark; one says nothing that is certain', () => {
    expect(understand('⭐⭐⭐⭐').sentiment.label).toBe('positive')
    expect(understand('⭐').sentiment.score).toBe(0)
  })

  test('praise of many words stays praise when it ends on fire', () => {
    const { sentiment, intent } = understand('Just tried the new roast at your place and it is 🔥')
    expect(sentiment.score).toBeGreaterThan(0)
    expect(intent.label).not.toBe('complaint')
  })
})

describe('one word or two', () => {
  test('a word that the lexicon does not know feels nothing and hurts nobody', () => {
    const words = [...hamTexts, ...intentTexts.map(([, text]) => text)].flatMap(
      (text) => text.match(/[A-Za-z]+/g) ?? [],
    )
    const unknown = [...new Set(words)].filter((word) => !lexicon.has(word.toLowerCase()))
    expect(unknown.length).toBeGreaterThan(400)
    expect(unknown.filter((word) => understand(word).sentiment.score !== 0)).toEqual([])
  })

  const course = ['no', 'No.', 'NO', 'nope', 'nah', 'Sorry', 'sorry!', 'stop', 'Cancel', 'please', 'ok', 'Yes', 'sure']
  const beside = ['', ' thanks', ' thank you', ', thank you!', ' please', ', not yet', ', that’s all']
  test.each(course)('“%s” gets on with a talk, and neither complains nor feels badly', (word) => {
    for (const more of beside) {
      const { sentiment, intent, toxicity } = understand(word + more)
      expect([word + more, sentiment.score < -0.2, intent.label === 'complaint', toxicity.isToxic]).toEqual([
        word + more,
        false,
        false,
        false,
      ])
    }
  })

  test.each([
    'No problem',
    'no worries',
    'no rush',
    'Not yet',
    'never mind',
    'Sorry, wrong chat',
    'my mistake',
    'Miss you!',
  ])('“%s” is no complaint', (text) => {
    const { sentiment, intent } = understand(text)
    expect(sentiment.score).toBeGreaterThan(-0.2)
    expect(intent.label).not.toBe('complaint')
  })

  test.each(['Terrible', 'Broken', 'Awful service', 'worst ever', '👎👎', 'Disgusting!', 'not happy', 'Not good.'])(
    '“%s” still complains',
    (text) => {
      const { sentiment, intent } = understand(text)
      expect(sentiment.score).toBeLessThan(-0.2)
      expect(intent.label).toBe('complaint')
    },
  )
})

describe('what praises by a denial', () => {
  const denied = [
    ...['happier', 'better', 'more pleased', 'more helpful'].map((word) => `couldn’t be ${word}`),
    ...['recommend this', 'recommend you guys', 'thank you', 'praise the team'].map((said) => `cannot ${said} enough`),
    ...['felt', 'had', 'tasted', 'seen'].map((said) => `never ${said} anything better`),
    'can’t fault it',
    'can’t go wrong with this',
    'couldn’t have asked for more',
    'would kill for this coffee',
    'can’t wait!',
  ]
  test.each(denied.flatMap((text) => [`I ${text}`, `We ${text.replaceAll('’', "'")}, really`]))('“%s”', (text) => {
    const { sentiment, intent, toxicity } = understand(text)
    expect(sentiment.score).toBeGreaterThan(0.2)
    expect(intent.label).not.toBe('complaint')
    expect(toxicity.isToxic).toBe(false)
  })

  test.each(['no complaint was ever answered', 'I can’t wait for 3 weeks', 'can’t wait that long'])(
    '“%s” complains',
    (text) => expect(understand(text).intent.label).toBe('complaint'),
  )

  test.each([
    'No complaints!',
    'No complaints at all',
    'can’t wait for the weekend',
    'can’t wait to try it',
    'can’t wait for two more',
    'I would kill for a slice',
    'dying to get one of these',
    'never had a better coffee',
  ])('and “%s” as well', (text) => {
    expect(understand(text).sentiment.score).toBeGreaterThan(0.2)
    expect(understand(text).intent.label).not.toBe('complaint')
  })

  test.each([
    'No complaints ever!',
    'I have had no complaints ever',
    'not a single complaint ever',
    'No complaints is all I can say',
    'no complaints taken, all good',
    'zero complaints have I',
    'no complaints were made',
    'No complaints was impressed with the staff',
    'no complaints was delivered fast and well packed',
    'no complaints had loved every minute',
    'No complaints have used it daily',
    'Can’t wait for two weeks at your hotel!',
    'can’t wait for a week at your hotel',
    'I can’t wait any longer to try it!',
    'The cakes are to die for and support is great',
  ])('“%s” praises, whatever comes after the denial', (text) => {
    const { sentiment, intent } = understand(text)
    expect(sentiment.score).toBeGreaterThan(0.2)
    expect(intent.label).toBe('praise')
  })

  test.each([
    'Can’t wait until Monday!',
    'can’t wait till Christmas',
    'I can’t wait until my order arrives!',
    'Cannot wait till it gets here',
    'Your cakes are to die for and delivery was fast',
    'to die for my order came early',
  ])('“%s” neither complains nor threatens', (text) => {
    const { sentiment, intent, toxicity } = understand(text)
    expect(sentiment.score).toBeGreaterThan(-0.2)
    expect(intent.label).not.toBe('complaint')
    expect(toxicity.isToxic).toBe(false)
  })

  test.each([
    'still waiting for my order since March, I can’t wait any longer',
    'can’t wait for two weeks with no reply',
    'I can’t wait any longer to see this fixed',
    'I can’t wait until Monday, I need it now',
    'No complaints are ever addressed',
    'No complaints are ever dealt with',
    'would kill for a written answer',
    'I’d die for an email reply',
    'to die for an answer',
    'no complaints taken seriously here',
    'do I have to die for a reply',
  ])('“%s” complains', (text) => expect(understand(text).intent.label).toBe('complaint'))

  test.each(['I can’t wait any longer for my refund', 'I can’t wait until you answer my refund request'])(
    '“%s” wants its money back',
    (text) => expect(understand(text).intent.label).toBe('refund_request'),
  )

  test.each([
    'I can’t recommend this place to anybody, it was awful',
    'My order doesn’t get better by waiting, it is broken',
    'I can’t wait any longer, where is my parcel',
    'no complaints answered',
    'no complaint was ever answered',
    'No complaints were handled',
    'I would kill for an answer',
    'I would die for a refund',
    'I’d kill for an honest reply',
    'dying to get my refund',
    'can’t wait that long',
    'can’t wait until Monday',
    'I can’t wait for 3 weeks',
    'I can’t wait for 30 days',
    'I can’t wait for a month',
    'I’ve never had a better reason to leave',
  ])('not “%s”', (text) => {
    expect(understand(text).sentiment.score).toBeLessThan(0.2)
    expect(understand(text).intent.label).not.toBe('praise')
  })
})
