import fc from 'fast-check'
import { expect, test } from 'vitest'
import { postOn } from '../mastodon/texts'
import { premium } from '../x/texts'
import { fieldRules, measure, networkNames, textRules, type TextRule } from './index'
import { postText } from './post-text.arbitrary'

const everyRule = [
  ...Object.values(textRules),
  ...Object.values(fieldRules).flatMap((fields) => Object.values(fields)),
  ...Object.values(premium),
]
const length = (text: string, rule: TextRule) => measure(text, rule).length

test('every rule is plain JSON, names its source and the day it was read', () => {
  for (const rule of everyRule) {
    expect(JSON.parse(JSON.stringify(rule))).toEqual(rule)
    expect(rule.source).not.toBe('')
    expect(rule.readOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(rule.max).toBeGreaterThan(0)
  }
  expect(Object.keys(textRules)).toEqual([...networkNames])
  for (const name of networkNames)
    for (const [field, rule] of Object.entries(fieldRules[name]))
      expect([rule.network, rule.field]).toEqual([name, field])
})

test('a measure agrees with itself for any text and rule', () => {
  fc.assert(
    fc.property(postText(), fc.constantFrom(...everyRule), (text, rule) => {
      const result = measure(text, rule)
      expect(result.remaining).toBe(result.max - result.length)
      expect(result.fits).toBe(result.problems.length === 0)
      expect(result.fits && result.remaining < 0).toBe(false)
      for (const problem of result.problems) expect(problem).toMatch(/^[A-Z].+\.$/)
    }),
  )
})

test('each network has its own number for the same text', () => {
  const text = 'Grüße 👨‍👩‍👧‍👦 https://example.com/a/rather/long/path'
  expect(length(text, textRules.x)).toBe(6 + 2 + 1 + 23)
  expect(length(text, textRules.bluesky)).toBe('Grüße X example.com/a/rather/lon...'.length)
  expect(length(text, textRules.mastodon)).toBe(6 + 1 + 1 + 23)
  expect(length(text, textRules.linkedin)).toBe(text.length)
  expect(length(text, textRules.reddit)).toBe([...text].length)
  expect(length(text, textRules.threads)).toBe(6 + 25 + 1 + 'https://example.com/a/rather/long/path'.length)
  expect(length(text, textRules.youtube)).toBe(new TextEncoder().encode(text).byteLength)
})

test('one character too many is told in one sentence', () => {
  expect(measure('a'.repeat(280), textRules.x)).toEqual({
    length: 280,
    max: 280,
    remaining: 0,
    fits: true,
    problems: [],
  })
  expect(measure('a'.repeat(281), textRules.x).problems).toEqual(['X counts 281 of 280 characters: remove 1.'])
  expect(measure('é'.repeat(2501), textRules.youtube).problems).toEqual([
    'YouTube counts 5002 of 5000 bytes: remove 2.',
  ])
  expect(measure('a'.repeat(281), premium.post).fits).toBe(true)
})

test('what a network refuses beside length is told', () => {
  const title = fieldRules.youtube.title
  expect(title && measure('a <b>', title).problems).toEqual(['YouTube does not accept < or > here: remove it.'])
  expect(measure('#a '.repeat(31), textRules.instagram).problems).toEqual([
    'Instagram allows 30 hashtags, this has 31: remove 1.',
  ])
  expect(measure('@a '.repeat(22), textRules.instagram).problems).toEqual([
    'Instagram allows 20 mentions, this has 22: remove 2.',
  ])
  expect(measure('$AAPL $MSFT', textRules.x).problems).toEqual(['X allows 1 cashtag, this has 2: remove 1.'])
  expect(measure('a.com b.com c.com d.com e.com f.com', textRules.threads).problems).toEqual([
    'Threads allows 5 links, this has 6: remove 1.',
  ])
  expect(measure('a.com '.repeat(6), textRules.threads).fits).toBe(true)
})

test('Mastodon: links with a scheme count 23, remote mentions without their server, and a server may set its own numbers', () => {
  expect(length('https://example.com/a/rather/long/path/indeed', textRules.mastodon)).toBe(23)
  expect(length('http://a.de', textRules.mastodon)).toBe(23)
  expect(length('example.com/a/b', textRules.mastodon)).toBe(15)
  expect(length('hi @user@mastodon.social, @local', textRules.mastodon)).toBe('hi @user, @local'.length)
  expect(length('👨‍👩‍👧‍👦e\u0301', textRules.mastodon)).toBe(2)
  expect(postOn({ max_characters: 5000, characters_reserved_per_url: 10 })).toMatchObject({
    max: 5000,
    urlLength: 10,
  })
})

test('Telegram: UTF-16 units are counted once the markup is gone', () => {
  const html: TextRule = { ...textRules.telegram, unit: 'telegram', markup: 'html' }
  expect(length('<b>bold</b> &lt;3 <a href="https://example.com/?a=1&amp;b=2">link</a> &#128512;', html)).toBe(
    'bold <3 link 😀'.length,
  )
  expect(length('a < b & c', textRules.telegram)).toBe(9)
  expect(measure('a < b', html).problems).toEqual(['A “<” does not begin a tag: write &lt; instead.'])
  expect(measure('<h1>a</h1>', html).problems).toEqual(['Telegram does not know the tag <h1>: remove it.'])
  expect(measure('<b><i>a</b></i>', html).fits).toBe(false)
})

test('Threads: an emoji counts as its UTF-8 bytes', () => {
  expect(length('a😀', textRules.threads)).toBe(5)
  expect(length('日', textRules.threads)).toBe(1)
  expect(length('🇩🇪', textRules.threads)).toBe(8)
})

test('a lone surrogate counts, and stops nothing', () => {
  for (const rule of everyRule) expect(length('\uD800', rule)).toBeGreaterThan(0)
})

test.each(everyRule.map((rule) => [`${rule.network} ${rule.field}`, rule] as const))(
  '100,000 characters are measured for %s',
  (_, rule) => {
    for (const text of [
      'a'.repeat(100_000),
      '日'.repeat(100_000),
      '👨‍👩‍👧‍👦'.repeat(9_000),
      '<'.repeat(100_000),
      `<b ${'a'.repeat(99_000)}`,
      '@a@'.repeat(33_000),
      `@${'a.'.repeat(50_000)}`,
      `@${'a'.repeat(100_000)}`,
      `<${'a'.repeat(99_000)}`,
      '@['.repeat(50_000),
      `@${'a-_'.repeat(33_000)}`,
      `${'@a'.repeat(30)} ${'a@'.repeat(30_000)}`,
      '@a@a.'.repeat(20_000),
    ])
      expect(measure(text, rule).length).toBeGreaterThan(0)
  },
)
