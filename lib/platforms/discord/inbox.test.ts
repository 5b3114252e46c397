import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { deliver, draftOf, must, mustFail, type Subject } from '../contract.fixture'
import { fileOf } from '../graph-inbox.fixture'
import type { Inbox, Incoming, IncomingPage, Reply } from '..'

let world: ContractWorld
let of: Subject
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Discord bot')
})
afterAll(() => world.close())

function inboxOf(subject: Subject): Inbox {
  const { inbox } = subject.platform
  if (!inbox) throw new Error('Discord has no inbox')
  return inbox
}
const post = async (text: string, more = {}) => must(await deliver(of, await draftOf(of, text, more)))
const speak = (kind: string, text: string, on?: string, account = 'announcements') =>
  world.admin('/speak', {
    network: 'discord',
    account,
    kind,
    by: { handle: 'mira', name: 'Mira Reads' },
    text,
    ...(on ? { on } : {}),
  })
const poll = async (cursor?: string): Promise<IncomingPage> => {
  const { poll: ask } = inboxOf(of)
  if (!ask) throw new Error('Discord cannot be asked')
  return must(await ask(of.app, of.as, cursor))
}
const answerTo = (to: Incoming, text: string): Reply => ({ to, text, key: of.platform.newKey(new Date()) })

describe('asked from time to time', () => {
  test('everything said in the channel comes once, oldest first, ours marked as ours', async () => {
    const { cursor } = await poll()
    const root = await post(world.say('What do you think?'))
    await speak('comment', 'Lovely', root.externalId)
    await speak('mention', 'are you open today?')
    await speak('comment', 'I just talk')
    const page = await poll(cursor)
    expect(page.items.map(({ kind, own, text, parent, post: under }) => ({ kind, own, text, parent, under }))).toEqual([
      expect.objectContaining({ kind: 'comment', own: true }),
      { kind: 'comment', own: false, text: 'Lovely', parent: root.externalId, under: root.externalId },
      expect.objectContaining({
        kind: 'mention',
        own: false,
        text: expect.stringMatching(/^@[^<>@]+ are you open today\?$/),
      }),
      expect.objectContaining({ kind: 'comment', own: false, text: 'I just talk' }),
    ])
    expect(page.items[1]?.author).toMatchObject({ handle: '@mira', displayName: 'Mira Reads' })
    expect((await poll(page.cursor)).items).toEqual([])
  })

  test('a file comes with its name and can be brought', async () => {
    const { cursor } = await poll()
    const said = { network: 'discord', account: 'announcements', kind: 'comment', text: 'Here' }
    await world.admin('/speak', { ...said, by: { handle: 'mira', name: 'Mira Reads' }, file: 'file' })
    const [item] = (await poll(cursor)).items
    expect(item?.media).toMatchObject([{ kind: 'file', name: 'invoice.pdf' }])
    expect(await fileOf(of, item)).toBe('PDF')
  })

  test('more than a page comes in pages, and nothing is left out', async () => {
    const { cursor } = await poll()
    for (let n = 0; n < 130; n++) await speak('comment', `Number ${n}`)
    const first = await poll(cursor)
    expect(first.more).toBe(true)
    const second = await poll(first.cursor)
    expect(second.more).toBe(false)
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(
      Array.from({ length: 130 }, (_, n) => `Number ${n}`),
    )
  })

  test('what is said in a post’s thread is asked for by the post', async () => {
    const root = await post(world.say('Talk below'), { title: 'Below' })
    const forum = world.subject('Discord forum')
    const idea = must(await deliver(forum, await draftOf(forum, world.say('An idea'))))
    await speak('comment', 'In the forum', idea.externalId, 'ideas')
    const ask = inboxOf(forum).pollPost
    expect(must((await ask?.(forum.app, forum.as, idea, undefined)) ?? none()).items).toMatchObject([
      { text: 'In the forum', post: idea.externalId, conversation: idea.externalId },
    ])
    const below = must((await ask?.(forum.app, forum.as, idea, undefined)) ?? none()).items
    expect(below.some(({ conversationOf }) => conversationOf)).toBe(false)
    expect(must((await ask?.(of.app, of.as, root, undefined)) ?? none()).items).toEqual([])
    const alone = await post(world.say('No thread'))
    expect(must((await ask?.(of.app, of.as, alone, undefined)) ?? none()).items).toEqual([])
  })

  test('a webhook says that it cannot read', async () => {
    const hook = world.subject('Discord webhook')
    expect(mustFail((await inboxOf(hook).poll?.(hook.app, hook.as, undefined)) ?? none()).code).toBe('rejected')
  })
})

