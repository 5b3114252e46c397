import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact, exportContact, mergeContacts } from '@/lib/contacts'
import { hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { sealEvents } from '@/lib/workspace'
import { storeIncoming } from '@/lib/workspace/incoming'
import { verifyAudit } from '@/lib/workspace/verify-audit'
import { readingsOf } from '@/bench/calendar/readings'
import { statementsOf } from '@/bench/calendar/statements'
import { closeDesk, hears, newDesk, saidAt } from '../desk.fixture'
import { assignConversations } from '../desk/assign'
import { addNote } from '../desk/notes'
import { fill, readWhole } from '../many.fixture'
import { nameInThread } from '../schema'
import { listMessages } from './messages'
import { listConversations } from './queries'
import { receive } from '../hear/receive'
import { writeReply } from '../answer/write-reply'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

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
  at: saidAt(minutes),
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

test('a chat that we began goes with its person though they never wrote in it, and what only goes by their name stays', async () => {
  const [accountId, elsewhere] = [await desk.account('facebook'), await desk.account('facebook')]
  const admin = await desk.as('admin')
  const sofia = { externalId: `sofia-${newId()}`, handle: '@sofia', displayName: 'Sofia' }
  const tom = { externalId: `tom-${newId()}`, handle: '@tom', displayName: 'Tom' }
  const us = { externalId: accountId, handle: '@us', displayName: 'Us' }
  const one = (conversation: string, text: string, more: Partial<Incoming>): Incoming =>
    said(newId(), conversation, 1, { text, author: us, own: true, media: [], ref: null, ...more })
  const comment = one('under-a-post', 'Where is my order?', { kind: 'comment', author: sofia, own: false })
  const began = one(sofia.externalId, 'Dear Sofia, which order?', {})
  const takenBack = one(sofia.externalId, 'Dear Sofia, never mind', {})
  // Said to her alone: kept in the thread, until the network tells of it in her chat.
  const privately = one(sofia.externalId, 'Dear Sofia, in confidence', {})
  const kept = { ...privately, externalId: nameInThread({ ...privately, privately: true }) }
  const inThread = { ...kept, conversation: comment.conversation, kind: 'comment', parent: comment.externalId } as const
  must(await receive(desk.system, { accountId, items: [comment, inThread, began], via: 'webhook' }))
  // What another account of ours wrote to her it takes back again, below; and a thread happens to go by her name.
  must(await receive(desk.system, { accountId: elsewhere, items: [takenBack], via: 'webhook' }))
  const third = await desk.account('facebook')
  const inPublic = [
    one(sofia.externalId, 'Open on Sunday?', { kind: 'comment', author: tom, own: false }),
    one(sofia.externalId, 'From nine to five', { kind: 'comment' }),
  ]
  must(await receive(desk.system, { accountId: third, items: inPublic, via: 'webhook' }))
  const chats = [await threadOf(accountId, sofia.externalId), await threadOf(elsewhere, sofia.externalId)]
  const thread = await threadOf(third, sofia.externalId)
  must(await assignConversations(admin, { conversationIds: [...chats, thread], assigneeId: admin.actor.id }))
  const taken = { ...takenBack, change: 'deleted', at: new Date().toISOString() } as const
  must(await receive(desk.system, { accountId: elsewhere, items: [taken], via: 'webhook' }))
  const { contactId } = await prisma.contactIdentity.findFirstOrThrow({ where: { externalId: sofia.externalId } })
  const standing = () =>
    prisma.conversation.findMany({
      where: { id: { in: [...chats, thread] } },
      orderBy: { id: 'asc' },
      select: {
        excerpt: true,
        externalKey: true,
        excerpts: { select: { text: true } },
        messages: { select: { text: true } },
      },
    })
  expect((await standing()).map(({ excerpts }) => excerpts)).toEqual([
    [{ text: 'Dear Sofia, which order?' }],
    [{ text: 'Dear Sofia, never mind' }],
    [{ text: 'From nine to five' }],
  ])

  must(await eraseContact(admin, { contactId }))
  expect(await standing()).toEqual([
    { excerpt: '', externalKey: `erased:${chats[0]}`, excerpts: [], messages: [{ text: '' }] },
    { excerpt: '', externalKey: `erased:${chats[1]}`, excerpts: [], messages: [{ text: '' }] },
    {
      excerpt: 'From nine to five',
      externalKey: sofia.externalId,
      excerpts: [{ text: 'From nine to five' }],
      messages: expect.arrayContaining([{ text: 'Open on Sunday?' }, { text: 'From nine to five' }]),
    },
  ])
  const late = await receive(desk.system, { accountId, items: [privately, began], via: 'poll' })
  expect(must(late)).toEqual({ fresh: 0, changed: 0 })
})

test('where many have spoken, one person is erased by indexes', async () => {
  const large = await newDesk()
  const admin = await large.as('admin')
  const accountId = await large.account('facebook')
  await fill(large.workspace.id, accountId, 12_000, admin.actor.id)
  const comment = { kind: 'comment', media: [] } as const
  const items = [
    said(`of-many-${accountId}`, `chat-${accountId}`, 1, { media: [] }),
    said(`in-thread-${accountId}`, `thread-${accountId}`, 2, comment),
    said(`ours-${accountId}`, `thread-${accountId}`, 3, { ...comment, own: true, parent: `in-thread-${accountId}` }),
    said(`below-${accountId}`, `thread-${accountId}`, 4, { ...comment, own: true, parent: `ours-${accountId}` }),
  ]
  must(await receive(large.system, { accountId, items, via: 'webhook' }))
  const { contactId } = await prisma.contactIdentity.findFirstOrThrow({ where: { workspaceId: large.workspace.id } })
  const readings = await readingsOf(async () => must(await eraseContact(admin, { contactId })))
  expect(readWhole(readings)).toEqual([])
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

test('whom we answered a thousand times is erased by as many statements as who was answered once', async () => {
  const erasing = async (many: number) => {
    const accountId = await desk.account('facebook')
    const admin = await desk.as('admin')
    const name = newId()
    for (let n = 0; n < 2; n++)
      await hears(desk, accountId, name, `Hello ${n}`, { kind: 'dm', conversation: `${n}-u-${name}-${many}` })
    const { conversationId, id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId } })
    const reply = { workspaceId: desk.workspace.id, conversationId, accountId, messageId, intent: { to: name } }
    const ids = Array.from({ length: many }, () => newId())
    await prisma.reply.createMany({
      data: ids.map((id, n) => ({
        ...reply,
        id,
        contentHash: id,
        onceKey: id,
        text: `Dear ${name}`,
        state: n % 2 ? 'sent' : 'in_review',
        sendAt: new Date(),
        authorKind: 'member',
        authorId: admin.actor.id,
        ...(n === 0 ? { privatelyTo: name } : {}),
        ref: { name },
        proof: { name },
        reason: { name },
        url: name,
      })),
    })
    await prisma.replyAttempt.createMany({
      data: ids.map((replyId) => ({
        id: newId(),
        workspaceId: desk.workspace.id,
        replyId,
        fence: 1,
        purpose: 'send',
        worker: 'w',
        startedAt: new Date(),
        answer: { name },
      })),
    })
    const { contactId } = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
    const asked = await statementsOf(async () => must(await eraseContact(admin, { contactId: contactId ?? '' })))
    expect(await whereIs(name)).toEqual([])
    const kept = await prisma.reply.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })
    expect(kept.slice(0, 2)).toMatchObject([
      { state: 'cancelled', fence: 1, privatelyTo: 'erased', onceKey: null, ref: null },
      ...(many > 1
        ? [{ state: 'sent', fence: 0, privatelyTo: null, contentHash: `erased:${ids[1]}`, intent: {} }]
        : []),
    ])
    return asked.length
  }
  const once = await erasing(1)
  expect(await erasing(1_000)).toBe(once)
})
