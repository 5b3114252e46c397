import { utimes } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { eraseContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { day, inMs } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { discard, sizeOf, store } from '@/lib/core/storage'
import type { Ctx } from '@/lib/workspace'
import { findEverywhere } from '@/lib/workspace/system'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk, newDesk } from '../desk.fixture'
import { openMessageFile } from '../lists/open-file'
import { listMessages } from '../lists/messages'
import { listConversations } from '../lists/queries'
import { watchAccount } from './feeds'
import { forgetStrayFiles } from './forget-strays'
import { keepFile, keyOf, waitingFiles } from './keep-file'
import { pollFeed } from './poll'
import { receive } from './receive'

let world: ConnectedWorld
let system: Ctx
let accountId: string
beforeAll(async () => {
  process.env.NETWORK_TIMEOUT_MS = '1500'
  world = await makeWorld(['telegram'])
  accountId = world.accounts.telegram ?? ''
  system = await systemIn(world.ctx.workspaceId)
  must(await watchAccount(system, { accountId }))
})
afterEach(async () => {
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  await prisma.circuit.deleteMany({ where: { workspaceId: system.workspaceId } })
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

let people = 0
/** Somebody new sends the bot a file, and it is asked for. @returns the message, and its file as it is kept */
async function somebodySends(file: string, text = '') {
  people += 1
  const by = { handle: `sender${people}`, name: `Sender ${people}` }
  const said = { network: 'telegram', account: 'northwind_news', kind: 'dm', by, text, file }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  must(await pollFeed(system, { feedId: feed.id }))
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id }, include: { files: true } })
}
type Sent = Awaited<ReturnType<typeof somebodySends>>
const fileOf = ({ files: [file] }: Sent): string => {
  if (!file) throw new Error('No file came')
  return file.id
}
const keep = async (fileId: string) => must(await keepFile(system, { fileId })).did
const shown = async ({ conversationId }: Sent) =>
  must(await listMessages(world.ctx, { conversationId })).items.flatMap(({ media }) => media)
const stored = (fileId: string) => sizeOf(keyOf(system.workspaceId, fileId))

