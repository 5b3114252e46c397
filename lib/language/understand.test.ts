import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emotionOf, feltIn, intentOf, keywordsOf, languageOf, spamOf, understand } from './index'
import { Understanding } from './schema'
import { readTo } from './understand'
import { hamTexts, spamTexts } from './training/written-spam'
import { emotionTexts, intentTexts } from './written.test-data'

const anyText = () =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    // Half a surrogate pair is no character, and comes all the same.
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...'great NOT but refund free 😀 @you #tag https://a.b/c 4111111111111111 kill you'.split(' '),
          ...'? !! +43 660 1234567 a@b.co die ist ¿ 好 wow \n'.split(' '),
        ),
        { maxLength: 40 },
      )
      .map((words) => words.join(' ')),
  )

test('any text at all is understood, and what comes of it survives being stored', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const understood = understand(text)
      expect(Understanding.parse(JSON.parse(JSON.stringify(understood)))).toEqual(understood)
      expect(understand(text)).toEqual(understood)
    }),
    // What once came to less than nothing, and was stored as nothing.
    { numRuns: 400, examples: [['kill free free wow kill']] },
  )
})

test.each([
  ['', false],
  ['https://a.test/b', false],
  ['@anna @ben', false],
  ['2026', false],
  ['好', false],
  ['Das ist wirklich furchtbar schlecht, mein Anwalt hört davon.', false],
  ['Die Bohnen sind gestern schon angekommen, vielen Dank 😍', true],
  ['👍', true],
  ['ok', true],
  ['Do you open on Sundays?', true],
])('whether “%s” was measured for a feeling: %s', (text, isMeasured) => {
  const understood = understand(text)
  expect(feltIn(text, understood)).toBe(isMeasured ? understood.sentiment.score : null)
})

