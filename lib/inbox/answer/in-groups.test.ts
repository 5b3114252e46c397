import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { eraseContact, getContact, updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { storeIncoming } from '@/lib/workspace/incoming'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { hearMessages } from '../hear/hear'
import { getConversation, listConversations } from '../lists/queries'
import { fillTemplate } from '../schema'
import { defaultFactors } from '../triage/score'
import { listReplyTemplates } from './reply-templates'
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
  process.env.NETWORK_TIMEOUT_MS = '1500'
  await prisma.triageSettings.upsert({
    where: { workspaceId: owner.workspaceId },
    create: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
    update: { undoSeconds: 0 },
  })
  door = await openDoor('whatsapp', 'number')
  const hook = { network: 'whatsapp', clientId: 'posthorn-whatsapp', url: door.url, verifyToken: 'sandbox-verify' }
  await ask(world.sandbox, '/portal', hook)
})
afterEach(async () => {
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
})
afterAll(async () => {
  await door.close()
  await world.close()
  await closeDesk()
})

const people = { Mia: '4915200000031', Jonas: '4915200000032' } as const
type Name = keyof typeof people

/** Somebody writes in the group, or to the number alone. @returns the message as it came in */
async function writes(name: Name, kind: 'dm' | 'comment', text: string) {
  const by = { handle: people[name], name }
  const words = { network: 'whatsapp', account: '15550783881', kind, by, text }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', words)
  await door.hear(system, 1, (externalId) => externalId === id)
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id } })
}

const Effects = z.array(z.object({ id: z.string(), text: z.string(), parent: z.string() }))
/** Where these words stand at the network. */
const placesOf = async (text: string) =>
  Effects.parse(await ask(world.sandbox, '/effects?network=whatsapp'))
    .filter((effect) => effect.text === text)
    .map(({ id, parent }) => ({ id, place: parent.replace(/^group_.*/, 'group') }))

const stateOf = (id: string) =>
  prisma.reply.findUniqueOrThrow({ where: { id }, select: { state: true, externalId: true } })
async function answer(messageId: string, text: string) {
  const { replyId } = must(await writeReply(owner, { messageId, text }))
  must(await sendReply(system, { replyId }))
  return { replyId, ...(await stateOf(replyId)) }
}
const chatOf = (name: Name) => `chat_15550783881_${people[name]}`

test('two who speak in a group and write alone are in three conversations, and each answer goes where it belongs, once', async () => {
  const alone = { Mia: await writes('Mia', 'dm', 'Is it fresh?'), Jonas: await writes('Jonas', 'dm', 'Is it dear?') }
  const first = await writes('Mia', 'comment', 'Do you ship to Norway?')
  const second = await writes('Jonas', 'comment', 'And to Iceland?')
  const talks = [alone.Mia, alone.Jonas, first, second].map(({ conversationId }) => conversationId)
  expect(new Set(talks).size).toBe(3)
  expect(talks[2]).toBe(talks[3])
  // Each is the same person in both, and neither is the other.
  expect([first.identityId, second.identityId]).toEqual([alone.Mia.identityId, alone.Jonas.identityId])
  expect(first.identityId).not.toBe(second.identityId)

  await answer(second.id, 'To Iceland by ship')
  await answer(alone.Mia.id, 'Roasted today')
  await answer(first.id, 'To Norway by train')
  await answer(alone.Jonas.id, 'Nine a bag')
  const places = async (...texts: readonly string[]) =>
    Promise.all(texts.map(async (text) => (await placesOf(text)).map(({ place }) => place)))
  expect(await places('To Iceland by ship', 'To Norway by train')).toEqual([['group'], ['group']])
  expect(await places('Roasted today', 'Nine a bag')).toEqual([[chatOf('Mia')], [chatOf('Jonas')]])
  // Their reports say the same again.
  await door.hear(system, 1, () => true)
  const ours = await prisma.message.findMany({ where: { accountId, own: true }, select: { conversationId: true } })
  expect(Map.groupBy(ours, ({ conversationId }) => conversationId).get(talks[2] ?? '')).toHaveLength(2)
  expect(ours).toHaveLength(4)

  for (const { identityId } of [first, second]) {
    const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: identityId ?? '' } })
    expect(must(await getContact(owner, { contactId })).conversations).toBe(2)
    const theirs = must(await listConversations(owner, { view: 'all', contactId })).items
    expect(theirs.map(({ kind }) => kind).toSorted()).toEqual(['comment', 'dm'])
  }
})

test('an answer to one in a group leaves the other waiting, and an answer to the last line of one is to all of theirs', async () => {
  const hello = await writes('Mia', 'comment', 'Hello')
  await writes('Jonas', 'comment', 'What does it cost?')
  const asked = await writes('Mia', 'comment', 'Is there decaf?')
  await answer(asked.id, 'There is decaf')
  const waiting = await prisma.message.findMany({
    where: { conversationId: asked.conversationId, own: false, answeredAt: null },
    select: { text: true },
  })
  expect(waiting).toEqual([{ text: 'What does it cost?' }])
  expect((await prisma.message.findUniqueOrThrow({ where: { id: hello.id } })).answeredAt).not.toBeNull()
})

