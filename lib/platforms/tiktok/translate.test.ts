import { describe, expect, test } from 'vitest'
import type { OptionValues, Part } from '../platform'
import type { CreatorInfo } from './api'
import { parseWithLongIds } from './long-ids'
import {
  caption,
  chunkRange,
  failureReason,
  objections,
  objectionsBesideRules,
  tiktokError,
  toMetrics,
  toPhotoPost,
  toPublished,
  toSource,
  toVideoPost,
} from './translate'

const at = new Date('2026-11-25T10:00:00Z')
const part = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Hello',
  media: [],
  key: { createdAt: at.toISOString() },
  ...more,
})
const creator: CreatorInfo = {
  creator_username: 'northwind',
  creator_nickname: 'Northwind',
  privacy_level_options: ['PUBLIC_TO_EVERYONE', 'SELF_ONLY'],
  comment_disabled: true,
  duet_disabled: true,
  stitch_disabled: true,
  max_video_post_duration_sec: 60,
}
const refusal = (status: number, code: string, message = '') =>
  tiktokError(
    { kind: 'refused', status, headers: new Headers(), problem: { code, message, log_id: '' } },
    'visible',
    at,
  )

test('ids beyond 2^53 keep every digit, wherever they stand, and texts and decimals keep theirs', () => {
  const raw =
    '{"ids":[7512345678901234567, 12],"say":"7512345678901234567 \\" 1111111111111111","x":1234567890123456.5}'
  expect(parseWithLongIds(raw)).toEqual({
    ids: ['7512345678901234567', 12],
    say: '7512345678901234567 " 1111111111111111',
    x: 1234567890123456.5,
  })
  expect(parseWithLongIds('{')).toBeUndefined()
})

describe('chunks', () => {
  test('a small file is one chunk of its own size', () => {
    expect(toSource(4_999_999)).toMatchObject({ chunk_size: 4_999_999, total_chunk_count: 1 })
    expect(toSource(9_437_184)).toMatchObject({ chunk_size: 9_437_184, total_chunk_count: 1 })
  })

  test('TikTok’s own example: 50,000,123 bytes make five chunks, the last with the trailing bytes', () => {
    const source = toSource(50_000_123)
    expect(source).toMatchObject({ chunk_size: 10_000_000, total_chunk_count: 5 })
    expect([0, 4].map((index) => chunkRange(source, index))).toEqual([
      { start: 0, end: 9_999_999 },
      { start: 40_000_000, end: 50_000_122 },
    ])
  })

  test.each([5_000_000, 19_999_999, 64_000_001, 3_999_999_999])('%i bytes keep to every bound', (size) => {
    const source = toSource(size)
    const ranges = Array.from({ length: source.total_chunk_count }, (_, index) => chunkRange(source, index))
    expect(source.total_chunk_count).toBe(Math.floor(size / source.chunk_size))
    expect(ranges[0]?.start).toBe(0)
    expect(ranges.at(-1)?.end).toBe(size - 1)
    for (const [index, { start, end }] of ranges.entries()) {
      expect(start).toBe(index === 0 ? 0 : (ranges[index - 1]?.end ?? 0) + 1)
      expect(end - start + 1).toBeGreaterThanOrEqual(5_000_000)
      expect(end - start + 1).toBeLessThanOrEqual(index === ranges.length - 1 ? 128_000_000 : 64_000_000)
    }
  })
})

test('a link that is not in the caption is added to it, and one that is there is not', () => {
  const link = { url: 'https://example.com/a' }
  expect(caption({ text: 'See', link })).toBe('See\n\nhttps://example.com/a')
  expect(caption({ text: 'See https://example.com/a', link })).toBe('See https://example.com/a')
})

test('nothing is allowed that a person did not allow', () => {
  const { post_info } = toVideoPost(part({ options: { privacy: 'SELF_ONLY' } }), toSource(1_000))
  expect(post_info).toEqual({
    title: 'Hello',
    privacy_level: 'SELF_ONLY',
    disable_comment: true,
    disable_duet: true,
    disable_stitch: true,
    brand_content_toggle: false,
    brand_organic_toggle: false,
    is_aigc: false,
  })
})

test('what a person chose goes along, the cover in milliseconds', () => {
  const options = { privacy: 'PUBLIC_TO_EVERYONE', comments: true, duet: true, aiGenerated: true, cover: '2.5' }
  expect(toVideoPost(part({ options }), toSource(1_000)).post_info).toMatchObject({
    disable_comment: false,
    disable_duet: false,
    disable_stitch: true,
    is_aigc: true,
    video_cover_timestamp_ms: 2_500,
  })
})

test('pictures have a title and a description, and a draft of them no audience', () => {
  const options = { privacy: 'PUBLIC_TO_EVERYONE', music: true }
  expect(toPhotoPost(part({ title: 'Beans', options }), ['https://a/1.jpg']).post_info).toMatchObject({
    title: 'Beans',
    description: 'Hello',
    privacy_level: 'PUBLIC_TO_EVERYONE',
    auto_add_music: true,
  })
  const draft = toPhotoPost(part({ options: { format: 'inbox' } }), ['https://a/1.jpg'])
  expect([draft.post_mode, draft.post_info]).toEqual(['MEDIA_UPLOAD', { title: '', description: 'Hello' }])
})

