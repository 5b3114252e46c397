import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import { transact, type Ctx } from '@/lib/workspace'
import { acceptReply } from '../answer/accept-reply'
import { beginReply } from '../answer/begin-reply'
import { cancelReply } from '../answer/decide-reply'
import { listReplies } from '../answer/list-replies'
import { recoverReply } from '../answer/recover-reply'
import { claimReply, type ReplyClaim } from '../answer/reply-claim'
import { proveReply } from '../answer/reply-proof'
import { replyOf } from '../answer/send-reply'
import { refuseReply } from '../answer/stop-reply'
import { writeReply } from '../answer/write-reply'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { holdConversation } from '../desk/hold'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

const listed = (name: string, at: string, who: string, more: Partial<Incoming> = {}): Incoming => ({
  externalId: name,
  kind: 'comment',
  change: 'new',
  text: `Where is number ${name}?`,
  at,
  author: { externalId: `u-${who}`, handle: `@${who}`, displayName: who },
  own: who === 'us',
  conversation: '100',
  post: 'post',
  parent: name === '100' ? 'post' : '100',
  media: [],
  ref: { post: 'post' },
  ...more,
})
const below = listed('102', saidAt(20), 'ben')
const { parent: _notSaid, ...rest } = below
const reported: Incoming = { ...rest, conversation: '102', unplaced: true }

const take = async (accountId: string, ...items: readonly Incoming[]) =>
  must(await receive(desk.system, { accountId, items: [...items], via: 'poll' }))
const rowOf = (accountId: string, externalId: string) =>
  prisma.message.findFirstOrThrow({ where: { accountId, externalId } })

/** A comment that was reported, and stands apart from its thread. */
async function apart() {
  const accountId = await desk.account('facebook')
  await take(accountId, listed('100', saidAt(1), 'anna'))
  await take(accountId, reported)
  const { conversationId: threadId } = await rowOf(accountId, '100')
  const { id: messageId, conversationId: ownId } = await rowOf(accountId, '102')
  return { accountId, threadId, ownId, messageId }
}
const answers = async (messageId: string, text = 'On its way.') =>
  must(await writeReply(owner, { messageId, text })).replyId

async function claimed(replyId: string): Promise<ReplyClaim> {
  await prisma.reply.update({ where: { id: replyId }, data: { sendAt: new Date(saidAt(0)) } })
  const claim = await claimReply(desk.system, replyId, 'queued', 'claimed')
  if (!claim) throw new Error('it is due')
  return claim
}
async function begun(claim: ReplyClaim) {
  const { intent } = await prisma.reply.findUniqueOrThrow({ where: { id: claim.replyId } })
  const first = { triedBefore: false, isRepetition: false, isDenied: false }
  const attempt = await beginReply(desk.system, claim, replyOf(intent), first)
  if (!attempt) throw new Error('a person wrote it')
  return attempt
}
const there = { externalId: '105', url: 'https://network.test/105', ref: null }
const echo = () => listed('105', new Date().toISOString(), 'us', { text: 'On its way.' })

/** The thread, as all that is kept of it says. */
async function stands({ accountId, threadId }: { readonly accountId: string; readonly threadId: string }) {
  const row = await prisma.conversation.findUniqueOrThrow({
    where: { id: threadId },
    include: { messages: { orderBy: { externalId: 'asc' } }, replies: true },
  })
  const others = await prisma.message.count({ where: { accountId, conversationId: { not: threadId } } })
  return {
    messages: row.messages.map(({ externalId, answeredAt }) => [externalId, answeredAt !== null]),
    replies: row.replies.map(({ state }) => state),
    messageCount: row.messageCount,
    others,
  }
}
const answered = {
  messages: [
    ['100', false],
    ['102', true],
    ['105', false],
  ],
  replies: ['sent'],
  messageCount: 3,
  others: 0,
}
const subjectsOf = async (replyId: string, type: string) => {
  const events = await prisma.event.findMany({ where: { workspaceId: desk.workspace.id, type } })
  return events
    .filter(({ particulars }) => (particulars as { replyId?: string }).replyId === replyId)
    .map(({ subjectId }) => subjectId)
}

