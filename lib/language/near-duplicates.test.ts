import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { areAlike, createDuplicateIndex, likeness } from './near-duplicates'
import { shinglesOf, similarity } from './shingles'
import { dataDir, hasData, labelled, rated } from './training/data'
import { editedCopies } from './training/edited-copies'

describe.skipIf(!hasData)(`by ${dataDir}`, () => {
  let tweets: readonly string[] = []
  const index = createDuplicateIndex()
  // Not before: where the data is not there, this is gone through all the same.
  beforeAll(() => {
    const all = [...rated('tweets'), ...labelled('sentiment_val'), ...labelled('offensive_val')]
    tweets = all.map(({ text }) => text)
    for (const [at, text] of tweets.entries()) index.add(String(at), text)
  })

  test('94 of 100 edited copies of a tweet lead back to it', () => {
    const places = tweets.flatMap((text, at) => (text.split(' ').length >= 5 ? [at] : []))
    const copies = editedCopies(
      places.map((at) => tweets[at] ?? ''),
      1,
    )
    const found = copies.filter((copy, n) => index.find(copy).some(({ id }) => id === String(places[n])))
    expect(found.length / copies.length).toBeGreaterThanOrEqual(0.94)
  })

  test('of 10,000 pairs of tweets not one is taken for a copy', () => {
    const pairs = (tweets.length * (tweets.length - 1)) / 2
    const alike = tweets.reduce((sum, text, at) => sum + index.find(text).filter(({ id }) => Number(id) > at).length, 0)
    expect(alike / pairs).toBeLessThan(1e-4)
  })
})

test.each([
  ['This works with the iPhone 15', 'This does not work with the iPhone 15'],
  ['This works with the iPhone 15', 'This works with the iPhone 14'],
  ['When do you open on Sunday?', 'When do you open on Monday?'],
  ['Are you open today?', 'Are you open tomorrow?'],
  ['Do you open before Easter?', 'Do you open after Easter?'],
  ['Do you ship to Norway?', 'Do you ship to Sweden?'],
  ['Do you ship to Norway?', 'Do you ship from Norway?'],
  ['Do you ship to the UK?', 'Do you ship to the US?'],
  ['Do you have it in size S?', 'Do you have it in size M?'],
  ['Is size M in stock?', 'Is size L in stock?'],
  ['Do you have it in XL?', 'Do you have it in L?'],
  ['Is the xs in stock?', 'Is the s in stock?'],
  ['Do you ship to Iran?', 'Do you ship to Iraq?'],
  ['do you ship to iran', 'do you ship to iraq'],
  ['Do you ship to Niger?', 'Do you ship to Nigeria?'],
  ['Liefert ihr in den Iran?', 'Liefert ihr in den Irak?'],
  ['Is there vitamin A in it?', 'Is there vitamin E in it?'],
  ['Gibt es Größe S?', 'Gibt es Größe L?'],
  ['Liefert ihr nach Bern?', 'Liefert ihr nach Basel?'],
  ['Is the blue cup available?', 'Is the red cup available?'],
  ['Where is my order 12345?', 'Where is my order 99887?'],
  ['I can log in again', 'I can’t log in again'],
  ['Ich habe mein Paket erhalten', 'Ich habe mein Paket nicht erhalten'],
  ['Mon colis est arrivé', 'Mon colis n’est pas arrivé'],
  ['注文した商品が届きません', '注文した商品が届きました'],
  ['สั่งของแล้วได้รับของ', 'สั่งของแล้วไม่ได้รับของ'],
  [
    'We have been waiting for the blue cups since last Monday',
    'We have not been waiting for the blue cups since last Monday at all',
  ],
])('short texts that differ in the word that matters are not alike: %s | %s', (one, other) => {
  expect([areAlike(one, other), areAlike(other, one)]).toEqual([false, false])
  const index = createDuplicateIndex()
  index.add('one', one)
  expect(index.find(other)).toEqual([])
})

