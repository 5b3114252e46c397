import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { pollFeed, watchAccount } from '@/lib/inbox'
import { publishVariant, removeVariant } from '@/lib/posts'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { routes } from './routes'

let world: ConnectedWorld
let system: Ctx
let accountId = ''
beforeAll(async () => {
  process.env.NETWORK_TIMEOUT_MS = '1500'
  world = await makeWorld(['facebook'])
  accountId = world.accounts.facebook ?? ''
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

async function duePost(text: string) {
  const { workspaceId, actor } = world.ctx
  const [postId, variantId] = [newId(), newId()]
  const shared = { workspaceId, publishAt: new Date(), state: 'scheduled' as const }
  await prisma.post.create({
    data: { ...shared, id: postId, authorId: actor.id, content: { text }, excerpt: text, platforms: ['facebook'] },
  })
  await prisma.variant.create({ data: { ...shared, id: variantId, postId, accountId, platform: 'facebook' } })
  return { postId, variantId }
}

/** Tells what happened to all who listen, as the worker does. */
async function deliverEvents(): Promise<void> {
  const waiting = await prisma.eventOutbox.findMany({ where: { workspaceId: system.workspaceId } })
  const eventIds = waiting.map(({ eventId }) => eventId)
  const route = routes.find(({ job }) => job.name === 'workspace.deliverEvents')
  if (route?.scope !== 'workspace') throw new Error('events are delivered to nobody')
  must(await route.run(system, { eventIds }))
}

const postFeed = () => prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: { not: '' } } })
const isDue = (id: string) =>
  prisma.inboxFeed.update({ where: { id }, data: { nextAt: new Date(0), leaseUntil: null } })
const messages = (text: string) => prisma.message.findMany({ where: { accountId, text } })

async function comment(text: string): Promise<void> {
  const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const { postExternalId } = await postFeed()
  await ask(world.sandbox, '/speak', {
    network: 'facebook',
    account: externalId,
    kind: 'comment',
    text,
    on: postExternalId,
  })
}

test('what is said under a post of ours is asked for as soon as it is published, and comes in', async () => {
  const { variantId } = await duePost('We open at eight')
  expect(must(await publishVariant(system, { variantId }))).toEqual({ did: 'published' })
  await deliverEvents()
  const feed = await postFeed()
  await comment('And on Sundays?')
  await isDue(feed.id)
  expect(must(await pollFeed(system, { feedId: feed.id }))).toEqual({ did: 'read', fresh: 1 })
  expect(await messages('And on Sundays?')).toMatchObject([{ kind: 'comment', via: 'poll' }])
})

test('the comments of one post are never asked for twice at once', async () => {
  const feed = await postFeed()
  await comment('Do you have oat milk?')
  await isDue(feed.id)
  const polls = await Promise.all(Array.from({ length: 6 }, () => pollFeed(system, { feedId: feed.id })))
  expect(polls.map((poll) => must(poll).did).toSorted()).toEqual([
    'read',
    ...Array.from({ length: 5 }, () => 'skipped'),
  ])
  expect(await messages('Do you have oat milk?')).toHaveLength(1)
})

test('a crash between what was read and what was noted of it loses nothing and doubles nothing', async () => {
  const feed = await postFeed()
  await comment('Said before the crash')
  await isDue(feed.id)
  must(await pollFeed(system, { feedId: feed.id }))
  // As it stands when the process died after the messages were kept, before the cursor was: the lease runs out.
  await prisma.inboxFeed.update({
    where: { id: feed.id },
    data: { cursor: feed.cursor, nextAt: new Date(0), leaseUntil: new Date(0) },
  })
  await comment('Said after the crash')
  expect(must(await pollFeed(system, { feedId: feed.id }))).toEqual({ did: 'read', fresh: 1 })
  expect(await messages('Said before the crash')).toHaveLength(1)
  expect(await messages('Said after the crash')).toHaveLength(1)
})

