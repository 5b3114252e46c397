import { describe, expect, test } from 'vitest'
import type { GraphTrouble } from '../graph'
import type { MediaFile, Part, PartMedia } from '../platform'
import type { Media } from './api'
import {
  containerFailure,
  instagramError,
  matches,
  metricsOf,
  toCarousel,
  toContainer,
  toMetrics,
  toPublished,
} from './translate'

const file = (publicUrl: string | undefined, kind: MediaFile['kind']): MediaFile => ({
  id: 'f',
  kind,
  mime: kind === 'video' ? 'video/mp4' : 'image/jpeg',
  sizeBytes: 1,
  alt: '',
  ...(publicUrl ? { publicUrl } : {}),
  open: () => new Blob().stream(),
})
const picture = (alt = 'A cup', url: string | undefined = 'http://localhost/f'): PartMedia => ({
  kind: 'image',
  alt,
  file: file(url, 'image'),
})
const film = (url: string | undefined): PartMedia => ({ kind: 'video', alt: 'A pour', file: file(url, 'video') })
const part = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Hello',
  media: [picture()],
  key: { createdAt: '2026-11-21T10:00:00Z' },
  ...more,
})

describe('a container', () => {
  test('of a picture has its words and its alt text', () => {
    expect(toContainer(part(), picture(), false)).toEqual({
      image_url: 'http://localhost/f',
      caption: 'Hello',
      alt_text: 'A cup',
    })
    expect(toContainer(part(), { kind: 'image', alt: '', file: file(undefined, 'image') }, false)).toBeUndefined()
  })

  test('of a film is fetched where anybody can, and brought otherwise; films have no alt text', () => {
    expect(toContainer(part(), film('https://desk.example/f'), false)).toEqual({
      media_type: 'REELS',
      video_url: 'https://desk.example/f',
      caption: 'Hello',
    })
    for (const url of ['http://localhost:3000/f', undefined])
      expect(toContainer(part(), film(url), false)).toEqual({
        media_type: 'REELS',
        upload_type: 'resumable',
        caption: 'Hello',
      })
  })

  test('within a carousel has no words, and the whole has no file', () => {
    expect(toContainer(part(), film('https://desk.example/f'), true)).toEqual({
      media_type: 'VIDEO',
      video_url: 'https://desk.example/f',
      is_carousel_item: true,
    })
    const options = { collaborators: ['@rosa', 'sam'], cover_at: '2', share_to_feed: true }
    expect(toCarousel(part({ options }), ['1', '2'])).toEqual({
      media_type: 'CAROUSEL',
      children: ['1', '2'],
      caption: 'Hello',
      collaborators: ['rosa', 'sam'],
    })
  })

  test('of a reel has what was chosen, and of a story nothing', () => {
    const options = { format: 'reel', cover_at: '2.5', share_to_feed: false, trial: 'MANUAL', collaborators: ['rosa'] }
    expect(toContainer(part({ options }), film(undefined), false)).toMatchObject({
      thumb_offset: '2500',
      share_to_feed: false,
      trial_params: { graduation_strategy: 'MANUAL' },
      collaborators: ['rosa'],
    })
    expect(toContainer(part({ options: { ...options, cover_at: '' } }), film(undefined), false)).not.toHaveProperty(
      'thumb_offset',
    )
    expect(toContainer(part({ options: { ...options, format: 'story' } }), film(undefined), false)).toEqual({
      media_type: 'STORIES',
      upload_type: 'resumable',
    })
  })

  test('has an address in its words, once', () => {
    const link = { url: 'https://example.com/a' }
    expect(toContainer(part({ link }), picture(), false)?.caption).toBe('Hello\n\nhttps://example.com/a')
    expect(toContainer(part({ link, text: `See ${link.url}` }), picture(), false)?.caption).toBe(`See ${link.url}`)
  })
})

describe('a post is recognised', () => {
  const media = (more: Partial<Media> = {}): Media => ({
    id: '1',
    caption: 'Hello',
    timestamp: '2026-11-21T10:00:00+0000',
    media_type: 'IMAGE',
    ...more,
  })
  test('by its words and its kind', () => {
    expect(matches(media(), part())).toBe(true)
    expect(matches(media({ caption: 'Hello!' }), part())).toBe(false)
    expect(matches(media({ media_type: 'VIDEO' }), part())).toBe(false)
    expect(matches(media({ media_type: 'VIDEO' }), part({ media: [film(undefined)] }))).toBe(true)
    expect(matches(media({ media_type: 'CAROUSEL_ALBUM' }), part({ media: [picture(), picture()] }))).toBe(true)
  })

  test('without words by its kind, as a story', () => {
    const { caption: _caption, ...wordless } = media()
    expect(matches(wordless, part({ options: { format: 'story' } }))).toBe(true)
    expect(matches(wordless, part({ text: '' }))).toBe(true)
  })

  test('and is at the account where Instagram does not say more', () => {
    expect(toPublished('https://www.instagram.com', { id: '1' }, 'post').url).toBe('https://www.instagram.com')
  })
})

describe('what Instagram refuses', () => {
  const refused = (status: number, code: number, error_subcode?: number): GraphTrouble => ({
    kind: 'refused',
    status,
    headers: new Headers(),
    problem: {
      error: { code, message: 'The media could not be published', ...(error_subcode ? { error_subcode } : {}) },
    },
  })
  const now = new Date('2026-11-21T10:00:00Z')
  test.for([
    [4, 2207051, 'outcome_unknown'],
    [4, undefined, 'rate_limited'],
    [9, 2207042, 'rate_limited'],
    [9007, 2207027, 'unavailable'],
    [36_003, 2207009, 'rejected'],
    [9_004, undefined, 'rejected'],
    [190, undefined, 'auth_expired'],
    [80_002, undefined, 'rate_limited'],
    [-1, 2207001, 'rejected'],
  ] as const)('code %i with %o is %s', ([code, subcode, expected]) => {
    expect(instagramError(refused(400, code, subcode), 'visible', now).code).toBe(expected)
  })

  test('a block that may have come too late is a doubt only where something could have been done', () => {
    expect(instagramError(refused(400, 4, 2207051), 'none', now).code).toBe('unavailable')
  })

  test('a container says why it failed by a number in its status', () => {
    expect(containerFailure('Error: Media upload has failed with error code 2207026')).toContain('MP4')
    expect(containerFailure('Error')).toMatch(/Try another format\.$/)
  })
})

test('numbers that Instagram does not have are absent, never 0', () => {
  expect(
    toMetrics([
      { name: 'views', values: [{ value: 12 }] },
      { name: 'saved', total_value: { value: 3 } },
      { name: 'reach', values: [] },
      { name: 'navigation', values: [{ value: 5 }] },
    ]),
  ).toEqual({ views: 12, saves: 3 })
  expect(metricsOf({ kind: 'story' })).not.toContain('saved')
})