test('the cover of pictures is the first, or the one that a person names, also of a draft', () => {
  const addresses = ['https://a/1.jpg', 'https://a/2.jpg', 'https://a/3.jpg']
  const of = (options: OptionValues) => toPhotoPost(part({ options }), addresses).source_info.photo_cover_index
  expect([
    of({}),
    of({ coverPicture: '1' }),
    of({ coverPicture: ' 3 ' }),
    of({ format: 'inbox', coverPicture: '2' }),
  ]).toEqual([0, 0, 2, 1])
})

test.each([
  [{}, /Choose who can see/],
  [{ privacy: 'FOLLOWER_OF_CREATOR' }, /may not show posts to Followers/],
  [{ privacy: 'SELF_ONLY', brandContent: true }, /Branded content/],
  [{ privacy: 'SELF_ONLY', comments: true }, /comments off/],
  [{ privacy: 'SELF_ONLY', duet: true }, /duets off/],
  [{ privacy: 'SELF_ONLY', stitch: true }, /stitches off/],
])('%o is objected to', (options, said) => {
  expect(objections(part({ options }), creator)).toEqual([expect.stringMatching(said)])
})

test('what the rules refuse for every creator is not said again beside them', () => {
  expect(objectionsBesideRules(part({ options: {} }), creator)).toEqual([])
  const lasting = (durationMs: number) => {
    const file = { id: 'f', kind: 'video', mime: 'video/mp4', sizeBytes: 1, durationMs, alt: '' } as const
    const media = [{ kind: 'video', alt: '', file: { ...file, open: () => new ReadableStream<Uint8Array>() } } as const]
    return part({ media, options: { privacy: 'SELF_ONLY' } })
  }
  expect(objectionsBesideRules(lasting(600_001), creator)).toEqual([])
  expect(objectionsBesideRules(lasting(600_000), creator)).toEqual([
    'This account may post videos of up to 60 seconds.',
  ])
  expect(objections(lasting(600_001), creator)).toHaveLength(1)
})

test('of a cover that is no second nothing is said a second time: the rules refuse it', () => {
  expect(objections(part({ options: { privacy: 'SELF_ONLY', cover: 'soon' } }), creator)).toEqual([])
})

test('a video longer than this creator may post is objected to; a draft is free of all that', () => {
  const file = { id: 'f', kind: 'video', mime: 'video/mp4', sizeBytes: 1, durationMs: 61_000, alt: '' } as const
  const media = [{ kind: 'video', alt: '', file: { ...file, open: () => new ReadableStream<Uint8Array>() } } as const]
  expect(objections(part({ media, options: { privacy: 'SELF_ONLY' } }), creator)).toEqual([
    'This account may post videos of up to 60 seconds.',
  ])
  expect(objections(part({ media, options: { format: 'inbox' } }), creator)).toEqual([])
})

test.each([
  [401, 'access_token_invalid', 'auth_expired'],
  [400, 'scope_not_authorized', 'rejected'],
  [429, 'rate_limit_exceeded', 'rate_limited'],
  [400, 'rate_limit_exceeded', 'rate_limited'],
  [403, 'spam_risk_too_many_posts', 'rate_limited'],
  [400, 'reached_active_user_cap', 'rate_limited'],
  [403, 'spam_risk_user_banned_from_posting', 'rejected'],
  [403, 'unaudited_client_can_only_post_to_private_accounts', 'rejected'],
  [500, 'internal_error', 'outcome_unknown'],
])('%i %s is %s', (status, code, ours) => {
  expect(refusal(status, code).code).toBe(ours)
})

test('a code that nobody knows is refused in TikTok’s own words', () => {
  expect(refusal(400, 'something_new', 'No can do')).toEqual({
    code: 'rejected',
    reason: 'TikTok refused it: No can do.',
  })
  expect(failureReason('brand_new')).toContain('brand_new')
})

test('a post without a public id is named by its sending', () => {
  const q = { publishId: 'v_pub_file~v2-1.1', username: 'northwind' }
  expect(toPublished('https://www.tiktok.com', q)).toEqual({
    externalId: 'v_pub_file~v2-1.1',
    url: 'https://www.tiktok.com/@northwind',
    ref: { kind: 'post', publishId: 'v_pub_file~v2-1.1' },
  })
  expect(toPublished('https://www.tiktok.com', { ...q, postId: '7', photo: true }).url).toBe(
    'https://www.tiktok.com/@northwind/photo/7',
  )
})

test('a number TikTok leaves out is not made zero', () => {
  expect(toMetrics({ id: '7', view_count: 0, like_count: 3 })).toEqual({ views: 0, likes: 3 })
})