describe('answered', () => {
  test('an answer points at what it answers, and is found again after a doubt', async () => {
    const { cursor } = await poll()
    await speak('comment', 'Do you ship to Bern?')
    const [question] = (await poll(cursor)).items
    if (!question) throw new Error('Nobody asked')
    const answer = answerTo(question, world.say('We do'))
    const since = new Date()
    await world.fault(of, 'reset_after_accept')
    const { reply, findReply } = inboxOf(of)
    expect(mustFail((await reply?.(of.app, of.as, answer)) ?? none()).code).toBe('outcome_unknown')
    const found = must((await findReply?.(of.app, of.as, answer, since)) ?? none())
    const [effect, more] = await world.seen(of, answer.text)
    expect([effect?.id, effect?.kind, more]).toEqual([found?.externalId, 'reply', undefined])
    // The same key: Discord gives the first answer back.
    expect(must((await reply?.(of.app, of.as, answer)) ?? none()).externalId).toBe(found?.externalId)
    expect(await world.seen(of, answer.text)).toHaveLength(1)
  })
})

test('what answers an answer stands where that stands, and under no post that is an answer of ours', async () => {
  const { cursor } = await poll()
  await speak('comment', 'Where is my parcel?')
  const asked = await poll(cursor)
  const [question] = asked.items
  if (!question) throw new Error('Nobody asked')
  const ours = must((await inboxOf(of).reply?.(of.app, of.as, answerTo(question, world.say('On its way')))) ?? none())
  await speak('comment', 'Since when?', ours.externalId)
  const root = await post(world.say('New opening hours'))
  await speak('comment', 'On Sundays, too?', root.externalId)
  const { items } = await poll(asked.cursor)
  const placed = [question, ...items].map(({ conversationOf, parent, post: under }) => ({
    conversationOf,
    parent,
    under,
  }))
  expect(placed).toEqual([
    { conversationOf: undefined, parent: undefined, under: undefined },
    { conversationOf: 'parent', parent: question.externalId, under: undefined },
    { conversationOf: 'parent', parent: ours.externalId, under: undefined },
    { conversationOf: undefined, parent: undefined, under: undefined },
    { conversationOf: 'parent', parent: root.externalId, under: root.externalId },
  ])
  // While what it answers is not known it goes by its name.
  for (const { conversation, parent, externalId } of items) expect(conversation).toBe(parent ?? externalId)
})

/** Discord tells of the ends in its own channel alone: it asks nobody. */
const holds = async () => new Set<string>()
const reactionsTo = async () => []

/** A bot may begin a session once in five seconds: what begins one waits so long for its turn. */
const turn = { timeout: 15_000 }

