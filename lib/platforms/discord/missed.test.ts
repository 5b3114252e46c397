import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { WebSocketServer } from 'ws'
import { trustOrigin } from '@/lib/core/http'
import type { Incoming } from '..'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { deliver, draftOf, must, type Subject } from '../contract.fixture'

type Answer = { readonly status: number; readonly body: unknown }

let world: ContractWorld
let bot: Subject
let forum: Subject
let between: Awaited<ReturnType<typeof standBetween>>
beforeAll(async () => {
  world = await startContractWorld()
  bot = world.subject('Discord bot')
  forum = world.subject('Discord forum')
  between = await standBetween(bot.app.apiUrl)
  trustOrigin(between.url, 'networks')
})
beforeEach(() => between.begin())
afterAll(async () => {
  between.close()
  await world.close()
})

/** Stands between the adapter and Discord: keeps what was asked, and may answer otherwise. */
async function standBetween(target: string) {
  type Change = (path: string, answer: Answer) => Promise<Answer | undefined> | Answer | undefined
  const asked: string[] = []
  let change: Change = () => undefined
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    asked.push(decodeURIComponent(path.replace('/api/v10', '')))
    const { authorization = '' } = request.headers
    const got = await fetch(target + path, { method: request.method ?? 'GET', headers: { authorization } })
    const answer = { status: got.status, body: await got.json() }
    const { status, body } = (await change(path, answer)) ?? answer
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // An address of TCP, once it listens.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begin() {
      asked.length = 0
      change = () => undefined
    },
    answering(otherwise: Change) {
      change = otherwise
    },
    listings: () => asked.filter((path) => path.includes('/reactions/')),
    looks: () => asked.filter((path) => path.endsWith('/messages?limit=100')),
    isOver: () => asked.some((path) => path.endsWith('/threads/active')),
    close: () => server.close(),
  }
}

/** A Gateway that lets everybody in and tells only what it is given to tell: a bot's own may be entered once in five seconds. */
async function openGateway() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const tell = (type: string, data: object) => {
    for (const socket of server.clients) socket.send(JSON.stringify({ op: 0, t: type, s: 1, d: data }))
  }
  server.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 60_000 } }))
    socket.on('message', () => tell('READY', {}))
  })
  onTestFinished(() => {
    server.close()
    for (const socket of server.clients) socket.terminate()
  })
  // As above.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tell }
}

/** What somebody keeps of the reactions that are handed over, as the inbox does: whatever order they come in. */
function keeper() {
  const all = new Map<string, { at: string; givenAt?: string; endedAt?: string }>()
  const standing = () =>
    [...all].flatMap(([name, { givenAt = '', endedAt = '' }]) => (givenAt > endedAt ? [name] : [])).toSorted()
  return {
    keep(items: readonly Incoming[]) {
      for (const { externalId, kind, change, at } of items) {
        if (kind !== 'reaction') continue
        const known = all.get(externalId) ?? { at }
        if (change === 'deleted') known.endedAt = [known.endedAt ?? '', at].toSorted()[1] ?? at
        else known.givenAt = [known.givenAt ?? '', at].toSorted()[1] ?? at
        all.set(externalId, known)
      }
    },
    standing,
    reactionsTo: async (message: string, after: string | undefined) =>
      standing().filter((name) => name.startsWith(`${message}/`) && (after === undefined || name > after)),
  }
}
type Keeper = ReturnType<typeof keeper>

async function listen(by: Keeper, of = bot) {
  const gateway = await openGateway()
  const heard: Incoming[] = []
  const stop = new AbortController()
  const app = { ...of.app, apiUrl: between.url, hosts: { ...of.app.hosts, gateway: gateway.url } }
  const over = of.platform.inbox?.stream?.(app, of.as, {
    // Of messages nothing was missed.
    cursor: String(2n ** 63n - 1n),
    signal: stop.signal,
    holds: async () => new Set<string>(),
    reactionsTo: by.reactionsTo,
    async onPage({ items }) {
      by.keep(items)
      heard.push(...items)
    },
  })
  return {
    heard,
    tell: gateway.tell,
    async end() {
      stop.abort()
      expect(await over).toEqual({ ok: true, value: undefined })
      return heard
    },
  }
}