test('what people said under a post that is deleted from here waits for nothing more, as soon as its network agrees', async () => {
  const { variantId } = await duePost('For today alone')
  expect(must(await publishVariant(system, { variantId }))).toEqual({ did: 'published' })
  await deliverEvents()
  const { externalId: on } = await prisma.step.findFirstOrThrow({ where: { variantId } })
  const { externalId: account } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const said = { network: 'facebook', account, kind: 'comment', text: 'Until when?', on }
  await ask(world.sandbox, '/speak', said)
  const where = { accountId, postExternalId: on ?? '' }
  const look = async () => {
    const { id } = await prisma.inboxFeed.findFirstOrThrow({ where })
    await isDue(id)
    expect(must(await pollFeed(system, { feedId: id }))).toMatchObject({ did: 'read' })
  }
  await look()
  const waits = async () => (await prisma.conversation.findFirstOrThrow({ where })).unanswered
  expect(await waits()).toBe(true)
  await prisma.inboxFeed.updateMany({ where, data: { nextAt: new Date(Date.now() + 21_600_000) } })
  await prisma.variant.update({ where: { id: variantId }, data: { leaseUntil: new Date() } })
  expect(must(await removeVariant(system, { variantId }))).toEqual({ removed: 1 })
  await deliverEvents()
  const { nextAt } = await prisma.inboxFeed.findFirstOrThrow({ where })
  expect(nextAt.getTime()).toBeLessThan(Date.now() + 60_000)
  await look()
  expect(await waits()).toBe(false)
  // The other tests look at the one post that stands.
  await prisma.inboxFeed.deleteMany({ where })
})

test('a network that limits us is asked again when it said, by nobody sooner, and no post or comment is lost', async () => {
  const feed = await postFeed()
  await comment('Said while we had to wait')
  await ask(world.sandbox, '/faults', { network: 'facebook', fault: '429_until', operation: 'read', param: 3_600 })
  await isDue(feed.id)
  expect(must(await pollFeed(system, { feedId: feed.id }))).toMatchObject({ did: 'failed' })
  const circuit = await prisma.circuit.findFirstOrThrow({ where: { accountId, lane: 'reading' } })
  expect(circuit.openUntil?.getTime()).toBeGreaterThan(Date.now() + 60_000)
  // The account's own feed shares the limit: it is not asked either.
  must(await watchAccount(system, { accountId }))
  const own = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await isDue(own.id)
  expect(must(await pollFeed(system, { feedId: own.id }))).toMatchObject({ did: 'failed' })
  expect((await prisma.inboxFeed.findUniqueOrThrow({ where: { id: own.id } })).nextAt).toEqual(circuit.openUntil)
  await prisma.circuit.updateMany({ where: { accountId }, data: { openUntil: new Date(0), changedAt: new Date(0) } })
  await isDue(feed.id)
  expect(must(await pollFeed(system, { feedId: feed.id }))).toEqual({ did: 'read', fresh: 1 })
  expect(await messages('Said while we had to wait')).toHaveLength(1)
})

test('a post waits while publishing is paused, without a try of its own, and goes out afterwards', async () => {
  await prisma.circuit.create({
    data: {
      id: newId(),
      workspaceId: system.workspaceId,
      accountId,
      lane: 'publishing',
      openings: 1,
      openUntil: new Date(Date.now() + 3_600_000),
      why: 'Facebook failed 5 times in a row',
      changedAt: new Date(),
    },
  })
  const { variantId } = await duePost('Held for an hour')
  expect(must(await publishVariant(system, { variantId }))).toEqual({ did: 'stopped' })
  expect(await prisma.variant.findUniqueOrThrow({ where: { id: variantId } })).toMatchObject({
    state: 'scheduled',
    retries: 0,
    reason: { message: expect.stringMatching(/^Paused until .* because Facebook failed 5 times in a row/) },
  })
  await prisma.circuit.updateMany({ where: { accountId }, data: { openUntil: new Date(0), changedAt: new Date(0) } })
  await prisma.variant.update({ where: { id: variantId }, data: { notBefore: null, waitingFor: null } })
  expect(must(await publishVariant(system, { variantId }))).toEqual({ did: 'published' })
  expect(await prisma.circuit.count({ where: { accountId, lane: 'publishing' } })).toBe(0)
})
