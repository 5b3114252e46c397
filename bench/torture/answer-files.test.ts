import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { discard } from '@/lib/core/storage'
import { approveReply, listReplies, proposeReply, reconcileReply, sendReply, writeReply } from '@/lib/inbox'
import { defaultFactors } from '@/lib/inbox/triage/score'
import { openDoor } from '@/lib/inbox/door.fixture'
import { openPublicMedia, uploadMedia } from '@/lib/media'
import { picture, streamOf } from '@/lib/media/desk.fixture'
import { platformNames, platforms } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import { hearEverybody, type Said } from './hear'

const kinds = ['x', 'bluesky', 'mastodon', 'discord bot', 'telegram', 'facebook', 'instagram', 'whatsapp'] as const

/** What is answered where, with how many files; `apart` where a file is an answer of its own, without words. */
const answered: Readonly<Record<(typeof kinds)[number], { to: string; files: 1 | 2; apart?: true }>> = {
  x: { to: 'mention', files: 2 },
  bluesky: { to: 'mention', files: 2 },
  mastodon: { to: 'mention', files: 2 },
  'discord bot': { to: 'mention', files: 2 },
  telegram: { to: 'dm', files: 2 },
  // A comment on Facebook holds one picture.
  facebook: { to: 'mention', files: 1 },
  instagram: { to: 'dm', files: 1, apart: true },
  whatsapp: { to: 'dm', files: 1 },
}

let world: ConnectedWorld
let said: readonly Said[]
let system: Ctx
let files: readonly string[]
let places: readonly { close(): Promise<unknown> }[] = []
beforeAll(async () => {
  world = await makeWorld(kinds)
  system = (await asSystem(world.ctx.workspaceId, 'test')) ?? world.ctx
  said = [
    ...(await hearEverybody(world, ['x', 'bluesky', 'mastodon', 'discord bot'], ['mention'])),
    ...(await hearEverybody(world, ['telegram'], ['dm'])),
    ...(await hearEverybody(world, ['facebook'], ['mention', 'dm'])),
    ...(await hearEverybody(world, ['instagram'], ['dm'])),
    await hearByReport(),
  ]
  const { workspaceId } = world.ctx
  await prisma.triageSettings.create({ data: { workspaceId, factors: defaultFactors, undoSeconds: 0 } })
  await serveFiles()
  files = await Promise.all([600, 800].map(async (width) => (await add(`shop-${width}.jpg`, width)).id))
})
afterAll(async () => {
  await world.close()
  for (const place of places) await place.close()
  await closeDoors()
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

/** WhatsApp lets nobody ask: it reports. */
async function hearByReport(): Promise<Said> {
  const door = await openDoor('whatsapp', 'number')
  places = [...places, door]
  const hook = { network: 'whatsapp', clientId: 'posthorn-whatsapp', url: door.url, verifyToken: 'sandbox-verify' }
  await ask(world.sandbox, '/portal', hook)
  const words = { network: 'whatsapp', account: wayOf('whatsapp').who, kind: 'dm', text: 'What does it look like?' }
  const by = { handle: '4915100000021', name: 'Mia Meer' }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', { ...words, by })
  await door.hear(system, 1, (externalId) => externalId === id)
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { externalId: id } })
  return { kind: 'whatsapp', messageKind: 'dm', messageId }
}

