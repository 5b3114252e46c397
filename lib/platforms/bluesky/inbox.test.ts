import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { draftOf, must, mustFail, type Subject } from '../contract.fixture'
import type { Inbox, Incoming } from '..'

let world: ContractWorld
let of: Subject
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Bluesky')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const inbox = <K extends keyof Inbox>(name: K): NonNullable<Inbox[K]> => {
  const can = of.platform.inbox?.[name]
  if (!can) throw new Error(`Bluesky's inbox cannot ${name}`)
  return can
}
const speak = async (kind: string, text: string, more: object = {}) => {
  const words = { network: 'bluesky', account: of.as.externalId, kind, text, by: { handle: 'mira', name: 'Mira' } }
  return z.object({ id: z.string() }).parse(await world.admin('/speak', { ...words, ...more }))
}
const publish = async (text: string) => must(await of.platform.publish(of.app, of.as, await draftOf(of, text)))

/** Everything from the cursor on, by however many pages; what is read again at the edge only once. */
async function since(cursor: string | undefined): Promise<{ items: readonly Incoming[]; cursor: string }> {
  const page = must(await inbox('poll')(of.app, of.as, cursor))
  if (!page.more) return page
  const rest = await since(page.cursor)
  return { items: [...rest.items, ...page.items], cursor: rest.cursor }
}

test('answers, names, likes and reposts arrive with their thread, and nothing of our own', async () => {
  const root = await publish(world.say('Ask us'))
  await world.turn(1_000)
  const { cursor } = await since(undefined)
  await world.turn(1_000)
  const first = await speak('comment', 'Is it open?', { on: root.externalId })
  const second = await speak('comment', 'On Sunday?', { on: first.id, by: { handle: 'sam', name: 'Sam' } })
  const mention = await speak('mention', 'good beans')
  const like = await speak('like', '', { on: root.externalId })
  const repost = await speak('share', '', { on: root.externalId })
  const { items } = await since(cursor)
  expect(items.map(({ kind, externalId, conversation, post }) => [kind, externalId, conversation, post])).toEqual([
    ['comment', first.id, root.externalId, root.externalId],
    ['comment', second.id, root.externalId, root.externalId],
    ['mention', mention.id, mention.id, undefined],
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

test('after a silence longer than a page nothing is skipped, though the network lists backwards', async () => {
  await world.turn(1_000)
  const { cursor } = await since(undefined)
  await world.turn(1_000)
  const said: string[] = []
  for (let n = 0; n < 230; n++) said.push((await speak('mention', `Number ${n}`)).id)
  const { items, cursor: next } = await since(cursor)
  // What lies on the edge comes again: better twice than never.
  expect(items.map(({ externalId }) => externalId).slice(-said.length)).toEqual(said)
  await world.turn(1_000)
  const last = await speak('mention', 'And one more')
  expect((await since(next)).items.map(({ externalId }) => externalId)).toContain(last.id)
})

test('a page that cannot be read fails, and the cursor leads to the same page again', async () => {
  await world.turn(1_000)
  const { cursor } = await since(undefined)
  const said = await speak('mention', 'Hello?')
  await world.fault(of, '429_until', { operation: 'read' })
  expect(mustFail(await inbox('poll')(of.app, of.as, cursor)).code).toBe('rate_limited')
  await world.clearFaults()
  expect((await since(cursor)).items.map(({ externalId }) => externalId)).toContain(said.id)
})

test('an answer stands under the question once, whatever became of the call', async () => {
  const root = await publish(world.say('Open on Sundays'))
  await speak('comment', 'Also in winter?', { on: root.externalId })
  const question = (await since(undefined)).items.findLast(({ kind }) => kind === 'comment')
  if (!question) throw new Error('The question did not arrive')
  const reply = {
    // As it is kept: plain JSON.
    to: JSON.parse(JSON.stringify(question)),
    text: world.say('Yes, in winter too'),
    key: of.platform.newKey(new Date()),
  }
  expect(must(await inbox('findReply')(of.app, of.as, reply, new Date()))).toBeUndefined()
  await world.fault(of, 'timeout_after_accept')
  expect(mustFail(await inbox('reply')(of.app, of.as, reply)).code).toBe('outcome_unknown')
  const found = must(await inbox('findReply')(of.app, of.as, reply, new Date()))
  const again = must(await inbox('reply')(of.app, of.as, reply))
  expect(again.externalId).toBe(found?.externalId)
  expect(await world.seen(of, reply.text)).toHaveLength(1)
})

test('the maker’s client is told of the same, in the form its lexicon says', async () => {
  const { AtpAgent } = await import('@atproto/api')
  const agent = new AtpAgent({ service: of.app.apiUrl })
  await agent.login({ identifier: 'northwind.sandbox', password: 'app-pass-northwind' })
  const said = await speak('mention', 'told to everybody alike')
  const { data } = await agent.listNotifications({ limit: 10 })
  expect(data.notifications[0]).toMatchObject({ uri: said.id, reason: 'mention', author: { handle: 'mira.test' } })
})
