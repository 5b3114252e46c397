import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { inMs, minute } from '@/lib/core/clock'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, mustFail, type Subject } from '../contract.fixture'
import { spokenTo } from '../spoken-to.fixture'
import type { Incoming } from '..'

let world: ContractWorld
let of: Subject
let people: ReturnType<typeof spokenTo>
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Bluesky')
  people = spokenTo(world, of, 'bluesky')
})
afterEach(() => {
  vi.useRealTimers()
  return world.clearFaults()
})
afterAll(() => world.close())

test('answers, names, likes and reposts arrive with their thread, and nothing of our own', async () => {
  const root = await people.publish(world.say('Ask us'))
  await world.turn(1_000)
  const { cursor } = await people.since(undefined)
  await world.turn(1_000)
  const first = await people.speak('comment', 'Is it open?', { on: root.externalId })
  const second = await people.speak('comment', 'On Sunday?', { on: first.id, by: { handle: 'sam', name: 'Sam' } })
  const mention = await people.speak('mention', 'good beans')
  const quote = await people.speak('quote', 'Read this', { on: root.externalId })
  const like = await people.speak('like', '', { on: root.externalId })
  const repost = await people.speak('share', '', { on: root.externalId })
  const { items } = await people.since(cursor)
  expect(items.map(({ kind, externalId, conversation, post }) => [kind, externalId, conversation, post])).toEqual([
    ['comment', first.id, root.externalId, root.externalId],
    ['comment', second.id, root.externalId, root.externalId],
    ['mention', mention.id, mention.id, undefined],
    ['mention', quote.id, quote.id, root.externalId],
    ['reaction', like.id, root.externalId, root.externalId],
    ['share', repost.id, root.externalId, root.externalId],
  ])
  expect(items[0]).toMatchObject({
    text: 'Is it open?',
    own: false,
    parent: root.externalId,
    author: { handle: '@mira.test', displayName: 'Mira' },
  })
  expect(items.every(({ own }) => !own)).toBe(true)
})

test('what the account answers others comes by asking, too, once, with the thread that it stands in', async () => {
  await people.since(undefined)
  const asked = await people.speak('mention', 'Are you open?')
  const { items, cursor } = await people.since((await people.since(undefined)).cursor)
  const question =
    items.find(({ externalId }) => externalId === asked.id) ?? (await people.since(undefined)).items.at(-1)
  const to = JSON.parse(JSON.stringify(question))
  await world.turn(1_000)
  const text = world.say('Until six')
  const { externalId } = must(
    await people.inbox('reply')(of.app, of.as, { to, text, key: of.platform.newKey(new Date()) }),
  )
  await people.publish(world.say('Good morning'))
  vi.useFakeTimers({ toFake: ['Date'], now: inMs(minute) })
  const next = await people.since(cursor)
  expect(next.items.filter(({ own }) => own)).toMatchObject([
    { externalId, own: true, text, parent: asked.id, conversation: question?.conversation },
  ])
  vi.useFakeTimers({ toFake: ['Date'], now: inMs(2 * minute) })
  expect((await people.since(next.cursor)).items.filter(({ own }) => own)).toEqual([])
})

test('after a silence longer than a page nothing is skipped, though the network lists backwards', async () => {
  await world.turn(1_000)
  const { cursor } = await people.since(undefined)
  await world.turn(1_000)
  const said: string[] = []
  for (let n = 0; n < 230; n++) said.push((await people.speak('mention', `Number ${n}`)).id)
  const { items, cursor: next } = await people.since(cursor)
  // What lies on the edge comes again: better twice than never.
  expect(items.map(({ externalId }) => externalId).slice(-said.length)).toEqual(said)
  await world.turn(1_000)
  const last = await people.speak('mention', 'And one more')
  expect((await people.since(next)).items.map(({ externalId }) => externalId)).toContain(last.id)
})

test('a page that cannot be read fails, and the cursor leads to the same page again', async () => {
  await world.turn(1_000)
  const { cursor } = await people.since(undefined)
  const said = await people.speak('mention', 'Hello?')
  await world.fault(of, '429_until', { operation: 'read' })
  expect(mustFail(await people.inbox('poll')(of.app, of.as, cursor)).code).toBe('rate_limited')
  await world.clearFaults()
  expect((await people.since(cursor)).items.map(({ externalId }) => externalId)).toContain(said.id)
})

