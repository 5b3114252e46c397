import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { approveReply, listReplies, proposeReply, reconcileReply, sendReply, writeReply } from '@/lib/inbox'
import { defaultFactors } from '@/lib/inbox/triage/score'
import { uploadMedia } from '@/lib/media'
import { picture, streamOf } from '@/lib/media/desk.fixture'
import type { Ctx } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import { hearEverybody, type Said } from './hear'

const kinds = ['x', 'bluesky', 'mastodon', 'discord bot', 'telegram', 'facebook'] as const

let world: ConnectedWorld
let said: readonly Said[]
let system: Ctx
let files: readonly string[]
beforeAll(async () => {
  world = await makeWorld(kinds)
  said = [
    ...(await hearEverybody(world, ['x', 'bluesky', 'mastodon', 'discord bot'], ['mention'])),
    ...(await hearEverybody(world, ['telegram'], ['dm'])),
    ...(await hearEverybody(world, ['facebook'], ['mention', 'dm'])),
  ]
  system = (await asSystem(world.ctx.workspaceId, 'test')) ?? world.ctx
  const { workspaceId } = world.ctx
  await prisma.triageSettings.create({ data: { workspaceId, factors: defaultFactors, undoSeconds: 0 } })
  files = await Promise.all([600, 800].map(async (width) => (await add(`shop-${width}.jpg`, width)).id))
})
afterAll(async () => {
  await world.close()
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const add = async (name: string, width: number) => {
  const body = streamOf(await picture(width, 400).jpeg().toBuffer())
  return must(await uploadMedia(world.ctx, { name, alt: `The shop, ${width} wide`, body }))
}
const messageOf = (kind: string, messageKind?: string): string => {
  const found = said.find((one) => one.kind === kind && (!messageKind || one.messageKind === messageKind))
  if (!found) throw new Error(`Nobody spoke to ${kind}`)
  return found.messageId
}
const Effects = z.array(z.object({ text: z.string(), mediaCount: z.number() }))
const seen = async (text: string) =>
  Effects.parse(await ask(world.sandbox, '/effects')).filter((effect) => effect.text.endsWith(text))
const rowOf = (id: string) => prisma.reply.findUniqueOrThrow({ where: { id }, include: { attempts: true } })

describe.each(kinds)('on %s', (kind) => {
  test('an answer goes out with its pictures, once', async () => {
    const text = `Here is the shop, on ${kind}.`
    // A comment on Facebook holds one picture.
    const [messageId, mediaIds] =
      kind === 'facebook' ? [messageOf(kind, 'mention'), files.slice(0, 1)] : [messageOf(kind), [...files]]
    const { replyId } = must(await writeReply(world.ctx, { messageId, text, mediaIds }))
    for (let rounds = 0; rounds < 10 && (await rowOf(replyId)).state !== 'sent'; rounds++) {
      await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
      must(await sendReply(system, { replyId }))
    }
    const row = await rowOf(replyId)
    expect([row.state, row.reason]).toEqual(['sent', null])
    expect(row.attempts.filter(({ purpose }) => purpose === 'send')).toHaveLength(1)
    expect(await seen(text)).toMatchObject([{ mediaCount: mediaIds.length }])
    const [card] = must(await listReplies(world.ctx, { conversationId: row.conversationId })).filter(
      ({ id }) => id === replyId,
    )
    expect(card?.media).toEqual(
      [
        { mediaId: files[0], kind: 'image', alt: 'The shop, 600 wide' },
        { mediaId: files[1], kind: 'image', alt: 'The shop, 800 wide' },
      ].slice(0, mediaIds.length),
    )
  })
})

describe('in messages of a page', () => {
  const on = (text: string, mediaIds: readonly string[]) =>
    writeReply(world.ctx, { messageId: messageOf('facebook', 'dm'), text, mediaIds: [...mediaIds] })

  test('a file is an answer of its own and goes out once, also when nobody said so', async () => {
    const before = (await seen('')).filter(({ mediaCount }) => mediaCount > 0).length
    const { replyId } = must(await on('', files.slice(0, 1)))
    expect(await on('', files.slice(0, 1))).toMatchObject({ error: { code: 'CONFLICT' } })
    await ask(world.sandbox, '/faults', { network: 'facebook', fault: 'timeout_after_accept', operation: 'comment' })
    must(await sendReply(system, { replyId }))
    expect((await rowOf(replyId)).state).toBe('unknown')
    for (let rounds = 0; rounds < 10 && (await rowOf(replyId)).state !== 'sent'; rounds++) {
      const longAgo = new Date(Date.now() - 600_000)
      await prisma.replyAttempt.updateMany({ where: { replyId, purpose: 'send' }, data: { startedAt: longAgo } })
      await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
      must(await reconcileReply(system, { replyId }))
    }
    expect(await rowOf(replyId)).toMatchObject({ state: 'sent', proof: { by: 'read_back' } })
    expect((await seen('')).filter(({ mediaCount }) => mediaCount > 0)).toHaveLength(before + 1)
  })

  test('words beside a file, and neither of them, are refused in words', async () => {
    expect(await on('Look', files.slice(0, 1))).toMatchObject({
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('an answer of its own') },
    })
    expect(await on('', [])).toMatchObject({ error: { code: 'VALIDATION_ERROR' } })
  })
})

test('the same words with another picture are another answer, with the same picture they are not', async () => {
  const [first = '', second = ''] = files
  const asked = { messageId: messageOf('bluesky'), text: 'Have a look.' }
  must(await writeReply(world.ctx, { ...asked, mediaIds: [first] }))
  must(await writeReply(world.ctx, { ...asked, mediaIds: [second] }))
  expect(await writeReply(world.ctx, { ...asked, mediaIds: [first] })).toMatchObject({ error: { code: 'CONFLICT' } })
})

test('what a network takes is known before, and what it does not take is refused in words', async () => {
  const on = (kind: string, mediaIds: readonly string[], messageKind?: string) =>
    writeReply(world.ctx, { messageId: messageOf(kind, messageKind), text: 'Look.', mediaIds: [...mediaIds] })
  expect(await on('facebook', files, 'mention')).toMatchObject({
    error: { message: expect.stringContaining('takes one file') },
  })
  const five = await Promise.all([1, 2, 3, 4, 5].map(async (n) => (await add(`n-${n}.jpg`, 500 + n)).id))
  expect(await on('x', five)).toMatchObject({ error: { message: expect.stringContaining('takes 4 files') } })
  expect(await on('x', ['gone'])).toMatchObject({ error: { message: expect.stringContaining('gone') } })
})

test('an answer whose file was deleted before it went out is refused, and says so', async () => {
  const { id: mediaId } = await add('soon-gone.jpg', 700)
  const asked = { messageId: messageOf('mastodon'), text: 'Gone in a moment.', mediaIds: [mediaId] }
  const { replyId } = must(await proposeReply(world.ctx, asked))
  must(await approveReply(world.ctx, { replyId }))
  await prisma.media.delete({ where: { id: mediaId } })
  must(await sendReply(system, { replyId }))
  expect(await rowOf(replyId)).toMatchObject({
    state: 'refused',
    reason: { message: expect.stringContaining('A file of it is gone') },
    attempts: [],
  })
})
