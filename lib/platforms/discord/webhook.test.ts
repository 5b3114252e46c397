import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { publicKey, signed } from '@/sandbox/discord/events'
import { appConfig } from '..'
import { isSigned, webhook } from './webhook'

const file = join(process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../../shared/specs'), '../vectors.json')
const hasVectors = existsSync(file)
if (!hasVectors) console.log(`Skipped: the signature vectors are not at ${file}`)

test.skipIf(!hasVectors)('the vector’s signature fits the vector’s bytes and nothing else', () => {
  const { discord_ed25519: vector } = z
    .object({
      discord_ed25519: z.object({
        publicKey: z.string(),
        timestamp: z.string(),
        body: z.string(),
        signature: z.string(),
      }),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')))
  const q = { ...vector, body: Buffer.from(vector.body) }
  expect(isSigned(vector.publicKey, q)).toBe(true)
  expect(isSigned(vector.publicKey, { ...q, timestamp: '1700000001' })).toBe(false)
  expect(isSigned(vector.publicKey, { ...q, body: Buffer.from('{"type": 1}') })).toBe(false)
})

const app = appConfig('discord', undefined, { DISCORD_WEBHOOK_PUBLIC_KEY: publicKey })
const seconds = (agoMs = 0): string => String(Math.floor((Date.now() - agoMs) / 1000))
const event = JSON.stringify({
  version: 1,
  application_id: '9',
  type: 1,
  event: { type: 'APPLICATION_AUTHORIZED', timestamp: '2026-11-21T10:00:00.123456', data: { user: { id: '7' } } },
})
const verify = (body: string, headers: Record<string, string>, as = app): boolean =>
  webhook.verify(as, Buffer.from(body), new Headers(headers))

describe('a report of Discord', () => {
  test('is believed when its signature fits its bytes', () => {
    expect(verify(event, signed(event, seconds()))).toBe(true)
  })

  test.for<[string, string, Record<string, string>]>([
    ['changed by one letter', event.replace('AUTHORIZED', 'AUTHORISED'), signed(event, seconds())],
    ['written anew with the same meaning', JSON.stringify(JSON.parse(event), null, 1), signed(event, seconds())],
    ['an hour old', event, signed(event, seconds(3_600_000))],
    ['from the future', event, signed(event, seconds(-3_600_000))],
    [
      'dated otherwise than it was signed',
      event,
      { ...signed(event, seconds()), 'x-signature-timestamp': seconds(5_000) },
    ],
    ['not signed', event, {}],
    ['signed with half a signature', event, { ...signed(event, seconds()), 'x-signature-ed25519': 'ab'.repeat(32) }],
    [
      'signed with more than a signature',
      event,
      { ...signed(event, seconds()), 'x-signature-ed25519': 'ab'.repeat(65) },
    ],
    ['signed with letters', event, { ...signed(event, seconds()), 'x-signature-ed25519': 'zz'.repeat(64) }],
    ['without a timestamp', event, { 'x-signature-ed25519': signed(event, seconds())['x-signature-ed25519'] ?? '' }],
  ])('%s is not', ([, body, headers]) => {
    expect(verify(body, headers)).toBe(false)
  })

  test('is not believed without a key of ours, with another, or with half of one', () => {
    const headers = signed(event, seconds())
    for (const key of ['', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', publicKey.slice(0, 32)])
      expect(verify(event, headers, appConfig('discord', undefined, { DISCORD_WEBHOOK_PUBLIC_KEY: key }))).toBe(false)
  })

  test('that only asks whether we are there is greeted with 204, and no other is', () => {
    expect(webhook.greet?.(Buffer.from('{"version":1,"application_id":"9","type":0}'))).toEqual({ status: 204 })
    for (const body of [event, '', '[]', '{"type":"0"}']) expect(webhook.greet?.(Buffer.from(body))).toBeUndefined()
  })

  test('is read as one event, the same however often it comes', () => {
    const [first, again] = [webhook.read(Buffer.from(event)), webhook.read(Buffer.from(event))]
    expect(first).toEqual(again)
    expect(first).toMatchObject({
      ok: true,
      value: [
        {
          externalId: '9/APPLICATION_AUTHORIZED/2026-11-21T10:00:00.123456/7',
          type: 'APPLICATION_AUTHORIZED',
          accountExternalId: '7',
        },
      ],
    })
  })

  test('that is none of its events is refused, and no question is a handshake', () => {
    for (const body of ['', 'no json', '[]', '{"type":1}', '{"type":2,"event":{}}'])
      expect(webhook.read(Buffer.from(body)).ok).toBe(false)
    expect(webhook.handshake(app, new URLSearchParams({ 'hub.challenge': '1' }))).toBeUndefined()
  })
})
