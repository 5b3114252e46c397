import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { deletePolicy, savePolicy } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { setState } from '../desk/set-state'
import { receive } from '../hear/receive'
import { getConversation, listConversations } from '../lists/queries'
import { tellClock } from './tell-clock'
import { understoodIn } from './understood'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
beforeEach(async () => {
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

const furious = 'This is a disgrace! I am furious, I hate you, I want a refund now, you terrible liars!'
const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute)

async function promise(more: Partial<Parameters<typeof savePolicy>[1]>) {
  const promised = {
    name: newId(),
    calendarId: null,
    firstReplyMinutes: 30,
    resolutionMinutes: 600,
    warnMinutes: 0,
    ...more,
    conditions: { accountIds: [accountId], ...more.conditions },
  }
  const { id } = must(await savePolicy(owner, promised))
  await prisma.slaPolicy.update({ where: { id }, data: { createdAt: ago(600) } })
  return id
}
type Said = Partial<Omit<Incoming, 'author'>> & { readonly by?: string; readonly minutesAgo: number }
async function say(text: string, { by = 'rosa', minutesAgo, ...more }: Said) {
  const item: Incoming = {
    externalId: newId(),
    kind: 'dm',
    change: 'new',
    text,
    at: ago(minutesAgo).toISOString(),
    author: { externalId: by, handle: `@${by}`, displayName: by },
    own: by === 'us',
    conversation: 'c',
    media: [],
    ref: {},
    ...more,
  }
  must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
  return prisma.conversation.findFirstOrThrow({ where: { accountId } })
}
const clocks = (conversationId: string) =>
  prisma.slaClock.findMany({ where: { conversationId }, orderBy: [{ kind: 'asc' }, { startedAt: 'asc' }] })
const urgent = async () =>
  must(await listConversations(owner, { view: 'urgent', accountIds: [accountId] })).items.map(({ id }) => id)

test('a mild word after a furious one leaves the conversation urgent, and what was promised for it runs on', async () => {
  await promise({ conditions: { priorityAtLeast: 80 } })
  const { id } = await say(furious, { minutesAgo: 20 })
  const before = await clocks(id)
  expect(before).toHaveLength(2)
  expect(await say('Hello?', { minutesAgo: 10 })).toMatchObject({ priority: 100, excerpt: 'Hello?' })
  expect(await clocks(id)).toEqual(before)
  expect(await urgent()).toEqual([id])
  // What weighs is told, and how its words were understood.
  const message = await prisma.message.findFirstOrThrow({ where: { accountId, text: furious } })
  const { reasons } = must(await getConversation(owner, { conversationId: id }))
  expect(reasons.messageId).toBe(message.id)
  expect(reasons.priority?.factors.map(({ name }) => name)).toContain('veryNegative')
  expect(must(await understoodIn(owner, { conversationId: id }))?.score).toBe(message.sentiment)
})

test('a broken promise stays broken when the conversation weighs less, and ends in what is kept of promises', async () => {
  await promise({ conditions: { priorityAtLeast: 80 }, resolutionMinutes: null })
  const { id } = await say(furious, { minutesAgo: 50 })
  const [clock] = await clocks(id)
  must(await tellClock(desk.system, { clockId: clock?.id ?? '' }))
  await say('Hello?', { minutesAgo: 10 })
  await say('We are sorry. The money is on its way.', { by: 'us', minutesAgo: 5 })
  const after = await say('Hello?', { minutesAgo: 2 })
  expect(after.priority).toBeLessThan(80)
  expect(await clocks(id)).toMatchObject([{ breachedAt: expect.any(Date), stoppedAt: expect.any(Date) }])
})

test('while a promise for what is urgent runs until it is settled, an answer does not take it away', async () => {
  const policyId = await promise({ conditions: { priorityAtLeast: 80 } })
  const { id } = await say(furious, { minutesAgo: 20 })
  await say('We are looking into it.', { by: 'us', minutesAgo: 10 })
  await say('Thanks', { minutesAgo: 5 })
  expect(await urgent()).toEqual([])
  const [firstReply, resolution, ...more] = await clocks(id)
  expect([firstReply, resolution, more]).toMatchObject([
    { kind: 'first_reply', stoppedAt: expect.any(Date) },
    { kind: 'resolution', policyId, stoppedAt: null, resumedAt: expect.any(Date) },
    [],
  ])
  must(await deletePolicy(owner, { id: policyId }))
  expect(await clocks(id)).toMatchObject([{ kind: 'first_reply' }])
})

test('what comes to weigh more is promised sooner, and what comes to weigh less is promised no later', async () => {
  const soon = await promise({ conditions: { priorityAtLeast: 80 }, resolutionMinutes: null })
  await promise({ firstReplyMinutes: 300, resolutionMinutes: null })
  const { id } = await say('When do you open?', { minutesAgo: 20 })
  expect(await clocks(id)).toMatchObject([{ minutes: 300 }])
  await say(furious, { minutesAgo: 10 })
  expect(await clocks(id)).toMatchObject([{ minutes: 30, policyId: soon }])
  await say('Hello?', { minutesAgo: 5 })
  expect(await clocks(id)).toMatchObject([{ minutes: 30, policyId: soon }])
})

test('under a post the weightiest who waits decides, until they have an answer', async () => {
  const under = { kind: 'comment', parent: 'post', post: 'post' } as const
  const { id } = await say(furious, { ...under, externalId: 'rosa', minutesAgo: 30 })
  await say('Lovely picture', { ...under, by: 'max', minutesAgo: 20 })
  expect(await urgent()).toEqual([id])
  await say('It is on its way, Rosa.', { ...under, by: 'us', parent: 'rosa', minutesAgo: 10 })
  expect(await urgent()).toEqual([])
  const max = await prisma.message.findFirstOrThrow({ where: { accountId, text: 'Lovely picture' } })
  expect(await prisma.conversation.findUniqueOrThrow({ where: { id } })).toMatchObject({ priority: max.priority })
})

test('what was ended weighs nothing any more once somebody writes again', async () => {
  const { id } = await say(furious, { minutesAgo: 30 })
  must(await setState(owner, { conversationIds: [id], state: 'done' }))
  expect((await say('Hello?', { minutesAgo: -1 })).priority).toBeLessThan(80)
  expect(await urgent()).toEqual([])
})

test('what was broken of a promise that is taken back is broken of none that is made later', async () => {
  const id = await promise({})
  await say('Hello, where is it?', { minutesAgo: 40 })
  const broken = await prisma.slaClock.findFirstOrThrow({ where: { policyId: id, kind: 'first_reply' } })
  must(await tellClock(desk.system, { clockId: broken.id }))
  must(await deletePolicy(owner, { id }))
  await promise({ firstReplyMinutes: 500 })
  await say('Are you there?', { minutesAgo: 0 })
  expect(await prisma.slaClock.findUniqueOrThrow({ where: { id: broken.id } })).toMatchObject({
    policyId: id,
    minutes: 30,
    breachedAt: expect.any(Date),
    stoppedAt: expect.any(Date),
  })
})
