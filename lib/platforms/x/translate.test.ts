import { describe, expect, test } from 'vitest'
import type { Part, Published } from '../platform'
import type { Post } from './api'
import { matches, toCreatePost, toMetrics, xError, xSignInError, xText } from './translate'

const now = new Date('2026-11-21T10:00:00Z')
const part = (text: string, more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text,
  media: [],
  key: { createdAt: now.toISOString() },
  ...more,
})
const post = (text: string, more: Partial<Post> = {}): Post => ({ id: '1', text, ...more })
const published = (externalId: string): Published => ({ externalId, url: '', ref: externalId })
const media = (ref: string): Part['media'][number] => ({ kind: 'image', alt: '', ref })

const refused = (status: number, problem?: object, headers: Record<string, string> = {}) =>
  ({ kind: 'refused', status, headers: new Headers(headers), ...(problem ? { problem } : {}) }) as const

describe('what X refuses', () => {
  test.for([
    [401, {}, 'auth_expired'],
    [400, { error: 'invalid_grant' }, 'auth_expired'],
    [403, { detail: 'You are not allowed to create a Tweet with duplicate content.' }, 'rejected'],
    [403, { type: 'https://api.x.com/2/problems/client-forbidden' }, 'rejected'],
    [413, undefined, 'rejected'],
    [429, { type: 'https://api.x.com/2/problems/rate-limit-exceeded' }, 'rate_limited'],
    [429, { type: 'https://api.x.com/2/problems/usage-capped' }, 'rejected'],
    [500, {}, 'outcome_unknown'],
    [503, undefined, 'outcome_unknown'],
    [408, undefined, 'outcome_unknown'],
    [302, undefined, 'outcome_unknown'],
  ] as const)('HTTP %i %o is %s', ([status, problem, code]) => {
    expect(xError(refused(status, problem), 'visible', now).code).toBe(code)
  })

  test('a read that fails on their side is only a failed try', () => {
    expect(xError(refused(500), 'none', now).code).toBe('unavailable')
    expect(xError({ kind: 'unknown', reason: 'cut' }, 'none', now).code).toBe('unavailable')
    expect(xError({ kind: 'unknown', reason: 'cut' }, 'visible', now).code).toBe('outcome_unknown')
    expect(xError({ kind: 'unreadable', reason: 'odd' }, 'visible', now).code).toBe('outcome_unknown')
    expect(xError({ kind: 'not_sent', reason: 'dns' }, 'visible', now).code).toBe('unavailable')
  })

  test('a limit is over when X says so, and after a quarter of an hour when it does not', () => {
    expect(xError(refused(429, {}, { 'x-rate-limit-reset': '1795255260' }), 'visible', now)).toEqual({
      code: 'rate_limited',
      retryAt: new Date(1795255260_000),
    })
    expect(xError(refused(429), 'visible', now)).toEqual({
      code: 'rate_limited',
      retryAt: new Date('2026-11-21T10:15:00Z'),
    })
  })

  test('a duplicate is marked, and every refusal is a sentence', () => {
    expect(
      xError(refused(403, { detail: 'You are not allowed to create a Tweet with duplicate content.' }), 'visible', now),
    ).toMatchObject({ duplicate: true })
    for (const problem of [
      undefined,
      { title: 'Forbidden' },
      { detail: 'No' },
      { errors: [{ message: 'text: too long' }], detail: 'One or more parameters' },
    ]) {
      const error = xError(refused(400, problem), 'visible', now)
      expect(error).toMatchObject({ code: 'rejected', reason: expect.stringMatching(/^X .*\.$/) })
    }
  })

  test('wrong keys of the app are told apart from a code that was used', () => {
    expect(xSignInError(refused(401, { error: 'invalid_client' }), now)).toMatchObject({
      reason: expect.stringContaining('X_CLIENT_ID'),
    })
    expect(xSignInError(refused(400, { error: 'invalid_request' }), now)).toMatchObject({
      reason: expect.stringContaining('used already'),
    })
  })
})

