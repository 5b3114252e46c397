import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { approveReply } from '../answer/decide-reply'
import { proposeReply, writeReply } from '../answer/write-reply'
import { saveMacro, saveSavedReply } from '@/lib/routing'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { holdConversation, releaseConversation } from './hold'
import { runMacro } from './run-macro'

afterAll(() => closeDesk())

test('who began an answer is told of one that went out meanwhile by somebody who held nothing', async () => {
  const desk = await newDesk()
  const [anna, ben, editor] = [await desk.as('owner'), await desk.as('manager'), await desk.as('editor')]
  const message = await hears(desk, await desk.account('facebook'), 'Rosa', 'Where is my order?')
  const { id: messageId, conversationId } = message
  const begins = async () => must(await holdConversation(anna, { conversationId })).fence
  const goes = () =>
    prisma.conversation.update({ where: { id: conversationId }, data: { heldUntil: new Date(Date.now() - 1_000) } })
  const first = await begins()
  await goes()
  must(await writeReply(ben, { messageId, text: 'It is on its way.', evenSo: false }))
  const says = { messageId, evenSo: false }
  expect(await writeReply(anna, { ...says, text: 'We sent it.', fence: first })).toMatchObject({
    error: { code: 'CONFLICT', fields: { evenSo: expect.any(Array) } },
  })
  const second = await begins()
  must(await writeReply(anna, { ...says, text: 'We sent it.', fence: second }))
  // One's own answers, and what is only proposed, are no news.
  await goes()
  const { replyId } = must(await proposeReply(editor, { ...says, text: 'Tomorrow.' }))
  must(await writeReply(anna, { ...says, text: 'By post.', fence: second }))
  must(await approveReply(ben, { replyId, evenSo: true }))
  expect(await writeReply(anna, { ...says, text: 'In blue.', fence: second })).toMatchObject({
    error: { code: 'CONFLICT' },
  })
})

/** Rosa asks, Anna looks, and Ben answers and lets go before Anna's screen knows. */
async function overtaken() {
  const desk = await newDesk()
  const [anna, ben] = [await desk.as('owner'), await desk.as('manager')]
  const accountId = await desk.account('facebook')
  const { id: messageId, conversationId } = await hears(desk, accountId, 'Rosa', 'Where is my order?')
  const savedReplyId = must(await saveSavedReply(anna, { name: 'Sent', text: 'We sent it.' })).id
  const reply = { do: 'reply' as const, savedReplyId }
  const macroId = must(await saveMacro(anna, { name: 'Sent', steps: [reply, { do: 'state', state: 'done' }] })).id
  const { fence } = must(await holdConversation(anna, { conversationId }))
  must(await releaseConversation(anna, { conversationId }))
  must(await holdConversation(ben, { conversationId }))
  must(await writeReply(ben, { messageId, text: 'It left yesterday.' }))
  must(await releaseConversation(ben, { conversationId }))
  const texts = async () =>
    (await prisma.reply.findMany({ where: { conversationId }, orderBy: { createdAt: 'asc' } })).map(({ text }) => text)
  const stateOf = async () => (await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).state
  const elsewhere = (text: string) => hears(desk, accountId, 'Max', text, { conversation: 'elsewhere' })
  return { anna, accountId, messageId, conversationId, macroId, fence, texts, stateOf, elsewhere }
}

test('a macro does not answer what a colleague answered since it was looked at, but on one’s word', async () => {
  const { anna, messageId, conversationId, macroId, fence, texts, stateOf } = await overtaken()
  const answering = { messageId, privately: false, fence }
  const asked = { macroId, conversationIds: [conversationId], answering }
  expect(await runMacro(anna, asked)).toMatchObject({
    error: { code: 'CONFLICT', fields: { evenSo: expect.any(Array) } },
  })
  expect([await texts(), await stateOf()]).toEqual([['It left yesterday.'], 'todo'])
  expect(must(await runMacro(anna, { ...asked, answering: { ...answering, evenSo: true } })).done).toBe(1)
  expect([await texts(), await stateOf()]).toEqual([['It left yesterday.', 'We sent it.'], 'done'])
})

test('a macro over many leaves out what has an answer or one on its way, and says so', async () => {
  const { anna, accountId, conversationId, macroId, texts, elsewhere } = await overtaken()
  const { conversationId: open } = await elsewhere('When do you open?')
  const conversationIds = [conversationId, open]
  expect(must(await runMacro(anna, { macroId, conversationIds })).items).toEqual([
    { conversationId, ok: false, message: expect.stringContaining('on its way') },
    { conversationId: open, ok: true },
  ])
  expect(await texts()).toEqual(['It left yesterday.'])
  // It came to stand at the network.
  await prisma.reply.updateMany({ where: { accountId }, data: { state: 'sent' } })
  await prisma.message.updateMany({ where: { accountId }, data: { answeredAt: new Date() } })
  expect(must(await runMacro(anna, { macroId, conversationIds })).items).toMatchObject(
    conversationIds.map(() => ({ ok: false, message: expect.stringContaining('answered this already') })),
  )
  expect(await prisma.reply.count({ where: { accountId } })).toBe(2)
})
