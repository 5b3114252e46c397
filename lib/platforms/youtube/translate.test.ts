import { expect, test } from 'vitest'
import type { Part } from '../platform'
import {
  description,
  failureOf,
  nextQuotaDay,
  toIncoming,
  toMetrics,
  toNewVideo,
  toPublishedVideo,
  youtubeError,
  youtubeSignInError,
} from './translate'

const at = new Date('2026-11-25T10:00:00Z')
const part = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Hello',
  title: 'Title',
  media: [],
  key: { createdAt: at.toISOString() },
  ...more,
})
const refusal = (status: number, reason: string, headers: Record<string, string> = {}) => ({
  kind: 'refused' as const,
  status,
  headers: new Headers(headers),
  problem: { error: { code: status, message: 'Their words', errors: [{ reason }] } },
})

test('a day of quota ends at midnight by the Pacific, in winter and in summer', () => {
  expect(nextQuotaDay(new Date('2026-11-25T07:59:59Z')).toISOString()).toBe('2026-11-25T08:00:00.000Z')
  expect(nextQuotaDay(new Date('2026-11-25T08:00:00Z')).toISOString()).toBe('2026-11-26T08:00:00.000Z')
  expect(nextQuotaDay(new Date('2026-07-01T12:00:00Z')).toISOString()).toBe('2026-07-02T07:00:00.000Z')
})

test.each([
  [403, 'quotaExceeded', '2026-11-26T08:00:00.000Z'],
  [403, 'rateLimitExceeded', '2026-11-25T10:01:00.000Z'],
  [403, 'userRateLimitExceeded', '2026-11-25T10:01:00.000Z'],
  [400, 'uploadLimitExceeded', '2026-11-25T16:00:00.000Z'],
])('%i %s waits until %s', (status, reason, retryAt) => {
  expect(youtubeError(refusal(status, reason), 'visible', at)).toEqual({
    code: 'rate_limited',
    retryAt: new Date(retryAt),
  })
})

test('a moment that Google names is taken', () => {
  expect(youtubeError(refusal(429, 'rateLimitExceeded', { 'retry-after': '5' }), 'visible', at)).toEqual({
    code: 'rate_limited',
    retryAt: new Date('2026-11-25T10:00:05Z'),
  })
})

test.each([
  [401, 'authError', 'auth_expired'],
  [401, 'youtubeSignupRequired', 'rejected'],
  [403, 'insufficientPermissions', 'rejected'],
  [403, 'commentsDisabled', 'rejected'],
  [500, 'backendError', 'outcome_unknown'],
])('%i %s is %s', (status, reason, code) => {
  expect(youtubeError(refusal(status, reason), 'visible', at).code).toBe(code)
})

test('a refused sign-in is no expired one', () => {
  const said = (error: string) =>
    youtubeSignInError({ kind: 'refused', status: 400, headers: new Headers(), problem: { error } }, at)
  expect(said('invalid_grant')).toMatchObject({ code: 'rejected', reason: expect.stringContaining('used already') })
  expect(said('invalid_client')).toMatchObject({ reason: expect.stringContaining('YOUTUBE_CLIENT_ID') })
})

test('nobody is told that a video is for kids unless a person said so', () => {
  expect(toNewVideo(part({ options: { madeForKids: 'no' } }))).toEqual({
    snippet: { title: 'Title', description: 'Hello', categoryId: '22' },
    status: {
      privacyStatus: 'public',
      selfDeclaredMadeForKids: false,
      containsSyntheticMedia: false,
      embeddable: true,
    },
  })
  const options = {
    madeForKids: 'yes',
    privacy: 'unlisted',
    category: '27',
    tags: ['coffee', 'slow bar'],
    synthetic: true,
    embeddable: false,
  }
  expect(toNewVideo(part({ options }))).toMatchObject({
    snippet: { categoryId: '27', tags: ['coffee', 'slow bar'] },
    status: {
      privacyStatus: 'unlisted',
      selfDeclaredMadeForKids: true,
      containsSyntheticMedia: true,
      embeddable: false,
    },
  })
})

test('a link stands in the description once', () => {
  const link = { url: 'https://example.com/a' }
  expect(description({ text: 'See', link })).toBe('See\n\nhttps://example.com/a')
  expect(description({ text: 'https://example.com/a', link })).toBe('https://example.com/a')
})

test('a short has an address of its own', () => {
  expect(toPublishedVideo('https://y', 'abc', { options: { format: 'short' } }).url).toBe('https://y/shorts/abc')
  expect(toPublishedVideo('https://y', 'abc', {}).url).toBe('https://y/watch?v=abc')
})

test('what YouTube made nothing of is said with its reason; what it is at work on has not failed', () => {
  expect(failureOf({ id: 'v', status: { uploadStatus: 'uploaded' } })).toBeUndefined()
  expect(failureOf({ id: 'v', status: { uploadStatus: 'rejected', rejectionReason: 'duplicate' } })).toMatch(/already/)
  expect(failureOf({ id: 'v', status: { uploadStatus: 'failed', failureReason: 'brandNew' } })).toContain('brandNew')
})

test('numbers come as texts, and hidden ones are not made zero', () => {
  expect(toMetrics({ id: 'v', statistics: { viewCount: '12', likeCount: '0' } })).toEqual({ views: 12, likes: 0 })
})

test('an answer knows its thread, its video and whether it is ours', () => {
  const comment = {
    id: 'T.1',
    snippet: {
      textDisplay: 'Soon!',
      authorDisplayName: '@northwind',
      authorChannelId: { value: 'UCme' },
      publishedAt: '2026-11-25T10:00:00Z',
      updatedAt: '2026-11-25T10:00:00Z',
    },
  }
  expect(toIncoming(comment, { webUrl: 'https://y', me: 'UCme', thread: 'T', videoId: 'v' })).toMatchObject({
    externalId: 'T.1',
    kind: 'comment',
    change: 'new',
    own: true,
    conversation: 'T',
    parent: 'T',
    post: 'v',
    url: 'https://y/watch?v=v&lc=T.1',
  })
})
