import { describe, expect, test } from 'vitest'
import type { Part } from '../platform'
import { isWhole, Listing } from './api'
import { outcomeOf, redditError, redditText, subredditOf, toForm, toMetrics, toPublished } from './translate'

const now = new Date('2026-11-25T12:00:00Z')
const part = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Fresh beans',
  title: ' News ',
  media: [],
  key: { createdAt: now.toISOString() },
  options: { subreddit: 'coffee' },
  ...more,
})

describe('what Reddit says with 200', () => {
  test('a name is a post, whatever stands beside it', () => {
    const errors = [['RATELIMIT', 'too much', 'ratelimit']]
    expect(outcomeOf({ errors, ratelimit: 9, data: { name: 't3_1' } }, now)).toEqual({
      ok: true,
      value: { name: 't3_1' },
    })
    expect(outcomeOf({ errors: [], data: { id: 't3_2', url: 'u' } }, now)).toMatchObject({ value: { name: 't3_2' } })
    const things = [{ data: { name: 't1_3', permalink: '/r/a/comments/b/c/3/' } }]
    expect(outcomeOf({ errors: [], data: { things } }, now)).toMatchObject({ value: { name: 't1_3' } })
    // The id of a plain post is without its kind, and beside its name.
    expect(outcomeOf({ errors: [], data: { id: '4', name: 't3_4' } }, now)).toMatchObject({ value: { name: 't3_4' } })
  })

  test('without one, the first refusal counts, in our words or in Reddit’s', () => {
    const refusal = (errors: (string | null)[][], more = {}) => outcomeOf({ errors, ...more }, now)
    expect(refusal([['RATELIMIT', '', '']], { ratelimit: 90.2 })).toEqual({
      ok: false,
      error: { code: 'rate_limited', retryAt: new Date(now.getTime() + 90_200) },
    })
    expect(refusal([['ALREADY_SUB', '', '']])).toMatchObject({ error: { code: 'rejected', duplicate: true } })
    expect(refusal([['TOO_LONG', 'this is too long (max: 300)', 'title']])).toEqual({
      ok: false,
      error: { code: 'rejected', reason: 'Reddit refused it: this is too long (max: 300).' },
    })
    expect(refusal([['ODD', null, null]])).toMatchObject({ error: { reason: 'Reddit refused it: ODD.' } })
  })
})

test('a limit ends when Reddit’s own header says, in seconds', () => {
  const refused = (headers: Record<string, string>) =>
    redditError({ kind: 'refused', status: 429, headers: new Headers(headers) }, 'visible', now)
  expect(refused({ 'x-ratelimit-reset': '37' })).toEqual({
    code: 'rate_limited',
    retryAt: new Date(now.getTime() + 37_000),
  })
  expect(refused({})).toEqual({ code: 'rate_limited', retryAt: new Date(now.getTime() + 600_000) })
})

test('a thing that cannot be read fails the whole list, what is no thing of ours is left out', () => {
  const list = (children: object[]) => Listing.safeParse({ data: { children, after: null } }).success
  expect(list([{ kind: 't3', data: { name: 't3_1', created_utc: 1 } }])).toBe(true)
  expect(list([{ kind: 'more', data: { count: 3 } }])).toBe(true)
  expect(list([{ kind: 't3', data: { name: 't3_1' } }])).toBe(false)
})

test.each([
  ['coffee', 'coffee'],
  [' /r/Coffee', 'Coffee'],
  ['r/coffee', 'coffee'],
  ['u/northwind', 'u_northwind'],
  ['u_northwind', 'u_northwind'],
])('%s is %s', (typed, name) => {
  expect(subredditOf({ options: { subreddit: typed } })).toBe(name)
})

test('a link goes behind the text, unless it stands in it or is the post', () => {
  const link = { url: 'https://example.com/a' }
  expect(redditText(part({ link }))).toBe('Fresh beans\n\nhttps://example.com/a')
  expect(redditText(part({ link, text: 'See https://example.com/a' }))).toBe('See https://example.com/a')
  expect(redditText(part({ link, options: { format: 'link' } }))).toBe('Fresh beans')
})

test('the same part makes the same form, and an address is not taken twice', () => {
  const link = { url: 'https://example.com/a' }
  const linked = part({ link, text: '', options: { subreddit: 'coffee', format: 'link', nsfw: true, flair: 'f1' } })
  expect(toForm(linked)).toEqual({
    api_type: 'json',
    kind: 'link',
    sr: 'coffee',
    title: 'News',
    url: 'https://example.com/a',
    resubmit: 'false',
    flair_id: 'f1',
    nsfw: 'true',
    spoiler: 'false',
    sendreplies: 'true',
  })
  expect(toForm(part())).toMatchObject({ kind: 'self', text: 'Fresh beans' })
})

test('numbers that Reddit does not give are not there', () => {
  const thing = { name: 't3_1', created_utc: 1 }
  expect(toMetrics({ ...thing, score: 0, num_comments: 3 })).toEqual({ score: 0, comments: 3 })
  expect(toMetrics(thing)).toEqual({})
})

test('a post is at its own address, and never at another host', () => {
  const of = (permalink?: string) => toPublished('https://www.reddit.com', 't3_abc', permalink).url
  expect(of('/r/coffee/comments/abc/news/')).toBe('https://www.reddit.com/r/coffee/comments/abc/news/')
  expect(of('https://evil.example/r/coffee/comments/abc/news/')).toBe(
    'https://www.reddit.com/r/coffee/comments/abc/news/',
  )
  expect(of()).toBe('https://www.reddit.com/comments/abc')
})

test('a tree that Reddit cut anywhere is not taken for whole', () => {
  const tree = (...children: readonly object[]) => ({ kind: 'Listing', data: { children, after: null } })
  const comment = (name: string, replies: unknown = '') => ({ kind: 't1', data: { name, created_utc: 1, replies } })
  const more = { kind: 'more', data: { count: 0, children: [] } }
  const of = (...children: readonly object[]) => isWhole(Listing.parse(tree(...children)))
  expect(of()).toBe(true)
  expect(of(comment('t1_1', tree(comment('t1_2'))), comment('t1_3'))).toBe(true)
  expect(of(comment('t1_1'), more)).toBe(false)
  expect(of(comment('t1_1', tree(comment('t1_2', tree(more)))))).toBe(false)
})
