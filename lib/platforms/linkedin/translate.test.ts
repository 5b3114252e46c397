import { describe, expect, test } from 'vitest'
import type { Part } from '../platform'
import type { Post } from './api'
import { linkedinError, matches, signInError, toCreatePost, toMetrics } from './translate'

const now = new Date('2026-11-21T22:30:00Z')
const web = 'https://www.linkedin.com'
const part = (text: string, more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text,
  media: [],
  key: { createdAt: now.toISOString() },
  ...more,
})
const media = (ref: string, alt = ''): Part['media'][number] => ({ kind: 'image', alt, ref })
const refused = (status: number, problem?: object, headers: Record<string, string> = {}) =>
  ({ kind: 'refused', status, headers: new Headers(headers), ...(problem ? { problem } : {}) }) as const
const judged = (status: number, problem?: object) => linkedinError(refused(status, problem), 'visible', web, now)

describe('what LinkedIn refuses', () => {
  test.for([
    [401, { code: 'EXPIRED_ACCESS_TOKEN' }, 'auth_expired'],
    [403, { code: 'ACCESS_DENIED' }, 'rejected'],
    [404, { code: 'NOT_FOUND' }, 'rejected'],
    [422, undefined, 'rejected'],
    [429, { code: 'TOO_MANY_REQUESTS' }, 'rate_limited'],
    [500, {}, 'outcome_unknown'],
    [504, undefined, 'outcome_unknown'],
  ] as const)('HTTP %i %o is %s', ([status, problem, code]) => {
    expect(judged(status, problem).code).toBe(code)
  })

  test('a limit is over at the next midnight of UTC', () => {
    expect(judged(429)).toEqual({ code: 'rate_limited', retryAt: new Date('2026-11-22T00:00:00Z') })
  })

  test('a version that has ended is named as such', () => {
    const error = judged(426, { code: 'NONEXISTENT_VERSION', message: 'Requested version 20250101 is not active' })
    expect(error).toMatchObject({ code: 'rejected', reason: expect.stringContaining('API version ended') })
  })

  test('a duplicate names the post it doubles', () => {
    const message =
      'com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of urn:li:share:7141138937766391808'
    const error = judged(422, {
      message,
      errorDetails: { inputErrors: [{ code: 'DUPLICATE_POST', description: 'Duplicate post is detected' }] },
    })
    expect(error).toMatchObject({
      duplicate: true,
      duplicateOf: {
        externalId: 'urn:li:share:7141138937766391808',
        url: `${web}/feed/update/urn:li:share:7141138937766391808/`,
      },
    })
  })

  test('a field that is too long is said in our words', () => {
    const error = judged(422, {
      errorDetails: { inputErrors: [{ code: 'FIELD_LENGTH_TOO_LONG', description: 'ShareCommentary' }] },
    })
    expect(error).toEqual({ code: 'rejected', reason: 'LinkedIn says the text is too long. Shorten it.' })
  })

  test('wrong keys of the app are told apart from a code that was used', () => {
    expect(signInError(refused(401, { error: 'invalid_client' }), web, now)).toMatchObject({
      reason: expect.stringContaining('client ID'),
    })
    expect(signInError(refused(400, { error: 'invalid_request' }), web, now)).toMatchObject({
      reason: expect.stringContaining('used already'),
    })
  })
})

