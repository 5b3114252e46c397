import { describe, expect, test } from 'vitest'
import { adapterOf } from '..'
import type { Part } from '../platform'
import type { Refusal, Trouble } from '../outcome'
import type { Problem } from './api'
import { keysOf, packed, selfOf } from './keys'
import { reachedBy } from './names'
import { ayrshareError, isGone, isSpentKey, outcomeOf, textOf, toMetrics, toNewPost } from './translate'

const at = new Date('2026-11-25T12:00:00Z')
const refused = (status: number, problem: Problem, headers = {}): Refusal<Problem> => ({
  kind: 'refused',
  status,
  headers: new Headers(headers),
  problem,
})
const errorOf = (trouble: Trouble<Problem>) => ayrshareError(trouble, 'visible', 'Facebook', at)
const one = (code: number, message = 'No.') => refused(400, { status: 'error', errors: [{ code, message }] })

describe('what Ayrshare says', () => {
  test.each([
    ['a key that is not valid', refused(401, { code: 102 }), { code: 'auth_expired' }],
    ['a network that is not linked', one(156), { code: 'auth_expired', reason: expect.stringContaining('Facebook') }],
    ['a lost authorisation', one(161), { code: 'auth_expired' }],
    ['the same text within two days', one(137), { code: 'rejected', duplicate: true }],
    ['anything else', one(138, 'Bad ratio'), { code: 'rejected', reason: 'Ayrshare refused it: Bad ratio.' }],
    ['nothing at all', refused(400, {}), { code: 'rejected', reason: expect.stringMatching(/\.$/) }],
  ])('%s is put into our words', (_, trouble, error) => {
    expect(errorOf(trouble)).toMatchObject(error)
  })

  test('is found in the list that comes with a profile key, too', () => {
    expect(
      errorOf(refused(400, { status: 'error', posts: [{ errors: [{ code: 156, message: 'x' }] }] })),
    ).toMatchObject({
      code: 'auth_expired',
    })
  })

  test('a fault of its own while it may have posted is a doubt, with an error in the answer or not', () => {
    expect(errorOf(refused(500, { status: 'error', errors: [{ code: 110, message: 'x' }] })).code).toBe(
      'outcome_unknown',
    )
  })

  test('too many calls wait five minutes, or as long as it says', () => {
    expect(errorOf(refused(429, {}))).toEqual({ code: 'rate_limited', retryAt: new Date('2026-11-25T12:05:00Z') })
    expect(errorOf(refused(429, {}, { 'retry-after': '30' }))).toEqual({
      code: 'rate_limited',
      retryAt: new Date('2026-11-25T12:00:30Z'),
    })
  })

  test('a spent key and what is gone are known by their words', () => {
    expect(isSpentKey(refused(400, { errors: [{ message: 'The idempotencyKey was already used.' }] }))).toBe(true)
    expect(isSpentKey(one(137))).toBe(false)
    expect([one(114), one(383), refused(404, {})].map(isGone)).toEqual([true, true, true])
    expect(isGone(one(137))).toBe(false)
  })
})

const part = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Hello',
  media: [],
  key: { createdAt: at.toISOString(), recordKey: 'posthorn-1' },
  ...more,
})
const file = (kind: 'image' | 'video', url?: string, alt = '') => ({
  kind,
  alt,
  file: {
    id: 'f',
    kind,
    mime: 'x',
    sizeBytes: 1,
    alt,
    ...(url ? { publicUrl: url } : {}),
    open: () => new ReadableStream(),
  },
})
const sent = (of: Part, to: 'facebook' | 'twitter' | 'threads' = 'facebook') => {
  const post = toNewPost(of, to)
  return post.ok ? post.value : post.error
}

