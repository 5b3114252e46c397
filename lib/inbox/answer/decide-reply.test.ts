import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { codeOf } from '@/lib/workspace/testing'
import { approveReply } from './decide-reply'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from '../hear/receive'
import { proposeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

test('words that the network would not take are not approved, and those that it takes are', async () => {
  const owner = await desk.as('owner')
  const accountId = await desk.account('x')
  const author = { externalId: 'u-1', handle: '@rosa', displayName: 'Rosa' }
  const said = { externalId: 'm-1', text: 'Is it open?', at: new Date().toISOString(), author, own: false }
  const item = { ...said, kind: 'mention' as const, change: 'new' as const, conversation: 't-1', media: [], ref: {} }
  await receive(desk.system, { accountId, items: [item], via: 'webhook' })
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId } })
  const proposed = await proposeReply(await desk.as('editor'), { messageId, text: 'It is.' })
  const replyId = proposed.ok ? proposed.value.replyId : ''
  expect(codeOf(await approveReply(owner, { replyId, text: 'long '.repeat(100) }))).toBe('VALIDATION_ERROR')
  expect(codeOf(await approveReply(owner, { replyId }))).toBe('ok')
})