describe('listened to', () => {
  test('what was missed comes first, then everything as it is said, until it is told to stop', async () => {
    const { cursor } = await poll()
    await speak('comment', 'While you were away')
    const root = await post(world.say('Live'))
    const heard: Incoming[] = []
    const stop = new AbortController()
    const over = inboxOf(of).stream?.(of.app, of.as, {
      cursor,
      signal: stop.signal,
      holds,
      reactionsTo,
      async onPage({ items }) {
        heard.push(...items)
      },
    })
    await vi.waitFor(() => expect(heard.map(({ text }) => text)).toContain('While you were away'), turn)
    await speak('comment', 'Just now', root.externalId)
    await speak('reaction', '🔥', root.externalId)
    await vi.waitFor(() => expect(heard.map(({ kind }) => kind)).toContain('reaction'))
    expect(heard.find(({ text }) => text === 'Just now')).toMatchObject({ kind: 'comment', post: root.externalId })
    expect(heard.find(({ kind }) => kind === 'reaction')).toMatchObject({
      reaction: '🔥',
      post: root.externalId,
      parent: root.externalId,
      conversationOf: 'parent',
      author: { handle: '@mira' },
    })
    const ours = await post(world.say('And ours'))
    await vi.waitFor(() => expect(heard.at(-1)?.own).toBe(true))
    must((await of.platform.remove?.(of.app, of.as, ours)) ?? none())
    await vi.waitFor(() => expect(heard.at(-1)?.change).toBe('deleted'))
    const gone = heard.pop()
    expect(gone?.externalId).toBe(ours.externalId)
    stop.abort()
    expect(await over).toEqual({ ok: true, value: undefined })
    expect(new Set(heard.map(({ externalId }) => externalId)).size).toBe(heard.length)
  })

  test('all channels of a bot share one line, which one that joins or leaves does not end', async () => {
    const Bot = z.object({ session_start_limit: z.object({ remaining: z.number() }) })
    const headers = { authorization: `Bot ${of.as.accessToken}` }
    const left = async () =>
      Bot.parse(await (await fetch(`${of.app.apiUrl}/api/v10/gateway/bot`, { headers })).json()).session_start_limit
        .remaining
    const before = await left()
    const listen = (to: Subject) => {
      const heard: string[] = []
      const stop = new AbortController()
      const over = inboxOf(to).stream?.(to.app, to.as, {
        cursor: undefined,
        signal: stop.signal,
        holds,
        reactionsTo,
        async onPage({ items }) {
          heard.push(...items.map(({ text }) => text))
        },
      })
      return { heard, stop, over }
    }
    const forum = world.subject('Discord forum')
    const idea = must(await deliver(forum, await draftOf(forum, world.say('An idea'))))
    const [first, second] = [listen(of), listen(of)]
    let said = 0
    const bothHear = async () => {
      await speak('comment', `To all ${(said += 1)}`)
      for (const { heard } of [first, second]) expect(heard.some((text) => text.startsWith('To all'))).toBe(true)
    }
    await vi.waitFor(bothHear, { ...turn, interval: 200 })
    // What is under a thread that was told of before it joined is heard, too.
    const late = listen(forum)
    await vi.waitFor(
      async () => {
        await speak('comment', `Below ${(said += 1)}`, idea.externalId, 'ideas')
        expect(late.heard.some((text) => text.startsWith('Below'))).toBe(true)
      },
      { timeout: 5_000, interval: 200 },
    )
    second.stop.abort()
    expect(await second.over).toEqual({ ok: true, value: undefined })
    await speak('comment', 'After one left')
    await vi.waitFor(() => expect(first.heard).toContain('After one left'))
    expect(second.heard).not.toContain('After one left')
    expect(late.heard.filter((text) => text.startsWith('To all'))).toEqual([])
    for (const { stop } of [first, late]) stop.abort()
    expect(await first.over).toEqual({ ok: true, value: undefined })
    expect(before - (await left())).toBe(1)
  })

  test('a session that Discord does not take is a failure, so that it is left alone for a while', async () => {
    await world.admin('/settings', { rateLimits: true })
    // Somebody else began one of the bot just now.
    const begun = new WebSocket(String(of.app.hosts.gateway ?? of.app.apiUrl).replace(/^http/, 'ws'))
    const opcode = await new Promise<number>((resolve) => {
      const identify = { op: 2, d: { token: of.as.accessToken, intents: 0 } }
      begun.addEventListener('open', () => setTimeout(() => begun.send(JSON.stringify(identify)), 5_600))
      begun.addEventListener('message', ({ data }) => {
        const { op } = JSON.parse(String(data))
        if (op !== 10) resolve(op)
      })
    })
    expect(opcode).toBe(0)
    const signal = AbortSignal.timeout(15_000)
    const over = inboxOf(of).stream?.(of.app, of.as, {
      cursor: undefined,
      signal,
      holds,
      reactionsTo,
      onPage: async () => {},
    })
    expect(mustFail((await over) ?? none())).toMatchObject({
      code: 'unavailable',
      reason: expect.stringContaining('takes no session of this bot right now'),
    })
    begun.close()
    await world.admin('/settings', { rateLimits: false })
  })

  test('a Gateway that never says hello, or lets nobody in, is a failure and no quiet line', async () => {
    const hello = JSON.stringify({ op: 10, d: { heartbeat_interval: 60_000 } })
    for (const [greeting, why] of [
      ['', 'did not say hello'],
      [hello, 'did not let the bot in'],
    ] as const) {
      const mute = new WebSocketServer({ port: 0, host: '127.0.0.1' })
      await once(mute, 'listening')
      mute.on('connection', (socket) => socket.send(greeting))
      // An address of TCP, once it listens.
      const gateway = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`
      const app = { ...of.app, timeoutMs: 1_000, hosts: { ...of.app.hosts, gateway } }
      const over = inboxOf(of).stream?.(app, of.as, {
        cursor: undefined,
        signal: AbortSignal.timeout(20_000),
        holds,
        reactionsTo,
        onPage: () => Promise.resolve(),
      })
      expect(mustFail((await over) ?? none())).toEqual({ code: 'unavailable', reason: `Discord’s Gateway ${why}.` })
      mute.close()
      for (const socket of mute.clients) socket.terminate()
    }
  })

  test('a line that may not ask what was missed ends, and does not stay open deaf', async () => {
    await world.fault(of, '500_after_accept', { operation: 'read' })
    const signal = AbortSignal.timeout(15_000)
    const over = inboxOf(of).stream?.(of.app, of.as, {
      cursor: undefined,
      signal,
      holds,
      reactionsTo,
      onPage: async () => {},
    })
    expect(mustFail((await over) ?? none()).code).toBe('unavailable')
    expect(signal.aborted).toBe(false)
  })

  test('what its hearer cannot keep ends it at once, with that error', async () => {
    const { cursor } = await poll()
    const onPage = () => Promise.reject(new Error('nobody can keep this'))
    const over = inboxOf(of).stream?.(of.app, of.as, {
      cursor,
      signal: new AbortController().signal,
      holds,
      reactionsTo,
      onPage,
    })
    await expect(over).rejects.toThrow('nobody can keep this')
  })

  test('a token that was reset ends it with the wish to connect anew, a Gateway that is gone with another try', async () => {
    const listen = (as = of.as, app = of.app) =>
      inboxOf(of).stream?.(app, as, {
        cursor: undefined,
        signal: new AbortController().signal,
        holds,
        reactionsTo,
        onPage: async () => {},
      })
    expect(mustFail((await listen({ ...of.as, accessToken: 'reset' })) ?? none()).code).toBe('auth_expired')
    const gone = { ...of.app, hosts: { gateway: 'http://127.0.0.1:4799' } }
    expect(mustFail((await listen(of.as, gone)) ?? none()).code).toBe('unavailable')
  })
})

const none = (): never => {
  throw new Error('Discord cannot do that')
}
