import { describe, expect, test } from 'vitest'
import type { Part } from '../platform'
import type { Status } from './api'
import { textOfHtml } from './html'
import { limits, limitsOf } from './limits'
import { mastodonError, mastodonSignInError, matches, toMetrics, toPublished, toStatus } from './translate'

const now = new Date('2026-11-25T10:00:00Z')
const part = (text: string, more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text,
  media: [],
  key: { createdAt: now.toISOString(), recordKey: 'k' },
  ...more,
})
const author = { id: '7', username: 'ada', acct: 'ada', display_name: 'Ada' }
const status = (content: string, more: Partial<Status> = {}): Status => ({
  id: '1',
  uri: 'https://m.example/users/ada/statuses/1',
  created_at: now.toISOString(),
  content,
  spoiler_text: '',
  visibility: 'public',
  account: author,
  media_attachments: [],
  favourites_count: 3,
  reblogs_count: 2,
  replies_count: 1,
  ...more,
})
const refused = (code: number, problem?: object, headers: Record<string, string> = {}) =>
  ({ kind: 'refused', status: code, headers: new Headers(headers), ...(problem ? { problem } : {}) }) as const

describe('what a server refuses', () => {
  test.for([
    [401, { error: 'The access token is invalid' }, 'auth_expired'],
    [403, { error: 'This action is outside the authorized scopes' }, 'rejected'],
    [404, { error: 'Record not found' }, 'rejected'],
    [410, undefined, 'rejected'],
    [422, { error: "Validation failed: Text can't be blank" }, 'rejected'],
    [422, undefined, 'rejected'],
    [429, { error: 'Too many requests' }, 'rate_limited'],
    [500, undefined, 'outcome_unknown'],
    [503, { error: 'Remote data could not be fetched' }, 'outcome_unknown'],
    [302, undefined, 'outcome_unknown'],
  ] as const)('HTTP %i %o is %s', ([code, problem, ours]) => {
    expect(mastodonError(refused(code, problem), 'visible', now).code).toBe(ours)
  })

  test('a limit is over when the server says so in ISO 8601, and after five minutes when it does not', () => {
    const at = (headers: Record<string, string>) => mastodonError(refused(429, {}, headers), 'visible', now)
    expect(at({ 'x-ratelimit-reset': '2026-11-25T10:03:00.123456Z' })).toEqual({
      code: 'rate_limited',
      retryAt: new Date('2026-11-25T10:03:00.123Z'),
    })
    expect(at({})).toEqual({ code: 'rate_limited', retryAt: new Date('2026-11-25T10:05:00Z') })
  })

  test('its own words reach the author, and an empty body is said to be one', () => {
    const reason = (problem?: object) => mastodonError(refused(422, problem), 'visible', now)
    expect(reason({ error: 'Validation failed: Poll is too long' })).toMatchObject({
      reason: 'The server refused it: Validation failed: Poll is too long.',
    })
    expect(reason()).toMatchObject({ reason: 'The server refused it without saying why (HTTP 422).' })
  })

  test('a spent code starts the sign-in again; an app it has forgotten, too', () => {
    expect(mastodonSignInError(refused(400, { error: 'invalid_grant' }), now)).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('used already'),
    })
    expect(mastodonSignInError(refused(401, { error: 'invalid_client' }), now)).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('forgotten this app'),
    })
  })
})

describe('a part in Mastodon’s words', () => {
  test('carries what was chosen, and nothing that was not', () => {
    const options = { visibility: 'private', warning: ' Spoilers ', sensitive: true, language: 'de', quotes: 'nobody' }
    expect(toStatus(part('Hello', { options }))).toEqual({
      status: 'Hello',
      visibility: 'private',
      spoiler_text: 'Spoilers',
      sensitive: true,
      language: 'de',
      quote_approval_policy: 'nobody',
    })
    expect(toStatus(part('Hello'))).toEqual({ status: 'Hello', visibility: 'public' })
  })

  test('has files by their ids, a poll in seconds, and what it answers', () => {
    const parent = { externalId: '9', url: '', ref: '9' }
    expect(
      toStatus(
        part('Which?', {
          media: [{ kind: 'image', alt: '', ref: '11' }],
          poll: { options: ['A', 'B'], minutes: 5, multiple: true },
          replyTo: { root: parent, parent },
        }),
      ),
    ).toMatchObject({
      media_ids: ['11'],
      poll: { options: ['A', 'B'], expires_in: 300, multiple: true },
      in_reply_to_id: '9',
    })
  })

  test('ends in its link, unless the text has it', () => {
    const link = { url: 'https://example.com/a' }
    expect(toStatus(part('Read', { link })).status).toBe('Read\n\nhttps://example.com/a')
    expect(toStatus(part('Read https://example.com/a now', { link })).status).toBe('Read https://example.com/a now')
  })
})

