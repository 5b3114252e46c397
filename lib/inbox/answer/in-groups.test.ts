import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { eraseContact, getContact, updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { storeIncoming } from '@/lib/workspace/incoming'
import { hearMessages } from '../hear/hear'
import { getConversation, listConversations } from '../lists/queries'
import { fillTemplate } from '../schema'
import { startNumber } from './number.fixture'
import { listReplyTemplates } from './reply-templates'
import { sendReply } from './send-reply'
import { writeReply } from './write-reply'

let desk: Awaited<ReturnType<typeof startNumber>>
beforeAll(async () => {
  desk = await startNumber()
  process.env.NETWORK_TIMEOUT_MS = '1500'
})
afterEach(() => fetch(`${desk.sandbox.url}/faults`, { method: 'DELETE' }))
afterAll(() => desk.close())

const people = { Mia: '4915200000031', Jonas: '4915200000032' } as const

/** One of the two writes in the group, or to the number alone. @returns the message as it came in */
const writes = (name: keyof typeof people, kind: 'dm' | 'comment', text: string) =>
  desk.writes({ handle: people[name], name }, kind, text)

/** Where these words stand at the network. */
const placesOf = async (text: string) =>
  (await desk.seen(text)).map(({ id, parent }) => ({ id, place: parent.replace(/^group_.*/, 'group') }))

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

  await desk.answer(second.id, 'To Iceland by ship')
  await desk.answer(alone.Mia.id, 'Roasted today')
  await desk.answer(first.id, 'To Norway by train')
  await desk.answer(alone.Jonas.id, 'Nine a bag')
  const places = async (...texts: readonly string[]) =>
    Promise.all(texts.map(async (text) => (await placesOf(text)).map(({ place }) => place)))
  expect(await places('To Iceland by ship', 'To Norway by train')).toEqual([['group'], ['group']])
  expect(await places('Roasted today', 'Nine a bag')).toEqual([
    [desk.chatWith(people.Mia)],
    [desk.chatWith(people.Jonas)],
  ])
  // Their reports say the same again.
  await desk.hear()
  const ours = await desk.ours()
  expect(Map.groupBy(ours, ({ conversationId }) => conversationId).get(talks[2] ?? '')).toHaveLength(2)
  expect(ours).toHaveLength(4)

  for (const message of [first, second]) {
    const contactId = await desk.contactOf(message)
    expect(must(await getContact(desk.owner, { contactId })).conversations).toBe(2)
    const theirs = must(await listConversations(desk.owner, { view: 'all', contactId })).items
    expect(theirs.map(({ kind }) => kind).toSorted()).toEqual(['comment', 'dm'])
  }
})

test('an answer to one in a group leaves the other waiting, and an answer to the last line of one is to all of theirs', async () => {
  const hello = await writes('Mia', 'comment', 'Hello')
  await writes('Jonas', 'comment', 'What does it cost?')
  const asked = await writes('Mia', 'comment', 'Is there decaf?')
  await desk.answer(asked.id, 'There is decaf')
  const waiting = await prisma.message.findMany({
    where: { conversationId: asked.conversationId, own: false, answeredAt: null },
    select: { text: true },
  })
  expect(waiting).toEqual([{ text: 'What does it cost?' }])
  expect((await prisma.message.findUniqueOrThrow({ where: { id: hello.id } })).answeredAt).not.toBeNull()
})

test('an answer to a group that is in doubt is proven by the report that carries its key, and is sent no second time', async () => {
  const asked = await writes('Jonas', 'comment', 'Are you open?')
  await ask(desk.sandbox, '/faults', { network: 'whatsapp', fault: 'timeout_after_accept', operation: 'comment' })
  const { replyId, state } = await desk.answer(asked.id, 'From seven on')
  expect(state).toBe('unknown')
  const [effect] = await placesOf('From seven on')
  await desk.hear((externalId) => externalId === `${effect?.id}:sent`)
  expect(await desk.stateOf(replyId)).toMatchObject({ state: 'sent', externalId: effect?.id })
  expect(must(await sendReply(desk.system, { replyId }))).toEqual({ did: 'skipped' })
  expect(await placesOf('From seven on')).toHaveLength(1)
})

