import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { scheme as facebook } from './facebook/contract.fixture'
import { scheme as instagram } from './instagram/contract.fixture'
import { withSpare } from './graph-webhook'
import type { Scheme } from './scheme.fixture'
import { scheme as threads } from './threads/contract.fixture'
import { scheme as whatsapp } from './whatsapp/contract.fixture'
import { appConfig, platforms, type PlatformName, type Webhook } from '.'

const file = join(process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'), '../vectors.json')
const hasVectors = existsSync(file)
if (!hasVectors) console.log(`Skipped: the signature vectors are not at ${file}`)

const reports = {
  facebook: facebook.report,
  instagram: instagram.report,
  threads: threads.report,
  whatsapp: whatsapp.report,
} as const satisfies Partial<Record<PlatformName, Scheme['report']>>
type Name = keyof typeof reports
const names = Object.keys(reports).filter((name): name is Name => name in reports)

function webhookOf(name: Name): Webhook {
  const { webhook } = platforms[name]
  if (!webhook) throw new Error(`${name} has no webhooks`)
  return webhook
}
const app = (name: Name, secret: string, verifyToken = 'open sesame') =>
  appConfig(name, undefined, {
    [`${name.toUpperCase()}_WEBHOOK_SECRET`]: secret,
    [`${name.toUpperCase()}_WEBHOOK_VERIFY_TOKEN`]: verifyToken,
  })

describe.for(names)('%s', (name) => {
  const secret = 'the app’s secret'
  // As Meta sends it: what is not ASCII is escaped, and it is the escaped bytes that are signed.
  const raw = reports[name]('1', 'Grüße')
  const sign = (text: string, key = secret) => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`
  const verify = (text: string, signature: string | undefined, key = secret) =>
    webhookOf(name).verify(
      app(name, key),
      Buffer.from(text),
      new Headers(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
    )

  test('what is written as null is absent, and no words are lost for it', () => {
    const bodies = [raw, raw.replaceAll(/(?<=\{)(?=")/g, '"unknown_of_us":null,')]
    expect(bodies[1]).toContain('null')
    const [plain, with_] = bodies.map((body) => webhookOf(name).read(Buffer.from(body), app(name, secret)))
    expect(plain).toMatchObject({ ok: true })
    expect(with_).toEqual(plain)
  })

  test.skipIf(!hasVectors)('knows a signature by the vectors', () => {
    const { meta_x_hub_signature_256: vector } = z
      .object({ meta_x_hub_signature_256: z.object({ secret: z.string(), body: z.string(), header: z.string() }) })
      .parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(verify(vector.body, vector.header, vector.secret)).toBe(true)
  })

  test('takes the raw bytes as they were signed, and no others', () => {
    expect(verify(raw, sign(raw))).toBe(true)
    expect(verify(JSON.stringify(JSON.parse(raw)), sign(raw))).toBe(false)
    expect(verify(`${raw} `, sign(raw))).toBe(false)
    expect(verify(raw.replace('"7"', '"8"'), sign(raw))).toBe(false)
  })

  test('refuses another secret, another length, another scheme, and none', () => {
    expect(verify(raw, sign(raw, 'another'))).toBe(false)
    expect(verify(raw, `${sign(raw)}0`)).toBe(false)
    expect(verify(raw, sign(raw).slice(0, -1))).toBe(false)
    expect(verify(raw, `sha1=${createHmac('sha1', secret).update(raw).digest('hex')}`)).toBe(false)
    expect(verify(raw, undefined)).toBe(false)
    expect(verify(raw, sign(raw, ''), '')).toBe(false)
  })

  test('answers the handshake with the bare challenge, for the right token only', () => {
    const ask = (token: string, mode = 'subscribe', ours = 'open sesame') =>
      webhookOf(name).handshake(
        app(name, secret, ours),
        new URLSearchParams({ 'hub.mode': mode, 'hub.challenge': '1158201444', 'hub.verify_token': token }),
      )
    expect(ask('open sesame')).toEqual({ body: '1158201444', contentType: 'text/plain' })
    expect(ask('open sesam')).toBeUndefined()
    expect(ask('open sesame', 'unsubscribe')).toBeUndefined()
    expect(ask('', 'subscribe', '')).toBeUndefined()
    expect(webhookOf(name).handshake(app(name, secret), new URLSearchParams({ q: '1' }))).toBeUndefined()
  })

  test('gives a report the same name however often it comes, and another report another', () => {
    const idsOf = (text: string) => {
      const events = webhookOf(name).read(Buffer.from(text))
      return events.ok ? events.value.map(({ externalId }) => externalId) : []
    }
    expect(idsOf(raw)).toHaveLength(1)
    expect(idsOf(raw)).toEqual(idsOf(raw))
    expect(idsOf(raw)).not.toEqual(idsOf(reports[name]('2', 'Grüße')))
  })

  test('says which account a report is about', () => {
    const events = webhookOf(name).read(Buffer.from(raw))
    expect(events.ok && events.value.map(({ accountExternalId }) => accountExternalId)).toEqual(['7'])
  })

  test('says when a body is none of its reports', () => {
    for (const text of ['', 'not json', '[]', '{"object":"user","entry":[]}', '{"object":"page"}', '{"values":{}}'])
      expect(webhookOf(name).read(Buffer.from(text)).ok).toBe(false)
  })
})

test('a message of Messenger with a shared link, whose payload is null, keeps its words', () => {
  const message = { mid: 'm_1', text: 'Do you have this one?', attachments: [{ type: 'fallback', payload: null }] }
  const messaging = [{ sender: { id: '55' }, recipient: { id: '111' }, timestamp: 1_700_000_000_000, message }]
  const body = { object: 'page', entry: [{ id: '111', time: 1_700_000_000_000, messaging }] }
  const events = webhookOf('facebook').read(Buffer.from(JSON.stringify(body)), app('facebook', 'secret'))
  if (!events.ok) throw new Error('It was not read')
  expect(events.value.flatMap((event) => platforms.facebook.inbox?.read?.(event) ?? [])).toMatchObject([
    { kind: 'dm', text: 'Do you have this one?' },
  ])
})

test('a report of Meta’s that names no time is of now', () => {
  const value = {
    item: 'comment',
    verb: 'add',
    comment_id: '111_9',
    post_id: '111_1',
    from: { id: '55' },
    message: 'Hello',
  }
  const body = { object: 'page', entry: [{ id: '111', changes: [{ field: 'feed', value }] }] }
  const events = webhookOf('facebook').read(Buffer.from(JSON.stringify(body)), app('facebook', 'secret'))
  if (!events.ok) throw new Error('It was not read')
  const [item] = events.value.flatMap((event) => platforms.facebook.inbox?.read?.(event) ?? [])
  expect(Math.abs(Date.parse(item?.at ?? '') - Date.now())).toBeLessThan(60_000)
})

test('where a field is unknown, the others are subscribed to all the same', async () => {
  const asked: string[] = []
  const subscribe = async (fields: readonly string[]) => {
    asked.push(fields.join())
    return { ok: !fields.includes('unknown') }
  }
  expect(await withSpare(['feed'], 'unknown', subscribe)).toEqual({ ok: true })
  expect(await withSpare(['feed'], 'known', subscribe)).toEqual({ ok: true })
  expect(asked).toEqual(['feed,unknown', 'feed', 'feed,known'])
})
