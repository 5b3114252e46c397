import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findEntities, graphemesOf, measure, networkNames, splitThread, textRules, type TextRule } from './index'
import { postText, spacedText } from './post-text.arbitrary'

const withoutSpaces = (text: string) => text.replaceAll(/\s/g, '')
const shorter = (rule: TextRule, max: number): TextRule => ({ ...rule, max })
const anyRule = fc.constantFrom(...networkNames.map((name) => shorter(textRules[name], 60)))

/** The parts, or a thrown reason: for texts that must be splittable. */
function partsOf(text: string, rule: TextRule, options?: Parameters<typeof splitThread>[2]): readonly string[] {
  const split = splitThread(text, rule, options)
  if (!split.ok) throw new Error(split.reason)
  return split.parts
}

test('every part fits and everything but spaces is kept in order, on every network', () => {
  fc.assert(
    fc.property(postText(60), anyRule, (text, rule) => {
      const split = splitThread(text, { ...rule, forbidden: '' })
      expect(split.ok ? 'x is too long for y: shorten it.' : split.reason).toMatch(/too long for .+: shorten it\.$/)
      if (!split.ok) return
      for (const part of split.parts) expect(measure(part, { ...rule, forbidden: '' }).problems).toEqual([])
      expect(withoutSpaces(split.parts.join(''))).toBe(withoutSpaces(text))
    }),
    { numRuns: 600 },
  )
})

test('numbered parts fit with their numbers, and the numbers are right', () => {
  fc.assert(
    fc.property(spacedText(60), anyRule, (text, rule) => {
      const split = splitThread(text, { ...rule, forbidden: '' }, { numbered: true })
      if (!split.ok || split.parts.length < 2) return
      split.parts.forEach((part, index) => {
        expect(part.endsWith(` (${index + 1}/${split.parts.length})`)).toBe(true)
        expect(measure(part, { ...rule, forbidden: '' }).fits).toBe(true)
      })
      expect(withoutSpaces(split.parts.map((part) => part.replace(/ \(\d+\/\d+\)$/, '')).join(''))).toBe(
        withoutSpaces(text),
      )
    }),
    { numRuns: 400 },
  )
})

test('no link, mention or hashtag and no visible character is cut, and none comes into being', () => {
  fc.assert(
    fc.property(spacedText(60), anyRule, (text, rule) => {
      const split = splitThread(text, { ...rule, forbidden: '' })
      if (!split.ok) return
      const values = (some: string) => findEntities(some).map(({ kind, value }) => `${kind} ${value}`)
      expect(split.parts.flatMap(values)).toEqual(values(text))
      const graphemes = (some: string) => graphemesOf(some).filter((one) => !/^\s+$/.test(one))
      expect(split.parts.flatMap(graphemes)).toEqual(graphemes(text))
    }),
    { numRuns: 400 },
  )
})

test('no word is cut that would fit in a post of its own', () => {
  const words = fc.array(fc.stringMatching(/^[a-zé]{1,20}$/), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(words, (list) => {
      const parts = partsOf(list.join(' '), shorter(textRules.x, 40))
      expect(parts.flatMap((part) => part.split(' '))).toEqual(list)
    }),
  )
})

test('a post ends at a paragraph rather than a sentence, and at a sentence rather than a word', () => {
  const rule = shorter(textRules.linkedin, 40)
  expect(partsOf('First of all this. Second\n\nthen a paragraph follows here.', rule)).toEqual([
    'First of all this. Second',
    'then a paragraph follows here.',
  ])
  expect(partsOf('A whole sentence is here. Another one is here too.', rule)).toEqual([
    'A whole sentence is here.',
    'Another one is here too.',
  ])
  expect(partsOf('one two three four five six seven eight nine ten', rule)).toEqual([
    'one two three four five six seven eight',
    'nine ten',
  ])
})

test('a heading is not left alone in a post', () => {
  const parts = partsOf(`Title\n\n${'word '.repeat(20)}`, shorter(textRules.linkedin, 60))
  expect(parts[0]).toMatch(/^Title\n\nword word/)
})

