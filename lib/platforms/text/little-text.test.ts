import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeLittleText, unescapeLittleText } from './index'
import { postText } from './post-text.arbitrary'

test('what LinkedIn reads back from little text is what was written', () => {
  fc.assert(
    fc.property(postText(), (text) => {
      expect(unescapeLittleText(escapeLittleText(text))).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

test('no reserved character is left bare outside mentions and hashtags', () => {
  fc.assert(
    fc.property(postText(), (text) => {
      const rest = escapeLittleText(text)
        .replaceAll(/\{hashtag\|\\#\|[^|]+?\}/g, '')
        .replaceAll(/\\[\\|{}@[\]()<>#*_~]/g, '')
      expect(rest).not.toMatch(/[\\|{}@[\]()<>#*_~]/)
    }),
    { numRuns: 1000 },
  )
})

test('mentions and hashtag templates that are there stay, hashtags become templates', () => {
  expect(escapeLittleText('Hi @[Dev Test](urn:li:organization:123) (new) #launch {hashtag|\\#|ready} a*b')).toBe(
    'Hi @[Dev Test](urn:li:organization:123) \\(new\\) {hashtag|\\#|launch} {hashtag|\\#|ready} a\\*b',
  )
  expect(unescapeLittleText('Hi @[Dev Test](urn:li:organization:123) {hashtag|\\#|launch} \\#a\\_b \\\\')).toBe(
    'Hi @[Dev Test](urn:li:organization:123) #launch #a_b \\',
  )
})

test('links are escaped too, and their fragments are no hashtags', () => {
  expect(escapeLittleText('https://example.com/a_(b)#c')).toBe('https://example.com/a\\_\\(b\\)\\#c')
})

test('100,000 reserved characters are escaped to the end', () => {
  for (const text of [
    '@['.repeat(50_000),
    '{hashtag|\\#|'.repeat(8_000),
    '\\'.repeat(100_000),
    `@[${'a'.repeat(99_000)}`,
  ])
    expect(unescapeLittleText(escapeLittleText(text))).toBe(text)
})