describe('our part in LinkedIn’s words', () => {
  const content = (more: Partial<Part>) => {
    const made = toCreatePost('urn:li:person:1', part('Text', more))
    return made.ok ? made.value.content : made.error
  }

  test('one file, several files, a document and a link are kinds of content of their own', () => {
    expect(content({})).toBeUndefined()
    expect(content({ media: [media('urn:li:image:1', 'A cup')] })).toEqual({
      media: { id: 'urn:li:image:1', altText: 'A cup' },
    })
    expect(content({ media: [media('urn:li:image:1', 'A cup'), media('urn:li:image:2')] })).toEqual({
      multiImage: { images: [{ id: 'urn:li:image:1', altText: 'A cup' }, { id: 'urn:li:image:2' }] },
    })
    const document = { ...media('urn:li:document:1', 'Our year'), kind: 'document' as const }
    expect(content({ media: [document] })).toEqual({ media: { id: 'urn:li:document:1', title: 'Our year' } })
    expect(content({ link: { url: 'https://example.com/a' } })).toEqual({
      article: { source: 'https://example.com/a', title: 'example.com' },
    })
  })

  test('a poll asks its own question, or the first line of the text', () => {
    const poll = { options: ['Filter', 'Espresso'], minutes: 4_320, multiple: false }
    const asked = { options: [{ text: 'Filter' }, { text: 'Espresso' }], settings: { duration: 'THREE_DAYS' } }
    expect(content({ poll, text: 'Which one?\nWe cannot agree.' })).toEqual({
      poll: { question: 'Which one?', ...asked },
    })
    expect(content({ poll, options: { poll_question: 'Filter or espresso?' } })).toEqual({
      poll: { question: 'Filter or espresso?', ...asked },
    })
  })

  test('a link beside a poll or a file is not dropped without a word', () => {
    const poll = { options: ['Filter', 'Espresso'], minutes: 4_320, multiple: false }
    const link = { url: 'https://example.com/a' }
    expect(content({ poll, link })).toMatchObject({ reason: expect.stringContaining('a poll or a link card') })
    expect(content({ poll, link, text: `Which? ${link.url}` })).toMatchObject({
      poll: { question: `Which? ${link.url}` },
    })
    expect(content({ media: [media('urn:li:image:1')], link })).toMatchObject({
      reason: expect.stringContaining('media or a link card'),
    })
  })

  test('a person’s post may be for connections only, a page’s may not, and others may be kept from reposting it', () => {
    const made = (author: string) =>
      toCreatePost(author, part('Hm', { options: { visibility: 'CONNECTIONS', no_reshare: true } }))
    expect(made('urn:li:person:1')).toMatchObject({
      value: { visibility: 'CONNECTIONS', isReshareDisabledByAuthor: true },
    })
    expect(made('urn:li:organization:1')).toMatchObject({ error: { code: 'rejected' } })
    expect(toCreatePost('urn:li:person:1', part('Hm'))).toMatchObject({
      value: { visibility: 'PUBLIC', isReshareDisabledByAuthor: false },
    })
  })

  test('media and a link that would be lost are refused before anything is sent', () => {
    expect(content({ media: [media('urn:li:image:1')], link: { url: 'https://example.com' } })).toMatchObject({
      code: 'rejected',
    })
  })

  test('the text is little text', () => {
    const made = toCreatePost('urn:li:person:1', part('(50% off) #coffee'))
    expect(made.ok && made.value.commentary).toBe(String.raw`\(50% off\) {hashtag|\#|coffee}`)
  })
})

describe('recognising a post that was read back', () => {
  const post = (commentary: string, more: Partial<Post> = {}): Post => ({ id: 'urn:li:share:1', commentary, ...more })
  test.for<[string, Post, Part, boolean]>([
    ['text as we escaped it', post(String.raw`\(a\) {hashtag|\#|b}`), part('(a) #b'), true],
    ['text LinkedIn escaped otherwise', post(String.raw`\(a\) \#b`), part('(a) #b'), true],
    ['another text', post('a'), part('b'), false],
    [
      'as many files',
      post('a', { content: { multiImage: { images: [{ id: '1' }, { id: '2' }] } } }),
      part('a', { media: [media('1'), media('2')] }),
      true,
    ],
    ['fewer files', post('a', { content: { media: { id: '1' } } }), part('a'), false],
    ['the same words with a poll', post('a', { content: { poll: { question: 'a' } } }), part('a'), false],
    [
      'an article',
      post('a', { content: { article: { source: 'https://example.com' } } }),
      part('a', { link: { url: 'https://example.com' } }),
      true,
    ],
  ])('%s', ([, theirs, ours, same]) => {
    expect(matches(theirs, ours)).toBe(same)
  })
})

test('reactions that were taken back do not make a negative number', () => {
  expect(toMetrics({ totalShareStatistics: { likeCount: -1, clickCount: 4, engagement: 0.5 } })).toEqual({
    likes: 0,
    clicks: 4,
  })
})