/** Listens until everything was looked at. */
async function look(by: Keeper, of = bot): Promise<readonly Incoming[]> {
  between.begin()
  const line = await listen(by, of)
  await vi.waitFor(() => expect(between.isOver()).toBe(true), 10_000)
  return line.end()
}

const post = async (text: string, of = bot) => must(await deliver(of, await draftOf(of, world.say(text)))).externalId
async function react(on: string, emoji: string, handle = 'mira', account = 'announcements'): Promise<string> {
  const by = { handle, name: handle }
  const said = await world.admin('/speak', { network: 'discord', account, kind: 'reaction', by, text: emoji, on })
  return z.object({ id: z.string() }).parse(said).id.split(':')[2] ?? ''
}
const channel = () => bot.as.externalId.split('/')[1] ?? ''
async function takeOff(message: string, ...which: readonly string[]): Promise<void> {
  const path = ['reactions', ...which].map(encodeURIComponent).join('/')
  const answer = await fetch(`${bot.app.apiUrl}/api/v10/channels/${channel()}/messages/${message}/${path}`, {
    method: 'DELETE',
    headers: { authorization: `Bot ${bot.as.accessToken}` },
  })
  expect(answer.status).toBe(204)
}
const shown = (items: readonly Incoming[]) =>
  items.map(({ change, reaction, author }) => `${change} ${reaction} ${author.handle}`).toSorted()

test('what was given while nobody listened arrives once, and where the numbers are equal nothing is listed', async () => {
  const by = keeper()
  const on = await post('React to me')
  await react(on, '🔥')
  await react(on, '🔥', 'rosa')
  await react(on, 'bean:1100000000000000041')
  const before = new Date().toISOString()
  const found = await look(by)
  const after = new Date().toISOString()
  expect(shown(found)).toEqual(['new bean @mira', 'new 🔥 @mira', 'new 🔥 @rosa'])
  for (const { at, post: under, own } of found) {
    expect({ under, own }).toEqual({ under: on, own: false })
    expect([before <= at, at <= after]).toEqual([true, true])
  }
  expect(between.listings()).toHaveLength(2)

  expect(await look(by)).toEqual([])
  expect(between.listings()).toEqual([])
  await takeOff(on)
  await look(by)
})

test('what was taken back while nobody listened is taken back, the last of a message as well', async () => {
  const by = keeper()
  const [on, other] = [await post('One'), await post('Other')]
  const mira = await react(on, '🔥')
  await react(on, '🔥', 'rosa')
  await react(on, '💩', 'rosa')
  await react(other, '🎉')
  expect(await look(by)).toHaveLength(4)

  await takeOff(on, '🔥', mira)
  await takeOff(on, '💩')
  await takeOff(other)
  const gone = await look(by)
  expect(gone.map(({ change }) => change)).toEqual(['deleted', 'deleted', 'deleted'])
  expect(by.standing()).toEqual([expect.stringMatching(new RegExp(`^${on}/\\d+/🔥$`))])
  // Of what is all gone Discord has no list.
  expect(between.listings()).toHaveLength(1)

  await react(on, '🔥')
  expect(shown(await look(by))).toEqual(['new 🔥 @mira'])
  expect(await look(by)).toEqual([])
  await takeOff(on)
  await look(by)
})

test('a line that is taken up where it broke off asks nothing: Discord tells it what it missed', async () => {
  const by = keeper()
  const on = await post('Hold the line')
  const line = await listen(by)
  await vi.waitFor(() => expect(between.isOver()).toBe(true))
  const looks = between.looks().length
  await react(on, '🔥')
  line.tell('RESUMED', {})
  // What comes after it was heard after it.
  line.tell('MESSAGE_DELETE', { id: '1', channel_id: channel() })
  await vi.waitFor(() => expect(line.heard).toHaveLength(1))
  await line.end()
  expect([between.looks().length, between.listings().length]).toEqual([looks, 0])
  await takeOff(on)
})

