import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { day, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { transact, type Ctx } from '@/lib/workspace'
import { proveReply } from '../answer/reply-proof'
import { writeReply } from '../answer/write-reply'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { addNote } from '../desk/notes'
import { setState } from '../desk/set-state'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

/** Said to a channel, as Discord tells of it: by name and by that of what it answers. Ours have odd names. */
const said = (name: number, to?: number, more: Partial<Incoming> = {}): Incoming => ({
  externalId: String(name),
  kind: 'comment',
  change: 'new',
  text: `Where is it? (${name})`,
  at: saidAt(name),
  author: { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa' },
  own: name % 2 === 1,
  conversation: String(to ?? name),
  ...(to === undefined ? {} : { parent: String(to), conversationOf: 'parent' }),
  media: [],
  ref: {},
  ...more,
})
/** A question, our answer, and how it goes on. */
const talk = [said(10), said(11, 10), said(12, 11), said(13, 12), said(14, 13)]

const take = async (accountId: string, ...items: readonly Incoming[]) =>
  must(await receive(desk.system, { accountId, items: [...items], via: 'stream' }))

/** Which messages stand together, by the names of the conversations. */
async function places(accountId: string) {
  const rows = await prisma.conversation.findMany({
    where: { accountId },
    orderBy: { externalKey: 'asc' },
    include: { messages: { orderBy: { externalId: 'asc' } } },
  })
  return rows.map(({ externalKey, messages, messageCount, state, unanswered, lastInboundAt, lastOutboundAt }) => ({
    externalKey,
    messages: messages.map(({ externalId, answeredAt }) => [externalId, answeredAt]),
    messageCount,
    state,
    unanswered,
    lastInboundAt,
    lastOutboundAt,
  }))
}
const namesIn = async (accountId: string) =>
  Object.fromEntries(
    (await places(accountId)).map(({ externalKey, messages }) => [externalKey, messages.map(([name]) => name)]),
  )
const together = { '10': ['10', '11', '12', '13', '14'] }

test('answers to answers stand in the conversation that the first of them began, told one by one or at once', async () => {
  const [streamed, polled] = [await desk.account('discord'), await desk.account('discord')]
  for (const item of talk) await take(streamed, item)
  await take(polled, ...talk)
  expect(await namesIn(streamed)).toEqual(together)
  expect(await places(polled)).toEqual(await places(streamed))
  expect(await places(streamed)).toMatchObject([{ state: 'todo', unanswered: true, messageCount: 5 }])
})

test('what comes before that which it answers follows it, and what is told again changes nothing', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(14, 13), said(12, 11))
  await take(accountId, said(13, 12))
  expect(await namesIn(accountId)).toEqual({ '11': ['12', '13', '14'] })
  const { id } = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: '12' } })
  await take(accountId, said(11, 10))
  await take(accountId, said(10))
  expect(await namesIn(accountId)).toEqual(together)
  expect(await prisma.message.findFirstOrThrow({ where: { accountId, externalId: '12' } })).toMatchObject({ id })
  const before = await places(accountId)
  expect(await take(accountId, ...talk)).toEqual({ fresh: 0, changed: 0 })
  expect(await places(accountId)).toEqual(before)
})

test('what answers something that nobody told of stands by its name, with all else that does', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(12, 4), said(14, 12))
  await take(accountId, said(16, 4))
  expect(await namesIn(accountId)).toEqual({ '4': ['12', '14', '16'] })
})

test('two that each answer the other are not followed round', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(12, 14), said(14, 12), said(16, 16))
  expect(
    Object.values(await namesIn(accountId))
      .flat()
      .sort(),
  ).toEqual(['12', '14', '16'])
})

test('a conversation that somebody noted something in keeps what stands there', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(10), said(12, 11))
  const { conversationId } = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: '12' } })
  must(await addNote(owner, { conversationId, text: 'I look after it.' }))
  await take(accountId, said(11, 10))
  await take(accountId, said(13, 12))
  expect(await namesIn(accountId)).toEqual({ '10': ['10', '11'], '11': ['12', '13'] })
})