/** Instagram fetches files from where Posthorn is. */
async function serveFiles(): Promise<void> {
  const server = createServer(async (request, response) => {
    const token = request.url?.split('/').at(-1) ?? ''
    const opened = await openPublicMedia({ ip: '127.0.0.1', userAgent: 'sandbox' }, { token })
    if (!opened.ok) return response.writeHead(404).end()
    const { mime, open } = opened.value
    return response.writeHead(200, { 'content-type': mime }).end(await buffer(open()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  env().APP_URL = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`
  places = [...places, { close: () => new Promise((resolve) => server.close(resolve)) }]
}

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
/** What readers of a network have seen, whoever said it. */
const shownBy = async (kind: string) => Effects.parse(await ask(world.sandbox, `/effects?network=${wayOf(kind).name}`))
const rowOf = (id: string) => prisma.reply.findUniqueOrThrow({ where: { id }, include: { attempts: true } })

test('every network whose answers take files is among them', () => {
  const takers = platformNames.filter((name) =>
    Object.values(platforms[name].inbox?.answers ?? {}).some(({ media }) => media !== undefined),
  )
  expect(new Set(kinds.map((kind) => wayOf(kind).name))).toEqual(new Set(takers))
})

describe.each(kinds)('on %s', (kind) => {
  test('an answer goes out with its pictures, once', async () => {
    const { to, files: most, apart } = answered[kind]
    const text = apart ? '' : `Here is the shop, on ${kind}.`
    const [messageId, mediaIds] = [messageOf(kind, to), files.slice(0, most)]
    const before = (await shownBy(kind)).length
    const { replyId } = must(await writeReply(world.ctx, { messageId, text, mediaIds }))
    for (let rounds = 0; rounds < 10 && (await rowOf(replyId)).state !== 'sent'; rounds++) {
      await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
      must(await sendReply(system, { replyId }))
    }
    const row = await rowOf(replyId)
    expect([row.state, row.reason]).toEqual(['sent', null])
    expect(row.attempts.filter(({ purpose }) => purpose === 'send')).toHaveLength(1)
    const shown = (await shownBy(kind)).slice(before)
    expect(shown).toMatchObject([{ text: expect.stringMatching(new RegExp(`${text}$`)), mediaCount: mediaIds.length }])
    const [card] = must(await listReplies(world.ctx, { conversationId: row.conversationId })).items.filter(
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

test.each([
  ['deleted', (id: string) => prisma.media.delete({ where: { id } })],
  ['lost', async (id: string) => discard((await prisma.media.findUniqueOrThrow({ where: { id } })).storageKey)],
])('an answer whose file was %s before it went out is refused, and says so', async (what, take) => {
  const { id: mediaId } = await add(`${what}.jpg`, 700 + what.length)
  const asked = { messageId: messageOf('mastodon'), text: `${what} in a moment.`, mediaIds: [mediaId] }
  const { replyId } = must(await proposeReply(world.ctx, asked))
  must(await approveReply(world.ctx, { replyId }))
  await take(mediaId)
  must(await sendReply(system, { replyId }))
  expect(await rowOf(replyId)).toMatchObject({
    state: 'refused',
    reason: { message: 'A file of this answer is gone, or was changed since it was written. Write it again.' },
    attempts: [],
  })
})

test('an answer goes out all the same when the network has its file, and we have lost it', async () => {
  const { id: mediaId } = await add('late.jpg', 720)
  const asked = { messageId: messageOf('mastodon'), text: 'Lost when you had it.', mediaIds: [mediaId] }
  const { replyId } = must(await writeReply(world.ctx, asked))
  await ask(world.sandbox, '/faults', { network: 'mastodon', fault: '429_until', operation: 'publish', param: 1 })
  must(await sendReply(system, { replyId }))
  const tries = (await rowOf(replyId)).attempts.map(({ purpose, outcome }) => `${purpose} ${outcome}`)
  expect(tries.toSorted()).toEqual(['send parked', 'upload accepted'])
  await discard((await prisma.media.findUniqueOrThrow({ where: { id: mediaId } })).storageKey)
  for (let rounds = 0; rounds < 10 && (await rowOf(replyId)).state === 'queued'; rounds++) {
    await ask(world.sandbox, '/clock', { advanceMs: 60_000 })
    await prisma.circuit.deleteMany({})
    await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
    must(await sendReply(system, { replyId }))
  }
  expect((await rowOf(replyId)).state).toBe('sent')
  expect((await seen(asked.text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
})
