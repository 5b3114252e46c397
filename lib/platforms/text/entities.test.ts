import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findEntities } from './index'
import { postText } from './post-text.arbitrary'

const found = (text: string) => findEntities(text).map(({ kind, value }) => `${kind} ${value}`)

test('entities are in order, do not overlap, and lie where they say', () => {
  fc.assert(
    fc.property(postText(), (text) => {
      let end = 0
      for (const entity of findEntities(text)) {
        expect(entity.start).toBeGreaterThanOrEqual(end)
        expect(entity.end).toBeGreaterThan(entity.start)
        const written = text.slice(entity.start, entity.end)
        expect(entity.kind === 'link' ? written : written.slice(1)).toBe(entity.value)
        end = entity.end
      }
    }),
  )
})

test('links end before the punctuation of the sentence, and keep balanced parentheses', () => {
  expect(found('See https://example.com/a_(b), or (example.org/x).')).toEqual([
    'link https://example.com/a_(b)',
    'link example.org/x',
  ])
  expect(found('https://de.wikipedia.org/wiki/Ä?x=1&y=2#z!')).toEqual([
    'link https://de.wikipedia.org/wiki/Ä?x=1&y=2#z',
  ])
})

test('mail addresses, versions, abbreviations and files are no links', () => {
  expect(found('user@example.com v1.2.3 e.g. notes.bak a...b')).toEqual([])
})

test('a bare domain is found inside a script that has no spaces', () => {
  expect(found('看example.com和example.org/路吧')).toEqual(['link example.com', 'link example.org/'])
})

test('mentions, hashtags and cashtags follow the rules of X', () => {
  expect(found('@a/list @jay.bsky.team #日本語 #1 #a_1 $AAPL $1 a#b &#39; .@me')).toEqual([
    'mention a/list',
    'mention jay',
    'hashtag 日本語',
    'hashtag a_1',
    'cashtag AAPL',
    'mention me',
  ])
})

const hostile: readonly (readonly [string, string])[] = [
  ['dots', '.'.repeat(100_000)],
  ['labels', 'a.'.repeat(50_000)],
  ['domains', 'a.com'.repeat(20_000)],
  ['domains and empty labels', 'a.com..'.repeat(14_000)],
  ['domains and bad labels', 'a.com.-.'.repeat(12_000)],
  ['open parentheses', `https://a.com/${'('.repeat(100_000)}`],
  ['nested parentheses', 'https://a.com/(a(b'.repeat(6_000)],
  ['queries', `https://a.com/?${'!'.repeat(100_000)}`],
  ['at signs', '@'.repeat(100_000)],
  ['hash signs', '#'.repeat(100_000)],
  ['punctuated tag', `#a${'!'.repeat(99_000)}a`],
  ['digits of a tag', `#${'1'.repeat(100_000)}`],
  ['joiners', '\u200D'.repeat(100_000)],
  ['combining marks', `a${'\u0301'.repeat(100_000)}`],
  ['families', '👨‍👩‍👧‍👦'.repeat(9_000)],
  ['no spaces', '日本語。'.repeat(25_000)],
]

test.each(hostile)('100,000 characters of %s are read to the end', (_, text) => {
  expect(Array.isArray(findEntities(text))).toBe(true)
})