test('a reaction stands where that stands to which it was given, under no post that this is not', async () => {
  const given = (name: number, who: string) =>
    said(name, name, {
      externalId: `${name}/${who}/👍`,
      kind: 'reaction',
      text: '',
      reaction: '👍',
      own: false,
      post: String(name),
    })
  const accountId = await desk.account('discord')
  await take(accountId, said(10), said(12, 11), given(11, 'rosa'))
  expect(await namesIn(accountId)).toEqual({ '10': ['10'], '11': ['11/rosa/👍', '12'] })
  await take(accountId, said(11, 10))
  await take(accountId, given(11, 'mira'), given(9, 'mira'))
  expect(await namesIn(accountId)).toEqual({
    '10': ['10', '11', '11/mira/👍', '11/rosa/👍', '12'],
    '9': ['9/mira/👍'],
  })
  const posts = await prisma.conversation.findMany({ where: { accountId }, orderBy: { externalKey: 'asc' } })
  expect(posts.map(({ externalKey, postExternalId, state }) => [externalKey, postExternalId, state])).toEqual([
    ['10', null, 'todo'],
    ['9', '9', 'done'],
  ])
})

test('two told at once, of which one answers the other, stand together', async () => {
  for (let round = 0; round < 4; round++) {
    const accountId = await desk.account('discord')
    await take(accountId, said(10))
    await Promise.all([take(accountId, said(12, 11)), take(accountId, said(11, 10)), take(accountId, said(13, 12))])
    // Where 13 was heard before 11, the trail quotes the conversation that they had until then.
    const { '11': left = [], ...rest } = await namesIn(accountId)
    expect([rest, left]).toEqual([{ '10': ['10', '11', '12', '13'] }, []])
  }
})

/** An answer of ours to a message, of which nobody knows whether it arrived. */
async function inDoubt(accountId: string, to: string, text: string): Promise<string> {
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: to } })
  const { replyId } = must(await writeReply(owner, { messageId, text }))
  const sent = { id: newId(), replyId, workspaceId: desk.workspace.id, fence: 1, purpose: 'send', worker: 'test' }
  await prisma.replyAttempt.create({ data: { ...sent, startedAt: new Date(saidAt(0)) } })
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'unknown' } })
  return replyId
}

test('the echo of an answer proves it where the talk stands, under whatever name that goes', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(10), said(11, 10), said(12, 11))
  const replyId = await inDoubt(accountId, '12', 'It is on its way.')
  await take(accountId, said(13, 12, { text: 'It is on its way.' }))
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({
    state: 'sent',
    externalId: '13',
  })
  expect(await namesIn(accountId)).toEqual({ '10': ['10', '11', '12', '13'] })
})

test('what was said to an answer of ours before we knew that it arrived stands with it afterwards', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(10), said(11, 10), said(12, 11))
  const replyId = await inDoubt(accountId, '12', 'It is on its way.')
  await take(accountId, said(14, 13))
  expect(await namesIn(accountId)).toEqual({ '10': ['10', '11', '12'], '13': ['14'] })
  const there = { externalId: '13', url: 'https://network.test/13', ref: null }
  await transact(desk.system, (work) => proveReply(work, replyId, there, { by: 'answer', at: saidAt(13) }))
  expect(await namesIn(accountId)).toEqual(together)
  expect(await places(accountId)).toMatchObject([{ state: 'todo', unanswered: true, messageCount: 5 }])
  await take(accountId, said(13, 12, { text: 'It is on its way.' }))
  expect(await namesIn(accountId)).toEqual(together)
})

test.each(['proof', 'echo'])('that a message goes to another conversation stands in the trail, by %s', async (tell) => {
  const accountId = await desk.account('discord')
  await take(accountId, said(10), said(12, 11))
  const { id: messageId, conversationId: from } = await prisma.message.findFirstOrThrow({
    where: { accountId, externalId: '12' },
  })
  const { conversationId: to } = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: '10' } })
  if (tell === 'echo') await take(accountId, said(11, 10))
  else {
    const replyId = await inDoubt(accountId, '10', 'It is on its way.')
    const there = { externalId: '11', url: 'https://network.test/11', ref: null }
    await transact(desk.system, (work) => proveReply(work, replyId, there, { by: 'answer', at: saidAt(11) }))
  }
  const events = await prisma.event.findMany({ where: { type: 'message.placed', subjectId: to } })
  expect(events).toMatchObject([{ particulars: { messageId, from } }])
})

