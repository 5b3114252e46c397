import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { savePolicy } from '@/lib/routing'
import { transact, type Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { setState } from '../desk/set-state'
import { countViews, listConversations } from '../lists/queries'
import { tryReplyAgain } from './decide-reply'
import { claimReply } from './reply-claim'
import { hearOfReply, proveReply } from './reply-proof'
import { settleReply } from './settle-reply'
import { askAboutReply, refuseReply } from './stop-reply'
import { writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
beforeEach(async () => {
  accountId = await desk.account('facebook')
  const promise = { calendarId: null, firstReplyMinutes: 30, resolutionMinutes: 600, warnMinutes: 0 }
  const conditions = { accountIds: [accountId] }
  const { id } = must(await savePolicy(owner, { name: accountId, conditions, ...promise }))
  await prisma.slaPolicy.update({ where: { id }, data: { createdAt: new Date(0) } })
})
afterAll(() => closeDesk())

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const say = (externalId: string, minutesAgo: number, more: Partial<Incoming> = {}) =>
  hears(desk, accountId, 'Ben', 'When do you open?', {
    externalId,
    at: ago(minutesAgo).toISOString(),
    parent: 'post',
    post: 'post',
    ...more,
  })
/** Answers, and ends the conversation while the answer can still be taken back. */
async function answerAndEnd(text = 'At nine.') {
  const message = await say('ask', 10)
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text }))
  must(await setState(owner, { conversationIds: [message.conversationId], state: 'done', disposition: undefined }))
  return { replyId, messageId: message.id, conversationId: message.conversationId }
}
async function claimed(replyId: string) {
  await prisma.reply.update({ where: { id: replyId }, data: { sendAt: new Date(0) } })
  const claim = await claimReply(desk.system, replyId, 'queued', 'claimed')
  if (!claim) throw new Error('It was not there to be claimed')
  return claim
}
const refuse = async (replyId: string) => {
  const claim = await claimed(replyId)
  await transact(desk.system, (work) => refuseReply(work, claim, 'Facebook refused this answer: it looks like spam.'))
}
const prove = async (replyId: string) => {
  const claim = await claimed(replyId)
  const there = { externalId: newId(), url: 'https://network.test/ours', ref: null }
  await transact(desk.system, (work) =>
    proveReply(work, claim.replyId, there, { by: 'answer', at: new Date().toISOString() }),
  )
}
const conversation = (id: string) => prisma.conversation.findUniqueOrThrow({ where: { id } })
const clocks = (conversationId: string) =>
  prisma.slaClock.findMany({ where: { conversationId }, orderBy: [{ kind: 'asc' }, { startedAt: 'asc' }] })
const stuck = async () =>
  must(await listConversations(owner, { view: 'stuck', accountIds: [accountId] })).items.map(({ id }) => id)

test('an answer that is refused after its conversation was ended brings it back, with the promises that ran', async () => {
  const { replyId, conversationId } = await answerAndEnd()
  const ended = await clocks(conversationId)
  expect(ended).toMatchObject([{ stoppedAt: expect.any(Date) }, { stoppedAt: expect.any(Date) }])
  const before = must(await countViews(owner, {})).stuck ?? 0
  await refuse(replyId)
  expect(await conversation(conversationId)).toMatchObject({ state: 'todo', unanswered: true })
  expect([await stuck(), must(await countViews(owner, {})).stuck]).toEqual([[conversationId], before + 1])
  const running = await clocks(conversationId)
  expect(running.map(({ id, startedAt, spentMs }) => ({ id, startedAt, spentMs }))).toEqual(
    ended.map(({ id, startedAt, spentMs }) => ({ id, startedAt, spentMs })),
  )
  for (const { stoppedAt, dueAt, nextAt, startedAt, minutes } of running)
    expect([stoppedAt, dueAt, nextAt]).toEqual([
      null,
      ...[1, 2].map(() => new Date(startedAt.getTime() + minutes * 60_000)),
    ])
  const [event] = await prisma.event.findMany({
    where: { subjectId: conversationId, type: 'conversation.reopened' },
  })
  expect(event?.particulars).toMatchObject({ why: 'an answer in it needs a person' })

  // Ended by who has seen it, it needs nobody, whatever is said next.
  must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
  expect(await stuck()).toEqual([])
  await say('more', -1, max)
  expect([await stuck(), (await conversation(conversationId)).state]).toEqual([[], 'todo'])
})

const max = { author: { externalId: 'max', handle: '@max', displayName: 'Max' } }

