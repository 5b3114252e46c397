import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { chooseReading, getAiSettings, saveKnowledge } from '@/lib/ai'
import { startStandIn } from '@/lib/ai/stand-in.fixture'
import { getBudget, setBudget } from '@/lib/billing'
import { inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { findEverywhere } from '@/lib/workspace/system'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { takeIn } from '../hear/receive'
import { understoodIn } from '../triage/understood'
import { saveAiPolicy } from './ai-policies'
import { considerMessage, noticeMessage } from './consider'
import { readAgain, unreadMessages } from './read-again'

let model: Awaited<ReturnType<typeof startStandIn>>
beforeAll(async () => {
  model = await startStandIn()
  // Read once, like the address of the stand-in.
  Object.assign(process.env, {
    AI_PROVIDER: 'compatible',
    AI_BASE_URL: `${model.url}/ai/v1`,
    AI_API_KEY: 'of-the-server',
    AI_SMALL_MODEL: 'stand-in-small',
    AI_LARGE_MODEL: 'stand-in-large',
    AI_SMALL_PRICE: '1/2',
    AI_LARGE_PRICE: '1/2',
  })
})
afterAll(async () => {
  await model.close()
  await closeDesk()
})

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  await model.clear()
})

/** Something said, and considered as a worker does. */
async function heard(text: string) {
  const accountId = await desk.account('facebook')
  const { id: messageId, conversationId } = await hears(desk, accountId, 'Rosa', text)
  const { noticed } = must(await noticeMessage(desk.system, { messageId, kind: 'comment', via: 'webhook' }))
  const reading = await prisma.aiReading.findUnique({ where: { messageId } })
  if (reading) must(await considerMessage(desk.system, { readingId: reading.id }))
  const spentMicros = must(await getBudget(owner, {})).features.find(({ feature }) => feature === 'triage')?.spentMicros
  return { noticed, spentMicros, understood: must(await understoodIn(owner, { conversationId })) }
}
const asksLawyer = 'Thank you, this was lovely! My lawyer says so, too.'

test('a key of the server’s owner has each message read, from the workspace’s budget, and what differs is shown', async () => {
  const { understood, spentMicros } = await heard(asksLawyer)
  expect(understood).toMatchObject({
    intentByWords: 'praise',
    model: { intent: 'legal', sentiment: -0.6, disagrees: true },
  })
  expect((await model.calls()).map((call) => call.model)).toEqual(['stand-in-small'])
  expect(spentMicros).toBeGreaterThan(0)
})

test('what a model reads in a few words of another language stands, too', async () => {
  expect((await heard('mein lawyer!')).understood).toMatchObject({
    score: -0.6,
    byWords: null,
    model: { intent: 'legal' },
  })
})

test('a workspace that does not want it has nothing read, until it does', async () => {
  expect(must(await getAiSettings(owner, {}))).toMatchObject({ from: 'environment', refines: true })
  must(await chooseReading(owner, { refines: false }))
  expect(must(await getAiSettings(owner, {})).refines).toBe(false)
  expect(await heard(asksLawyer)).toMatchObject({ noticed: false, understood: { model: null } })
  expect(await model.calls()).toEqual([])
  must(await chooseReading(owner, { refines: true }))
  expect(await heard(asksLawyer)).toMatchObject({ noticed: true, understood: { model: { intent: 'legal' } } })
})

/** The time to ask again has come. */
async function againDue(messageId: string) {
  const [reading] = await prisma.aiReading.updateManyAndReturn({
    where: { messageId, readAgainAt: { not: null } },
    data: { readAgainAt: new Date(0) },
  })
  return reading && must(await readAgain(desk.system, { readingId: reading.id }))
}

test.each(['429', '500', 'silence'])(
  'a message is read when a model can be asked again that answered %s',
  async (fault) => {
    await model.fault(fault, 2)
    const text = 'Ich warte seit drei Wochen auf mein Paket, mein lawyer hört davon.'
    const { understood } = await heard(text)
    expect(understood).toMatchObject({ model: null })
    const message = () => prisma.message.findFirstOrThrow({ where: { text, workspaceId: owner.workspaceId } })
    const { id, priority } = await message()
    expect(priority).toBe(50)
    const found = async (at: Date) => (await findEverywhere(unreadMessages, at, 500)).map((row) => row.id)
    const reading = await prisma.aiReading.findUniqueOrThrow({ where: { messageId: id } })
    expect(await found(new Date())).not.toContain(reading.id)
    expect(await found(inMs(minute))).toContain(reading.id)
    expect(must(await readAgain(desk.system, { readingId: reading.id }))).toEqual({ read: false })
    expect(await againDue(id)).toEqual({ read: false })
    model.speaks()
    expect(await againDue(id)).toEqual({ read: true })
    expect(await message()).toMatchObject({ intent: 'legal', sentiment: -0.6, priority: 100 })
    // Nobody said anything: whoever mirrors the inbox hears of it all the same.
    const where = { workspaceId: owner.workspaceId, type: 'conversation.weighed' }
    const [weighed, ...more] = await prisma.event.findMany({ where, select: { particulars: true } })
    expect(weighed?.particulars).toEqual({ messageId: id, excerptHash: expect.any(String) })
    expect(more).toEqual([])
    expect(await againDue(id)).toBeUndefined()
  },
)

