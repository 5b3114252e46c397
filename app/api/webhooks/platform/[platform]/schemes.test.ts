import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { serveBy } from '@/app/api/serve.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import type { Scheme } from '@/lib/platforms/scheme.fixture'
import { schemes } from '@/lib/platforms/schemes.fixture'
import { GET, POST } from './route'

/** Everything held, for all networks at once. */
const held = Object.assign({}, ...schemes.map((scheme) => ({ ...scheme.held, ...scheme.handshake?.held })))

let server: Awaited<ReturnType<typeof serveBy>>
beforeAll(async () => {
  const verbs = new Map([
    ['GET', GET],
    ['POST', POST],
  ])
  server = await serveBy((verb, path) => {
    const handler = verbs.get(verb)
    return handler && { handler, params: { platform: path.slice(1) } }
  })
})
beforeEach(async () => {
  Object.assign(process.env, held)
  await prisma.incomingEvent.deleteMany()
})
afterAll(async () => {
  await server.close()
  await Promise.all([closeDoors(), closeQueues()])
  await prisma.$disconnect()
})

type Headers = Readonly<Record<string, string | readonly string[]>>
const Counted = z.object({ received: z.number(), new: z.number() })
const queries = new Map(schemes.map(({ name, query }) => [name, query]))
type Answer = { readonly status: number; readonly said: string }

/** A header with two values is sent twice, which `fetch` cannot. */
const send = (name: string, body: string, headers: Headers) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(`${server.origin}/${name}${queries.get(name) ?? ''}`, { method: 'POST' }, (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, said }), reject)
    })
    for (const [header, value] of Object.entries(headers)) sent.setHeader(header, value)
    sent.on('error', reject).end(body)
  })
const ask = (name: string, question: Readonly<Record<string, string>>) =>
  fetch(`${server.origin}/${name}?${new URLSearchParams(question).toString()}`)

const without = (all: Readonly<Record<string, string>>, gone: string) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== gone))
/** The same meaning in other bytes. */
const writtenAnew = (body: string): string =>
  body.startsWith('<') ? body.replaceAll('\n', '\n\n') : JSON.stringify(JSON.parse(body), null, 1)
const otherThan = (value: string): string => value.slice(0, -1) + (value.endsWith('0') ? '1' : '0')

type Named = Scheme & { readonly name: string }

/** A report of a network as it is right, and what the door makes of it when something is wrong. */
function spoken({ name, report, sign }: Named) {
  const body = report('1', 'Hello Zürich')
  const right = sign(body, new Date())
  return {
    body,
    right,
    headers: Object.entries(right),
    believes: async (sent: string, by: Headers) => expect(await send(name, sent, by)).toMatchObject({ status: 200 }),
    refuses: async (sent: string, by: Headers) =>
      expect(await send(name, sent, by)).toEqual({ status: 401, said: expect.stringContaining('INVALID_TOKEN') }),
    kept: async () => (await prisma.incomingEvent.findMany()).map(({ externalId }) => externalId),
  }
}

describe.for(schemes)('$name', (scheme) => {
  const { name, report, sign, nameOf, handshake } = scheme
  const { body, right, headers, believes, refuses, kept } = spoken(scheme)

  test('a report that is signed is believed, and stored once by the network’s name for it, however often it comes', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(name, body, right)))
    const counted = answers.map(({ said }) => Counted.parse(JSON.parse(said)))
    expect(counted.toSorted((a, b) => b.new - a.new)).toEqual([1, 0, 0, 0].map((one) => ({ received: 1, new: one })))
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(await kept()).toEqual([nameOf?.('1') ?? digest])
    const other = report('2', 'Hello Zürich')
    await believes(other, sign(other, new Date()))
    expect((await kept()).toSorted()).toEqual([nameOf?.('1') ?? digest, nameOf?.('2') ?? digest])
  })

  test('one that is not signed, or only in part, is not believed', async () => {
    await refuses(body, {})
    for (const [header] of headers) {
      await refuses(body, without(right, header))
      await refuses(body, { ...right, [header]: '' })
    }
    expect(await kept()).toEqual([])
  })

  test('one whose signature is shorter or longer than it should be is not believed', async () => {
    for (const [header, value] of headers)
      for (const wrong of [value.slice(0, -1), value.slice(0, value.length / 2), `${value}0`, value + value])
        await refuses(body, { ...right, [header]: wrong })
    expect(await kept()).toEqual([])
  })

  test('one that carries a header twice is not believed, whichever is right', async () => {
    for (const [header, value] of headers)
      for (const twice of [
        [value, value],
        [value, otherThan(value)],
        [otherThan(value), value],
      ])
        await refuses(body, { ...right, [header]: twice })
    expect(await kept()).toEqual([])
  })

  test('nothing is believed while we hold another secret, or none', async () => {
    for (const [setting, value] of Object.entries(scheme.held)) {
      process.env[setting] = otherThan(value)
      await refuses(body, right)
      delete process.env[setting]
      await refuses(body, right)
      expect((await ask(name, handshake?.asks ?? {})).status).toBe(handshake?.held ? 200 : 400)
    }
    expect(await kept()).toEqual([])
  })

  test('what is signed and no report is refused in words, and kept nowhere', async () => {
    for (const sent of ['', 'hello', '[]', '{}', '<feed></feed>'])
      expect(await send(name, sent, sign(sent, new Date()))).toEqual({
        status: 422,
        said: expect.stringContaining('VALIDATION_ERROR'),
      })
    expect(await kept()).toEqual([])
  })
})

