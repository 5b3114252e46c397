import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import { receive } from '../hear/receive'
import { startAnswering } from './answering.test-data'
import { approveReply } from './decide-reply'
import { replyOf as intentOf, sendReply } from './send-reply'
import { proposeReply, writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof startAnswering>>
beforeAll(async () => {
  desk = await startAnswering()
})
afterEach(() => ask(desk.sandbox, '/settings', { refuseHumanAgents: false }))
afterAll(() => desk.close())

/** What somebody wrote so many hours ago, in a chat that nothing else was said in since. */
async function wrote(text: string, handle: string, hoursAgo: number) {
  const { id, conversationId } = await desk.somebodyWrites(text, handle)
  const at = inMs(-hoursAgo * hour)
  await prisma.message.update({ where: { id }, data: { at } })
  await prisma.conversation.update({ where: { id: conversationId }, data: { lastInboundAt: at } })
  return { messageId: id, conversationId, at: at.toISOString() }
}
const heardAt = async (replyId: string) => intentOf((await desk.replyOf(replyId)).intent).heardAt
const sent = async (replyId: string) => {
  must(await sendReply(desk.system, { replyId }))
  return (await desk.replyOf(replyId)).state
}

test('an answer to an older message is as free as its chat, and a chat that was silent for a day wants a human agent', async () => {
  const { owner, sandbox } = desk
  const monday = await wrote('Do you have size 42?', 'mia', 70)
  await ask(sandbox, '/settings', { refuseHumanAgents: true })
  const late = must(await writeReply(owner, { messageId: monday.messageId, text: 'We have.' }))
  expect(await sent(late.replyId)).toBe('refused')
  expect((await desk.replyOf(late.replyId)).reason).toMatchObject({ message: expect.stringContaining('human agent') })

  const today = await desk.somebodyWrites('And in red?', 'mia')
  expect(today.conversationId).toBe(monday.conversationId)
  const free = must(await writeReply(owner, { messageId: monday.messageId, text: 'We have, in red, too.' }))
  expect(await sent(free.replyId)).toBe('sent')
})

test('changing an old message does not make its chat a fresh one', async () => {
  const { owner, system, accountId } = desk
  const asked = await wrote('Are you open on Sunday?', 'noah', 30)
  const { externalId, source } = await prisma.message.findUniqueOrThrow({ where: { id: asked.messageId } })
  // The column is written from an Incoming and from nothing else.
  const told = source as unknown as Incoming
  const at = inMs(-hour).toISOString()
  const changed = { ...told, externalId, text: 'Are you open on Monday?', change: 'edited' as const, at }
  must(await receive(system, { accountId, items: [changed], via: 'webhook' }))
  const { replyId } = must(await writeReply(owner, { messageId: asked.messageId, text: 'On Monday we are.' }))
  expect(await heardAt(replyId)).toBe(asked.at)
})

test('an answer that was approved later knows what was said until then', async () => {
  const { owner, sandbox } = desk
  const asked = await wrote('Do you ship to Zug?', 'lea', 50)
  const { replyId } = must(await proposeReply(owner, { messageId: asked.messageId, text: 'We do.' }))
  const again = await desk.somebodyWrites('Hello, do you?', 'lea')
  must(await approveReply(owner, { replyId }))
  expect(await heardAt(replyId)).toBe(again.at.toISOString())
  await ask(sandbox, '/settings', { refuseHumanAgents: true })
  await desk.due(replyId)
  expect(await sent(replyId)).toBe('sent')
})
