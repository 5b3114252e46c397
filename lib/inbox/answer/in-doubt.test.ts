import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { LostClaim, overAt } from '@/lib/sending'
import { acceptReply } from './accept-reply'
import { startAnswering } from './answering.test-data'
import { beginReply } from './begin-reply'
import { reconcileReply } from './reconcile-reply'
import { recoverReply } from './recover-reply'
import { claimReply } from './reply-claim'
import { resumeReplies } from './resume-replies'
import { replyOf as intentOf, sendReply } from './send-reply'
import { settleReply } from './settle-reply'
import { writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof startAnswering>>
beforeAll(async () => {
  desk = await startAnswering()
})
afterEach(async () => {
  await desk.forgiveFaults()
  await prisma.circuit.deleteMany({ where: { accountId: desk.accountId } })
})
afterAll(() => desk.close())

const answer = async (question: string, text: string): Promise<string> => {
  const { id: messageId } = await desk.somebodyWrites(question)
  return must(await writeReply(desk.owner, { messageId, text })).replyId
}
const fault = (name: string, operation = 'comment') =>
  ask(desk.sandbox, '/faults', { network: 'facebook', fault: name, operation })
const settle = async (replyId: string) => {
  await desk.due(replyId)
  return must(await reconcileReply(desk.system, { replyId })).did
}

/** An answer of which a worker wrote down that it gives it, and then fell silent; two looks did not find it. */
async function silentAnswer(text: string) {
  const { system, replyOf } = desk
  const replyId = await answer(`What about “${text}”?`, text)
  const claim = await claimReply(system, replyId, 'queued', 'claimed')
  if (!claim) throw new Error('it is due')
  const attempt = await beginReply(system, claim, intentOf((await replyOf(replyId)).intent), {
    triedBefore: false,
    isRepetition: false,
    isDenied: false,
  })
  if (!attempt) throw new Error('a person wrote it')
  const leaseUntil = new Date(Date.now() - 1)
  await prisma.reply.update({ where: { id: replyId }, data: { leaseUntil } })
  await prisma.replyAttempt.updateMany({ where: { replyId }, data: { startedAt: new Date(Date.now() - 600_000) } })
  expect(must(await recoverReply(system, { replyId })).to).toBe('unknown')
  // It may have been under way as long as its worker could renew its lease.
  for (const cut of (await replyOf(replyId)).attempts) expect(overAt(cut)).toEqual(leaseUntil)
  await desk.longAgo(replyId)
  expect([await settle(replyId), await settle(replyId)]).toEqual(['later', 'absent'])
  const says = (externalId: string) =>
    acceptReply(system, claim, attempt, { externalId, url: `https://facebook.test/${externalId}`, ref: null })
  return { replyId, says }
}

test('an answer’s own receipt that comes when it waits to be sent again is proof, and nothing is said twice', async () => {
  const { replyId, says } = await silentAnswer('Said once, told late')
  await expect(says('m_1')).rejects.toThrow(LostClaim)
  expect(must(await sendReply(desk.system, { replyId }))).toEqual({ did: 'skipped' })
  expect(await desk.replyOf(replyId)).toMatchObject({ state: 'sent', externalId: 'm_1', reason: null })
  expect((await desk.replyOf(replyId)).attempts[0]).toMatchObject({ purpose: 'send', outcome: 'accepted' })
  expect(await desk.seen('Said once, told late')).toEqual([])
})

test('a receipt that comes when it was sent again is shown as a second one, and told', async () => {
  const { replyId, says } = await silentAnswer('Said twice, told late')
  expect(must(await sendReply(desk.system, { replyId }))).toEqual({ did: 'sent' })
  const { externalId, conversationId } = await desk.replyOf(replyId)
  await expect(says('m_2')).rejects.toThrow(LostClaim)
  const told = await desk.replyOf(replyId)
  expect(told).toMatchObject({ state: 'sent', externalId, reason: { kind: 'duplicate' } })
  expect(told.attempts.filter(({ purpose }) => purpose === 'send').map(({ outcome }) => outcome)).toEqual([
    'duplicate',
    'accepted',
  ])
  expect(await prisma.event.count({ where: { type: 'reply.foundTwice', subjectId: conversationId } })).toBe(1)
})

test('an answer in doubt is not taken for another of the same words that is under way', async () => {
  const text = 'We open at nine.'
  const lost = await answer('When do you open?', text)
  await fault('drop_request')
  must(await sendReply(desk.system, { replyId: lost }))
  await desk.forgiveFaults()
  const twin = await answer('And tomorrow?', text)
  must(await sendReply(desk.system, { replyId: twin }))
  expect(await desk.seen(text)).toHaveLength(1)
  // As it was a moment ago: the network has it, and its worker has not written that down yet.
  const { externalId } = await desk.replyOf(twin)
  const sending = { state: 'sending', leaseUntil: new Date(Date.now() + 60_000), externalId: null } as const
  await prisma.reply.update({ where: { id: twin }, data: sending })
  await desk.longAgo(lost)
  expect(await settle(lost)).toBe('later')
  expect((await desk.replyOf(lost)).attempts.at(-1)).toMatchObject({ purpose: 'look', outcome: 'unreadable' })
  await prisma.reply.update({ where: { id: twin }, data: { state: 'sent', leaseUntil: null, externalId } })
  expect([await settle(lost), await settle(lost)]).toEqual(['later', 'absent'])
})

test('what a limit kept back for days is looked for as long as anything else once it is in doubt', async () => {
  const replyId = await answer('Are you there?', 'Now we are.')
  await ask(desk.sandbox, '/faults', { network: 'facebook', fault: '429_until', operation: '*', param: 1 })
  must(await sendReply(desk.system, { replyId }))
  expect((await desk.replyOf(replyId)).attempts).toMatchObject([{ outcome: 'parked' }])
  await desk.longAgo(replyId, 3 * 24 * 3_600_000)
  await desk.forgiveFaults()
  await prisma.circuit.deleteMany({ where: { accountId: desk.accountId } })
  await desk.due(replyId)
  await fault('reset_after_accept')
  must(await sendReply(desk.system, { replyId }))
  await ask(desk.sandbox, '/faults', { network: 'facebook', fault: '500_after_accept', operation: '*' })
  expect(await settle(replyId)).toBe('later')
  await desk.forgiveFaults()
  await prisma.circuit.deleteMany({ where: { accountId: desk.accountId } })
  expect(await settle(replyId)).toBe('found')
  expect(await desk.seen('Now we are.')).toHaveLength(1)
})

test('an answer that a person was asked about is looked for when its account works again', async () => {
  const replyId = await answer('Did you get my mail?', 'We did.')
  await fault('reset_after_accept')
  must(await sendReply(desk.system, { replyId }))
  await prisma.reply.update({
    where: { id: replyId },
    data: { state: 'needs_person', reason: { kind: 'unknown', message: 'Nobody could look.' } },
  })
  must(await resumeReplies(desk.system, { accountId: desk.accountId }))
  expect((await desk.replyOf(replyId)).state).toBe('unknown')
  expect(must(await reconcileReply(desk.system, { replyId })).did).toBe('found')
  expect(await desk.seen('We did.')).toHaveLength(1)
})

test('an answer whose worker dies again and again before the first byte becomes a person’s, and is not taken for one in doubt', async () => {
  const { owner, system } = desk
  const replyId = await answer('Can you hear me?', 'We can.')
  const dies = async () => {
    if (!(await claimReply(system, replyId, 'queued', 'claimed'))) throw new Error('it is due')
    await prisma.reply.update({ where: { id: replyId }, data: { leaseUntil: new Date(0) } })
    return must(await recoverReply(system, { replyId })).to
  }
  const states: string[] = []
  for (let n = 0; n < 5; n++) states.push(await dies())
  expect(states).toEqual([...Array.from({ length: 4 }, () => 'queued'), 'needs_person'])
  const { reason } = await desk.replyOf(replyId)
  expect(reason).toMatchObject({ kind: 'cut_off', message: expect.stringContaining('before anything went out') })
  must(await resumeReplies(system, { accountId: desk.accountId }))
  expect((await desk.replyOf(replyId)).state).toBe('needs_person')
  must(await settleReply(owner, { replyId, answer: 'send_again' }))
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'sent' })
  expect(await desk.seen('We can.')).toHaveLength(1)
})

