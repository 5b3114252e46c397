import { jsonToLex, lexicons } from '@atproto/api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Part, Published } from '../platform'
import { newKey, newTid } from './key'
import { blueskyError, isOurs, signInError, toGate, toRecord } from './translate'

const now = new Date('2026-11-21T10:00:00.123Z')
const key = newKey(now)
const part = (text: string, more: Partial<Part> = {}): Part => ({ kind: 'post', text, media: [], key, ...more })
const blob = {
  $type: 'blob',
  ref: { $link: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy' },
  mimeType: 'image/png',
  size: 10,
}
const image = (alt: string): Part['media'][number] => ({ kind: 'image', alt, width: 4, height: 3, ref: { blob } })
const published = (rkey: string): Published => ({
  externalId: `at://did:plc:abc/app.bsky.feed.post/${rkey}`,
  url: '',
  ref: {
    uri: `at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/${rkey}`,
    cid: 'bafyreigdmf6bhyzfm3yhhq7kxn7vs6dwl3zdnzqgjyxszk6hcd4khxiczi',
  },
})
const dids = new Map([['bob.bsky.social', 'did:plc:ewvi7nxzyoun6zhxrhs64oiz']])

function recordOf(given: Part) {
  const made = toRecord(given, dids)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value
}
const validate = (record: unknown) =>
  lexicons.assertValidRecord('app.bsky.feed.post', jsonToLex(JSON.parse(JSON.stringify(record))))

describe('our part in Bluesky’s words', () => {
  test.for<[string, Part]>([
    [
      'a text with links, tags and mentions',
      part('Hi @bob.bsky.social, see https://example.com/a/very/long/path #tag 👩‍👩‍👧'),
    ],
    ['images', part('Look', { media: [image('A cup'), image('')] })],
    [
      'a video',
      part('Look', {
        media: [{ ...image('A cup'), kind: 'video', ref: { blob: { ...blob, mimeType: 'video/mp4' } } }],
      }),
    ],
    [
      'a gif',
      part('Look', { media: [{ ...image(''), kind: 'gif', ref: { blob: { ...blob, mimeType: 'video/mp4' } } }] }),
    ],
    ['a link card', part('Read', { link: { url: 'https://example.com', title: 'T', description: 'D' } })],
    ['a link card without a title', part('Read', { link: { url: 'https://example.com' } })],
    [
      'languages, tags beside the text, and a warning',
      part('Look', { options: { languages: ['de', 'pt-BR'], tags: ['#coffee'], warning: 'graphic-media' } }),
    ],
    [
      'an answer',
      part('Yes', { kind: 'reply', replyTo: { root: published(newTid(now)), parent: published(newTid(now)) } }),
    ],
  ])('%s is a valid record by the lexicon', ([, given]) => {
    expect(() => validate(recordOf(given))).not.toThrow()
  })

  test('any text within the limits makes a valid record, the same bytes each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const record = recordOf(part(text))
        validate(record)
        expect(JSON.stringify(recordOf(part(text)))).toBe(JSON.stringify(record))
        expect(isOurs(JSON.parse(JSON.stringify(record)), part(text))).toBe(true)
      }),
    )
  })

  test.for(['followers', 'following', 'mentioned', 'nobody'])(
    'who may reply (%s) is a valid record of its own',
    (replies) => {
      const did = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz'
      const gate = toGate(did, newTid(now), part('Hm', { options: { replies } }))
      expect(() => lexicons.assertValidRecord('app.bsky.feed.threadgate', gate)).not.toThrow()
      expect(gate?.allow).toHaveLength(replies === 'nobody' ? 0 : 1)
    },
  )

  test('where everyone may reply, and below a post, there is no gate', () => {
    expect(toGate('did:plc:abc', 'a', part('Hm', { options: { replies: 'everyone' } }))).toBeUndefined()
    const replyTo = { root: published('a'), parent: published('a') }
    expect(toGate('did:plc:abc', 'a', part('Hm', { replyTo, options: { replies: 'nobody' } }))).toBeUndefined()
  })

  test('a mention nobody answers to stays plain text', () => {
    expect(recordOf(part('Hi @nobody.bsky.social'))).not.toHaveProperty('facets')
  })

  test('media and a link that would be lost are refused before anything is sent', () => {
    expect(toRecord(part('Look', { media: [image('')], link: { url: 'https://example.com' } }), dids)).toMatchObject({
      ok: false,
      error: { code: 'rejected' },
    })
  })

  test('the record of another intent under our key is not ours', () => {
    const record = JSON.parse(JSON.stringify(recordOf(part('One'))))
    expect(isOurs(record, part('Two'))).toBe(false)
    expect(isOurs(record, part('One', { key: { ...key, createdAt: '2026-11-21T10:00:00.124Z' } }))).toBe(false)
    expect(isOurs({}, part('One'))).toBe(false)
  })
})

describe('keys', () => {
  test('are TIDs that say when, and do not meet', () => {
    const keys = Array.from({ length: 500 }, () => newTid(now))
    for (const one of keys) expect(one).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/)
    expect(new Set(keys).size).toBeGreaterThan(495)
    const alphabet = '234567abcdefghijklmnopqrstuvwxyz'
    const micros = [...newTid(now)].reduce((sum, digit) => sum * 32n + BigInt(alphabet.indexOf(digit)), 0n) >> 10n
    expect(Number(micros / 1000n)).toBe(now.getTime())
    expect(newTid(new Date(now.getTime() + 1)) > newTid(now)).toBe(true)
  })
})

describe('what Bluesky refuses', () => {
  const refused = (status: number, problem: object = {}, headers: Record<string, string> = {}) =>
    ({ kind: 'refused', status, headers: new Headers(headers), problem }) as const
  test.for([
    [400, { error: 'ExpiredToken' }, 'auth_expired'],
    [401, { error: 'AuthMissing' }, 'auth_expired'],
    [400, { error: 'InvalidRequest', message: 'Invalid app.bsky.feed.post record' }, 'rejected'],
    [400, { error: 'BlobTooLarge' }, 'rejected'],
    [413, {}, 'rejected'],
    [429, { error: 'RateLimitExceeded' }, 'rate_limited'],
    [500, { error: 'InternalServerError' }, 'outcome_unknown'],
    [502, {}, 'outcome_unknown'],
  ] as const)('HTTP %i %o is %s', ([status, problem, code]) => {
    expect(blueskyError(refused(status, problem), 'visible', now).code).toBe(code)
  })

  test('a limit is over when the header says so', () => {
    expect(blueskyError(refused(429, {}, { 'ratelimit-reset': '1795255260' }), 'visible', now)).toEqual({
      code: 'rate_limited',
      retryAt: new Date(1795255260_000),
    })
  })

  test('the main password of an account with a second factor is answered with the way to an app password', () => {
    expect(signInError(refused(401, { error: 'AuthFactorTokenRequired' }), now)).toMatchObject({
      reason: expect.stringContaining('App passwords'),
    })
  })
})