test('a picture is coming, then here, fetched once, and open to whoever may read the inbox of its workspace', async () => {
  const sent = await somebodySends('image')
  const fileId = fileOf(sent)
  const { items } = must(await listConversations(world.ctx, { view: 'all', ids: [sent.conversationId] }))
  expect(items[0]?.excerpt).toBe('Picture')
  expect(await shown(sent)).toMatchObject([{ kind: 'image', state: 'coming', url: null }])
  expect((await findEverywhere(waitingFiles, new Date(), 100)).map(({ id }) => id)).toContain(fileId)
  expect((await Promise.all([keep(fileId), keep(fileId)])).toSorted()).toEqual(['kept', 'skipped'])
  expect(await shown(sent)).toMatchObject([
    { state: 'here', url: `/api/inbox/files/${fileId}`, mime: 'image/png', sizeBytes: await stored(fileId) },
  ])
  const file = must(await openMessageFile(world.ctx, { fileId }))
  const bytes = new Uint8Array(await new Response(file.open()).arrayBuffer())
  expect(Buffer.from(bytes.slice(1, 4)).toString()).toBe('PNG')
  const stranger = await (await newDesk()).as('owner')
  expect(await openMessageFile(stranger, { fileId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  await discard(keyOf(system.workspaceId, fileId))
  expect(await openMessageFile(world.ctx, { fileId })).toMatchObject({
    error: { code: 'NOT_FOUND', message: expect.stringContaining('gone from where files are kept') },
  })
  // What is kept says nothing of where it was.
  expect(await prisma.messageFile.findUniqueOrThrow({ where: { id: fileId } })).toMatchObject({
    ask: null,
    nextAt: null,
  })
})

test('films, sounds and papers keep their names and are known by their content, also when they lie about it', async () => {
  const seen = []
  for (const name of ['video', 'audio', 'file', 'page']) {
    const sent = await somebodySends(name, 'Look')
    expect([sent.text, await keep(fileOf(sent))]).toEqual(['Look', 'kept'])
    seen.push(...(await shown(sent)).map(({ kind, name: called, mime }) => [kind, called, mime]))
  }
  expect(seen).toEqual([
    ['video', 'pour.mp4', 'video/mp4'],
    ['audio', 'question.wav', 'audio/wav'],
    ['file', 'invoice.pdf', 'application/pdf'],
    ['image', null, 'application/octet-stream'],
  ])
})

test('what is too large or no longer there says so, and nothing of it is kept', async () => {
  const large = await somebodySends('large')
  expect([await keep(fileOf(large)), await shown(large)]).toMatchObject([
    'too_large',
    [{ state: 'too_large', url: null, name: 'film.zip' }],
  ])
  const lost = await somebodySends('image')
  await prisma.messageFile.update({ where: { id: fileOf(lost) }, data: { ask: { ask: { file: 'file-unknown' } } } })
  expect([await keep(fileOf(lost)), await shown(lost)]).toMatchObject(['gone', [{ state: 'gone', url: null }]])
  expect([await stored(fileOf(large)), await stored(fileOf(lost))]).toEqual([undefined, undefined])
})

test('a network that does not answer is asked again later, and its limit is waited for', async () => {
  const sent = await somebodySends('image')
  const fileId = fileOf(sent)
  const fault = (name: string) =>
    ask(world.sandbox, '/faults', { network: 'telegram', fault: name, operation: 'read', param: 30 })
  const nextAt = async () => (await prisma.messageFile.findUniqueOrThrow({ where: { id: fileId } })).nextAt
  const due = () => prisma.messageFile.update({ where: { id: fileId }, data: { nextAt: new Date(0) } })
  for (const name of ['drop_request', '429_until']) {
    await fault(name)
    expect(await keep(fileId)).toBe('failed')
    expect((await nextAt())?.getTime()).toBeGreaterThan(Date.now() + 10_000)
    await prisma.circuit.deleteMany({ where: { workspaceId: system.workspaceId } })
    await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
    await due()
  }
  expect(await keep(fileId)).toBe('kept')
})

test('the file of a message that is taken away, or whose author is erased, goes with its bytes', async () => {
  const taken = await somebodySends('image')
  const erased = await somebodySends('file')
  for (const one of [taken, erased]) expect(await keep(fileOf(one))).toBe('kept')
  const { source } = taken
  if (typeof source !== 'object') throw new Error('It was kept as it was told')
  must(await receive(system, { accountId, items: [{ ...source, change: 'deleted' }], via: 'webhook' }))
  const { contactId } = await prisma.conversation.findUniqueOrThrow({ where: { id: erased.conversationId } })
  must(await eraseContact(world.ctx, { contactId: contactId ?? '' }))
  for (const one of [taken, erased]) {
    const fileId = fileOf(one)
    expect(await openMessageFile(world.ctx, { fileId })).toMatchObject({ ok: false })
    expect(await keep(fileId)).toBe('let_go')
    expect(await stored(fileId)).toBeUndefined()
    expect(await prisma.messageFile.count({ where: { id: fileId } })).toBe(0)
  }
})

test('what was kept for a message that is gone is taken away a week later, and nothing that a message has', async () => {
  const fileId = fileOf(await somebodySends('image'))
  expect(await keep(fileId)).toBe('kept')
  await store(keyOf(system.workspaceId, 'gone'), new Uint8Array(1))
  const forget = async () => must(await forgetStrayFiles(system, {})).files
  expect(await forget()).toBe(0)
  const old = inMs(-8 * day)
  for (const id of [fileId, 'gone']) await utimes(path.join(env().STORAGE_DIR, keyOf(system.workspaceId, id)), old, old)
  expect(await forget()).toBe(1)
  expect([await stored(fileId), await stored('gone')]).toEqual([expect.any(Number), undefined])
})