test('an answer stands under the question once, whatever became of the call', async () => {
  const root = await people.publish(world.say('Open on Sundays'))
  await people.speak('comment', 'Also in winter?', { on: root.externalId })
  const question = (await people.since(undefined)).items.findLast(({ kind }) => kind === 'comment')
  if (!question) throw new Error('The question did not arrive')
  const reply = {
    // As it is kept: plain JSON.
    to: JSON.parse(JSON.stringify(question)),
    text: world.say('Yes, in winter too'),
    key: of.platform.newKey(new Date()),
  }
  expect(must(await people.inbox('findReply')(of.app, of.as, reply, new Date()))).toBeUndefined()
  await world.fault(of, 'timeout_after_accept')
  expect(mustFail(await people.inbox('reply')(of.app, of.as, reply)).code).toBe('outcome_unknown')
  const found = must(await people.inbox('findReply')(of.app, of.as, reply, new Date()))
  const again = must(await people.inbox('reply')(of.app, of.as, reply))
  expect(again.externalId).toBe(found?.externalId)
  expect(await world.seen(of, reply.text)).toHaveLength(1)
})

test('the maker’s client is told of the same, in the form its lexicon says', async () => {
  const { AtpAgent } = await import('@atproto/api')
  const agent = new AtpAgent({ service: of.app.apiUrl })
  await agent.login({ identifier: 'northwind.sandbox', password: 'app-pass-northwind' })
  const said = await people.speak('mention', 'told to everybody alike')
  const { data } = await agent.listNotifications({ limit: 10 })
  expect(data.notifications[0]).toMatchObject({ uri: said.id, reason: 'mention', author: { handle: 'mira.test' } })
})

/** What was said in chats, of everything since the cursor. */
const inChats = async (cursor: string) => {
  const page = await people.since(cursor)
  return { ...page, items: page.items.filter(({ url }) => url?.includes('/messages/')) }
}

test('messages and reactions to them arrive once each, by name, and our own are known as ours', async () => {
  const { cursor } = await people.since(undefined)
  const first = await people.speak('dm', 'Do you ship to Norway?')
  await people.speak('reaction', '🎉', { on: first.id })
  const page = await inChats(cursor)
  expect(page.items).toMatchObject([
    {
      kind: 'dm',
      externalId: first.id,
      text: 'Do you ship to Norway?',
      own: false,
      author: { handle: '@mira.test', displayName: 'Mira' },
    },
    { kind: 'reaction', parent: first.id, reaction: '🎉', conversation: page.items[0]?.conversation },
  ])
  const to = JSON.parse(JSON.stringify(page.items[0]))
  const text = world.say('Every Tuesday')
  must(await people.inbox('reply')(of.app, of.as, { to, text, key: of.platform.newKey(new Date()) }))
  const next = await inChats(page.cursor)
  expect(next.items.map((item) => [item.text, item.own])).toEqual([[text, true]])
  expect((await inChats(next.cursor)).items).toEqual([])
})

test('pictures and films come with what is said, also beside a quoted post, and a shared post as its address', async () => {
  const root = await people.publish(world.say('Show us'))
  await world.turn(1_000)
  const { cursor } = await people.since(undefined)
  await world.turn(1_000)
  await people.speak('comment', 'A cup', { on: root.externalId, file: 'image' })
  await people.speak('mention', 'a film', { file: 'video' })
  await people.speak('quote', 'As we had it', { on: root.externalId, file: 'image' })
  // What lies on the edge comes again.
  const items = (await people.since(cursor)).items.slice(-3)
  expect(items.map(({ kind, media }) => [kind, ...media.map((file) => [file.kind, file.alt])])).toEqual([
    ['comment', ['image', 'cup.png']],
    ['mention', ['video', 'pour.mp4']],
    ['mention', ['image', 'cup.png']],
  ])
  expect(items[2]).toMatchObject({ post: root.externalId })
  for (const { media } of items) {
    const answer = await fetch(media[0]?.url ?? '')
    expect(answer.headers.get('content-type')).toBe(media[0]?.kind === 'image' ? 'image/png' : 'video/mp4')
  }
  await people.speak('dm', '', { on: root.externalId })
  const said = (await people.since(cursor)).items.find(({ kind }) => kind === 'dm')
  expect(said?.text).toBe(root.url)
})

test('a message whose outcome is unknown is found in its chat, by what it says', async () => {
  const { cursor } = await people.since(undefined)
  await people.speak('dm', 'And to Iceland?')
  const [question] = (await inChats(cursor)).items
  const found = await people.answerIntoDoubt(question, 'There, too', { operation: 'comment' })
  expect(found.externalId).toMatch(/^\w+$/)
})

