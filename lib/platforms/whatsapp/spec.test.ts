import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIBackend, type Operation } from 'openapi-backend'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Exchange } from '@/sandbox/x/judge'
import type { Reply } from '..'
import { ok } from '@/lib/core/result'
import { documentFile, imageFile } from '../contract-files.fixture'
import { must } from '../contract.fixture'
import { openSpecWorld, type SpecWorld } from '../graph-judge.fixture'
import { listenTo, type Listener } from '../graph-listener.fixture'

const specFile = join(
  process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../../shared/specs'),
  'whatsapp-openapi.yaml',
)
const hasSpec = existsSync(specFile)
if (!hasSpec) console.log(`Skipped: WhatsApp's OpenAPI is not at ${specFile}`)

const Examples = z.record(z.string(), z.object({ value: z.unknown() }))
const Described = z.object({
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ examples: Examples }) }) }),
})

/** Where a value has what an example has not, or of another type. Lists are held against the example's first. */
function strange(given: unknown, example: unknown, at = ''): string[] {
  if (Array.isArray(given)) {
    const [first] = Array.isArray(example) ? example : []
    return first === undefined ? [`${at}: no list`] : given.flatMap((one) => strange(one, first, `${at}[]`))
  }
  if (typeof given !== 'object' || given === null)
    return typeof given === typeof example ? [] : [`${at}: ${typeof given} where ${typeof example} stands`]
  const known = z.record(z.string(), z.unknown()).safeParse(example).data
  return Object.entries(given).flatMap(([name, value]) =>
    known && name in known ? strange(value, known[name], `${at}.${name}`) : [`${at}.${name}: not in the example`],
  )
}