test('an answer that was given to it goes along, and it stays answered', async () => {
  const one = await apart()
  const replyId = await answers(one.messageId)
  const claim = await claimed(replyId)
  await acceptReply(desk.system, claim, await begun(claim), there)
  await take(one.accountId, below)
  expect(await stands(one)).toEqual(answered)
  await take(one.accountId, below, echo(), reported)
  expect(await stands(one)).toEqual(answered)
  expect(await prisma.conversation.findUniqueOrThrow({ where: { id: one.threadId } })).toMatchObject({ state: 'todo' })
  const { items } = must(await listReplies(owner, { conversationId: one.threadId }))
  expect(items.map((card) => card.id)).toEqual([replyId])
  expect(await subjectsOf(replyId, 'reply.sent')).toEqual([one.ownId])
})

test('an answer of ours that its list has first is known by it where it goes', async () => {
  const one = await apart()
  const replyId = await answers(one.messageId)
  await begun(await claimed(replyId))
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'unknown' } })
  await take(one.accountId, listed('100', saidAt(1), 'anna'), below, echo())
  expect(await stands(one)).toEqual(answered)
})

test.each([
  { moment: 'before it is claimed', at: 0 },
  { moment: 'before it begins', at: 1 },
  { moment: 'while it is sent', at: 2 },
])('an answer is sent once where it went: placed $moment', async ({ at }) => {
  const one = await apart()
  const replyId = await answers(one.messageId)
  const place = (now: number) => (now === at ? take(one.accountId, below) : undefined)
  await place(0)
  const claim = await claimed(replyId)
  await place(1)
  const attempt = await begun(claim)
  await place(2)
  await acceptReply(desk.system, claim, attempt, there)
  expect(await stands(one)).toEqual(answered)
  expect(await subjectsOf(replyId, 'reply.sent')).toEqual([one.threadId])
  expect(await prisma.replyAttempt.count({ where: { replyId } })).toBe(1)
})

test('what a network refuses of it waits in the thread', async () => {
  const one = await apart()
  const replyId = await answers(one.messageId)
  const claim = await claimed(replyId)
  await begun(claim)
  await take(one.accountId, below)
  await transact(desk.system, (work) => refuseReply(work, claim, 'No.'))
  expect(await stands(one)).toMatchObject({ replies: ['refused'], others: 0 })
  expect(await prisma.conversation.findUniqueOrThrow({ where: { id: one.threadId } })).toMatchObject({
    state: 'todo',
    stuckAt: expect.any(Date) as Date,
  })
  expect(await subjectsOf(replyId, 'reply.refused')).toEqual([one.threadId])
})

test('an answer whose worker died is taken over where it went', async () => {
  const one = await apart()
  const replyId = await answers(one.messageId)
  await claimed(replyId)
  await take(one.accountId, below)
  await prisma.reply.update({ where: { id: replyId }, data: { leaseUntil: new Date(saidAt(0)) } })
  expect(must(await recoverReply(desk.system, { replyId })).to).toBe('queued')
  expect(await subjectsOf(replyId, 'reply.recovered')).toEqual([one.threadId])
})

test('who was writing an answer to it goes on holding the thread, and is not stopped', async () => {
  const one = await apart()
  const { fence } = must(await holdConversation(owner, { conversationId: one.ownId }))
  await take(one.accountId, below)
  const held = await prisma.conversation.findUniqueOrThrow({ where: { id: one.threadId } })
  expect(held).toMatchObject({ heldById: owner.actor.id, holdFence: fence })
  must(await writeReply(owner, { messageId: one.messageId, text: 'On its way.', fence }))
})

test('an answer that is written, taken back or proven at the moment of the move ends where the message does', async () => {
  for (let round = 0; round < 6; round++) {
    const one = await apart()
    const replyId = await answers(one.messageId)
    const [, , proven] = await Promise.all([
      take(one.accountId, below),
      writeReply(owner, { messageId: one.messageId, text: 'Another word.' }),
      round % 2 === 0
        ? transact(desk.system, (work) => proveReply(work, replyId, there, { by: 'answer', at: saidAt(30) }))
        : cancelReply(owner, { replyId }),
      take(one.accountId, below),
    ])
    expect(proven).toBeTruthy()
    const { messages, replies, messageCount, others } = await stands(one)
    expect(others).toBe(0)
    expect(messageCount).toBe(messages.length)
    expect(replies.toSorted()).toEqual(round % 2 === 0 ? ['queued', 'sent'] : ['cancelled', 'queued'])
    expect(messages.find(([name]) => name === '102')).toEqual(['102', round % 2 === 0])
  }
})