describe('our part in X’s words', () => {
  test('a link that is not in the text is added, one that is there is not', () => {
    const link = { url: 'https://example.com/a' }
    expect(xText(part('Read this', { link }))).toBe('Read this\n\nhttps://example.com/a')
    expect(xText(part('Read https://example.com/a', { link }))).toBe('Read https://example.com/a')
    expect(xText(part('', { link }))).toBe('https://example.com/a')
  })

  test('an answer names what it answers', () => {
    expect(
      toCreatePost(
        part('Hm', { kind: 'reply', replyTo: { root: published('1'), parent: published('2') }, media: [media('9')] }),
      ),
    ).toEqual({
      text: 'Hm',
      reply: { in_reply_to_tweet_id: '2' },
      media: { media_ids: ['9'] },
    })
  })

  test('a question to readers goes with its answers and its end, in minutes', () => {
    const poll = { options: ['Filter', 'Espresso'], minutes: 60, multiple: false }
    expect(toCreatePost(part('Which?', { poll }))).toEqual({
      text: 'Which?',
      poll: { options: ['Filter', 'Espresso'], duration_minutes: 60 },
    })
  })

  test('who may reply and where a post stands is said of its beginning, what it is made of of each part', () => {
    const options = { reply_settings: 'following', community: ' 42 ', made_with_ai: true, paid_partnership: true }
    const declared = { made_with_ai: true, paid_partnership: true }
    expect(toCreatePost(part('Hm', { options }))).toEqual({
      text: 'Hm',
      ...declared,
      reply_settings: 'following',
      community_id: '42',
    })
    const replyTo = { root: published('1'), parent: published('2') }
    expect(toCreatePost(part('Hm', { kind: 'reply', replyTo, options }))).toEqual({
      text: 'Hm',
      ...declared,
      reply: { in_reply_to_tweet_id: '2' },
    })
    expect(toCreatePost(part('Hm', { options: { reply_settings: 'everyone', made_with_ai: false } }))).toEqual({
      text: 'Hm',
    })
  })
})

describe('recognising a post that was read back', () => {
  const link = { url: 'https://t.co/abc', expanded_url: 'http://example.com/' }
  test.for<[string, Post, Part, boolean]>([
    ['the same text', post('Hello'), part('Hello'), true],
    ['a long word', post('a'.repeat(25_000)), part('a'.repeat(25_000)), true],
    ['many dots', post('a.'.repeat(12_500)), part('a.'.repeat(12_500)), true],
    ['another text', post('Hello!'), part('Hello'), false],
    ['escaped signs', post('a &lt;b&gt; &amp;amp; c'), part('a <b> &amp; c'), true],
    ['a decomposed accent', post('Café'), part('Cafe\u0301'), true],
    ['white space that X folds', post('a\n\nb'), part('  a \n\n b '), true],
    ['a link X wrote out', post('See https://t.co/abc', { entities: { urls: [link] } }), part('See example.com'), true],
    [
      'a link to another place',
      post('See https://t.co/abc', { entities: { urls: [link] } }),
      part('See example.org'),
      false,
    ],
    [
      'a poll',
      post('Which?', { attachments: { poll_ids: ['7'] } }),
      part('Which?', { poll: { options: ['a', 'b'], minutes: 60, multiple: false } }),
      true,
    ],
    ['the same words without their poll', post('Which?', { attachments: { poll_ids: ['7'] } }), part('Which?'), false],
    ['a longer text', post('short…', { note_post: { text: 'the whole' } }), part('the whole'), true],
    [
      'its media, whose link X adds',
      post('Look https://t.co/xyz', { attachments: { media_keys: ['3_1'] } }),
      part('Look', { media: [media('1')] }),
      true,
    ],
    [
      'other media',
      post('Look', { attachments: { media_keys: ['3_1', '3_2'] } }),
      part('Look', { media: [media('1')] }),
      false,
    ],
    [
      'the parent',
      post('Yes', { referenced_posts: [{ type: 'replied_to', id: '5' }] }),
      part('Yes', { replyTo: { root: published('4'), parent: published('5') } }),
      true,
    ],
    [
      'the parent by its older name',
      post('Yes', { referenced_tweets: [{ type: 'replied_to', id: '5' }] }),
      part('Yes', { replyTo: { root: published('4'), parent: published('5') } }),
      true,
    ],
    [
      'another parent',
      post('Yes', { referenced_posts: [{ type: 'replied_to', id: '6' }] }),
      part('Yes', { replyTo: { root: published('4'), parent: published('5') } }),
      false,
    ],
    [
      'an answer that should be none',
      post('Yes', { referenced_posts: [{ type: 'replied_to', id: '5' }] }),
      part('Yes'),
      false,
    ],
    ['a repost', post('Hello', { referenced_posts: [{ type: 'retweeted', id: '5' }] }), part('Hello'), false],
  ])('%s', ([, theirs, ours, same]) => {
    expect(matches(theirs, ours)).toBe(same)
  })
})

test('a number X does not give is absent, and both names of reposts are read', () => {
  expect(toMetrics(post('', { public_metrics: { like_count: 0, retweet_count: 2 } }))).toEqual({ likes: 0, shares: 2 })
  expect(toMetrics(post('', { public_metrics: { repost_count: 3 } }))).toEqual({ shares: 3 })
})