test('a model that never answers is asked a few times more, and then our own reading stands', async () => {
  await model.fault('429', 100)
  const { understood } = await heard(asksLawyer)
  expect(understood).toMatchObject({ intentByWords: 'praise', model: null })
  const { id } = await prisma.message.findFirstOrThrow({ where: { workspaceId: owner.workspaceId } })
  let tries = 0
  while (await againDue(id)) tries += 1
  expect(tries).toBe(6)
})

/** An automatic answer waits to go out, and a model that was away would leave the message to a person. */
async function lateForAPerson() {
  const accountId = await desk.account('facebook')
  must(
    await saveAiPolicy(owner, {
      accountId,
      mode: 'auto',
      threshold: 0.5,
      delayMinutes: 5,
      hourlyCap: 10,
      quietFrom: '',
      quietTo: '',
      escalateTo: '',
    }),
  )
  must(await saveKnowledge(owner, { title: 'Delivery', body: 'Delivery in Switzerland takes 2 to 4 days.' }))
  await model.fault('429')
  const { id: messageId, conversationId } = await hears(desk, accountId, 'Rosa', 'How long does delivery take?')
  must(await noticeMessage(desk.system, { messageId, kind: 'comment', via: 'webhook' }))
  const { id: readingId } = await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })
  expect(must(await considerMessage(desk.system, { readingId }))).toEqual({ did: 'auto' })
  // A model finds in it what our own reading did not.
  await prisma.message.update({ where: { id: messageId }, data: { text: 'How long does delivery take? My lawyer.' } })
  return { messageId, conversationId }
}

test('a worker that dies over what a model read late leaves it to the next', async () => {
  const { messageId } = await lateForAPerson()
  await prisma.$executeRawUnsafe(
    `create function dies() returns trigger language plpgsql as 'begin raise ''dead''; end'`,
  )
  await prisma.$executeRawUnsafe(
    `create trigger dies before insert on "Event" for each row when (new.type = 'conversation.escalated') execute function dies()`,
  )
  await expect(againDue(messageId)).rejects.toThrow('dead')
  await prisma.$executeRawUnsafe('drop function dies cascade')
  expect(await againDue(messageId)).toEqual({ read: true })
  expect(await prisma.reply.findFirst({ where: { messageId } })).toMatchObject({ state: 'cancelled' })
})

test('what a model reads late as a person’s is left to one, and no automatic answer to it goes out', async () => {
  const { messageId, conversationId } = await lateForAPerson()
  expect(await againDue(messageId)).toEqual({ read: true })
  expect(await prisma.reply.findFirstOrThrow({ where: { messageId } })).toMatchObject({ state: 'cancelled' })
  expect(await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })).toMatchObject({
    decision: 'person',
    intent: 'legal',
  })
  const { escalatedAt } = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  expect(escalatedAt).not.toBeNull()
})

test('with no budget left our own reading stands, and nothing is asked', async () => {
  must(await setBudget(owner, { limitDollars: 0 }))
  expect(await heard(asksLawyer)).toMatchObject({ understood: { intentByWords: 'praise', model: null } })
  expect(await model.calls()).toEqual([])
  const { id } = await prisma.message.findFirstOrThrow({ where: { workspaceId: owner.workspaceId } })
  expect(await againDue(id)).toBeUndefined()
})

test('what a model read in another language stands however often the network tells of it, until it wants something new', async () => {
  const accountId = await desk.account('mastodon')
  const text = 'Das ist nicht in Ordnung, mein lawyer hört davon.'
  const { id: messageId, source } = await hears(desk, accountId, 'Rosa', text, {
    author: { externalId: 'u-Rosa', handle: '@rosa', displayName: 'Rosa', followers: 5 },
  })
  must(await noticeMessage(desk.system, { messageId, kind: 'comment', via: 'webhook' }))
  const { id: readingId } = await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })
  must(await considerMessage(desk.system, { readingId }))
  const stands = () =>
    prisma.message.findUniqueOrThrow({
      where: { id: messageId },
      select: {
        text: true,
        intent: true,
        sentiment: true,
        priority: true,
        conversation: { select: { priority: true } },
      },
    })
  const read = await stands()
  expect(read).toMatchObject({ intent: 'legal', sentiment: -0.6 })
  // As receive.ts keeps what it was told.
  const told = source as unknown as Incoming
  const tells = async (more: Partial<Incoming>, how = {}) =>
    must(await takeIn(desk.system, { accountId, items: [{ ...told, ...more }], via: 'poll' }, how))
  await tells({ author: { ...told.author, followers: 6 } })
  await tells({ author: { ...told.author, followers: 7 } })
  expect(await stands()).toEqual(read)
  // Not found for a while, and there again.
  await tells({ change: 'deleted', text: '' }, { missed: true })
  expect(await stands()).toMatchObject({ text: '', intent: null })
  await tells({})
  expect(await stands()).toEqual(read)
  const later = new Date(Date.parse(told.at) + 1_000).toISOString()
  await tells({ change: 'edited', at: later, text: `${text}!` })
  expect(await stands()).toEqual({ ...read, text: `${text}!` })
  const last = new Date(Date.parse(told.at) + 2_000).toISOString()
  await tells({ change: 'edited', at: last, text: 'Wann kommt endlich mein Paket mit den blauen Tassen?' })
  expect(await stands()).not.toMatchObject({ intent: 'legal' })
})