describe.skipIf(!hasSpec)('by WhatsApp’s OpenAPI', () => {
  let api: OpenAPIBackend
  let world: SpecWorld
  let listener: Listener
  beforeAll(async () => {
    api = new OpenAPIBackend({ definition: specFile, quick: true, validate: true, ajvOpts: { strict: false } })
    await api.init()
    world = await openSpecWorld('whatsapp')
    listener = await listenTo(world.of, 'whatsapp_business_account', ['messages'])
  })
  afterAll(async () => {
    await listener.close()
    await world.close()
  })

  const operation = (method: string, path: string): Operation => {
    const found = api.getOperations().find((each) => each.method === method.toLowerCase() && each.path === path)
    if (!found) throw new Error(`WhatsApp describes no ${method} ${path}`)
    return found
  }
  const examplesOf = (method: string, path: string) =>
    Described.parse(operation(method, path)).requestBody.content['application/json'].examples

  /** The description of a call; undefined for those that belong to Graph as a whole. */
  function placeOf({ method, path }: Exchange): string | undefined {
    const [, , object, edge] = new URL(path, 'http://x').pathname.split('/')
    if (object === 'debug_token' || edge === 'subscriptions') return undefined
    if (edge === 'messages' || edge === 'media') return `/{Version}/{Phone-Number-ID}/${edge}`
    if (edge !== undefined) return `/{Version}/{WABA-ID}/${edge}`
    return method === 'GET' ? '/{Version}/{Phone-Number-ID}' : undefined
  }

  test('every request of the adapter, and every answer it is built for, is as it is described there', async () => {
    const { of, speak } = world
    const { inbox } = of.platform
    await speak('dm', 'Do you ship to Norway?')
    const [dm] = await listener.incoming(1)
    if (!dm || !inbox?.reply || !inbox.templates) throw new Error('Nobody wrote')
    const answer: Reply = { to: dm, text: 'We do', key: of.platform.newKey(new Date()) }
    must(await inbox.reply(of.app, of.as, answer))
    const template = { name: 'order_ready', language: 'en_US', values: ['Mia', 'n1042'] }
    must(await inbox.reply(of.app, of.as, { ...answer, template }))
    for (const file of [await imageFile('navy', 'A navy square'), documentFile('Prices')]) {
      const brought = must((await inbox.bringFile?.(of.app, of.as, file, dm)) ?? ok({ ref: '', ready: true }))
      const media = [{ kind: file.kind, alt: file.alt, ref: brought.ref }]
      must(await inbox.reply(of.app, of.as, { ...answer, text: 'It is blue', media }))
    }
    await speak('comment', 'And to Iceland?')
    const [, inGroup] = await listener.incoming(2)
    if (!inGroup) throw new Error('Nobody wrote in the group')
    must(await inbox.reply(of.app, of.as, { ...answer, to: inGroup }))
    must((await inbox.markRead?.(of.app, of.as, dm)) ?? ok(undefined))
    must(await inbox.templates(of.app, of.as))
    must((await of.platform.examine?.(of.app, of.as)) ?? { ok: true, value: [] })

    const complaints: string[] = []
    const judged = new Set<string>()
    for (const exchange of world.exchanges) {
      const path = placeOf(exchange)
      if (!path) continue
      judged.add(`${exchange.method} ${path}`)
      const described = operation(exchange.method, path)
      for (const e of api.validateResponse(JSON.parse(exchange.answer.toString()), described, exchange.status).errors ??
        [])
        complaints.push(`${exchange.method} ${path}: answer${e.instancePath} ${e.message ?? ''}`)
    }
    expect(complaints).toEqual([])
    expect([...judged].toSorted()).toEqual([
      'GET /{Version}/{Phone-Number-ID}',
      'GET /{Version}/{WABA-ID}/message_templates',
      'GET /{Version}/{WABA-ID}/subscribed_apps',
      'POST /{Version}/{Phone-Number-ID}/media',
      'POST /{Version}/{Phone-Number-ID}/messages',
      'POST /{Version}/{WABA-ID}/subscribed_apps',
    ])
  })

  test('messages have nothing that the examples have not, but the key', () => {
    const examples = examplesOf('POST', '/{Version}/{Phone-Number-ID}/messages')
    const bodies = world.exchanges
      .filter((exchange) => placeOf(exchange)?.endsWith('/messages'))
      .map(({ body }): unknown => JSON.parse(body.toString()))
    const read = bodies.pop()
    expect(strange(read, examples['Send typing indicator and read receipt']?.value)).toEqual([])
    expect(read).toMatchObject({ status: 'read' })
    const sent = bodies.map((body) => z.looseObject({ type: z.string() }).parse(body))
    const like: Readonly<Record<string, string>> = {
      text: 'Send Reply to Text Message',
      image: 'Send Reply to Image Message by ID',
      document: 'Send Reply to Document Message by ID',
      template: 'Send Message Template Text',
    }
    expect(sent.map(({ type }) => type)).toEqual(['text', 'template', 'image', 'document', 'text'])
    expect(sent.map(({ recipient_type }) => recipient_type)).toEqual([...Array(4).fill('individual'), 'group'])
    for (const message of sent)
      expect(strange(message, examples[like[message.type] ?? '']?.value)).toEqual([
        // It is in the description of webhooks alone.
        '.biz_opaque_callback_data: not in the example',
        // The example of a film shows it.
        ...(message.type === 'image' ? ['.image.caption: not in the example'] : []),
      ])
  })

  test('what people write is reported as in the examples', async () => {
    const examples = examplesOf('POST', '/whatsapp/webhooks')
    await listener.events(1)
    const [report] = listener.deliveries
    expect(strange(JSON.parse(report?.body.toString() ?? ''), examples['Text Message']?.value)).toEqual([
      // Meta's guides show it, and these examples do not.
      '.entry[].time: not in the example',
    ])
    const told = listener.deliveries.map(({ body }) => body.toString()).find((body) => body.includes('group_id'))
    expect(strange(JSON.parse(told ?? ''), examples['Text Message']?.value)).toEqual([
      '.entry[].time: not in the example',
      // It is in Meta’s guide to groups, and in no example.
      '.entry[].changes[].value.messages[].group_id: not in the example',
    ])
  })
})
