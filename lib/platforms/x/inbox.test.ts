import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { draftOf, must, mustFail, type Subject } from '../contract.fixture'
import type { Inbox, Incoming } from '..'

let world: ContractWorld
let of: Subject
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('X')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const inbox = <K extends keyof Inbox>(name: K): NonNullable<Inbox[K]> => {
  const can = of.platform.inbox?.[name]
  if (!can) throw new Error(`X's inbox cannot ${name}`)
  return can
}
const speak = async (kind: string, text: string, more: object = {}) => {
  const words = { network: 'x', account: of.as.externalId, kind, text, by: { handle: 'mira', name: 'Mira' } }
  return z.object({ id: z.string() }).parse(await world.admin('/speak', { ...words, ...more }))
}
const publish = async (text: string) => must(await of.platform.publish(of.app, of.as, await draftOf(of, text)))

/** Everything from the cursor on, by however many pages, oldest first. */
async function since(cursor: string | undefined): Promise<{ items: readonly Incoming[]; cursor: string }> {
  const page = must(await inbox('poll')(of.app, of.as, cursor))
  if (!page.more) return page
  const rest = await since(page.cursor)
  return { items: [...rest.items, ...page.items], cursor: rest.cursor }
}

test('answers and mentions arrive once each, with their thread and who said them', async () => {
  const { cursor } = await since(undefined)
  const root = await publish(world.say('Ask us'))
  const first = await speak('comment', 'Is it open?', { on: root.externalId })
  const second = await speak('comment', 'On Sunday?', { on: first.id, by: { handle: 'sam', name: 'Sam' } })
  const mention = await speak('mention', 'good beans')
  const page = await since(cursor)
  expect(page.items.map(({ kind, externalId, conversation, post }) => [kind, externalId, conversation, post])).toEqual([
    ['comment', first.id, root.externalId, root.externalId],
    ['mention', second.id, root.externalId, undefined],
    ['mention', mention.id, mention.id, undefined],
  ])
  expect(page.items[0]).toMatchObject({
    text: '@northwind Is it open?',
    own: false,
    parent: root.externalId,
    author: { handle: '@mira', displayName: 'Mira', followers: expect.any(Number) },
  })
  expect((await since(page.cursor)).items).toEqual([])
})

test('after a silence longer than a page nothing is skipped, though X lists backwards', async () => {
  const { cursor } = await since(undefined)
  const said: string[] = []
  for (let n = 0; n < 230; n++) said.push((await speak('mention', `Number ${n}`)).id)
  expect((await since(cursor)).items.map(({ externalId }) => externalId)).toEqual(said)
})

test('an answer whose outcome is unknown is found by what it says and what it answers', async () => {
  const root = await publish(world.say('Open on Sundays'))
  await speak('comment', 'Also in winter?', { on: root.externalId })
  const question = (await since(undefined)).items.at(-1)
  if (!question) throw new Error('The question did not arrive')
  const reply = {
    // As it is kept: plain JSON.
    to: JSON.parse(JSON.stringify(question)),
    text: world.say('Yes, in winter too'),
    key: of.platform.newKey(new Date()),
  }
  const before = new Date()
  expect(must(await inbox('findReply')(of.app, of.as, reply, before))).toBeUndefined()
  await world.fault(of, 'timeout_after_accept')
  expect(mustFail(await inbox('reply')(of.app, of.as, reply)).code).toBe('outcome_unknown')
  expect(must(await inbox('findReply')(of.app, of.as, reply, before))?.externalId).toMatch(/^\d+$/)
  expect(await world.seen(of, reply.text)).toHaveLength(1)
})

test('a post that does not name the account cannot be answered, and X’s reason is told', async () => {
  const said = await speak('mention', 'hello')
  const elsewhere = must(await of.platform.publish(of.app, of.as, await draftOf(of, world.say('Mine'))))
  const reply = {
    to: { externalId: `${BigInt(said.id) - 1n}`, kind: 'mention', conversation: elsewhere.externalId, ref: {} },
    text: world.say('Who asked?'),
    key: of.platform.newKey(new Date()),
  } as const
  expect(mustFail(await inbox('reply')(of.app, of.as, reply))).toMatchObject({ code: 'rejected' })
})

test('a report of the activity API says the same as the reading of the mentions', async () => {
  await speak('mention', 'told twice')
  const [polled] = (await since(undefined)).items.toReversed()
  if (!polled) throw new Error('The mention did not arrive')
  const payload = {
    id: polled.externalId,
    text: polled.text,
    author_id: polled.author.externalId,
    created_at: polled.at,
    conversation_id: polled.conversation,
  }
  const users = [{ id: polled.author.externalId, name: 'Mira', username: 'mira' }]
  const event = {
    externalId: '1',
    type: 'post.mention.create',
    accountExternalId: of.as.externalId,
    raw: { payload, includes: { users } },
  }
  const { url: _, author, ...told } = polled
  expect(inbox('read')(event)).toEqual([
    {
      ...told,
      url: expect.stringContaining(polled.externalId),
      author: { externalId: author.externalId, handle: '@mira', displayName: 'Mira' },
    },
  ])
  // Without its author's name it is left to the next reading.
  expect(inbox('read')({ ...event, raw: { payload } })).toEqual([])
})