test('hundreds of answers that wait for a reconnection go on in parts, and none is left', async () => {
  const first = await answer('Are you all asleep?', 'No.')
  const waits = { state: 'needs_person' as const, reason: { kind: 'reconnect', message: 'Reconnect the account.' } }
  await prisma.reply.update({ where: { id: first }, data: waits })
  const { conversationId, messageId, accountId, workspaceId, ...row } = await prisma.reply.findUniqueOrThrow({
    where: { id: first },
  })
  const { intent, text, sendAt, authorKind, authorId } = row
  const ids = [first, ...Array.from({ length: 202 }, () => newId())]
  const shared = { ...waits, conversationId, messageId, accountId, workspaceId, text, sendAt, authorKind, authorId }
  await prisma.reply.createMany({
    // The column gave it, and an intent is an object.
    data: ids.slice(1).map((id) => ({ ...shared, id, contentHash: id, intent: toJson(intent as object) })),
  })
  expect(must(await resumeReplies(desk.system, { accountId })).resumed).toBe(203)
  expect(await prisma.reply.count({ where: { id: { in: ids }, state: 'queued' } })).toBe(203)
  // Each transaction that wrote rows left its number in them.
  const [written] = await prisma.$queryRaw<{ parts: number }[]>`
    select count(distinct xmin::text)::int as parts from "Reply" where id = any(${ids})`
  expect(written?.parts).toBe(2)
})