describe('the bytes', () => {
  test.for(schemes.filter(({ bytes }) => bytes !== 'unsigned'))(
    'a report of $name whose bytes are not those that were signed is not believed',
    async (scheme) => {
      const { report, sign } = scheme
      const { body, right, refuses, kept } = spoken(scheme)
      for (const sent of [body.replace('Hello', 'Hallo'), `${body} `, body.slice(0, -1), writtenAnew(body)]) {
        expect(sent).not.toBe(body)
        await refuses(sent, right)
      }
      for (const of of ['', report('2', 'Hello Zürich')]) await refuses(body, sign(of, new Date()))
      expect(await kept()).toEqual([])
    },
  )
})

describe('the time', () => {
  const dated = schemes.flatMap(({ oldestMs, ...scheme }) => (oldestMs === undefined ? [] : [{ ...scheme, oldestMs }]))

  test.for(dated)('a report of $name that is stale, or from the future, is not believed', async (scheme) => {
    const { body } = spoken(scheme)
    const statusOf = async (ms: number) =>
      (await send(scheme.name, body, scheme.sign(body, new Date(Date.now() + ms)))).status
    const [minuteMs, late] = [60_000, scheme.oldestMs]
    for (const side of [-1, 1])
      expect([await statusOf(side * (late - minuteMs)), await statusOf(side * (late + minuteMs))]).toEqual([200, 401])
  })
})

describe('the question whether the address is ours', () => {
  const asking = schemes.flatMap(({ handshake, ...scheme }) => (handshake ? [{ ...scheme, handshake }] : []))
  const silent = schemes.filter(({ handshake }) => !handshake)
  const pinging = schemes.flatMap(({ ping, ...scheme }) => (ping ? [{ ...scheme, ping }] : []))

  test.for(asking)(
    'of $name is answered, and no other',
    async ({ name, handshake: { asks, answer, wrong, held: word } }) => {
      expect(await (await ask(name, asks)).text()).toBe(answer)
      const missing = Object.keys(asks).map((key) => without(asks, key))
      for (const question of [{}, { hello: '1' }, ...missing, ...wrong.map((one) => ({ ...asks, ...one }))])
        expect([question, (await ask(name, question)).status]).toEqual([question, 400])
      for (const setting of Object.keys(word ?? {})) {
        delete process.env[setting]
        expect((await ask(name, asks)).status).toBe(400)
        expect((await ask(name, { ...asks, 'hub.verify_token': '' })).status).toBe(400)
      }
    },
  )

  test.for(silent)('is not asked by $name, so none is answered', async ({ name }) => {
    for (const question of [{}, ...asking.map(({ handshake }) => handshake.asks)])
      expect((await ask(name, question)).status).toBe(400)
  })

  test.for(pinging)('that comes from $name as a signed report is answered, and unsigned refused', async (scheme) => {
    const { name, sign, ping } = scheme
    const { refuses, kept } = spoken(scheme)
    const by = sign(ping.body, new Date())
    expect(await send(name, ping.body, by)).toEqual({ status: ping.status, said: '' })
    await refuses(ping.body, {})
    await refuses(`${ping.body} `, by)
    for (const [header, value] of Object.entries(by)) await refuses(ping.body, { ...by, [header]: otherThan(value) })
    expect(await kept()).toEqual([])
  })
})