test('all of 250 people behind one emoji are heard, and none twice', async () => {
  const by = keeper()
  const on = await post('Everybody')
  const people = Array.from({ length: 250 }, (_, n) => `fan${n}`)
  for (const handle of people) await react(on, '👍', handle)
  const found = await look(by)
  expect(found.map(({ author }) => author.handle).toSorted()).toEqual(people.map((name) => `@${name}`).toSorted())
  expect(between.listings()).toHaveLength(3)

  // On any of the pages.
  const [first = '', , last = ''] = [found[0], found[100], found[249]].map((item) => item?.author.externalId)
  for (const person of [first, last]) await takeOff(on, '👍', person)
  expect(shown(await look(by))).toHaveLength(2)
  expect(by.standing()).toHaveLength(248)
  await takeOff(on)
  await look(by)
}, 30_000)

test('a list that is refused leaves the rest heard and the line open, and is asked for again when one begins', async () => {
  const by = keeper()
  const [on, other] = [await post('Refused'), await post('Shown')]
  const [mira, rosa] = [await react(on, '🔥'), await react(on, '🔥', 'rosa')]
  await look(by)
  await takeOff(on, '🔥', mira)
  await react(on, '🎉', 'rosa')
  await react(other, '🎉')
  between.begin()
  between.answering((path) => {
    const isRefused = path.includes(encodeURIComponent('🔥'))
    return isRefused ? { status: 403, body: { code: 50001, message: 'Missing Access' } } : undefined
  })
  const line = await listen(by)
  await vi.waitFor(() => expect(between.isOver()).toBe(true))
  line.tell('MESSAGE_DELETE', { id: '1', channel_id: channel() })
  await vi.waitFor(() => expect(line.heard.at(-1)?.externalId).toBe('1'))
  expect(shown(line.heard.slice(0, -1))).toEqual(['new 🎉 @mira', 'new 🎉 @rosa'])
  await line.end()
  expect(by.standing()).toContain(`${on}/${mira}/🔥`)

  await look(by)
  expect(by.standing().filter((name) => name.endsWith('🔥'))).toEqual([`${on}/${rosa}/🔥`])
  for (const each of [on, other]) await takeOff(each)
  await look(by)
})

test('who is behind a page that is refused is not taken back, and those before it are heard', async () => {
  const by = keeper()
  const on = await post('Two pages')
  for (let n = 0; n < 120; n++) await react(on, '👍', `guest${n}`)
  await look(by)
  const kept = by.standing().filter((name) => name.startsWith(on))
  expect(kept).toHaveLength(120)
  await react(on, '👍', 'newcomer')
  between.begin()
  between.answering((path) =>
    path.includes('after=') && path.includes('/reactions/') ? { status: 500, body: {} } : undefined,
  )
  const line = await listen(by)
  await vi.waitFor(() => expect(between.isOver()).toBe(true))
  await line.end()
  expect(by.standing()).toEqual(expect.arrayContaining(kept))
  await look(by)
  expect(by.standing().filter((name) => name.startsWith(on))).toHaveLength(121)
  await takeOff(on)
  await look(by)
}, 30_000)

