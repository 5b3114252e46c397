import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { dayBegins, wallOf } from '@/lib/core/wall'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { reconcileReply } from '../answer/reconcile-reply'
import { sendReply } from '../answer/send-reply'
import { writeReply } from '../answer/write-reply'
import { closeDesk } from '../desk.fixture'
import { defaultFactors } from '../triage/score'
import { watchPosts } from './feeds'
import { pollFeed } from './poll'

let world: ConnectedWorld
let system: Ctx
let accountId: string
let video: string
beforeAll(async () => {
  world = await makeWorld(['youtube'])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts.youtube ?? ''
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf('youtube'), platform, app, account, as: credentials }
  const sent = await deliver(of, await draftOf(of, 'Brewing'), (ms) => ask(world.sandbox, '/clock', { advanceMs: ms }))
  if (!sent.ok) throw new Error(sent.error.code)
  video = sent.value.externalId
  must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

const zone = 'America/Los_Angeles'
const say = (text: string) =>
  ask(world.sandbox, '/speak', { network: 'youtube', account: 'northwind', kind: 'comment', text, on: video })
async function poll() {
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
  const { id } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: video } })
  const { did } = must(await pollFeed(system, { feedId: id }))
  return { did, feed: await prisma.inboxFeed.findUniqueOrThrow({ where: { id } }) }
}
/** What all workspaces together have spent by now. */
async function haveSpent(units: number) {
  const app = { platform: 'youtube', clientId: process.env.YOUTUBE_CLIENT_ID ?? '' }
  const at = dayBegins(wallOf(new Date(), zone).slice(0, 10), zone)
  await prisma.appUse.deleteMany()
  await prisma.appUse.create({ data: { ...app, at, lane: 'spent before', units } })
}
/** The day is over, and what was paused may be tried. */
async function nextDay() {
  await prisma.appUse.deleteMany()
  await prisma.circuit.updateMany({ data: { openUntil: new Date(Date.now() - 1_000) } })
}
const Effects = z.array(z.object({ text: z.string() }))
const seen = async (text: string) =>
  Effects.parse(await ask(world.sandbox, '/effects?network=youtube')).filter((effect) => effect.text === text).length

test('when the units for reading are spent nothing is read until midnight, nothing is lost, and answers go out', async () => {
  await say('Which beans?')
  expect((await poll()).did).toBe('read')
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId, text: 'Which beans?' } })

  await haveSpent(8_000)
  await say('And which water?')
  const { did, feed } = await poll()
  expect(did).toBe('failed')
  expect(wallOf(feed.nextAt, zone)).toMatch(/T00:00$/)
  expect(feed).toMatchObject({
    failures: 0,
    lastError: expect.stringContaining('the rest is kept for posts and answers'),
  })

  await prisma.triageSettings.create({
    data: { workspaceId: world.ctx.workspaceId, undoSeconds: 0, factors: defaultFactors },
  })
  const { replyId } = must(await writeReply(world.ctx, { messageId, text: 'Ethiopian ones' }))
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'sent' })
  expect(await prisma.appUse.findFirst({ where: { lane: 'answering' } })).toMatchObject({ units: 50 })

  await nextDay()
  expect((await poll()).did).toBe('read')
  expect(await prisma.message.count({ where: { accountId, text: 'And which water?' } })).toBe(1)
})

test('when the units for answering are spent an answer waits until midnight unsent, and goes out once', async () => {
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId, text: 'And which water?' } })
  await haveSpent(9_500)
  const { replyId } = must(await writeReply(world.ctx, { messageId, text: 'Soft water' }))
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'stopped' })
  const waiting = await prisma.reply.findUniqueOrThrow({ where: { id: replyId }, include: { attempts: true } })
  expect(waiting).toMatchObject({ state: 'queued', attempts: [] })
  expect(waiting.notBefore && wallOf(waiting.notBefore, zone)).toMatch(/T00:00$/)
  expect(await seen('Soft water')).toBe(0)

  await nextDay()
  await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'sent' })
  expect(await seen('Soft water')).toBe(1)
})

test('what became of an answer in doubt is found out though the units for reading and answering are spent', async () => {
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId, text: 'Which beans?' } })
  await ask(world.sandbox, '/faults', { network: 'youtube', fault: '500_after_accept', operation: 'comment' })
  const { replyId } = must(await writeReply(world.ctx, { messageId, text: 'Those of the harvest' }))
  must(await sendReply(system, { replyId }))
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({ state: 'unknown' })

  await haveSpent(9_900)
  await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
  must(await reconcileReply(system, { replyId }))
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({ state: 'sent' })
  expect(await seen('Those of the harvest')).toBe(1)
})
