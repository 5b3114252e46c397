import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { toJson } from '@/lib/core/json'
import { importMessages } from '../hear/import'
import { receive } from '../hear/receive'
import { listMessages } from '../lists/messages'
import { startAnswering } from './answering.test-data'
import { reconcileReply } from './reconcile-reply'
import { recoverReply } from './recover-reply'
import { replyOf as intentOf, sendReply } from './send-reply'
import { writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof startAnswering>>
beforeAll(async () => {
  desk = await startAnswering()
})
afterAll(() => desk.close())

test('what was imported takes no answer, and says so before anybody types, until its network tells of it', async () => {
  const { owner, system, accountId } = desk
  const at = new Date(Date.now() - 3_600_000).toISOString()
  const words = { kind: 'dm' as const, text: 'When do you open?', at }
  must(await importMessages(owner, { accountId, messages: [{ ...words, id: 'imp-1', author: { id: 'u-rosa' } }] }))
  const { id: messageId, conversationId } = await prisma.message.findFirstOrThrow({
    where: { accountId, externalId: 'imp-1' },
  })
  const unreachable = async () => must(await listMessages(owner, { conversationId })).items[0]?.unreachable
  expect(await unreachable()).toContain('Answer it at Facebook')
  const answer = () => writeReply(owner, { messageId, text: 'At nine.' })
  expect(await answer()).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', message: expect.stringContaining('imported') },
  })
  const author = { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa' }
  const heard = {
    ...words,
    at: new Date().toISOString(),
    externalId: 'imp-1',
    author,
    conversation: 'dm:u-rosa',
    ref: { to: 'u-rosa' },
  }
  must(await receive(system, { accountId, items: [heard], via: 'poll' }))
  expect(await unreachable()).toBeNull()
  expect((await answer()).ok).toBe(true)
})

test('an answer that nobody can even look for becomes a person’s after five looks that died', async () => {
  const { owner, system, replyOf, due, longAgo } = desk
  const { id: messageId } = await desk.somebodyWrites('Is anybody there?')
  const { replyId } = must(await writeReply(owner, { messageId, text: 'We are.' }))
  const { to, ...intent } = intentOf((await replyOf(replyId)).intent)
  // As answers to imported messages were once written.
  const without = toJson({ ...intent, to: { ...to, ref: null } })
  await prisma.reply.update({ where: { id: replyId }, data: { intent: without } })
  const dies = async (work: () => Promise<unknown>) => {
    await expect(work()).rejects.toMatchObject({ issues: [{ code: 'invalid_type', expected: 'object', path: [] }] })
    await prisma.reply.update({ where: { id: replyId }, data: { leaseUntil: new Date(0) } })
    return must(await recoverReply(system, { replyId })).to
  }
  const states = [await dies(() => sendReply(system, { replyId }))]
  for (let look = 0; look < 4; look++) {
    await longAgo(replyId)
    await due(replyId)
    states.push(await dies(() => reconcileReply(system, { replyId })))
  }
  expect(states).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'needs_person'])
  const { reason, attempts } = await replyOf(replyId)
  expect(reason).toMatchObject({ kind: 'unknown', message: expect.stringContaining('cut off 5 times') })
  expect(attempts.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
    ['send', 'died'],
    ...Array.from({ length: 4 }, () => ['look', 'died']),
  ])
})