test('a limit is waited for where it is lifted soon; where it is not, nothing more is asked', async () => {
  const by = keeper()
  const on = await post('Limits')
  for (const emoji of ['🔥', '🎉']) await react(on, emoji)
  const limited = (seconds: number) => ({ status: 429, body: { message: 'Slow down', retry_after: seconds } })
  between.answering((path) => (path.includes('/reactions/') ? limited(3_600) : undefined))
  const line = await listen(by)
  await vi.waitFor(() => expect(between.listings()).toHaveLength(1))
  line.tell('MESSAGE_DELETE', { id: '1', channel_id: channel() })
  await vi.waitFor(() => expect(line.heard).toHaveLength(1))
  await line.end()
  expect([between.listings().length, between.isOver()]).toEqual([1, false])

  between.begin()
  let refusals = 0
  between.answering((path) => (path.includes('/reactions/') && (refusals += 1) === 1 ? limited(0.05) : undefined))
  const next = await listen(by)
  await vi.waitFor(() => expect(shown(next.heard)).toEqual(['new 🎉 @mira', 'new 🔥 @mira']))
  await next.end()
  expect(between.listings()).toHaveLength(3)
  await takeOff(on)
  await look(by)
})

test('what is said of a reaction while it is looked for has the last word', async () => {
  const by = keeper()
  const [on, other] = [await post('Taken back meanwhile'), await post('Stripped meanwhile')]
  const mira = await react(on, '🔥')
  await react(other, '🔥')
  const line = await listen(by)
  const emoji = { id: null, name: '🔥' }
  between.answering(async (path) => {
    if (!path.includes('/reactions/')) return undefined
    // Seen by Discord before it happened, and answered after it was told.
    const message_id = path.includes(on) ? on : other
    const where = { channel_id: channel(), message_id }
    if (message_id === on) line.tell('MESSAGE_REACTION_REMOVE', { ...where, user_id: mira, emoji })
    else line.tell('MESSAGE_REACTION_REMOVE_ALL', where)
    line.tell('MESSAGE_DELETE', { id: message_id, channel_id: channel() })
    await vi.waitFor(() => expect(line.heard.map(({ externalId }) => externalId)).toContain(message_id))
    return undefined
  })
  await vi.waitFor(() => expect(between.isOver()).toBe(true))
  const heard = await line.end()
  expect(shown(heard)).toEqual(expect.arrayContaining(['new 🔥 @mira', 'new 🔥 @mira']))
  expect(by.standing()).toEqual([])
  for (const each of [on, other]) await takeOff(each)
})

test('super reactions, which are counted together with the others and listed apart, are heard', async () => {
  const by = keeper()
  const on = await post('Superb')
  await react(on, '🔥')
  const Reacted = z.looseObject({ id: z.string(), reactions: z.array(z.looseObject({ count: z.number() })).optional() })
  between.answering((path, { status, body }) => {
    if (path.includes('type=1')) return { status: 200, body: [{ id: '7', username: 'zoe' }] }
    if (!path.includes('/messages?')) return undefined
    const [first, ...rest] = z.array(Reacted).parse(body)
    const reactions = first?.reactions?.map((one) => ({ ...one, count: 2, count_details: { burst: 1, normal: 1 } }))
    return { status, body: reactions ? [{ ...first, reactions }, ...rest] : body }
  })
  const line = await listen(by)
  await vi.waitFor(() => expect(shown(line.heard)).toEqual(['new 🔥 @mira', 'new 🔥 @zoe']))
  await line.end()
  await takeOff(on)
})

test('posts of a forum and what we say in threads are looked at, what others said nowhere', async () => {
  const by = keeper()
  const idea = await post('An idea', forum)
  const said = z.object({ id: z.string() }).parse(
    await world.admin('/speak', {
      network: 'discord',
      account: 'ideas',
      kind: 'comment',
      by: { handle: 'rosa', name: 'rosa' },
      text: 'Mine is better',
      on: idea,
    }),
  )
  await react(idea, '💡', 'mira', 'ideas')
  await react(said.id, '💡', 'mira', 'ideas')
  const line = await listen(by, forum)
  await vi.waitFor(() => expect(line.heard).toHaveLength(1))
  expect(await line.end()).toMatchObject([{ change: 'new', reaction: '💡', post: idea, author: { handle: '@mira' } }])
  expect(between.listings()).toHaveLength(1)
})
