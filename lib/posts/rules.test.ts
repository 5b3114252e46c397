import { describe, expect, test } from 'vitest'
import { judgedAccount } from './judge'
import { mergedContent, priceMicros, problems, type JudgedMedia } from './rules'
import { PostContent } from './schema'

const x = judgedAccount({ id: 'x', platform: 'x', method: 'default', traits: {} })
const linkedin = judgedAccount({ id: 'li', platform: 'linkedin', method: 'default', traits: {} })
const bluesky = judgedAccount({ id: 'bs', platform: 'bluesky', method: 'default', traits: {} })
const content = (given: Partial<PostContent>) => PostContent.parse(given)
const said = (given: Partial<PostContent>, account = x, media: readonly JudgedMedia[] = []) =>
  problems(content(given), null, account, media)
    .filter((p) => p.severity === 'refusal')
    .map((p) => p.message)
const file = (id: string, more: Partial<JudgedMedia> = {}): JudgedMedia => ({
  id,
  name: `${id}.jpg`,
  kind: 'image',
  mime: 'image/jpeg',
  sizeBytes: 1_000,
  alt: 'A thing',
  ...more,
})
const video = (id: string, more: Partial<JudgedMedia> = {}) =>
  file(id, { kind: 'video', mime: 'video/mp4', durationMs: 10_000, ...more })
const show = (...files: readonly JudgedMedia[]) => said({ mediaIds: files.map((f) => f.id) }, x, files)

describe('what a network would refuse is said in words', () => {
  test('a text that is too long by one, and one that just fits', () => {
    expect(said({ text: 'a'.repeat(280) })).toEqual([])
    expect(said({ text: 'a'.repeat(281) })).toEqual(['X counts 281 of 280 characters: remove 1.'])
    expect(said({ text: 'a'.repeat(301) }, bluesky)).toEqual(['Bluesky counts 301 of 300 characters: remove 1.'])
  })

  test('nothing at all; a picture or a link alone is something', () => {
    expect(said({ text: ' \n' })).toEqual([expect.stringContaining('nothing to post')])
    expect(show(file('a'))).toEqual([])
    expect(said({ link: 'https://a.com/' })).toEqual([])
  })

  test('a link counts where it goes into the text, with its tags', () => {
    expect(said({ text: 'a'.repeat(256), link: 'https://a.com/' })).toEqual([
      'X counts 281 of 280 characters: remove 1.',
    ])
    expect(said({ text: 'a'.repeat(256), link: 'https://a.com/' }, bluesky)).toEqual([])
    const link = `https://a.com/${'b'.repeat(10)}`
    const text = `${'a'.repeat(3000 - link.length - 1)} ${link}`
    expect(said({ text }, linkedin)).toEqual([])
    expect(said({ text, utm: { source: 'posthorn' } }, linkedin)).toEqual([
      'LinkedIn counts 3020 of 3000 characters: remove 20.',
    ])
  })

  test('files: too many, mixed, too large, too long, of a type it does not take, or gone', () => {
    expect(show(...['a', 'b', 'c', 'd', 'e'].map((id) => file(id)))).toEqual([
      'X takes 4 pictures, this has 5: remove 1.',
    ])
    expect(show(file('a'), file('g', { kind: 'gif', mime: 'image/gif' }))).toEqual([
      expect.stringContaining('one GIF, alone'),
    ])
    expect(show(file('a'), video('v'))).toEqual([expect.stringContaining('pictures or a video, not both')])
    expect(show(video('v'), video('w'))).toEqual([expect.stringContaining('one video per post')])
    expect(show(file('a', { sizeBytes: 6_000_000 }))).toEqual([
      expect.stringContaining('a.jpg has 6.0 MB; X takes up to 5.2 MB'),
    ])
    expect(show(file('g', { kind: 'gif', mime: 'image/gif', sizeBytes: 6_000_000 }))).toEqual([])
    expect(show(video('v', { durationMs: 200_000 }))).toEqual([
      expect.stringContaining('lasts 3 min; X takes up to 2 min'),
    ])
    expect(said({ mediaIds: ['a'] }, linkedin, [file('a', { mime: 'image/webp' })])).toEqual([
      expect.stringContaining('does not take WebP'),
    ])
    expect(said({ mediaIds: ['gone'] })).toEqual([expect.stringContaining('gone from the media library')])
  })

  test('threads and first comments where there are none, or too long', () => {
    const thread = [{ text: 'two', mediaIds: [] }]
    expect(said({ text: 'one', thread })).toEqual([])
    expect(said({ text: 'one', thread }, linkedin)).toEqual([expect.stringContaining('LinkedIn has no threads')])
    expect(
      said({
        text: 'one',
        thread: [
          { text: ' ', mediaIds: [] },
          { text: 'a'.repeat(281), mediaIds: [] },
        ],
      }),
    ).toEqual([
      expect.stringMatching(/^Post 2 of the thread: it is empty/),
      'Post 3 of the thread: X counts 281 of 280 characters: remove 1.',
    ])
    expect(said({ text: 'one', firstComment: 'hi' }, { ...x, firstComment: false })).toEqual([
      expect.stringContaining('first comment'),
    ])
    expect(said({ text: 'one', firstComment: 'a'.repeat(1251) }, linkedin)).toEqual([
      expect.stringMatching(/^First comment: .*remove 1/),
    ])
  })

  test('LinkedIn shows a card or media, unless the link is in the text', () => {
    const given = { text: 'one', link: 'https://a.com/', mediaIds: ['a'] }
    expect(said(given, linkedin, [file('a')])).toEqual([expect.stringContaining('not both')])
    expect(said({ ...given, text: 'see https://a.com/' }, linkedin, [file('a')])).toEqual([])
  })

  test('a picture nobody described is advice and stops nothing', () => {
    const found = problems(content({ mediaIds: ['a'] }), null, x, [file('a', { alt: '' })])
    expect(found).toMatchObject([{ field: 'alt', severity: 'advice', accountId: 'x', platform: 'x' }])
    expect(problems(content({ mediaIds: ['a'], alts: { a: 'Ours' } }), null, x, [file('a', { alt: '' })])).toEqual([])
  })
})

test('an override says what differs: null takes away, absent keeps', () => {
  const post = content({ text: 'all', link: 'https://a.com/', firstComment: 'first' })
  expect(mergedContent(post, { text: 'own' })).toEqual({ ...post, text: 'own' })
  expect(mergedContent(post, { link: null, firstComment: null })).toMatchObject({
    text: 'all',
    link: undefined,
    firstComment: undefined,
  })
  expect(mergedContent(post, null)).toBe(post)
})

test('the price counts every part, and a link makes it dearer', () => {
  const post = content({ text: 'one', thread: [{ text: 'https://a.com/', mediaIds: [] }], firstComment: 'c' })
  expect(priceMicros(post, null, x)).toBe(15_000 + 200_000 + 15_000)
  expect(priceMicros(post, { link: 'https://a.com/' }, x)).toBe(200_000 + 200_000 + 15_000)
  expect(priceMicros(post, null, bluesky)).toBeUndefined()
})
