import { describe, expect, test } from 'vitest'
import type { Part } from '..'
import { Message } from './api'
import { limitsFor } from './limits'
import {
  discordError,
  isLater,
  matches,
  placeOf,
  questionOf,
  refusalOf,
  snowflakeAt,
  timeOf,
  toBotMessage,
  toMessage,
  toMetrics,
  toPublished,
} from './translate'

const place = { guild: '1', channel: '2' }
const draft = (more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text: 'Hello',
  media: [],
  key: { createdAt: '2026-11-21T10:00:00.000Z', recordKey: 'a'.repeat(24) },
  ...more,
})
const said = (more: object = {}): Message =>
  Message.parse({
    id: '100',
    channel_id: '2',
    author: { id: '9', username: 'posthorn' },
    content: 'Hello',
    timestamp: '2026-11-21T10:00:00.000Z',
    ...more,
  })

describe('a message', () => {
  test('pings nobody unless a person chose so', () => {
    expect(toMessage(draft({ text: '@everyone' })).allowed_mentions).toEqual({ parse: [], replied_user: false })
    expect(toMessage(draft({ options: { mentions: 'roles' } })).allowed_mentions.parse).toEqual(['users', 'roles'])
    expect(toMessage(draft({ options: { mentions: 'nonsense' } })).allowed_mentions.parse).toEqual([])
  })

  test('carries a key that Discord enforces, of at most 25 characters', () => {
    const { nonce, enforce_nonce: enforced } = toBotMessage(draft(), place)
    expect([nonce?.length, enforced]).toEqual([24, true])
  })

  test('shows a link as a card, unless Discord makes one from the text', () => {
    const link = { url: 'https://example.com/a', title: 'A'.repeat(300) }
    expect(toMessage(draft({ link })).embeds).toMatchObject([{ url: link.url }])
    expect(toMessage(draft({ link })).embeds?.[0]?.title).toHaveLength(256)
    expect(toMessage(draft({ link, text: `See ${link.url}` })).embeds).toBeUndefined()
  })

  test('with a poll asks with its last line and says the rest', () => {
    expect(questionOf('Two roasts.\n\nWhich one?')).toEqual({ content: 'Two roasts.', question: 'Which one?' })
    const poll = { options: ['Dark', 'Light'], minutes: 61, multiple: true }
    expect(toMessage(draft({ text: 'Which one?', poll }))).toMatchObject({
      poll: { question: { text: 'Which one?' }, duration: 2, allow_multiselect: true },
    })
    expect(toMessage(draft({ text: 'Which one?', poll })).content).toBeUndefined()
    expect(refusalOf(draft({ text: 'x'.repeat(301), poll }))?.code).toBe('rejected')
  })

  test('points at what it answers, but not from a thread at the message outside that began it', () => {
    const answering = (ref: object) => {
      const parent = { externalId: '50', url: '', ref }
      return toBotMessage(draft({ replyTo: { root: parent, parent } }), place).message_reference?.message_id
    }
    expect(answering({ channel: '2' })).toBe('50')
    expect(answering({ channel: '50', thread: '50', begins: true })).toBe('50')
    expect(answering({ channel: '2', thread: '50' })).toBeUndefined()
  })
})

describe('a read-back', () => {
  test('takes a message of ours with the same words, files and parent, and no other', () => {
    expect(matches(said(), draft(), place, '9')).toBe(true)
    expect(matches(said({ author: { id: '8', username: 'mira' } }), draft(), place, '9')).toBe(false)
    expect(matches(said({ content: 'Hello!' }), draft(), place, '9')).toBe(false)
    expect(matches(said({ message_reference: { message_id: '50' } }), draft(), place, '9')).toBe(false)
    expect(
      matches(said({ attachments: [{ id: '1', filename: 'a', url: 'https://x.test' }] }), draft(), place, '9'),
    ).toBe(false)
  })

  test('believes a nonce, where there is one, more than words', () => {
    expect(matches(said({ nonce: 'a'.repeat(24), content: 'Changed' }), draft(), place, '9')).toBe(true)
    expect(matches(said({ nonce: 'other' }), draft(), place, '9')).toBe(false)
  })
})

describe('a refusal', () => {
  const now = new Date('2026-11-21T10:00:00.000Z')
  const refused = (status: number, problem: object, headers = {}) =>
    discordError(
      { kind: 'refused', status, headers: new Headers(headers), problem: { errors: undefined, ...problem } },
      'visible',
      now,
    )
  test('that is a rate limit says until when, to the millisecond', () => {
    expect(refused(429, { retry_after: 1.25 })).toEqual({
      code: 'rate_limited',
      retryAt: new Date('2026-11-21T10:00:01.250Z'),
    })
    expect(refused(429, {}, { 'x-ratelimit-reset-after': '3' })).toEqual({
      code: 'rate_limited',
      retryAt: new Date('2026-11-21T10:00:03.000Z'),
    })
  })

  test('of a token or a webhook asks for a new connection', () => {
    expect(refused(401, { code: 0 }).code).toBe('auth_expired')
    expect(refused(401, { code: 50027 }).code).toBe('auth_expired')
    expect(refused(404, { code: 10015 }).code).toBe('auth_expired')
  })

  test('of a form says the sentence that stands deepest', () => {
    const errors = { embeds: { 0: { title: { _errors: [{ code: 'X', message: 'Must be shorter' }] } } } }
    expect(refused(400, { code: 50035, message: 'Invalid Form Body', errors })).toEqual({
      code: 'rejected',
      reason: 'Discord refused it: Must be shorter.',
    })
    expect(refused(403, { code: 50013, message: 'Missing Permissions' })).toMatchObject({ code: 'rejected' })
    expect(refused(500, {}).code).toBe('outcome_unknown')
  })
})

test('ids are compared as numbers, and tell their time', () => {
  const at = new Date('2026-11-21T10:00:00.000Z')
  expect(timeOf(snowflakeAt(at))).toEqual(at)
  expect(isLater('1000000000000000000', '999999999999999999')).toBe(true)
})

test('an account is a place: a server, a channel, and perhaps a webhook', () => {
  expect(placeOf({ externalId: '1/2' })).toEqual({ guild: '1', channel: '2' })
  expect(placeOf({ externalId: '1/2/3' })).toEqual({ guild: '1', channel: '2', webhook: '3' })
  expect(toPublished('https://discord.com', '1', '7', { channel: '2' }).url).toBe('https://discord.com/channels/1/2/7')
})

test('a forum wants a title, other channels only take one', () => {
  expect(limitsFor({ channelType: 15 }).title?.required).toBe(true)
  expect(limitsFor({ channelType: 0 }).title?.required).toBe(false)
})

test('reactions are added up, and none is 0', () => {
  const emoji = { id: null, name: '👍' }
  expect(
    toMetrics(
      said({
        reactions: [
          { count: 2, emoji },
          { count: 3, emoji },
        ],
      }),
    ),
  ).toEqual({ reactions: 5 })
  expect(toMetrics(said())).toEqual({ reactions: 0 })
})
