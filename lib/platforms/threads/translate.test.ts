import { describe, expect, test } from 'vitest'
import type { GraphTrouble } from '../graph'
import type { MediaFile, Part, PartMedia } from '../platform'
import type { Post } from './api'
import { containerFailure, matches, threadsError, toContainer, toMetrics, toPublished, toWhole } from './translate'

const file = (publicUrl: string | undefined, kind: MediaFile['kind']): MediaFile => ({
  id: 'f',
  kind,
  mime: kind === 'video' ? 'video/mp4' : 'image/jpeg',
  sizeBytes: 1,
  alt: '',
  ...(publicUrl ? { publicUrl } : {}),
  open: () => new Blob().stream(),
})
const media = (kind: MediaFile['kind'], url: string | undefined = 'https://desk.example/f'): PartMedia => ({
  kind,
  alt: 'A cup',
  file: file(url, kind),
})
const part = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Hello',
  media: [],
  key: { createdAt: '2026-11-25T10:00:00Z' },
  ...more,
})
const parent = { externalId: '7', url: 'https://www.threads.net/@a/post/x', ref: null }

describe('a container', () => {
  test('of words has what they answer, who may reply, their topic and their card', () => {
    expect(
      toWhole(
        part({
          link: { url: 'https://example.com' },
          options: { reply_control: 'followers_only', topic_tag: ' #Coffee ' },
        }),
        [],
      ),
    ).toEqual({
      media_type: 'TEXT',
      text: 'Hello',
      link_attachment: 'https://example.com',
      reply_control: 'followers_only',
      topic_tag: 'Coffee',
    })
    expect(
      toWhole(part({ kind: 'reply', replyTo: { root: parent, parent }, options: { topic_tag: 'x' } }), []),
    ).toEqual({
      media_type: 'TEXT',
      text: 'Hello',
      reply_to_id: '7',
    })
  })

  test('leaves out what is the case without saying so', () => {
    expect(toWhole(part({ options: { reply_control: 'everyone', topic_tag: '', spoiler: true } }), [])).toEqual({
      media_type: 'TEXT',
      text: 'Hello',
    })
  })

  test('of a poll has an entry for each option there is', () => {
    const poll = { options: ['a', 'b'], minutes: 1_440, multiple: false }
    expect(toWhole(part({ poll }), []).poll_attachment).toBe('{"option_a":"a","option_b":"b"}')
  })

  test('of a post for a day has words alone, its link among them', () => {
    const options = { format: 'ghost', topic_tag: 'x', reply_control: 'followers_only' }
    expect(toWhole(part({ options, link: { url: 'https://example.com' } }), [])).toEqual({
      media_type: 'TEXT',
      text: 'Hello\n\nhttps://example.com',
      is_ghost_post: 'true',
    })
  })

  test('of a file has its address and alt text; within a carousel no words', () => {
    expect(toContainer(part({ options: { spoiler: true }, media: [media('video')] }), media('video'), false)).toEqual({
      media_type: 'VIDEO',
      video_url: 'https://desk.example/f',
      alt_text: 'A cup',
      text: 'Hello',
      is_spoiler_media: 'true',
    })
    expect(toContainer(part(), media('image'), true)).toEqual({
      media_type: 'IMAGE',
      image_url: 'https://desk.example/f',
      alt_text: 'A cup',
      is_carousel_item: 'true',
    })
    expect(toContainer(part(), { ...media('image'), file: file(undefined, 'image') }, true)).toBeUndefined()
  })

  test('says why it failed', () => {
    expect(containerFailure('INVALID_DURATION')).toContain('5 minutes')
    expect(containerFailure('SOMETHING_NEW')).toMatch(/Try another format\.$/)
  })
})

describe('a post is recognised', () => {
  const listed = (more: Partial<Post> = {}): Post => ({
    id: '1',
    text: 'Hello',
    timestamp: '2026-11-25T10:00:00+0000',
    media_type: 'TEXT_POST',
    ...more,
  })
  test('by its words, its kind and what it answers', () => {
    expect(matches(listed(), part())).toBe(true)
    expect(matches(listed({ text: 'Hello!' }), part())).toBe(false)
    expect(matches(listed({ media_type: 'IMAGE' }), part())).toBe(false)
    expect(matches(listed({ media_type: 'CAROUSEL_ALBUM' }), part({ media: [media('image'), media('video')] }))).toBe(
      true,
    )
    const reply = part({ kind: 'reply', replyTo: { root: parent, parent } })
    expect(matches(listed({ replied_to: { id: '7' } }), reply)).toBe(true)
    expect(matches(listed({ replied_to: { id: '8' } }), reply)).toBe(false)
    expect(matches(listed(), reply)).toBe(false)
  })
  test('and is at the profile where Threads does not say more', () => {
    expect(toPublished('https://www.threads.net', { id: '1' }).url).toBe('https://www.threads.net')
  })
})

test.for([
  [24, 4_279_009, 'unavailable'],
  [24, undefined, 'rejected'],
  [190, undefined, 'auth_expired'],
  [4, undefined, 'rate_limited'],
  [100, undefined, 'rejected'],
  [2, undefined, 'outcome_unknown'],
] as const)('code %i with %o is %s', ([code, error_subcode, expected]) => {
  const trouble: GraphTrouble = {
    kind: 'refused',
    status: 400,
    headers: new Headers(),
    problem: { error: { code, message: 'no', ...(error_subcode ? { error_subcode } : {}) } },
  }
  expect(threadsError(trouble, 'visible', new Date()).code).toBe(expected)
})

test('numbers that Threads does not have are absent, never 0; reposts and shares are added', () => {
  expect(
    toMetrics([
      { name: 'views', values: [{ value: 12 }] },
      { name: 'reposts', values: [{ value: 2 }] },
      { name: 'shares', values: [{ value: 3 }] },
      { name: 'replies', values: [] },
      { name: 'something', values: [{ value: 5 }] },
    ]),
  ).toEqual({ views: 12, shares: 5 })
})
