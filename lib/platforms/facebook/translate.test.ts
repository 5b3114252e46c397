import { describe, expect, test } from 'vitest'
import type { Part } from '../platform'
import type { Post } from './api'
import type { Film } from './films'
import { facebookError, filmState, matches, matchesComment, toFeedPost, toMetrics, toPublishedFilm } from './translate'

const part = (text: string, more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text,
  media: [],
  key: { createdAt: '2026-11-21T10:00:00Z' },
  ...more,
})
const post = (message: string | undefined, more: Partial<Post> = {}): Post => ({
  id: '7_1',
  ...(message === undefined ? {} : { message }),
  created_time: '2026-11-21T10:00:00+0000',
  from: { id: '7' },
  ...more,
})
const photo = (id: string) => ({ media_type: 'photo', target: { id } })

describe('a post is recognised', () => {
  test('by its words, however they are spaced or composed', () => {
    expect(matches(post('Cafe\u0301  opens \n today'), part('Café opens today'), '7', undefined)).toBe(true)
    expect(matches(post('Café opens'), part('Café opens today'), '7', undefined)).toBe(false)
  })

  test('only if the page itself wrote it', () => {
    expect(matches(post('Hello', { from: { id: '8' } }), part('Hello'), '7', undefined)).toBe(false)
  })

  test('by its very photos, one or an album', () => {
    const album = { data: [{ media_type: 'album', subattachments: { data: [photo('1'), photo('2')] } }] }
    const one = { data: [photo('1')] }
    const readied = (...photos: string[]) => ({ photos })
    expect(matches(post('Hi', { attachments: album }), part('Hi'), '7', readied('2', '1'))).toBe(true)
    expect(matches(post('Hi', { attachments: album }), part('Hi'), '7', readied('1', '3'))).toBe(false)
    expect(matches(post('Hi', { attachments: one }), part('Hi'), '7', readied('1'))).toBe(true)
    expect(matches(post('Hi', { attachments: one }), part('Hi'), '7', undefined)).toBe(false)
    expect(matches(post(undefined, { attachments: one }), part(''), '7', readied('1'))).toBe(true)
  })

  test('a comment by its words and its author', () => {
    const comment = { id: '1_2', message: 'Thanks!', created_time: '', from: { id: '7' } }
    expect(matchesComment(comment, ' Thanks! ', '7')).toBe(true)
    expect(matchesComment(comment, 'Thanks!', '8')).toBe(false)
  })
})

describe('a film', () => {
  const film = (status: NonNullable<Film['status']>): Film => ({ id: '9', status })
  test.for([
    [{ video_status: 'uploading', publishing_phase: { status: 'not_started' } }, 'waiting'],
    [{ video_status: 'upload_complete', publishing_phase: { status: 'not_started' } }, 'waiting'],
    [{ video_status: 'processing', publishing_phase: { status: 'in_progress' } }, 'working'],
    [{ video_status: 'upload_complete' }, 'working'],
    [{ video_status: 'upload_complete', processing_phase: { status: 'not_started' } }, 'waiting'],
    [{ video_status: 'upload_complete', processing_phase: { status: 'in_progress' } }, 'working'],
    [{ video_status: 'ready', publishing_phase: { status: 'not_started' } }, 'working'],
    [{ video_status: 'ready', publishing_phase: { status: 'complete', publish_status: 'published' } }, 'published'],
    [{ video_status: 'ready' }, 'published'],
    [{ video_status: 'error' }, { failed: 'it could not be processed' }],
    [
      { video_status: 'processing', processing_phase: { status: 'error', error: { message: 'too dark' } } },
      { failed: 'too dark' },
    ],
  ] as const)('%o is %o', ([status, state]) => {
    expect(filmState(film(status))).toEqual(state)
  })

  test('that says nothing of itself is neither there nor absent', () => {
    expect(filmState({ id: '9' })).toBe('working')
  })

  test('is at the address Facebook gives, which may be a path', () => {
    expect(toPublishedFilm('https://www.facebook.com', { id: '9', permalink_url: '/reel/9/' }).url).toBe(
      'https://www.facebook.com/reel/9/',
    )
  })
})

test('a link is a card where there are no photos, and stands in the words where there are', () => {
  const link = { url: 'https://example.com/a' }
  expect(toFeedPost(part('Look', { link }), [])).toEqual({ message: 'Look', link: link.url, published: true })
  expect(toFeedPost(part('Look', { link }), ['1'])).toEqual({
    message: 'Look\n\nhttps://example.com/a',
    attached_media: [{ media_fbid: '1' }],
    published: true,
  })
  expect(toFeedPost(part('', { link }), [])).toEqual({ link: link.url, published: true })
})

test('numbers are summed where Facebook tells paid from organic, and absent where it tells none', () => {
  const total = (total_count: number) => ({ summary: { total_count } })
  expect(
    toMetrics({
      id: '7_1',
      comments: total(2),
      reactions: total(5),
      insights: {
        data: [
          { name: 'post_media_view', values: [{ value: { organic: 40, paid: 2 } }] },
          { name: 'post_clicks', values: [{ value: 3 }] },
          { name: 'post_new_thing', values: [{ value: 1 }] },
        ],
      },
    }),
  ).toEqual({ views: 42, clicks: 3, reactions: 5, comments: 2, shares: 0 })
})

test('what Facebook has a number for is said in words that help', () => {
  const refused = (code: number, error_subcode: number) =>
    facebookError(
      {
        kind: 'refused',
        status: 400,
        headers: new Headers(),
        problem: { error: { code, error_subcode, message: 'Invalid parameter' } },
      },
      'visible',
      new Date(),
    )
  expect(refused(1, 1366046)).toMatchObject({ code: 'rejected', reason: expect.stringContaining('JPEG') })
  expect(refused(10, 2018278)).toMatchObject({ code: 'rejected', reason: expect.stringContaining('24 hours') })
})
