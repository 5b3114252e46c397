import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { transact } from '@/lib/workspace'
import { codeOf } from '@/lib/workspace/testing'
import { withdraw } from '../drafting/withdraw'
import { cancelReplies, cancelReply } from './decide-reply'
import { startCommented } from './privately.test-data'
import { reconcileReply } from './reconcile-reply'
import { replyOf as intentOf, sendReply } from './send-reply'
import { settleReply } from './settle-reply'
import { writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof startCommented>>
beforeAll(async () => {
  desk = await startCommented(['bluesky', 'facebook'])
})
afterEach(() => desk.forgive())
afterAll(() => desk.close())

let serial = 0
/** An answer whose first try fell silent on its way. */
async function silent(kind: string) {
  serial += 1
  const text = `We open at ${serial}.`
  const { id: messageId } = await desk.says(kind, 'comment', `asks-${serial}`, `When do you open, ${serial}?`)
  const { replyId } = must(await writeReply(desk.owner, { messageId, text }))
  // On Bluesky an answer is a post.
  const operation = kind === 'bluesky' ? 'publish' : 'comment'
  await ask(desk.sandbox, '/faults', { network: kind, fault: 'drop_request', operation })
  must(await sendReply(desk.system, { replyId }))
  expect(await stateOf(replyId)).toBe('unknown')
  /** The try arrives after all. */
  const lands = async () => {
    const { platform, app, credentials } = await desk.used(kind)
    const reply = platform.inbox?.reply?.bind(platform.inbox)
    if (!reply) throw new Error('It cannot answer')
    const sent = await reply(app, credentials, intentOf((await desk.replyOf(replyId)).intent))
    if (!sent.ok) throw new Error(sent.error.code)
  }
  return { replyId, messageId, text, lands }
}
/** The same where a key of our own settles: one look did not find it, and it waits to be sent again. */
async function silentOnce() {
  const answer = await silent('bluesky')
  expect(await look(answer.replyId)).toBe('absent')
  expect(await stateOf(answer.replyId)).toBe('queued')
  return answer
}
const stateOf = async (replyId: string) => (await desk.replyOf(replyId)).state
async function look(replyId: string) {
  await desk.laterOn(replyId)
  return must(await reconcileReply(desk.system, { replyId })).did
}
const wordsAreTaken = async ({ messageId, text }: { messageId: string; text: string }) =>
  codeOf(await writeReply(desk.owner, { messageId, text }))

test('an answer that arrives although it was taken back is shown as sent, and nobody was told that it was not', async () => {
  const answer = await silentOnce()
  const { replyId } = answer
  expect(must(await cancelReply(desk.owner, { replyId }))).toEqual({ cancelled: false })
  expect((await desk.replyOf(replyId)).reason).toMatchObject({ message: expect.stringContaining('send nothing more') })
  expect(await wordsAreTaken(answer)).toBe('CONFLICT')
  expect(await look(replyId)).toBe('later')
  await answer.lands()
  expect(await look(replyId)).toBe('found')
  expect(await stateOf(replyId)).toBe('sent')
  expect(await desk.seen(answer.text)).toHaveLength(1)
})

test('an answer that was taken back is sent no more, and its words are free when it is certain that it is not there', async () => {
  const answer = await silentOnce()
  const { replyId } = answer
  expect(must(await cancelReplies(desk.owner, { replyIds: [replyId] }))).toEqual({ cancelled: 0, tooLate: 1 })
  // A look too soon proves nothing.
  await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
  await prisma.replyAttempt.updateMany({
    where: { replyId, purpose: 'send' },
    data: { startedAt: new Date(), durationMs: 60_000 },
  })
  expect(must(await reconcileReply(desk.system, { replyId })).did).toBe('later')
  expect((await desk.replyOf(replyId)).absentReads).toBe(0)
  expect([await look(replyId), await look(replyId)]).toEqual(['later', 'absent'])
  expect(must(await sendReply(desk.system, { replyId }))).toEqual({ did: 'skipped' })
  expect(await desk.replyOf(replyId)).toMatchObject({ state: 'cancelled', reason: { kind: 'withdrawn' } })
  expect(await desk.seen(answer.text)).toEqual([])
  expect(await wordsAreTaken(answer)).toBe('ok')
})

test('an automatic answer that is held back while an earlier try may arrive is looked for, too', async () => {
  const { replyId, lands } = await silentOnce()
  await prisma.reply.update({ where: { id: replyId }, data: { authorKind: 'ai' } })
  const held = await transact(desk.system, (work) =>
    withdraw(work, replyId, { why: 'AI is kept out of this conversation.' }),
  )
  expect(held).toBe(true)
  expect(await desk.replyOf(replyId)).toMatchObject({
    state: 'unknown',
    reason: { message: expect.stringMatching(/AI is kept out.*may have reached Bluesky/) },
  })
  await lands()
  expect(await look(replyId)).toBe('found')
})

test('an answer that nobody could look for a day long is a person’s, who may have it sent after all', async () => {
  const { replyId, text } = await silentOnce()
  must(await cancelReply(desk.owner, { replyId }))
  const reason = { kind: 'unknown', message: 'The network could not say.' }
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'needs_person', reason } })
  must(await settleReply(desk.owner, { replyId, answer: 'send_again' }))
  await desk.laterOn(replyId)
  expect(must(await sendReply(desk.system, { replyId }))).toEqual({ did: 'sent' })
  expect(await desk.seen(text)).toHaveLength(1)
})

test('an answer that is not there for certain, or of which nothing was tried, is taken back at once', async () => {
  const { replyId } = await silent('facebook')
  expect([await look(replyId), await look(replyId)]).toEqual(['later', 'absent'])
  expect(must(await cancelReply(desk.owner, { replyId }))).toEqual({ cancelled: true })
  const { id: messageId } = await desk.says('bluesky', 'comment', 'untried', 'Hello?')
  const untried = must(await writeReply(desk.owner, { messageId, text: 'Hello.' }))
  expect(must(await cancelReply(desk.owner, { replyId: untried.replyId }))).toEqual({ cancelled: true })
})