test('an app password without messages hears all that is public, and the doctor says what is missing', async () => {
  const [way] = of.platform.connections
  if (way?.kind !== 'form') throw new Error('Bluesky is not connected by a form')
  const values = { handle: 'northwind.sandbox', password: 'app-pass-northwind-plain' }
  const [account] = must(await way.signIn(of.app, values))
  if (!account) throw new Error('There is no account')
  const said = await people.speak('mention', 'in the open')
  await people.speak('dm', 'in private')
  const { items } = must(await people.inbox('poll')(of.app, account.credentials, undefined))
  expect(items.map(({ externalId }) => externalId)).toContain(said.id)
  expect(items.filter(({ kind }) => kind === 'dm')).toEqual([])
  expect(must((await of.platform.examine?.(of.app, account.credentials)) ?? { ok: true, value: [] })).toMatchObject([
    { name: 'messages', state: 'advice' },
  ])
})

/** Listens from a mark on. `until` hands back what was heard once it is enough, and hangs up. */
function listenTo(mark: string | undefined) {
  const heard: Incoming[] = []
  const hangUp = new AbortController()
  let last = mark
  const over = people.inbox('stream')(of.app, of.as, {
    cursor: undefined,
    mark,
    signal: hangUp.signal,
    holds: async (ids) => new Set(names(heard).filter((id) => ids.includes(id))),
    reactionsTo: async () => [],
    onPage: async (page) => {
      heard.push(...page.items)
      last = page.mark ?? last
    },
  })
  return {
    heard,
    async until(enough: () => boolean | Promise<boolean>) {
      await vi.waitFor(async () => expect(await enough()).toBe(true), { timeout: 30_000, interval: 50 })
      hangUp.abort()
      must(await over)
      return last
    },
  }
}
const names = (items: readonly Incoming[]) => items.map(({ externalId }) => externalId)

test('answers and names come by Jetstream as they are said, and nothing that concerns others', async () => {
  const root = await people.publish(world.say('Live'))
  const line = listenTo(undefined)
  // A line says nothing when it stands: speaking begins when the first word comes through.
  let waiting = 0
  const mark = await line.until(async () => {
    await people.speak('mention', `Are you there? ${waiting++}`)
    return line.heard.length > 0
  })
  const again = listenTo(mark)
  const answer = await people.speak('comment', 'Here', { on: root.externalId })
  const { id: foreign } = await people.speak('mention', 'to another', { account: 'alice.sandbox' })
  await again.until(() => names(again.heard).includes(answer.id))
  expect(names(again.heard)).not.toContain(foreign)
  const told = again.heard.find(({ externalId }) => externalId === answer.id)
  const asked = (await people.since(undefined)).items.find(({ externalId }) => externalId === answer.id)
  const { at: _told, author: teller, ...said } = told ?? {}
  const { at: _asked, author: asker, ...polled } = asked ?? {}
  expect(said).toEqual(polled)
  expect(teller).toMatchObject({ externalId: asker?.externalId, nameless: true })
  expect(must(await people.inbox('identify')(of.app, of.as, teller?.externalId ?? ''))).toMatchObject({
    handle: '@mira.test',
    displayName: 'Mira',
  })
})

test('a line that broke goes on from where it was, and nothing said in between is lost', async () => {
  const line = listenTo(String(Date.now() * 1_000))
  const first = await people.speak('mention', 'before it broke')
  const mark = await line.until(() => names(line.heard).includes(first.id))
  const missed = [await people.speak('mention', 'while it was down'), await people.speak('mention', 'and once more')]
  const again = listenTo(mark)
  const after = await people.speak('mention', 'when it was back')
  await again.until(() => names(again.heard).includes(after.id))
  expect(names(again.heard)).toEqual(expect.arrayContaining([...missed.map(({ id }) => id), after.id]))
})

test('what was said on a line and is taken away again is told as gone', async () => {
  const line = listenTo(String(Date.now() * 1_000))
  const { AtpAgent } = await import('@atproto/api')
  const agent = new AtpAgent({ service: of.app.apiUrl })
  await agent.login({ identifier: 'alice.sandbox', password: 'app-pass-alice' })
  const name = `@${of.account.handle.replace(/^@/, '')}`
  const features = [{ $type: 'app.bsky.richtext.facet#mention', did: of.as.externalId }]
  const facets = [{ index: { byteStart: 0, byteEnd: name.length }, features }]
  const { uri } = await agent.post({ text: `${name} oops`, facets })
  await agent.deletePost(uri)
  await line.until(() => line.heard.some(({ change }) => change === 'deleted'))
  const ofIt = line.heard.filter(({ externalId }) => externalId === uri)
  expect(ofIt.map(({ change }) => change)).toEqual(['new', 'deleted'])
})

test('a line that cannot be had says so', async () => {
  const app = { ...of.app, hosts: { jetstream: 'http://127.0.0.1:9' } }
  const answer = await people.inbox('stream')(app, of.as, {
    cursor: undefined,
    signal: new AbortController().signal,
    holds: async () => new Set(),
    reactionsTo: async () => [],
    onPage: async () => {},
  })
  expect(mustFail(answer)).toMatchObject({ code: 'unavailable' })
})
