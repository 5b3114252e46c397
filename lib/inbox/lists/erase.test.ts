import { afterAll, beforeAll, expect, test } from 'vitest'
import { eraseContact, exportContact, mergeContacts } from '@/lib/contacts'
import { hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import type { Incoming } from '@/lib/platforms'
import { sealEvents } from '@/lib/workspace'
import { storeIncoming } from '@/lib/workspace/incoming'
import { verifyAudit } from '@/lib/workspace/verify-audit'
import { closeDesk, newDesk } from '../desk.fixture'
import { assignConversations } from '../desk/assign'
import { addNote } from '../desk/notes'
import { listConversations, listMessages } from './queries'
import { receive } from '../hear/receive'
import { writeReply } from '../answer/write-reply'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** A word that stands nowhere else in the database. */
const mark = `zq${Date.now().toString(36)}`
const rosa = {
  externalId: `id-${mark}`,
  handle: `@rosa-${mark}`,
  displayName: `Rosa ${mark}`,
  avatarUrl: `https://n.test/${mark}.png`,
}
const said = (externalId: string, conversation: string, minutes: number, more: Partial<Incoming> = {}): Incoming => ({
  externalId,
  kind: 'dm',
  change: 'new',
  text: `My secret is ${mark}`,
  at: new Date(Date.UTC(2026, 10, 20, 9, minutes)).toISOString(),
  author: rosa,
  own: false,
  conversation,
  media: [{ kind: 'image', url: `https://n.test/${mark}/picture.png` }],
  url: `https://n.test/${mark}`,
  ref: { thread: mark },
  ...more,
})

/** Every table that has the word in any of its columns, those of the queue too. */
async function whereIs(word: string): Promise<readonly string[]> {
  const tables = await prisma.$queryRaw<{ place: string; name: string }[]>`
    select table_schema as place, table_name as name from information_schema.tables
    where table_schema in ('public', 'bullmq') and table_type = 'BASE TABLE' order by 2`
  const found: string[] = []
  for (const { place, name } of tables) {
    // The names come from the database's own catalogue.
    const [row] = await prisma.$queryRawUnsafe<{ n: bigint }[]>(
      `select count(*) as n from "${place}"."${name}" t where strpos(t::text, $1) > 0`,
      word,
    )
    if (row && row.n > 0n) found.push(name)
  }
  return found
}

/** What AI keeps of a message: how a model read it, what it drafted, and what it answered. */
async function aiSpeaksOf(messageId: string, words: string): Promise<void> {
  const { workspaceId, conversationId, accountId } = await prisma.message.findUniqueOrThrow({
    where: { id: messageId },
  })
  const of = { workspaceId, conversationId, messageId }
  await prisma.aiReading.create({
    data: { id: newId(), ...of, accountId, state: 'done', decision: 'person', reasons: [`It says “${words}”.`] },
  })
  await prisma.aiDraft.create({
    data: {
      id: newId(),
      ...of,
      origin: 'model',
      text: `Dear ${words}`,
      confidence: 0.5,
      reasons: [],
      sources: [],
      problems: [],
      requestedById: 'ai',
    },
  })
  await prisma.aiAnswer.create({
    data: { id: newId(), workspaceId, hash: newId(), model: 'm', answer: { text: words }, expiresAt: inMs(hour) },
  })
}

const threadOf = async (accountId: string, externalKey = 'thread-of-many'): Promise<string> =>
  (await prisma.conversation.findFirstOrThrow({ where: { accountId, externalKey } })).id

test('of a person who is erased nothing is left in any table, and no report brings it back', async () => {
  const accountId = await desk.account('facebook')
  const account = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const admin = await desk.as('admin')
  const items = [
    said(`m1-${mark}`, `chat-${rosa.externalId}`, 1),
    said(`m2-${mark}`, 'thread-of-many', 2, { kind: 'comment' }),
    said('m3', 'thread-of-many', 3, {
      kind: 'comment',
      text: 'I am somebody else',
      author: { externalId: 'tom', handle: '@tom', displayName: 'Tom' },
      media: [],
      url: 'https://n.test/m3',
      ref: null,
    }),
    said('m4', `chat-${rosa.externalId}`, 4, {
      own: true,
      text: `Dear Rosa ${mark}`,
      author: { externalId: account.externalId, handle: '@us', displayName: 'Us' },
    }),
    // A thread of somebody else's, in which she has the last word.
    said('m5', 'thread-of-another', 5, {
      kind: 'comment',
      text: 'I began this one',
      author: { externalId: 'tom', handle: '@tom', displayName: 'Tom' },
      media: [],
      url: 'https://n.test/m5',
      ref: null,
    }),
    said('m6', 'thread-of-another', 6, { kind: 'comment' }),
  ]
  await storeIncoming('facebook', [
    {
      externalId: `event-of-${Date.now()}`,
      type: 'message',
      accountExternalId: account.externalId,
      raw: { text: mark, from: rosa.externalId },
    },
  ])
  await prisma.incomingEvent.updateMany({ data: { handledAt: new Date() } })
  must(await receive(desk.system, { accountId, items: [...items], via: 'webhook' }))
  const hers = must(await listConversations(admin, { view: 'all', search: `Rosa ${mark}` })).items
  const chat = hers.find(({ kind }) => kind === 'dm')
  if (!chat?.contact) throw new Error('she is in the inbox')
  const [message] = must(await listMessages(admin, { conversationId: chat.id })).items
  must(await addNote(admin, { conversationId: chat.id, text: `Knows ${mark}` }))
  must(await writeReply(admin, { messageId: message?.id ?? '', text: `We know ${mark}` }))
  await aiSpeaksOf(message?.id ?? '', mark)
  const inPublic = must(await listMessages(admin, { conversationId: await threadOf(accountId) })).items
  await aiSpeaksOf(inPublic.find(({ text }) => text.includes(mark))?.id ?? '', mark)
  const another = await threadOf(accountId, 'thread-of-another')
  must(await assignConversations(admin, { conversationIds: [chat.id, another], assigneeId: admin.actor.id }))
  const quoted = await prisma.eventExcerpt.findMany({ where: { text: { contains: mark } } })
  expect(new Set(quoted.map(({ conversationId }) => conversationId))).toEqual(new Set([chat.id, another]))
  must(await sealEvents(desk.system, {}))
  const sealed = await verifyAudit(desk.workspace.id)
  const contactId = chat.contact.id
  expect(JSON.stringify(must(await exportContact(admin, { contactId })))).toContain(`My secret is ${mark}`)
  expect(await whereIs(mark)).toEqual(
    expect.arrayContaining([
      'AiAnswer',
      'AiDraft',
      'AiReading',
      'Contact',
      'ContactIdentity',
      'Conversation',
      'ConversationNote',
      'EventExcerpt',
      'IncomingEvent',
      'Message',
      'Reply',
    ]),
  )

  must(await eraseContact(admin, { contactId }))
  expect(await prisma.eventExcerpt.count({ where: { conversationId: { in: [chat.id, another] } } })).toBe(0)
  expect([sealed, await verifyAudit(desk.workspace.id)]).toMatchObject([
    { intact: true, unsealed: 0 },
    { intact: true, unsealed: 1 },
  ])
  // The network's own names of messages stay, so that a repetition is known: they name no person.
  const nameless = await prisma.message.updateManyAndReturn({
    where: { accountId, externalId: { contains: mark } },
    data: { parentExternalId: null },
    select: { id: true, externalId: true, erasedAt: true },
  })
  expect(nameless.map(({ erasedAt }) => erasedAt !== null)).toEqual([true, true])
  for (const { id } of nameless) await prisma.message.update({ where: { id }, data: { externalId: id } })
  expect(await whereIs(mark)).toEqual([])
  for (const { id, externalId } of nameless) await prisma.message.update({ where: { id }, data: { externalId } })

  expect(must(await receive(desk.system, { accountId, items: [...items], via: 'poll' }))).toEqual({
    fresh: 0,
    changed: 0,
  })
  expect(await whereIs(`secret is ${mark}`)).toEqual([])
  expect(await whereIs(rosa.handle)).toEqual([])
  expect(must(await listConversations(admin, { view: 'all', search: 'somebody else' })).items).toHaveLength(1)
  const tombstone = await prisma.event.findMany({ where: { workspaceId: desk.workspace.id, type: 'contact.erased' } })
  expect(tombstone).toMatchObject([{ subjectId: contactId, actorId: admin.actor.id }])
})

test('who writes meanwhile ends under the merged contact, whichever is first', async () => {
  const accountId = await desk.account('facebook')
  const admin = await desk.as('admin')
  const person = (n: number) => ({ externalId: `p${n}-${accountId}`, handle: `@p${n}`, displayName: `Person ${n}` })
  const write = (n: number, from: number, conversation: string) =>
    receive(desk.system, {
      accountId,
      items: [said(`w${n}-${accountId}`, conversation, n, { author: person(from), media: [] })],
      via: 'webhook',
    })
  must(await write(1, 1, 'chat-1'))
  must(await write(2, 2, 'chat-2'))
  const [one, two] = await prisma.contactIdentity.findMany({
    where: { externalId: { in: [person(1).externalId, person(2).externalId] } },
    orderBy: { externalId: 'asc' },
  })
  if (!one || !two) throw new Error('both are known')
  const [merged] = await Promise.all([
    mergeContacts(admin, { contactId: one.contactId, otherId: two.contactId }),
    write(3, 2, 'chat-2'),
    write(4, 2, 'chat-3'),
    write(5, 2, 'chat-4'),
  ])
  must(merged)
  const conversations = await prisma.conversation.findMany({ where: { accountId }, select: { contactId: true } })
  expect(conversations.map(({ contactId }) => contactId)).toEqual([1, 2, 3, 4].map(() => one.contactId))
})