test('a report that one of a group did not get an answer leaves it as sent; one of the whole group refuses it', async () => {
  const asked = await writes('Mia', 'comment', 'Any news?')
  const { replyId, externalId } = await desk.answer(asked.id, 'None yet')
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
    must(await hearMessages(desk.system, { incomingId: id, accountId: desk.accountId }))
    return (await desk.stateOf(replyId)).state
  }
  expect(await reported({ recipient_participant_id: people.Jonas })).toBe('sent')
  expect(await reported({})).toBe('refused')
})

test('the time to answer a group is counted from anybody’s last word in it, and what comes too late is refused with its reason', async () => {
  const asked = await writes('Mia', 'comment', 'Is it fair trade?')
  // The network's clock alone runs ahead: to us the time to answer is not over.
  await ask(desk.sandbox, '/clock', { advanceMs: 25 * 3_600_000 })
  const { replyId, externalId } = await desk.answer(asked.id, 'It is')
  await desk.hear((name) => name === `${externalId}:failed`)
  expect((await desk.stateOf(replyId)).state).toBe('refused')
  expect(await placesOf('It is')).toEqual([])

  const { conversationId } = asked
  await prisma.conversation.update({ where: { id: conversationId }, data: { lastInboundAt: new Date(0) } })
  expect(must(await getConversation(desk.owner, { conversationId })).answering).toMatchObject({
    open: false,
    templates: true,
    rule: expect.stringContaining('Everybody in the group reads it'),
  })
  expect(await writeReply(desk.owner, { messageId: asked.id, text: 'It is indeed' })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT' },
  })
  await writes('Jonas', 'comment', 'I would know, too')
  await desk.answer(asked.id, 'It is indeed')
  expect((await placesOf('It is indeed')).map(({ place }) => place)).toEqual(['group'])
})

test('a template to a group, in which somebody refused to hear from us, needs a person’s word, whomever it answers', async () => {
  const asked = await writes('Mia', 'comment', 'Is my order ready?')
  const his = await writes('Jonas', 'comment', 'Do not write to me any more')
  const { conversationId } = asked
  const contactId = await desk.contactOf(his)
  const refuses = async () => must(await getConversation(desk.owner, { conversationId })).refusesContact
  expect(await refuses()).toBe(false)
  must(await updateContact(desk.owner, { contactId, consent: { marketing: 'refused', source: 'said so' } }))
  expect(await refuses()).toBe(true)
  const alone = await writes('Mia', 'dm', 'And between us?')
  expect(must(await getConversation(desk.owner, { conversationId: alone.conversationId })).refusesContact).toBe(false)

  const [template] = must(await listReplyTemplates(desk.owner, { conversationId })).filter(({ values }) => values === 2)
  if (!template) throw new Error('There is no template')
  const values = ['Mia', 'n1042']
  const chosen = { name: template.name, language: template.language, values }
  const words = { messageId: asked.id, text: fillTemplate(template.text, values), template: chosen }
  expect(await writeReply(desk.owner, words)).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', fields: { despiteRefusal: [expect.any(String)] } },
  })
  const { replyId } = must(await writeReply(desk.owner, { ...words, despiteRefusal: true }))
  must(await sendReply(desk.system, { replyId }))
  expect((await placesOf(words.text)).map(({ place }) => place)).toEqual(['group'])
  must(await updateContact(desk.owner, { contactId, consent: { marketing: 'given', source: 'wrote' } }))
})

test('who is erased leaves the others of the group their words and answers, and speaks in it anew as somebody new', async () => {
  const hers = await writes('Mia', 'comment', 'I live at the harbour')
  const his = await writes('Jonas', 'comment', 'Do you roast on Sunday?')
  await desk.answer(his.id, 'On Monday')
  const contactId = await desk.contactOf(hers)
  must(await eraseContact(desk.owner, { contactId }))
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
  await desk.answer(anew.id, 'Welcome')
  expect((await placesOf('Welcome')).map(({ place }) => place)).toEqual(['group'])
})