test('Chinese and Japanese are cut between words or sentences, never before a closing mark', () => {
  const parts = partsOf('今日は天気がいいですね。明日も晴れるでしょう。'.repeat(20), textRules.x)
  expect(parts.length).toBeGreaterThan(2)
  for (const part of parts) {
    expect(part).toMatch(/。$/)
    expect(part).not.toMatch(/^[。、」）]/)
  }
})

test('a word longer than a post is cut between visible characters', () => {
  const parts = partsOf('👨‍👩‍👧‍👦'.repeat(300), textRules.x)
  expect(parts.map((part) => graphemesOf(part).length)).toEqual([140, 140, 20])
  expect(partsOf('e\u0301'.repeat(10), shorter(textRules.linkedin, 5))).toEqual([
    'e\u0301e\u0301',
    'e\u0301e\u0301',
    'e\u0301e\u0301',
    'e\u0301e\u0301',
    'e\u0301e\u0301',
  ])
})

test('a link or a mention that fits in no post is a failure with a reason', () => {
  const rule = shorter(textRules.linkedin, 20)
  expect(splitThread('see https://example.com/a/long/path now', rule)).toEqual({
    ok: false,
    reason: 'The link “https://example.com/a/long/path” alone is too long for LinkedIn: shorten it.',
  })
  expect(splitThread('hello @[A Company With a Name](urn:li:organization:1)', rule)).toMatchObject({ ok: false })
  expect(splitThread('https://example.com/a/long/path now', shorter(textRules.x, 25))).toMatchObject({ ok: true })
})

test('a cut makes no mention of a mail address', () => {
  const parts = partsOf('写真はこちらuser@example.comまで', shorter(textRules.linkedin, 17))
  expect(parts).toEqual(['写真はこちら', 'user@example.com', 'まで'])
  expect(parts.flatMap(findEntities)).toEqual([])
})

test('a number of parts that is not allowed is a failure with a reason', () => {
  const text = 'word '.repeat(200)
  const reason = 'This needs more than 2 posts on X: shorten it.'
  expect(splitThread(text, textRules.x, { maxParts: 2 })).toEqual({ ok: false, reason })
  expect(splitThread(text, textRules.x, { maxParts: 2, numbered: true })).toEqual({ ok: false, reason })
  expect(partsOf(text, textRules.x, { maxParts: 4 })).toHaveLength(4)
})

test('a text that fits is one part without a number, and spaces alone are no part', () => {
  expect(splitThread('  hello world\n', textRules.x, { numbered: true })).toEqual({ ok: true, parts: ['hello world'] })
  expect(splitThread(' \n ', textRules.x)).toEqual({ ok: true, parts: [] })
})

test('a formatted stretch stays in one piece on Telegram, and broken markup is told', () => {
  const rule: TextRule = { ...textRules.telegram, unit: 'telegram', markup: 'html', max: 20 }
  const parts = partsOf('plain words before <b>bold words here</b> &amp; after it', rule)
  expect(parts).toContain('<b>bold words here</b> &amp;')
  expect(splitThread('<b>never closed', rule)).toEqual({ ok: false, reason: 'The tag <b> is never closed: add </b>.' })
})

test('a word of 100,000 characters that counts little is not measured whole for every part', () => {
  let read = 0
  const rule: TextRule = {
    ...textRules.x,
    get max() {
      read += 1
      return 280
    },
  }
  const parts = partsOf('a.com.-.'.repeat(12_000), rule)
  expect(read / 3).toBeLessThan((parts.length + 1) * 40)
})

test('100,000 characters are split with a number of measurements that grows with the parts, not with the text', () => {
  for (const text of [
    'word '.repeat(20_000),
    'x'.repeat(100_000),
    '日本語の文。'.repeat(16_000),
    '👨‍👩‍👧‍👦'.repeat(9_000),
    'a.com '.repeat(16_000),
  ]) {
    let measured = 0
    const rule = {
      ...textRules.linkedin,
      get max() {
        measured += 1
        return 3000
      },
    }
    const parts = partsOf(text, rule)
    // Each measurement asks for the bound three times.
    expect(measured / 3).toBeLessThan((parts.length + 1) * 40)
  }
})
