import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { getContact, mergeContacts } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { defaultFactors } from '../triage/score'
import { sendReply } from './send-reply'
import { writeReply } from './write-reply'

let world: ConnectedWorld
let owner: Ctx
let system: Ctx
let accountId = ''
let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  world = await makeWorld(['whatsapp'])
  owner = world.ctx
  accountId = world.accounts.whatsapp ?? ''
  system = await systemIn(owner.workspaceId)
  await prisma.triageSettings.upsert({
    where: { workspaceId: owner.workspaceId },
    create: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
    update: { undoSeconds: 0 },
  })
  door = await openDoor('whatsapp', 'number')
  const hook = { network: 'whatsapp', clientId: 'posthorn-whatsapp', url: door.url, verifyToken: 'sandbox-verify' }
  await ask(world.sandbox, '/portal', hook)
})
afterAll(async () => {
  await door.close()
  await world.close()
  await closeDesk()
})

/** Somebody writes to the number. @returns the message as it came in */
async function writes(handle: string, text: string, more: object = {}) {
  const by = { handle, name: 'Mia' }
  const words = { network: 'whatsapp', account: '15550783881', kind: 'dm', by, text, ...more }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', words)
  await door.hear(system, 1, (externalId) => externalId === id)
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id }, include: { conversation: true } })
}

const Effects = z.array(z.object({ text: z.string(), parent: z.string() }))
const chatsWith = async (text: string) =>
  Effects.parse(await ask(world.sandbox, '/effects?network=whatsapp'))
    .filter((effect) => effect.text === text)
    .map(({ parent }) => parent)
const stateOf = (id: string) => prisma.reply.findUniqueOrThrow({ where: { id }, select: { state: true, url: true } })
async function answer(messageId: string, text: string) {
  const { replyId } = must(await writeReply(owner, { messageId, text }))
  must(await sendReply(system, { replyId }))
  return replyId
}

test('who hides their number later is another person in a chat of their own until somebody merges the two, and each is answered where they wrote', async () => {
  const before = await writes('4915400000031', 'Is it fresh?')
  const after = await writes('@mia.meer', 'And is it dear?')
  expect([after.authorHandle, after.authorName]).toEqual(['@mia.meer', 'Mia'])
  expect(after.conversationId).not.toBe(before.conversationId)

  const [contact, other] = await Promise.all(
    [before, after].map(async ({ identityId }) => {
      const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: identityId ?? '' } })
      return contactId
    }),
  )
  if (!contact || !other) throw new Error('Nobody wrote')
  expect(contact).not.toBe(other)
  must(await mergeContacts(owner, { contactId: contact, otherId: other }))
  expect(must(await getContact(owner, { contactId: contact })).conversations).toBe(2)

  const replies = [await answer(before.id, 'Roasted today'), await answer(after.id, 'Nine a bag')]
  expect(await chatsWith('Roasted today')).toEqual(['chat_15550783881_4915400000031'])
  expect(await chatsWith('Nine a bag')).toEqual([`chat_15550783881_${after.conversation.externalKey}`])
  expect((await Promise.all(replies.map(stateOf))).map(({ state, url }) => [state, url === ''])).toEqual([
    ['sent', false],
    ['sent', true],
  ])
  // Their reports say the same again.
  await door.hear(system, 1, () => true)
  const ours = await prisma.message.findMany({ where: { accountId, own: true }, select: { conversationId: true } })
  expect(ours.map(({ conversationId }) => conversationId)).toEqual([before.conversationId, after.conversationId])
  expect((await prisma.message.findUniqueOrThrow({ where: { id: after.id } })).answeredAt).not.toBeNull()
})
