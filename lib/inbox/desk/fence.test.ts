import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { approveReply } from '../answer/decide-reply'
import { proposeReply, writeReply } from '../answer/write-reply'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { holdConversation } from './hold'

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
  must(await approveReply(ben, { replyId, evenSo: false }))
  expect(await writeReply(anna, { ...says, text: 'In blue.', fence: second })).toMatchObject({
    error: { code: 'CONFLICT' },
  })
})
