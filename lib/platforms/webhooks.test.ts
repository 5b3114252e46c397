import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { appConfig, platforms, type Webhook } from '.'

const file = join(process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'), '../vectors.json')
const hasVectors = existsSync(file)
if (!hasVectors) console.log(`Skipped: the signature vectors are not at ${file}`)

function webhookOf(name: 'x' | 'linkedin'): Webhook {
  const { webhook } = platforms[name]
  if (!webhook) throw new Error(`${name} has no webhooks`)
  return webhook
}
const app = (name: 'x' | 'linkedin', secret: string) =>
  appConfig(name, undefined, { X_WEBHOOK_SECRET: secret, LINKEDIN_WEBHOOK_SECRET: secret })

describe.skipIf(!hasVectors)('by the vectors', () => {
  const Vectors = z.object({
    x_crc: z.object({ consumerSecret: z.string(), crc_token: z.string(), response_token: z.string() }),
    linkedin_challenge: z.object({
      clientSecret: z.string(),
      challengeCode: z.string(),
      challengeResponse: z.string(),
    }),
  })
  const vectors = () => Vectors.parse(JSON.parse(readFileSync(file, 'utf8')))

  test('X’s challenge is answered', () => {
    const { consumerSecret, crc_token, response_token } = vectors().x_crc
    const answer = webhookOf('x').handshake(app('x', consumerSecret), new URLSearchParams({ crc_token }))
    expect(JSON.parse(answer?.body ?? '')).toEqual({ response_token })
  })

  test('LinkedIn’s challenge is answered', () => {
    const { clientSecret, challengeCode, challengeResponse } = vectors().linkedin_challenge
    const answer = webhookOf('linkedin').handshake(
      app('linkedin', clientSecret),
      new URLSearchParams({ challengeCode }),
    )
    expect(JSON.parse(answer?.body ?? '')).toEqual({ challengeCode, challengeResponse })
  })
})

/** Signatures made with `openssl dgst -sha256 -hmac secret`, over the body and over `hmacsha256=` and the body. */
const signed = {
  x: {
    body: '{"data":{}}',
    header: 'x-twitter-webhooks-signature',
    value: 'sha256=T+pE1TuxZqwIyvm66lexxC99kPZGVvz0RVGyzvLYUz8=',
  },
  linkedin: {
    body: '{"data":{}}',
    header: 'x-li-signature',
    value: '1d12c55510f489a7454fd7c487197f58900bfa6a4b63685fb645bcc48633ac60',
  },
} as const

describe.for(['x', 'linkedin'] as const)('%s', (name) => {
  const { body, header, value } = signed[name]
  const verify = (text: string, signature: string, secret = 'secret') =>
    webhookOf(name).verify(app(name, secret), Buffer.from(text), new Headers({ [header]: signature }))

  test('knows its own signature', () => {
    expect(verify(body, value)).toBe(true)
  })

  test('refuses a body that was changed, another secret, another signature, and none', () => {
    expect(verify(`${body} `, value)).toBe(false)
    expect(verify(body, value, 'other')).toBe(false)
    expect(verify(body, `${value}0`)).toBe(false)
    expect(webhookOf(name).verify(app(name, 'secret'), Buffer.from(body), new Headers())).toBe(false)
    expect(webhookOf(name).verify(app(name, ''), Buffer.from(body), new Headers({ [header]: value }))).toBe(false)
  })

  test('says when a body is none of its events', () => {
    for (const text of ['', 'not json', '[]', '{"data":{}}'])
      expect(webhookOf(name).read(Buffer.from(text)).ok).toBe(false)
  })

  test('does not take a question for a handshake', () => {
    expect(webhookOf(name).handshake(app(name, 'secret'), new URLSearchParams({ q: '1' }))).toBeUndefined()
  })
})

test('X’s news of a post of ours proves that it exists', () => {
  const body = {
    data: {
      event_uuid: 'e-1',
      event_type: 'post.create',
      filter: { user_id: '7' },
      payload: { id: '12345678901234567', text: 'Hello', created_at: '2026-11-21T10:00:00.000Z' },
    },
  }
  const events = webhookOf('x').read(Buffer.from(JSON.stringify(body)), app('x', 's'))
  expect(events).toMatchObject({
    ok: true,
    value: [
      {
        externalId: 'e-1',
        accountExternalId: '7',
        published: {
          externalId: '12345678901234567',
          url: 'https://x.com/i/web/status/12345678901234567',
          text: 'Hello',
        },
      },
    ],
  })
})

test('LinkedIn’s notifications are read one by one, their ids as text', () => {
  const body = {
    type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
    notifications: [
      {
        notificationId: 42,
        organizationalEntity: 'urn:li:organization:1',
        action: 'COMMENT',
        sourcePost: 'urn:li:share:1',
      },
    ],
  }
  expect(webhookOf('linkedin').read(Buffer.from(JSON.stringify(body)))).toMatchObject({
    ok: true,
    value: [{ externalId: '42', type: 'COMMENT', accountExternalId: 'urn:li:organization:1' }],
  })
})