describe('a status read back', () => {
  const html =
    '<p>Caf&eacute; &amp; <span class="h-card"><a href="x" class="u-url mention">@<span>bob</span></a></span> ' +
    '<a href="https://example.com/a?b=c_d"><span class="invisible">https://</span><span class="ellipsis">example.com/a?b</span><span class="invisible">=c_d</span></a></p>' +
    '<p>two<br />three &#39;&lt;b&gt;&#x27;</p>'

  test('has the words its author wrote', () => {
    expect(textOfHtml(html)).toBe("Caf&eacute; & @bob https://example.com/a?b=c_d\n\ntwo\nthree '<b>'")
  })

  test('is read in a moment also where a server sends megabytes of nothing but beginnings of tags', () => {
    expect(textOfHtml(`Hi <b>you</b>${'<'.repeat(1_000_000)}`)).toMatch(/^Hi you<+$/)
    expect(textOfHtml('</p><p'.repeat(200_000)).length).toBeGreaterThan(0)
  })

  test('is ours by text, warning, parent, files and choices, and by all of them', () => {
    const wish = toStatus(part('Hi @bob@m.example  https://example.com/a', { options: { warning: 'W' } }))
    const same = { spoiler_text: 'W' }
    const content = '<p>Hi @<span>bob</span> https://example.com/a</p>'
    expect(matches(status(content, same), wish)).toBe(true)
    expect(matches(status(content), wish)).toBe(false)
    expect(matches(status('<p>Hi</p>', same), wish)).toBe(false)
    expect(matches(status(content, { ...same, in_reply_to_id: '3' }), wish)).toBe(false)
    expect(matches(status(content, { ...same, media_attachments: [{ id: '1', type: 'image' }] }), wish)).toBe(false)
    expect(matches(status(content, { ...same, poll: { options: [{ title: 'A' }] } }), wish)).toBe(false)
    expect(matches(status(content, { ...same, reblog: { id: '2' } }), wish)).toBe(false)
  })

  test('has an address even where the server gives none', () => {
    expect(toPublished('https://m.example', status('', { url: null })).url).toBe('https://m.example/@ada/1')
  })

  test('counts no quotes where the server counts none', () => {
    expect(toMetrics(status(''))).toEqual({ likes: 3, shares: 2, comments: 1 })
    expect(toMetrics(status('', { quotes_count: 0 }))).toEqual({ likes: 3, shares: 2, comments: 1, quotes: 0 })
  })
})

describe('the limits of a server', () => {
  test('are its own numbers, and the usual ones for what it does not name', () => {
    const own = limitsOf({
      configuration: {
        statuses: { max_characters: 5000, characters_reserved_per_url: 30 },
        media_attachments: {
          supported_mime_types: ['image/avif', 'video/mp4'],
          video_size_limit: 1000,
          video_matrix_limit: 2000,
        },
        polls: { max_options: 8, max_expiration: 86_400, min_expiration: 90 },
      },
    })
    expect(own.text).toMatchObject({ max: 5000, urlLength: 30 })
    expect(own.images).toMatchObject({ mimes: ['image/avif'], max: 4, altMax: 1500, pixels: 33_177_600 })
    expect(own.video).toMatchObject({ mimes: ['video/mp4'], maxBytes: 1000, pixels: 2000 })
    expect(own.poll).toMatchObject({ options: { min: 2, max: 8 }, minutes: { min: 2, max: 1440 } })
  })

  test('are the usual ones where nothing is known, or nonsense is', () => {
    expect(limitsOf({})).toEqual(limits)
    expect(limitsOf({ configuration: { statuses: { max_characters: 'many' } } })).toEqual(limits)
    expect(limitsOf({ configuration: {} })).toEqual(limits)
  })
})
