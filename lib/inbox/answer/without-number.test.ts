import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { getContact, mergeContacts } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { startNumber } from './number.fixture'

let desk: Awaited<ReturnType<typeof startNumber>>
beforeAll(async () => {
  desk = await startNumber()
})
afterAll(() => desk.close())

const writes = (handle: string, text: string) => desk.writes({ handle, name: 'Mia' }, 'dm', text)

test('who hides their number later is another person in a chat of their own until somebody merges the two, and each is answered where they wrote', async () => {
  const before = await writes('4915400000031', 'Is it fresh?')
  const after = await writes('@mia.meer', 'And is it dear?')
  expect([after.authorHandle, after.authorName]).toEqual(['@mia.meer', 'Mia'])
  expect(after.conversationId).not.toBe(before.conversationId)

  const [contact, other] = [await desk.contactOf(before), await desk.contactOf(after)]
  must(await mergeContacts(desk.owner, { contactId: contact, otherId: other }))
  expect(must(await getContact(desk.owner, { contactId: contact })).conversations).toBe(2)

  const replies = [await desk.answer(before.id, 'Roasted today'), await desk.answer(after.id, 'Nine a bag')]
  const placesOf = async (text: string) => (await desk.seen(text)).map(({ parent }) => parent)
  expect(await placesOf('Roasted today')).toEqual([desk.chatWith('4915400000031')])
  expect(await placesOf('Nine a bag')).toEqual([desk.chatWith(after.conversation.externalKey)])
  expect(replies.map(({ state, url }) => [state, url === ''])).toEqual([
    ['sent', false],
    ['sent', true],
  ])
  // Their reports say the same again.
  await desk.hear()
  const ours = await desk.ours()
  expect(ours.map(({ conversationId }) => conversationId)).toEqual([before.conversationId, after.conversationId])
  expect((await prisma.message.findUniqueOrThrow({ where: { id: after.id } })).answeredAt).not.toBeNull()
})
