import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { wallOf } from '@/lib/core/wall'
import { reconcileReply } from '../answer/reconcile-reply'
import { sendReply } from '../answer/send-reply'
import { writeReply } from '../answer/write-reply'
import { defaultFactors } from '../triage/score'
import { startChannel, zone } from './channel.fixture'
import { watchPosts } from './feeds'

let channel: Awaited<ReturnType<typeof startChannel>>
beforeAll(async () => {
  channel = await startChannel()
  const { system, accountId, video } = channel
  must(await watchPosts(system, { accountId, posts: [video], publishedAt: new Date() }))
})
afterAll(() => channel.close())

const poll = () => channel.poll(channel.video.externalId)
/** The day is over, and what was paused may be tried. */
async function nextDay() {
  await prisma.appUse.deleteMany()
  await prisma.circuit.updateMany({ data: { openUntil: new Date(Date.now() - 1_000) } })
}
const Effects = z.array(z.object({ text: z.string() }))
const seen = async (text: string) =>
  Effects.parse(await ask(channel.sandbox, '/effects?network=youtube')).filter((effect) => effect.text === text).length

test('when the units for reading are spent nothing is read until midnight, nothing is lost, and answers go out', async () => {
  await channel.say('Which beans?')
  expect((await poll()).did).toBe('read')
  const { id: messageId } = await prisma.message.findFirstOrThrow({
    where: { accountId: channel.accountId, text: 'Which beans?' },
  })

  await channel.haveSpent(8_000)
  await channel.say('And which water?')
  const { did, feed } = await poll()
  expect(did).toBe('failed')
  expect(wallOf(feed.nextAt, zone)).toMatch(/T00:00$/)
  expect(feed).toMatchObject({
    failures: 0,
    lastError: expect.stringContaining('the rest is kept for posts and answers'),
  })

  await prisma.triageSettings.create({
    data: { workspaceId: channel.owner.workspaceId, undoSeconds: 0, factors: defaultFactors },
  })
  const { replyId } = must(await writeReply(channel.owner, { messageId, text: 'Ethiopian ones' }))
  expect(must(await sendReply(channel.system, { replyId }))).toEqual({ did: 'sent' })
  expect(await prisma.appUse.findFirst({ where: { lane: 'answering' } })).toMatchObject({ units: 50 })

  await nextDay()
  expect((await poll()).did).toBe('read')
  expect(await prisma.message.count({ where: { accountId: channel.accountId, text: 'And which water?' } })).toBe(1)
})

test('when the units for answering are spent an answer waits until midnight unsent, and goes out once', async () => {
  const { id: messageId } = await prisma.message.findFirstOrThrow({
    where: { accountId: channel.accountId, text: 'And which water?' },
  })
  await channel.haveSpent(9_500)
  const { replyId } = must(await writeReply(channel.owner, { messageId, text: 'Soft water' }))
  expect(must(await sendReply(channel.system, { replyId }))).toEqual({ did: 'stopped' })
  const waiting = await prisma.reply.findUniqueOrThrow({ where: { id: replyId }, include: { attempts: true } })
  expect(waiting).toMatchObject({ state: 'queued', attempts: [] })
  expect(waiting.notBefore && wallOf(waiting.notBefore, zone)).toMatch(/T00:00$/)
  expect(await seen('Soft water')).toBe(0)

  await nextDay()
  await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
  expect(must(await sendReply(channel.system, { replyId }))).toEqual({ did: 'sent' })
  expect(await seen('Soft water')).toBe(1)
})

test('what became of an answer in doubt is found out though the units for reading and answering are spent', async () => {
  const { id: messageId } = await prisma.message.findFirstOrThrow({
    where: { accountId: channel.accountId, text: 'Which beans?' },
  })
  await ask(channel.sandbox, '/faults', { network: 'youtube', fault: '500_after_accept', operation: 'comment' })
  const { replyId } = must(await writeReply(channel.owner, { messageId, text: 'Those of the harvest' }))
  must(await sendReply(channel.system, { replyId }))
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({ state: 'unknown' })

  await channel.haveSpent(9_900)
  await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
  must(await reconcileReply(channel.system, { replyId }))
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({ state: 'sent' })
  expect(await seen('Those of the harvest')).toBe(1)
})