test('an answer to a group that is in doubt is proven by the report that carries its key, and is sent no second time', async () => {
  const asked = await writes('Jonas', 'comment', 'Are you open?')
  await ask(world.sandbox, '/faults', { network: 'whatsapp', fault: 'timeout_after_accept', operation: 'comment' })
  const { replyId, state } = await answer(asked.id, 'From seven on')
  expect(state).toBe('unknown')
  const [effect] = await placesOf('From seven on')
  await door.hear(system, 1, (externalId) => externalId === `${effect?.id}:sent`)
  expect(await stateOf(replyId)).toEqual({ state: 'sent', externalId: effect?.id })
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'skipped' })
  expect(await placesOf('From seven on')).toHaveLength(1)
})

test('a report that one of a group did not get an answer leaves it as sent; one of the whole group refuses it', async () => {
  const asked = await writes('Mia', 'comment', 'Any news?')
  const { replyId, externalId } = await answer(asked.id, 'None yet')
  const reported = async (more: object) => {
    const status = {
      id: externalId,
      status: 'failed',
      timestamp: String(Math.floor(Date.now() / 1000)),
      recipient_id: 'G',
      recipient_type: 'group',
      errors: [{ code: 131_026, title: 'Message undeliverable' }],
      ...more,
    }
    const name = `${externalId}:failed:${JSON.stringify(more)}`
    await storeIncoming('whatsapp', [
      { externalId: name, type: 'statuses', accountExternalId: '106540352242922', raw: { status } },
    ])
    const { id } = await prisma.incomingEvent.findFirstOrThrow({ where: { platform: 'whatsapp', externalId: name } })
    must(await hearMessages(system, { incomingId: id, accountId }))
    return (await stateOf(replyId)).state
  }
  expect(await reported({ recipient_participant_id: people.Jonas })).toBe('sent')
  expect(await reported({})).toBe('refused')
})

test('the time to answer a group is counted from anybody’s last word in it, and what comes too late is refused with its reason', async () => {
  const asked = await writes('Mia', 'comment', 'Is it fair trade?')
  // The network's clock alone runs ahead: to us the time to answer is not over.
  await ask(world.sandbox, '/clock', { advanceMs: 25 * 3_600_000 })
  const { replyId, externalId } = await answer(asked.id, 'It is')
  await door.hear(system, 1, (name) => name === `${externalId}:failed`)
  expect((await stateOf(replyId)).state).toBe('refused')
  expect(await placesOf('It is')).toEqual([])

  const { conversationId } = asked
  await prisma.conversation.update({ where: { id: conversationId }, data: { lastInboundAt: new Date(0) } })
  expect(must(await getConversation(owner, { conversationId })).answering).toMatchObject({
    open: false,
    templates: true,
    rule: expect.stringContaining('Everybody in the group reads it'),
  })
  expect(await writeReply(owner, { messageId: asked.id, text: 'It is indeed' })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT' },
  })
  await writes('Jonas', 'comment', 'I would know, too')
  await answer(asked.id, 'It is indeed')
  expect((await placesOf('It is indeed')).map(({ place }) => place)).toEqual(['group'])
})

test('a template to a group, in which somebody refused to hear from us, needs a person’s word, whomever it answers', async () => {
  const asked = await writes('Mia', 'comment', 'Is my order ready?')
  const his = await writes('Jonas', 'comment', 'Do not write to me any more')
  const { conversationId } = asked
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: his.identityId ?? '' } })
  const refuses = async () => must(await getConversation(owner, { conversationId })).refusesContact
  expect(await refuses()).toBe(false)
  must(await updateContact(owner, { contactId, consent: { marketing: 'refused', source: 'said so' } }))
  expect(await refuses()).toBe(true)
  const alone = await writes('Mia', 'dm', 'And between us?')
  expect(must(await getConversation(owner, { conversationId: alone.conversationId })).refusesContact).toBe(false)

  const [template] = must(await listReplyTemplates(owner, { conversationId })).filter(({ values }) => values === 2)
  if (!template) throw new Error('There is no template')
  const values = ['Mia', 'n1042']
  const chosen = { name: template.name, language: template.language, values }
  const words = { messageId: asked.id, text: fillTemplate(template.text, values), template: chosen }
  expect(await writeReply(owner, words)).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', fields: { despiteRefusal: [expect.any(String)] } },
  })
  const { replyId } = must(await writeReply(owner, { ...words, despiteRefusal: true }))
  must(await sendReply(system, { replyId }))
  expect((await placesOf(words.text)).map(({ place }) => place)).toEqual(['group'])
  must(await updateContact(owner, { contactId, consent: { marketing: 'given', source: 'wrote' } }))
})

test('who is erased leaves the others of the group their words and answers, and speaks in it anew as somebody new', async () => {
  const hers = await writes('Mia', 'comment', 'I live at the harbour')
  const his = await writes('Jonas', 'comment', 'Do you roast on Sunday?')
  await answer(his.id, 'On Monday')
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: hers.identityId ?? '' } })
  must(await eraseContact(owner, { contactId }))
  const left = await prisma.message.findMany({
    where: { conversationId: his.conversationId, text: { not: '' } },
    select: { text: true, own: true },
  })
  expect(left).toContainEqual({ text: 'Do you roast on Sunday?', own: false })
  expect(left).toContainEqual({ text: 'On Monday', own: true })
  expect(left.map(({ text }) => text)).not.toContain('I live at the harbour')
  expect(left.map(({ text }) => text)).not.toContain('To Norway by train')

  const anew = await writes('Mia', 'comment', 'Hello again')
  expect(anew.conversationId).toBe(his.conversationId)
  expect(anew.identityId).not.toBe(hers.identityId)
  await answer(anew.id, 'Welcome')
  expect((await placesOf('Welcome')).map(({ place }) => place)).toEqual(['group'])
})