describe('a post', () => {
  test('goes to one network, with its key where Ayrshare counts it and where the history tells it', () => {
    expect(sent(part())).toEqual({
      post: 'Hello',
      platforms: ['facebook'],
      idempotencyKey: 'posthorn-1',
      notes: 'posthorn-1',
    })
  })

  test('has its link in the text, once', () => {
    const link = { url: 'https://a.example/' }
    expect(textOf({ text: 'See', link })).toBe('See\n\nhttps://a.example/')
    expect(textOf({ text: 'See https://a.example/', link })).toBe('See https://a.example/')
    expect(textOf({ text: '', link })).toBe('https://a.example/')
  })

  test('names its files by addresses, says which is a film, and describes pictures alone', () => {
    expect(
      sent(part({ media: [file('image', 'https://a.example/1', 'One'), file('image', 'https://a.example/2')] })),
    ).toMatchObject({
      mediaUrls: ['https://a.example/1', 'https://a.example/2'],
      faceBookOptions: { altText: ['One', ''] },
    })
    const film = sent(part({ media: [file('video', 'https://a.example/f?sig=1', 'A film')] }), 'twitter')
    expect(film).toMatchObject({ isVideo: true })
    expect(film).not.toHaveProperty('twitterOptions')
    expect(sent(part({ media: [file('video', 'https://a.example/f.mp4?sig=1')] }))).not.toHaveProperty('isVideo')
    expect(sent(part({ media: [file('image', 'https://a.example/1', 'One')] }), 'threads')).not.toHaveProperty(
      'threadsOptions',
    )
  })

  test('without an address for a file is refused in a sentence', () => {
    expect(sent(part({ media: [file('image')] }))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('APP_URL'),
    })
  })

  test('takes the format that was chosen', () => {
    const media = [file('video', 'https://a.example/f.mp4')]
    expect(sent(part({ media, options: { format: 'story' } }))).toMatchObject({ faceBookOptions: { stories: true } })
    expect(sent(part({ media, options: { format: 'reel' } }))).toMatchObject({ faceBookOptions: { reels: true } })
  })

  test.each(['facebook', 'instagram'] as const)('promises no cover where it takes none: %s', (platform) => {
    const said = JSON.stringify(adapterOf({ platform, method: 'ayrshare' }).options)
    expect(said).toContain('"reel"')
    expect(said).not.toMatch(/cover/i)
  })
})

describe('what became of a post', () => {
  const base = { id: 'ayr1', status: 'success', errors: [], postIds: [] }
  test('is there, refused, or not known yet', () => {
    const there = {
      ...base,
      postIds: [{ platform: 'facebook', status: 'success', id: '1_2', postUrl: 'https://f.example/' }],
    }
    expect(outcomeOf(there, 'facebook', 'Facebook')).toEqual({
      ok: true,
      value: { externalId: '1_2', url: 'https://f.example/', ref: { ayrshare: 'ayr1' } },
    })
    expect(
      outcomeOf({ ...base, status: 'error', errors: [{ code: 137, message: 'x' }] }, 'facebook', 'Facebook'),
    ).toMatchObject({
      error: { code: 'rejected', duplicate: true },
    })
    for (const unsure of [
      { ...base, status: 'processing' },
      { ...there, postIds: [{ platform: 'facebook', status: 'success', id: 'pending' }] },
    ])
      expect(outcomeOf(unsure, 'facebook', 'Facebook')).toMatchObject({
        error: { code: 'outcome_unknown', processing: {} },
      })
  })
})

test('numbers are taken by each network’s own words, and what is not said is not there', () => {
  expect(toMetrics('twitter', { publicMetrics: { likeCount: 3, impressionCount: 40, bookmarkCount: 'n/a' } })).toEqual({
    likes: 3,
    impressions: 40,
  })
  expect(toMetrics('facebook', { mediaView: 5, likeCount: 0, reactions: {} })).toEqual({ views: 5, likes: 0 })
})

test('the keys of an account are kept in one text, with what is known of it', () => {
  const keys = { apiKey: 'A', profileKey: 'P', x: { key: 'k', secret: 's' } }
  const accessToken = packed(keys, { id: 'did:plc:1', username: 'a.example' })
  expect(keysOf({ accessToken })).toEqual(keys)
  expect(selfOf({ accessToken })).toEqual({ id: 'did:plc:1', username: 'a.example' })
  expect(keysOf({ accessToken: packed({ apiKey: 'A' }, { id: '1', username: '' }) })).toEqual({ apiKey: 'A' })
  expect(keysOf({ accessToken: 'revoked' })).toEqual({ apiKey: 'revoked' })
})

test('a network that Posthorn does not reach through Ayrshare is left out', () => {
  expect(['twitter', 'facebook', 'snapchat', 'gmb', 'constructor'].map(reachedBy)).toEqual([
    'x',
    'facebook',
    undefined,
    undefined,
    undefined,
  ])
})
