import { describe, expect, test } from 'vitest'
import type { PartMedia, Published } from '..'
import type { Refusal } from '../outcome'
import type { Problem } from './api'
import {
  altText,
  coverSecond,
  isLike,
  pinterestError,
  pinterestSignInError,
  resetAt,
  toMetrics,
  toNewPin,
  toPublished,
} from './translate'

const now = new Date('2026-11-25T12:00:00Z')
const refusal = (status: number, problem?: Problem, headers: Record<string, string> = {}): Refusal<Problem> => ({
  kind: 'refused',
  status,
  headers: new Headers(headers),
  ...(problem ? { problem } : {}),
})

test.for([
  { status: 401, code: 2, means: 'auth_expired' },
  { status: 401, code: 7, means: 'rejected' },
  { status: 403, code: 3, means: 'rejected' },
  { status: 404, code: 40, means: 'rejected' },
  { status: 400, code: 1, means: 'rejected' },
  { status: 429, code: 8, means: 'rate_limited' },
  { status: 400, code: 8, means: 'rate_limited' },
  { status: 503, code: 0, means: 'outcome_unknown' },
])('$status with code $code is $means', ({ status, code, means }) => {
  expect(pinterestError(refusal(status, { code, message: 'So it is' }), 'visible', now).code).toBe(means)
})

test('what Pinterest says is passed on, with a full stop', () => {
  expect(pinterestError(refusal(400, { code: 1, message: 'We blocked this link' }), 'visible', now)).toEqual({
    code: 'rejected',
    reason: 'Pinterest refused it: We blocked this link.',
  })
  expect(pinterestError(refusal(400), 'visible', now)).toMatchObject({ reason: expect.stringContaining('HTTP 400') })
})

describe('a rate limit ends', () => {
  test.for([
    { headers: { 'x-ratelimit-reset': '53' }, at: '2026-11-25T12:00:53Z' },
    { headers: { 'x-ratelimit-reset': '53, 53;w=60' }, at: '2026-11-25T12:00:53Z' },
    { headers: { 'x-ratelimit-reset': String(now.getTime() / 1000 + 90) }, at: '2026-11-25T12:01:30Z' },
    { headers: { 'retry-after': '7' }, at: '2026-11-25T12:00:07Z' },
    { headers: {}, at: '2026-11-25T12:01:00Z' },
    { headers: { 'x-ratelimit-reset': 'soon' }, at: '2026-11-25T12:01:00Z' },
    { headers: { 'x-ratelimit-reset': '0' }, at: '2026-11-25T12:00:01Z' },
  ])('with $headers at $at', ({ headers, at }) => {
    expect(resetAt(new Headers(headers as Record<string, string>), now)).toEqual(new Date(at))
  })
})

test('a refused sign-in is no expired one, and a wrong app is told from a spent code', () => {
  const said = (status: number) => pinterestSignInError(refusal(status, { code: 2, message: '' }), now)
  expect(said(401)).toMatchObject({ code: 'rejected', reason: expect.stringContaining('PINTEREST_CLIENT_ID') })
  expect(said(400)).toMatchObject({ code: 'rejected', reason: expect.stringContaining('used already') })
  expect(said(429).code).toBe('rate_limited')
  expect(said(500).code).toBe('unavailable')
})

const picture = (alt: string): PartMedia => ({
  kind: 'image',
  alt,
  file: {
    id: alt,
    kind: 'image',
    mime: 'image/png',
    sizeBytes: 1,
    alt,
    open: () => new ReadableStream<Uint8Array>(),
  },
})
const film: PartMedia = { kind: 'video', alt: 'A film' }
const part = { kind: 'post', text: 'Cafe\u0301', media: [picture('Beans')], key: { createdAt: '' } } as const
const made = (more: object, mediaId?: string) => toNewPin({ ...part, ...more }, '12', mediaId, 500)

test('a pin has what was said and nothing else', () => {
  expect(made({ media: [picture('')], text: '' })).toEqual({
    board_id: '12',
    media_source: { source_type: 'image_base64', content_type: 'image/png', data: expect.anything() },
  })
  const options = { board: '12', section: '34' }
  expect(made({ title: ' Beans ', link: { url: 'https://example.com/' }, options })).toMatchObject({
    board_section_id: '34',
    title: 'Beans',
    description: 'Café',
    alt_text: 'Beans',
    link: 'https://example.com/',
  })
})

test('several pictures are a carousel; a video has a moment or a picture for its cover', () => {
  expect(made({ media: [picture('One'), picture('Two')] }).media_source).toMatchObject({
    source_type: 'multiple_image_base64',
    items: [{ content_type: 'image/png' }, { content_type: 'image/png' }],
  })
  expect(made({ media: [film], options: { cover: '3' } }, '56').media_source).toEqual({
    source_type: 'video_id',
    media_id: '56',
    cover_image_key_frame_time: 3,
  })
  const covered = made({ media: [film, picture('Cover')] }, '56').media_source
  expect(covered).toMatchObject({ media_id: '56', cover_image_content_type: 'image/png' })
  expect(covered).not.toHaveProperty('cover_image_key_frame_time')
})

test.for([
  { cover: undefined, second: 0 },
  { cover: '', second: 0 },
  { cover: '7', second: 7 },
])('the cover at “$cover” is second $second', ({ cover, second }) => {
  expect(coverSecond({ options: cover === undefined ? {} : { cover } })).toBe(second)
})

test('alt texts follow each other, each once, as many as fit', () => {
  expect(altText([picture('Beans'), picture(' Beans '), picture(''), picture('A cup')], 500)).toBe('Beans\nA cup')
  expect(altText([picture('Beans'), picture('far too long'), picture('Cup')], 9)).toBe('Beans\nCup')
})

test('a pin is ours by title, description and link, however they were spaced', () => {
  const wanted = { title: 'Beans', text: 'Fresh  today\n', link: { url: 'https://example.com' } }
  const pin = { id: '1', title: 'Beans', description: 'Fresh today', link: 'https://example.com/' }
  expect(isLike(pin, wanted)).toBe(true)
  expect(isLike({ ...pin, title: null }, wanted)).toBe(false)
  expect(isLike({ ...pin, description: 'Fresh' }, wanted)).toBe(false)
  expect(isLike({ ...pin, link: null }, wanted)).toBe(false)
  expect(isLike({ id: '1', title: null, description: null, link: null }, { text: '' })).toBe(true)
})

test('numbers of days that do not reach back to the pin are no totals', () => {
  const answer = {
    all: {
      summary_metrics: { IMPRESSION: 240, SAVE: 20, OUTBOUND_CLICK: 4, SAVE_RATE: 0.18 },
      lifetime_metrics: { TOTAL_COMMENTS: 10, TOTAL_REACTIONS: 0 },
    },
  }
  expect(toMetrics(answer, true)).toEqual({ impressions: 240, saves: 20, clicks: 4, comments: 10, reactions: 0 })
  expect(toMetrics(answer, false)).toEqual({ comments: 10, reactions: 0 })
  expect(toMetrics({}, true)).toEqual({})
})

test('a pin is kept with the moment it was made, where Pinterest says it', () => {
  expect(toPublished('https://www.pinterest.com', { id: '7', created_at: '2026-11-25T12:00:00Z' })).toEqual({
    externalId: '7',
    url: 'https://www.pinterest.com/pin/7/',
    ref: { createdAt: '2026-11-25T12:00:00Z' },
  } satisfies Published)
})
