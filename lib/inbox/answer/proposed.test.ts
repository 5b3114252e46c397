import { afterAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { setState } from '../desk/set-state'
import { countViews, listConversations } from '../lists/queries'
import { approveReply, cancelReply, tryReplyAgain } from './decide-reply'
import { intend, proposeReply, writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let editor: Ctx
let message: Awaited<ReturnType<typeof hears>>
beforeEach(async () => {
  desk = await newDesk()
  ;[owner, editor] = [await desk.as('owner'), await desk.as('editor')]
  message = await hears(desk, await desk.account('facebook'), 'Rosa', 'Where is my order?')
})
afterAll(() => closeDesk())

const propose = async (text: string) =>
  must(await proposeReply(editor, { messageId: message.id, text, evenSo: false })).replyId
const toApprove = async () => {
  const items = must(await listConversations(owner, { view: 'proposed' })).items.map(({ id }) => id)
  expect(must(await countViews(owner, {})).proposed).toBe(items.length)
  return items
}

test('what waits for approval is listed until each is decided, also when its conversation was ended', async () => {
  expect(await toApprove()).toEqual([])
  const [first, second] = [await propose('Tomorrow.'), await propose('On Monday.')]
  must(await setState(editor, { conversationIds: [message.conversationId], state: 'done' }))
  expect(await toApprove()).toEqual([message.conversationId])
  must(await cancelReply(owner, { replyId: first, reason: 'It is not' }))
  expect(await toApprove()).toEqual([message.conversationId])
  must(await approveReply(owner, { replyId: second, evenSo: false }))
  expect(await toApprove()).toEqual([])
})

test('nothing to whoever was erased waits for approval', async () => {
  await propose('Tomorrow.')
  const { contactId } = await prisma.conversation.findUniqueOrThrow({ where: { id: message.conversationId } })
  must(await eraseContact(owner, { contactId: contactId ?? '' }))
  expect(await toApprove()).toEqual([])
})

test('a proposal takes no automatic answer back, nor the conversation from who is called; its approval does', async () => {
  const where = { id: message.conversationId }
  await prisma.conversation.update({ where, data: { escalatedAt: new Date() } })
  const automatic = must(
    await intend(desk.system, { messageId: message.id, text: 'Soon.', evenSo: false }, 'queued', {
      author: { kind: 'ai', id: 'x' },
      sendAt: new Date(Date.now() + 600_000),
    }),
  )
  const standing = async () => [
    (await prisma.reply.findUniqueOrThrow({ where: { id: automatic.replyId } })).state,
    (await prisma.conversation.findUniqueOrThrow({ where })).escalatedAt !== null,
  ]
  const replyId = await propose('Tomorrow.')
  expect(await standing()).toEqual(['queued', true])
  must(await approveReply(owner, { replyId, evenSo: false }))
  expect(await standing()).toEqual(['cancelled', false])
})

test('a proposal is not approved unknowingly when somebody else answered since, here or at the network', async () => {
  const manager = await desk.as('manager')
  const answered = async (replyId: string) => {
    expect(await approveReply(owner, { replyId })).toMatchObject({
      error: { code: 'CONFLICT', fields: { evenSo: expect.any(Array) } },
    })
    must(await approveReply(owner, { replyId, evenSo: true }))
  }
  const first = await propose('Tomorrow.')
  must(await writeReply(manager, { messageId: message.id, text: 'It left yesterday.' }))
  await answered(first)
  // What one said oneself since is no news, nor is what was said before, or to somebody else.
  const second = await propose('By post.')
  must(await writeReply(owner, { messageId: message.id, text: 'In a blue box.' }))
  const other = await hears(desk, message.accountId, 'Max', 'When do you open?')
  must(await writeReply(manager, { messageId: other.id, text: 'At nine.' }))
  must(await approveReply(owner, { replyId: second }))
  await prisma.reply.deleteMany({ where: { conversationId: message.conversationId } })
  const third = await propose('With a ribbon.')
  await prisma.message.update({ where: { id: message.id }, data: { answeredAt: new Date(Date.now() + 1_000) } })
  await answered(third)
})

test('what a network refused is not said again unknowingly when somebody else answered since', async () => {
  const manager = await desk.as('manager')
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'Tomorrow.' }))
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'refused' } })
  must(await writeReply(manager, { messageId: message.id, text: 'It left yesterday.' }))
  expect(await tryReplyAgain(owner, { replyId })).toMatchObject({ error: { fields: { evenSo: expect.any(Array) } } })
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({ state: 'refused' })
  must(await tryReplyAgain(owner, { replyId, evenSo: true }))
})
