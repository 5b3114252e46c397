import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asManyAsFit } from '@/lib/core/as-many-as-fit.fixture'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { savePolicy } from '@/lib/routing'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from './receive'
import { setState, wakeConversation } from '../desk/set-state'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 1, 9, minutes)).toISOString()
const rosa = { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa', followers: 12 }
const item = (externalId: string, minutes: number, more: Partial<Incoming> = {}): Incoming => ({
  externalId,
  kind: 'comment',
  change: 'new',
  text: `Where is my order? (${externalId})`,
  at: at(minutes),
  author: rosa,
  own: false,
  conversation: 'post-1',
  post: 'post-1',
  media: [],
  ref: { id: externalId },
  ...more,
})

async function take(items: readonly Incoming[], accountId: string, ctx: Ctx = desk.system) {
  const done = await receive(ctx, { accountId, items: [...items], via: 'webhook' })
  if (!done.ok) throw new Error(done.error.message)
  return done.value
}

/** Everything kept of an account, without what is random or depends on the moment. */
async function kept(accountId: string) {
  const conversations = await prisma.conversation.findMany({
    where: { accountId },
    orderBy: { externalKey: 'asc' },
    include: {
      messages: { orderBy: { externalId: 'asc' } },
      contact: { include: { identities: { orderBy: { externalId: 'asc' } } } },
    },
  })
  return conversations.map(({ externalKey, state, kind, excerpt, unanswered, messageCount, ...row }) => ({
    externalKey,
    state,
    kind,
    excerpt,
    unanswered,
    messageCount,
    priority: row.priority,
    lastMessageAt: row.lastMessageAt,
    lastInboundAt: row.lastInboundAt,
    lastOutboundAt: row.lastOutboundAt,
    firstReplyAt: row.firstReplyAt,
    contact: row.contact?.identities.map(({ externalId, handle }) => [externalId, handle]),
    messages: row.messages.map(({ externalId, text, at: saidAt, editedAt, deletedAt, intent, source }) => ({
      externalId,
      text,
      saidAt,
      editedAt,
      deletedAt,
      intent,
      source,
    })),
  }))
}

test('a message comes in once, however often it is reported', async () => {
  const accountId = await desk.account()
  expect(await take([item('m1', 1)], accountId)).toEqual({ fresh: 1, changed: 0 })
  expect(await take([item('m1', 1), item('m1', 1)], accountId)).toEqual({ fresh: 0, changed: 0 })
  const [conversation] = await kept(accountId)
  expect(conversation).toMatchObject({
    state: 'todo',
    messageCount: 1,
    unanswered: true,
    contact: [['u-rosa', '@rosa']],
  })
})

test('a text that the database would refuse comes in clean, and keeps none of the others out', async () => {
  const accountId = await desk.account()
  const items = [
    item('good', 1),
    item('nul', 2, { text: 'a\0b' }),
    item('half', 3, { text: 'c\ud83d', ref: { 'k\0': '\0' } }),
  ]
  expect(
    await take([...items, item('named', 4, { author: { ...rosa, displayName: 'Ro\0sa\ude00' } })], accountId),
  ).toEqual({
    fresh: 4,
    changed: 0,
  })
  const rows = await prisma.message.findMany({ where: { accountId }, orderBy: { at: 'asc' }, select: { text: true } })
  expect(rows.slice(0, 3).map(({ text }) => text)).toEqual([items[0]?.text, 'ab', 'c\ufffd'])
})

test('twenty reports at once of one message are one message, one person, one conversation', async () => {
  const accountId = await desk.account()
  const done = await asManyAsFit(Array(20).keys(), () =>
    take([item('m1', 1, { author: { ...rosa, externalId: 'u-new' } })], accountId),
  )
  expect(done.reduce((sum, { fresh }) => sum + fresh, 0)).toBe(1)
  expect(await kept(accountId)).toHaveLength(1)
  expect(await prisma.contact.count({ where: { workspaceId: desk.workspace.id, identities: { none: {} } } })).toBe(0)
})

test('an edit is followed, and an older one that comes later changes nothing', async () => {
  const accountId = await desk.account()
  await take([item('m1', 1), item('m1', 9, { change: 'edited', text: 'It came, thank you!' })], accountId)
  await take([item('m1', 5, { change: 'edited', text: 'Still waiting' })], accountId)
  const [conversation] = await kept(accountId)
  expect(conversation?.messages[0]).toMatchObject({ text: 'It came, thank you!', editedAt: new Date(at(9)) })
})

test('what was taken away at the network keeps no words here, even when the words come later', async () => {
  const accountId = await desk.account()
  await take([item('m1', 3, { change: 'deleted', text: '' })], accountId)
  await take([item('m1', 1)], accountId)
  const [conversation] = await kept(accountId)
  expect(conversation?.messages[0]).toMatchObject({ text: '', deletedAt: new Date(at(3)), source: { text: '' } })
  expect(conversation).toMatchObject({ messageCount: 0, unanswered: false })
})

test('an answer given in the network’s own app means that nobody waits', async () => {
  const accountId = await desk.account()
  await take([item('m1', 1), item('m2', 2, { own: true, text: 'On its way.' })], accountId)
  expect(await kept(accountId)).toMatchObject([{ state: 'waiting', unanswered: false, firstReplyAt: new Date(at(2)) }])
})

test('news opens what was done, and silence leaves it', async () => {
  const accountId = await desk.account()
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
  await take([item('m1', 1)], accountId)
  const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  await setState(await desk.as('editor'), { conversationIds: [id], state: 'done' })
  await take([item('m1', 1), item('m1', 2, { change: 'edited', text: 'Where is it?' })], accountId)
  expect(await kept(accountId)).toMatchObject([{ state: 'done' }])
  await take([{ ...item('m2', 0), at: soon(60_000) }], accountId)
  expect(await kept(accountId)).toMatchObject([{ state: 'todo' }])
})

test('what was said before it was done and is heard only then opens it, and history does not', async () => {
  const accountId = await desk.account()
  await take([item('m1', 1)], accountId)
  const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  await setState(await desk.as('editor'), { conversationIds: [id], state: 'done' })
  const old = item('m-old', 0, { at: '2025-01-01T09:00:00.000Z' })
  await receive(desk.system, { accountId, items: [old], via: 'import' })
  expect(await kept(accountId)).toMatchObject([{ state: 'done', unanswered: false }])
  await take([item('m0', 0)], accountId)
  expect(await kept(accountId)).toMatchObject([{ state: 'todo', unanswered: true }])
  // Done once more, it stays so however often all of it is reported.
  await setState(await desk.as('editor'), { conversationIds: [id], state: 'done' })
  await take([item('m1', 1), item('m0', 0)], accountId)
  await take([item('m0', 0), item('m9', 9, { kind: 'reaction', text: '' })], accountId)
  expect(await kept(accountId)).toMatchObject([{ state: 'done' }])
})

test('what was done is settled, also when the network’s clock is ahead of ours', async () => {
  const accountId = await desk.account()
  await take([{ ...item('m1', 0), at: new Date(Date.now() + 90_000).toISOString() }], accountId)
  const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  const ids = { conversationIds: [id] }
  const editor = await desk.as('editor')
  await setState(editor, { ...ids, state: 'done' })
  await take([item('m9', 9, { kind: 'reaction', text: '' })], accountId)
  expect(await kept(accountId)).toMatchObject([{ state: 'done' }])
  await setState(editor, { ...ids, state: 'snoozed', until: new Date(Date.now() + 60_000) })
  await prisma.conversation.update({ where: { id }, data: { snoozedUntil: new Date(0), settledAt: new Date(0) } })
  await wakeConversation(desk.system, { conversationId: id })
  const { settledAt, lastMessageAt } = await prisma.conversation.findUniqueOrThrow({ where: { id } })
  expect(settledAt).toEqual(lastMessageAt)
})

test('what a network dates far in the future hides nothing that is said after it, and starts no clock anew', async () => {
  const accountId = await desk.account()
  const owner = await desk.as('owner')
  const promise = { conditions: { accountIds: [accountId] }, calendarId: null, firstReplyMinutes: 30 }
  const policy = await savePolicy(owner, { name: accountId, ...promise, resolutionMinutes: null, warnMinutes: 0 })
  if (!policy.ok) throw new Error(policy.error.message)
  await prisma.slaPolicy.update({ where: { id: policy.value.id }, data: { createdAt: new Date(0) } })
  await take([item('m1', 1), item('ahead', 0, { at: '2046-01-01T00:00:00.000Z' })], accountId)
  const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  // As if all that was an hour ago.
  const anHourAgo = new Date(Date.now() - 3_600_000)
  await prisma.message.updateMany({ where: { accountId }, data: { receivedAt: anHourAgo } })
  await setState(owner, { conversationIds: [id], state: 'done' })
  const running = () => prisma.slaClock.count({ where: { conversationId: id, stoppedAt: null } })
  // A reaction wants no answer: what was done stays done.
  await take([item('liked', 2, { kind: 'reaction', text: '' })], accountId)
  expect([await kept(accountId), await running()]).toMatchObject([[{ state: 'done', unanswered: false }], 0])
  await take([{ ...item('m2', 0), at: new Date().toISOString() }], accountId)
  expect([await kept(accountId), await running()]).toMatchObject([[{ state: 'todo', unanswered: true }], 1])
})

/** A believable flood: people write, edit and take back, and we answer, in a few conversations. */
const Flood = fc
  .array(
    fc.record({
      message: fc.integer({ min: 0, max: 7 }),
      minute: fc.integer({ min: 0, max: 59 }),
      change: fc.constantFrom('new', 'new', 'edited', 'deleted', 'deleted'),
      own: fc.boolean(),
      words: fc.constantFrom('Where is it?', 'Love it!', 'Refund please', 'ok'),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) =>
    all.map(({ message, minute, change, own, words }): Incoming =>
      item(`m${message}`, minute, {
        // The same message is always of the same person and in the same place, but few ends say where that is.
        conversation: change === 'deleted' && minute % 4 > 0 ? `m${message}` : `c${message % 3}`,
        parent: message % 4 === 0 ? `m${message + 3}` : 'post-1',
        own: message % 4 === 0 && own,
        change,
        text: change === 'deleted' ? '' : words,
      }),
    ),
  )

test('whatever order reports come in, and however often, the end is that of one ordered pass', async () => {
  await fc.assert(
    fc.asyncProperty(Flood, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (flood, chance) => {
      // One message is one person's: what varies between reports of it is what they say, not who said it.
      const owner = new Map<string, boolean>()
      const items = flood.map((each) => {
        const own = owner.get(each.externalId) ?? each.own
        owner.set(each.externalId, own)
        return { ...each, own }
      })
      const next = () => Number(chance.next().value)
      const shuffled = [...items, ...items].map((each) => ({ each, key: next() })).sort((a, b) => a.key - b.key)
      const [ordered, flooded] = [await desk.account(), await desk.account()]
      await take(
        items.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
        ordered,
      )
      for (const { each } of shuffled) await take([each], flooded)
      // No place is left in which nothing was ever said.
      expect(await prisma.conversation.count({ where: { accountId: flooded, messages: { none: {} } } })).toBe(0)
      expect(await kept(flooded)).toEqual(await kept(ordered))
    }),
    { numRuns: 8 },
  )
})

test('a review that does not recommend us is kept as that, and weighs as much more as one of few stars', async () => {
  const accountId = await desk.account('facebook')
  const review = (id: string, more: Partial<Incoming>) =>
    item(id, 1, { kind: 'review', conversation: id, text: 'I was there on Monday', ...more })
  await take(
    [
      review('plain', {}),
      review('good', { recommends: true }),
      review('bad', { recommends: false }),
      review('one', { rating: 1 }),
    ],
    accountId,
  )
  const rows = await prisma.message.findMany({ where: { accountId }, orderBy: { externalId: 'asc' } })
  const of = (id: string) => rows.find(({ externalId }) => externalId === id)
  expect(rows.map(({ externalId, recommends, rating }) => [externalId, recommends, rating])).toEqual([
    ['bad', false, null],
    ['good', true, null],
    ['one', null, 1],
    ['plain', null, null],
  ])
  expect(of('bad')?.priority).toBe(of('one')?.priority)
  expect(of('good')?.priority).toBe(of('plain')?.priority)
  expect(of('bad')?.priority).toBeGreaterThan(of('good')?.priority ?? 100)
  // Changing one's mind is an edit of the same review.
  await take([review('bad', { recommends: true, change: 'edited', at: at(2) })], accountId)
  expect((await prisma.message.findFirstOrThrow({ where: { accountId, externalId: 'bad' } })).recommends).toBe(true)
})

test('a review of half a star is kept in whole ones, and holds up nothing that is told after or beside it', async () => {
  const accountId = await desk.account('facebook')
  const review = item('halves', 1, { kind: 'review', conversation: 'halves', text: 'Good', rating: 4.5 })
  await take([review], accountId)
  await take([{ ...review, text: 'Very good', change: 'edited', at: at(2) }, item('beside', 3)], accountId)
  const rows = await prisma.message.findMany({ where: { accountId }, orderBy: { externalId: 'asc' } })
  expect(rows.map(({ externalId, text, rating }) => [externalId, text, rating])).toEqual([
    ['beside', item('beside', 3).text, null],
    ['halves', 'Very good', 5],
  ])
})