test.each([
  ['Do you open on Sunday?', 'do you open on Sundays'],
  ['Do you ship to Norway?', 'Hi, do you ship to Norway please? #shipping'],
  ['Do you ship to Norway?', 'do you ship to norwey'],
  ['Do you ship to Iraq?', 'do you ship to irak'],
  ['Do you ship to Nigeria?', 'RT @rosa: Do you ship to Nigeri'],
  ['Do you have it in XL?', 'do you have it in xl please'],
  ['My parcel did not arrive', 'my parcel didn’t arrive!!'],
  ['My parcel did not arrive', 'RT @rosa: My parcel did not arri'],
  ['The shop is down, I cannot pay', 'The shop is down and I cannot pay 😡 via @rosa'],
  ['注文した商品が届きません', '【注文した商品が届きません！！】'],
])('what is tagged, mistyped, cut off or politer says the same: %s | %s', (one, other) => {
  expect([areAlike(one, other), areAlike(other, one)]).toEqual([true, true])
})

test('a copy is found with its case, link, handle and punctuation changed', () => {
  const index = createDuplicateIndex()
  index.add('first', 'The new update broke my login, please fix it soon')
  index.add('other', 'We had a lovely week at the lake with the children')
  const found = index.find('RT @news: the new update BROKE my login!! Please fix it soon https://example.org/x')
  expect(found).toEqual([{ id: 'first', similarity: 1 }])
})

test('every answer is at least half alike, the most alike first, and a text finds itself', () => {
  const text = fc.array(fc.constantFrom('late', 'order', 'broken', 'where', 'is', 'my', 'refund', 'thanks'), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (given) => {
      const texts = given.map((words) => words.join(' '))
      const index = createDuplicateIndex()
      for (const [at, said] of texts.entries()) index.add(String(at), said)
      for (const [at, said] of texts.entries()) {
        const found = index.find(said)
        expect(found).toContainEqual({ id: String(at), similarity: 1 })
        expect(found.map(({ similarity: alike }) => alike)).toEqual(
          found.map(({ similarity: alike }) => alike).toSorted((a, b) => b - a),
        )
        for (const { id, similarity: alike } of found) {
          expect(alike).toBeGreaterThanOrEqual(0.5)
          expect(alike).toBe(likeness(said, texts[Number(id)] ?? ''))
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('the index holds what it was told to hold, and forgets the oldest', () => {
  const index = createDuplicateIndex({ most: 3 })
  for (const n of [1, 2, 3, 4, 5])
    index.add(String(n), `the parcel number ${'x'.repeat(n * 3)} is missing since ${n} weeks`)
  expect(index.size()).toBe(3)
  expect(index.find('the parcel number xxx is missing since 1 weeks').map(({ id }) => id)).not.toContain('1')
  index.forget('5')
  expect(index.size()).toBe(2)
})

test('an id that is added again says what it said last', () => {
  const index = createDuplicateIndex()
  index.add('a', 'good morning everyone in the office')
  index.add('a', 'the delivery has still not arrived here')
  expect(index.size()).toBe(1)
  expect(index.find('good morning everyone in the office')).toEqual([])
})

test('a phrase that thousands send is still found', () => {
  const index = createDuplicateIndex()
  for (let n = 0; n < 2_000; n++) index.add(String(n), 'Happy birthday to you!')
  expect(index.find('happy birthday to you').length).toBeGreaterThan(0)
})

test('a text without words is like nothing, itself included', () => {
  const index = createDuplicateIndex()
  index.add('picture', '😀 https://example.org')
  expect(index.find('😀 https://example.org')).toEqual([])
})

test('the likeness of shingles is what they share of all they have', () => {
  const few = fc.uniqueArray(fc.nat(30), { maxLength: 20 })
  fc.assert(
    fc.property(few, few, (a, b) => {
      const shared = a.filter((one) => b.includes(one)).length
      const all = new Set([...a, ...b]).size
      expect(similarity(Uint32Array.from(a).sort(), Uint32Array.from(b).sort())).toBe(all === 0 ? 0 : shared / all)
    }),
  )
  expect(shinglesOf('aaaa aaaa').length).toBe(new Set(shinglesOf('aaaa aaaa')).size)
})
