import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { importMessages } from '../hear/import'
import { receive } from '../hear/receive'
import { listMessages } from '../lists/queries'
import { startAnswering } from './answering.test-data'
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
    ref: { to: 'u-rosa', at },
  }
  must(await receive(system, { accountId, items: [heard], via: 'poll' }))
  expect(await unreachable()).toBeNull()
  expect((await answer()).ok).toBe(true)
})
