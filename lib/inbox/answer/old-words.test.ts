import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Ctx } from '@/lib/workspace'
import { transact } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { importMessages } from '../hear/import'
import { receive } from '../hear/receive'
import { proveByHeardEcho } from './reply-proof'
import { settleReply } from './settle-reply'
import { writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

const day = 86_400_000
const text = 'Hello! How can we help?'
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString()
const us = { externalId: 'us', handle: '@us', displayName: 'Us' }
const own = (conversation: string, at: string) => ({ kind: 'dm' as const, text, at, own: true, conversation })

/** An answer that was sent a moment ago, and nobody knows with what end. */
async function doubtful(conversation: string) {
  const asked = await hears(desk, accountId, conversation, 'Hi?', { kind: 'dm', conversation })
  const { replyId } = must(await writeReply(owner, { messageId: asked.id, text }))
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'unknown' } })
  const attempt = { replyId, fence: 1, purpose: 'send', worker: 'w', startedAt: new Date(), outcome: 'unknown' }
  await prisma.replyAttempt.create({ data: { ...attempt, id: newId(), workspaceId: desk.workspace.id } })
  return replyId
}
const hear = (conversation: string, at: string) =>
  receive(desk.system, {
    accountId,
    items: [{ ...own(conversation, at), externalId: newId(), author: us, ref: {} }],
    via: 'poll',
  })
const bring = (conversation: string, at: string) =>
  importMessages(owner, { accountId, messages: [{ ...own(conversation, at), id: newId(), author: { id: 'us' } }] })
const stateOf = async (id: string) => (await prisma.reply.findUniqueOrThrow({ where: { id } })).state

test('words of ours that are older than an answer in doubt do not prove it; the same said since do', async () => {
  const replyId = await doubtful('chat-1')
  must(await hear('chat-1', daysAgo(90)))
  expect(await stateOf(replyId)).toBe('unknown')
  // The network's clock is a few minutes behind ours.
  must(await hear('chat-1', new Date(Date.now() - 5 * 60_000).toISOString()))
  expect(await stateOf(replyId)).toBe('sent')
})

test('an import proves no answer, of whenever it is', async () => {
  const replyId = await doubtful('chat-2')
  must(await bring('chat-2', daysAgo(90)))
  must(await bring('chat-2', new Date().toISOString()))
  const since = new Date(Date.now() - 60_000)
  expect(await transact(desk.system, (work) => proveByHeardEcho(work, { replyId, since }))).toBe(false)
  expect(await stateOf(replyId)).toBe('unknown')
})

test('what a person found at an address does not take the name of something said before it', async () => {
  const replyId = await doubtful('chat-3')
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'needs_person' } })
  const url = 'https://facebook.test/found'
  must(await settleReply(owner, { replyId, answer: 'it_is_there', url }))
  must(await hear('chat-3', daysAgo(90)))
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({ externalId: url })
  must(await hear('chat-3', new Date().toISOString()))
  expect((await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).externalId).not.toBe(url)
})
