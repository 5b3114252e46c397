import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { appConfig, platforms, type PlatformName, type Webhook } from '.'

const file = join(process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'), '../vectors.json')
const hasVectors = existsSync(file)
if (!hasVectors) console.log(`Skipped: the signature vectors are not at ${file}`)

/** A report of each network whose webhooks are Meta's, about a comment with these words. */
const reports = {
  facebook: (text: string) => inEntry('page', text),
  instagram: (text: string) => inEntry('instagram', text),
  threads: (text: string) => ({
    app_id: '3',
    topic: 'moderate',
    target_id: '7',
    time: 1_790_000_000,
    subscription_id: '4',
    has_uid_field: false,
    values: { field: 'replies', value: { id: '1', username: 'mia', text, root_post: { id: '9', owner_id: '7' } } },
  }),
  whatsapp: (text: string) => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: '7' },
              contacts: [{ profile: { name: 'Mia' }, wa_id: '49' }],
              messages: [{ from: '49', id: '1', timestamp: '1790000000', type: 'text', text: { body: text } }],
            },
          },
        ],
      },
    ],
  }),
} as const satisfies Partial<Record<PlatformName, (text: string) => object>>
const inEntry = (object: string, text: string) => ({
  object,
  entry: [{ id: '7', time: 1_790_000_000, changes: [{ field: 'comments', value: { id: '1', text } }] }],
})
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
  const body = JSON.stringify(reports[name]('Grüße'))
  // As Meta sends it: what is not ASCII is escaped, and it is the escaped bytes that are signed.
  const raw = body.replaceAll(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const sign = (text: string, key = secret) => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`
  const verify = (text: string, signature: string | undefined, key = secret) =>
    webhookOf(name).verify(
      app(name, key),
      Buffer.from(text),
      new Headers(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
    )

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
    expect(idsOf(raw)).not.toEqual(idsOf(raw.replace('"id":"1"', '"id":"2"')))
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