test('one failed answer undoes nothing that people decided about others in the thread', async () => {
  await say('first', 12, { author: { externalId: 'eva', handle: '@eva', displayName: 'Eva' } })
  const asked = await say('ask', 10)
  const { conversationId } = asked
  const { replyId } = must(await writeReply(owner, { messageId: asked.id, text: 'At nine.' }))
  const others = await say('other', 8, max)
  const { replyId: turnedDown } = must(await writeReply(owner, { messageId: others.id, text: 'Write to us.' }))
  await refuse(turnedDown)
  must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
  const ended = await clocks(conversationId)
  await refuse(replyId)
  const { state, resolvedAt, reasons } = await conversation(conversationId)
  expect([state, await stuck(), reasons]).toEqual([
    'todo',
    [conversationId],
    expect.objectContaining({ messageId: asked.id }),
  ])
  const running = (await clocks(conversationId)).filter(({ stoppedAt }) => stoppedAt === null)
  expect(running).toMatchObject([{ startedAt: asked.at }, { startedAt: asked.at }])
  expect(await clocks(conversationId)).toEqual(expect.arrayContaining(ended))

  // Once he has another answer, nobody waits: what was ended without an answer stays so.
  await prove(must(await tryReplyAgain(owner, { replyId, text: 'We open at nine.' })).replyId)
  expect(await conversation(conversationId)).toMatchObject({ state: 'waiting', unanswered: false, resolvedAt })
  expect(await stuck()).toEqual([])
})

test('a refused answer brings nothing back where its message has another', async () => {
  const asked = await say('ask', 10)
  const { conversationId } = asked
  const { replyId } = must(await writeReply(owner, { messageId: asked.id, text: 'At nine.' }))
  await prove(must(await writeReply(owner, { messageId: asked.id, text: 'Nine in the morning.' })).replyId)
  must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
  await refuse(replyId)
  expect([(await conversation(conversationId)).state, await stuck()]).toEqual(['done', []])
  expect(await prisma.event.count({ where: { subjectId: conversationId, type: 'conversation.reopened' } })).toBe(0)
})

test.each([{ others: false }, { others: true }])(
  'an answer to what was taken away needs nobody, with others in the thread: $others',
  async ({ others }) => {
    const { replyId, conversationId } = await answerAndEnd()
    if (others) {
      await say('other', 8, max)
      must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
    }
    await refuse(replyId)
    expect([(await conversation(conversationId)).state, await stuck()]).toEqual(['todo', [conversationId]])
    await say('ask', 0, { change: 'deleted' })
    expect([(await conversation(conversationId)).state, await stuck()]).toEqual(['done', []])
  },
)

test('it needs nobody any more once its message has another answer, or it is tried again', async () => {
  const { replyId, messageId, conversationId } = await answerAndEnd()
  await refuse(replyId)
  const again = must(await tryReplyAgain(owner, { replyId, text: 'We open at nine.' }))
  expect(await stuck()).toEqual([])
  await refuse(again.replyId)
  expect(await stuck()).toEqual([conversationId])
  const { replyId: other } = must(await writeReply(owner, { messageId, text: 'Nine in the morning.' }))
  await prove(other)
  expect([await stuck(), (await conversation(conversationId)).state]).toEqual([[], 'waiting'])
})

test('an answer of which nobody can tell brings its conversation back until a person has', async () => {
  const { replyId, conversationId } = await answerAndEnd()
  const claim = await claimed(replyId)
  const reason = { kind: 'unknown', message: 'Look there, then say what you found.' } as const
  await transact(desk.system, (work) => askAboutReply(work, claim, reason))
  expect([await stuck(), (await conversation(conversationId)).state]).toEqual([[conversationId], 'todo'])
  must(await settleReply(owner, { replyId, answer: 'send_again' }))
  expect(await stuck()).toEqual([])
})

test('what the network refuses after it took it keeps no promise: the clock runs on as if nothing had been said', async () => {
  const message = await say('ask', 10)
  const { conversationId } = message
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'At nine.' }))
  const { replyId: claimedId } = await claimed(replyId)
  const [before] = await clocks(conversationId)
  const published = { externalId: newId(), url: 'https://network.test/ours', ref: null }
  const at = new Date().toISOString()
  await transact(desk.system, (work) => proveReply(work, claimedId, published, { by: 'answer', at }))
  expect(await clocks(conversationId)).toMatchObject([{ stoppedAt: expect.any(Date) }, { stoppedAt: null }])
  await transact(desk.system, (work) =>
    hearOfReply(work, accountId, { published, at, refused: 'It could not be delivered.' }),
  )
  expect((await clocks(conversationId))[0]).toEqual(before)
  expect(await conversation(conversationId)).toMatchObject({ state: 'todo', unanswered: true, firstReplyAt: null })
  expect(await stuck()).toEqual([conversationId])
})

test('what a person opens again runs from then, whatever ran before', async () => {
  const message = await say('ask', 10)
  const at = { conversationIds: [message.conversationId] }
  must(await setState(owner, { ...at, state: 'done' }))
  must(await setState(owner, { ...at, state: 'todo' }))
  const first = (await clocks(message.conversationId)).filter(({ kind }) => kind === 'first_reply')
  expect(first).toMatchObject([{ stoppedAt: expect.any(Date) }, { stoppedAt: null }])
})