test('whatever a score was made of stands in the text where it says', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const { sentiment, emotion, intent, toxicity, spam, keywords, pii } = understand(text, { language: 'en' })
      for (const { text: said, start, end } of [...sentiment.tokens, ...emotion.tokens, ...toxicity.tokens])
        expect(text.slice(start, end)).toBe(said)
      const placed = [...intent.reasons, ...spam.reasons].filter(({ start }) => start !== undefined)
      for (const { text: said, start, end } of placed) expect(text.slice(start, end)).toBe(said)
      for (const { text: said } of keywords) expect(text).toContain(said)
      for (const { start, end } of pii) expect(0 <= start && start < end && end <= text.length).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('a text without end costs no more than its beginning, which is all that is read', () => {
  const text = 'I love it, but the card 4111 1111 1111 1111 was refused. '.repeat(2_000)
  expect(understand(text)).toEqual(understand(text.slice(0, readTo)))
})

test('a text of nothing has no feeling, no intent and no language', () => {
  expect(understand('')).toMatchObject({
    language: { code: null, by: 'unknown' },
    sentiment: { label: 'neutral', score: 0 },
    emotion: { label: null },
    intent: { label: 'other', confidence: 0 },
    toxicity: { isToxic: false, score: 0 },
    spam: { isSpam: false },
    keywords: [],
    pii: [],
  })
})

describe('other languages', () => {
  test.each([
    ['Wo bleibt meine Bestellung? Ich warte seit zwei Wochen.', 'de'],
    ['Je n’ai toujours pas reçu ma commande, merci de répondre', 'fr'],
    ['¿Dónde está mi pedido? Llevo dos semanas esperando', 'es'],
    ['新しいアプリがとても遅いです、電池もすぐ切れます', 'ja'],
    ['Where is my order? I have been waiting for two weeks.', 'en'],
  ])('%s is recognised', (text, code) => expect(languageOf(text)).toEqual({ code, by: 'seen' }))

  test('a language that the network told is believed', () =>
    expect(languageOf('Super cool', 'de-AT')).toEqual({ code: 'de', by: 'told' }))

  test('two words are too few to guess by', () => expect(languageOf('Super cool').code).toBeNull())

  // Each once by itself and once before a mark; none of it is long enough to show its language.
  const foreign =
    `die Tasse, die Farbe, und die, war gut, das war gut, Frechheit, Betrug, Kaputt, Nie wieder, Finger weg,
    Ware defekt, Leider tot, kein Versand, mein lawyer, Arnaque, Nul, Très déçu, du pain, un pain, colis perdu, Estafa,
    Pésimo, no funciona, no tengo, no hay, sin azúcar, con leche, Truffa, Vergogna, no grazie, no va bene, Oplichters,
    niet goed, Rezalet, Kawa okropna`.split(/,\s+/)
  test.each(foreign.flatMap((text) => [text, `${text}!`]))(
    'of “%s” nothing is said: it is not English, whatever English words it looks like',
    (text) => {
      const understood = understand(text)
      expect(understood).toMatchObject({ isMeasured: false, intent: { label: 'other' }, toxicity: { isToxic: false } })
      expect(feltIn(text, understood)).toBeNull()
    },
  )

  test.each([
    'No',
    'No thanks',
    'ok',
    'Super cool',
    'Where is it?',
    'thx!',
    'sooo gooood',
    'Size 38',
    'not yet',
    'Black',
  ])('“%s” is English, though it is as short', (text) => expect(understand(text).isMeasured).toBe(true))

  const things = 'mug, mugs, shelf, towel, sofa, oven, ottoman, duvet, chemex, bagel, moka pot, tahini'.split(', ')
  test.each(['bad', 'awful', 'late', 'wrong', 'broken', 'moldy'])(
    'a thing that no list knows is complained of in English: “%s mug”',
    (word) => {
      const read = things.map((thing) => [thing, understand(`${word} ${thing}`)] as const)
      expect(read.filter(([, { isMeasured }]) => !isMeasured).map(([thing]) => thing)).toEqual([])
      expect(read.filter(([, { intent }]) => intent.label !== 'complaint').map(([thing]) => thing)).toEqual([])
    },
  )

  test.each(['Broken mug', 'Jura E8 broken', 'Bodum Chambord cracked', 'Scammers!', 'Scammers', 'Mug arrived broken'])(
    '“%s” complains',
    (text) => expect(understand(text)).toMatchObject({ isMeasured: true, intent: { label: 'complaint' } }),
  )

  test.each(['Bialetti leaks', 'Delonghi dedica broken', 'Terrible croissants', 'moldy ottoman', 'moldy baguettes'])(
    '“%s” is English, though its thing is called by a word of elsewhere',
    (text) =>
      expect(understand(text)).toMatchObject({
        language: { code: 'en', by: 'seen' },
        isMeasured: true,
        intent: { label: 'complaint' },
      }),
  )

  test.each(['Bad kaputt', 'pain rassis', 'Service katastrophal', 'Super Qualität', 'Rat gesucht', 'mug kapot'])(
    'nothing is said of “%s”, though it has one English word',
    (text) => expect(understand(text)).toMatchObject({ isMeasured: false, intent: { label: 'other' } }),
  )

  const alike =
    `Slut i lager, Snart slut, Kaffet slut, Varan slut, Slut for i dag, Film slut, Salsiccia fag, bra service, bra support,
    Fin service, Super bra, God kaffe, Kold mad, Arroz rape, Chambre sale, Verre sale, Linge sale, Chemise sale, Serviettes sales,
    Sofa hell, Service hell, Display hell, Kissen dick, Pulli dick, Tee bitter, Kissen rot, Mail kam`.split(/,\s+/)
  test.each(alike)('nothing is said of “%s”: its English word is another one elsewhere', (text) => {
    const understood = understand(text)
    expect(understood).toMatchObject({
      isMeasured: false,
      intent: { label: 'other' },
      toxicity: { isToxic: false },
      spam: { isSpam: false },
    })
    expect(feltIn(text, understood)).toBeNull()
  })

  const english =
    `Slut!, you slut, fat slut, you dick, What the hell, Hell no, Big sale, Sale, Good bra, So kind!, Gross!, Rude staff,
    service slow, mug for sale, Great app, excellent service Bialetti, what the hell Bodum`.split(/,\s+/)
  test.each(english)('“%s” is English, though a word of it is another one elsewhere', (text) =>
    expect(understand(text).isMeasured).toBe(true),
  )

  test.each(['Slut!', 'you slut', 'fat slut', 'fucking slut', 'you dick'])('“%s” offends all the same', (text) =>
    expect(understand(text).toxicity.isToxic).toBe(true),
  )

  test('what a network says of a language is believed of few words alone, and codes that say nothing are none', () => {
    expect(understand('Prima!', { language: 'de' })).toMatchObject({
      language: { code: 'de', by: 'told' },
      isMeasured: false,
    })
    // Many write with the settings that their application came with.
    expect(understand('Frechheit!', { language: 'en' }).isMeasured).toBe(false)
    const german = 'Ich warte seit drei Wochen auf mein Paket, und niemand antwortet mir.'
    expect(languageOf(german, 'en')).toEqual({ code: 'de', by: 'seen' })
    for (const nothing of ['und', 'qme', 'zxx', '', 'x!', 'art']) expect(languageOf('ok', nothing).by).toBe('unknown')
    expect(languageOf('Bagus', 'in').code).toBe('id')
  })

  test('German articles are not taken for English deaths', () => {
    const { isMeasured, sentiment, toxicity } = understand('Die Bestellung ist da, und die Farbe ist die richtige')
    expect(isMeasured).toBe(false)
    expect(sentiment).toMatchObject({ score: 0, tokens: [] })
    expect(toxicity.isToxic).toBe(false)
  })

  test('emoji say the same in every language', () =>
    expect(understand('Die Bestellung ist endlich da 😍🎉', { language: 'de' })).toMatchObject({
      sentiment: { label: 'positive' },
      emotion: { label: 'joy' },
    }))
})

describe('texts that the rules were made on', () => {
  test('nine of ten keep their intent', () => {
    const kept = intentTexts.filter(([intent, text]) => understand(text).intent.label === intent)
    expect(kept.length / intentTexts.length).toBeGreaterThan(0.9)
  })
  test('nine of ten keep their emotion', () => {
    const kept = emotionTexts.filter(([emotion, text]) => emotionOf(text).label === emotion)
    expect(kept.length / emotionTexts.length).toBeGreaterThan(0.9)
  })
  test('nine of ten are told apart as spam or not', () => {
    const right = [
      ...spamTexts.map((text) => spamOf(text).isSpam),
      ...hamTexts.map((text) => !spamOf(text).isSpam),
    ].filter(Boolean)
    expect(right.length / (spamTexts.length + hamTexts.length)).toBeGreaterThan(0.9)
  })
})

test('an intent says by which words it was found', () => {
  const { label, reasons } = intentOf('How do I get my money back?', { sentiment: 0, isSpam: false })
  expect(label).toBe('refund_request')
  expect(reasons).toContainEqual({
    intent: 'refund_request',
    because: 'it says',
    text: 'money back',
    start: 16,
    end: 26,
    weight: 2,
  })
})

test('what is judged to be spam intends nothing else', () =>
  expect(understand(spamTexts[1] ?? '').intent.label).toBe('spam'))

test('a denied joy is a sadness', () => {
  expect(emotionOf('I am happy').label).toBe('joy')
  expect(emotionOf('I am not happy').label).toBe('sadness')
})

test('keywords are what a text is about, hashtags among them, and no filler', () => {
  const keywords = keywordsOf('The new Galaxy phone battery drains after the update #battery').map(({ text }) => text)
  expect(keywords).toContain('#battery')
  expect(keywords).toContain('Galaxy phone battery')
  expect(keywords).not.toContain('The')
})