test('what is said to an answer of ours in the moment that it is proven stands with it', async () => {
  for (let round = 0; round < 8; round++) {
    const accountId = await desk.account('discord')
    await take(accountId, said(10))
    const replyId = await inDoubt(accountId, '10', 'It is on its way.')
    const there = { externalId: '11', url: 'https://network.test/11', ref: null }
    const prove = () =>
      transact(desk.system, (work) => proveReply(work, replyId, there, { by: 'answer', at: saidAt(11) }))
    await Promise.all([take(accountId, said(12, 11)), prove(), ...(round % 2 ? [take(accountId, said(14, 12))] : [])])
    expect(await namesIn(accountId)).toEqual({ '10': ['10', '11', '12', ...(round % 2 ? ['14'] : [])] })
  }
})

const put = [
  { as: 'done', wish: { state: 'done' } },
  { as: 'waiting', wish: { state: 'waiting' } },
  { as: 'snoozed', wish: { state: 'snoozed', until: inMs(20 * day) } },
] as const
test.each(put)('a question that moves into what was put to $as meanwhile is to be answered there', async ({ wish }) => {
  for (const tell of ['proof', 'echo']) {
    const accountId = await desk.account('discord')
    await take(accountId, said(10))
    const replyId = await inDoubt(accountId, '10', 'It is on its way.')
    await take(accountId, said(12, 11, { text: 'It arrived broken. Refund?' }))
    const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId, externalKey: '10' } })
    must(await setState(owner, { conversationIds: [id], ...wish }))
    if (tell === 'echo') await take(accountId, said(11, 10, { text: 'Written in the network’s own app' }))
    else {
      const there = { externalId: '11', url: 'https://network.test/11', ref: null }
      await transact(desk.system, (work) => proveReply(work, replyId, there, { by: 'answer', at: saidAt(11) }))
    }
    expect(await namesIn(accountId)).toEqual({ '10': ['10', '11', '12'] })
    expect(await places(accountId)).toMatchObject([{ state: 'todo', unanswered: true }])
  }
})

test('a draft for a message goes with it', async () => {
  const accountId = await desk.account('discord')
  await take(accountId, said(10), said(12, 11))
  const { id: messageId, conversationId } = await prisma.message.findFirstOrThrow({
    where: { accountId, externalId: '12' },
  })
  const id = newId()
  await prisma.aiDraft.create({
    data: {
      id,
      workspaceId: desk.workspace.id,
      conversationId,
      messageId,
      origin: 'model',
      text: 'It is on its way.',
      confidence: 0.9,
      reasons: [],
      sources: [],
      problems: [],
      requestedById: owner.actor.id,
    },
  })
  await take(accountId, said(11, 10))
  expect(await namesIn(accountId)).toEqual({ '10': ['10', '11', '12'] })
  const draft = await prisma.aiDraft.findUniqueOrThrow({ where: { id }, include: { conversation: true } })
  expect(draft.conversation.externalKey).toBe('10')
})

const Talks = fc
  .array(fc.record({ to: fc.option(fc.nat()), isTaken: fc.boolean() }), { minLength: 2, maxLength: 9 })
  .map((all) => {
    // Each answers one before it, or one that nobody ever told of.
    const talks = all.map(({ to }, n) =>
      said(n + 10, to === null ? undefined : to % (n + 1) === n ? n + 100 : (to % (n + 1)) + 10),
    )
    const ends = all.flatMap(({ isTaken }, n) =>
      isTaken ? [said(n + 10, undefined, { change: 'deleted', text: '', at: saidAt(n + 200) })] : [],
    )
    return [...talks, ...ends]
  })

test('whatever order a talk is told in, it stands as one told in order', async () => {
  await fc.assert(
    fc.asyncProperty(Talks, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (items, chance) => {
      const next = () => Number(chance.next().value)
      const mixed = [...items, ...items].map((item) => ({ item, key: next() })).sort((a, b) => a.key - b.key)
      const [ordered, flooded] = [await desk.account('discord'), await desk.account('discord')]
      for (const item of items) await take(ordered, item)
      for (let at = 0; at < mixed.length;) {
        const many = 1 + Math.floor(next() * 3)
        await take(flooded, ...mixed.slice(at, at + many).map(({ item }) => item))
        at += many
      }
      const isEmpty = ({ messages }: { readonly messages: readonly unknown[] }) => messages.length === 0
      const [all, expected] = [await places(flooded), await places(ordered)]
      expect(all.filter((one) => !isEmpty(one))).toEqual(expected)
      // What the trail quotes stays, and wants nothing.
      for (const left of all.filter(isEmpty))
        expect(left).toMatchObject({ state: 'done', unanswered: false, messageCount: 0, lastInboundAt: null })
    }),
    { numRuns: 6 },
  )
})
