import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { transact } from '@/lib/workspace'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { addNote } from '../desk/notes'
import { receive } from '../hear/receive'
import { writeReply } from '../answer/write-reply'
import { noteStuck } from '@/lib/contacts'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const nameless = { externalId: '', handle: '', displayName: '' }
const us = { externalId: 'us', handle: '@us', displayName: 'Us' }
const person = (name: string) => ({ externalId: `${name}-${newId()}`, handle: `@${name}`, displayName: name })

/** Two people in one thread, or in one chat, the first of them first. */
async function threadOfTwo(kind: 'comment' | 'dm' = 'comment') {
  const accountId = await desk.account('facebook')
  const admin = await desk.as('admin')
  const [tom, sofia] = [person('Tom'), person('Sofia')]
  const post = `post-${newId()}`
  let minute = 0
  const hear = async (text: string, author: Incoming['author'], parent: string, more: Partial<Incoming> = {}) => {
    const item: Incoming = {
      externalId: newId(),
      kind,
      change: 'new',
      text,
      at: saidAt((minute += 1)),
      author,
      own: author === us,
      conversation: post,
      parent,
      media: [],
      ref: null,
      ...more,
    }
    must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
    return prisma.message.findFirstOrThrow({ where: { accountId, externalId: item.externalId } })
  }
  const hers = {
    first: await hear('Is it open on Sunday?', tom, post),
    second: await hear('And is it warm?', sofia, post),
  }
  const answer = async (messageId: string, text: string) => must(await writeReply(admin, { messageId, text })).replyId
  /** One that was sent, and of which the network has not yet said that it is there. */
  const sentInDoubt = async (messageId: string, text: string) => {
    const id = await answer(messageId, text)
    const attempt = { id: newId(), workspaceId: desk.workspace.id, fence: 1, purpose: 'send', worker: 'w' }
    // Before what is heard of it: older words prove nothing.
    const startedAt = saidAt(minute)
    await prisma.replyAttempt.create({ data: { ...attempt, replyId: id, startedAt } })
    await prisma.reply.update({ where: { id }, data: { state: 'unknown' } })
    return id
  }
  const erase = async ({ externalId }: Incoming['author']) => {
    const { contactId } = await prisma.contactIdentity.findFirstOrThrow({ where: { externalId } })
    return eraseContact(admin, { contactId })
  }
  const { conversationId } = hers.first
  return { accountId, admin, tom, sofia, post, conversationId, ...hers, hear, answer, sentInDoubt, erase }
}

/** What still says something. */
const left = async (conversationId: string) => {
  const where = { conversationId, text: { not: '' } }
  return (await prisma.message.findMany({ where, orderBy: { at: 'asc' } })).map(({ text }) => text)
}

const replies = (conversationId: string) =>
  prisma.reply.findMany({
    where: { conversationId },
    orderBy: { createdAt: 'asc' },
    select: { state: true, text: true },
  })

test('whoever began a thread is erased from it, and everybody else still gets and keeps their answers', async () => {
  const { admin, tom, conversationId, first, second, hear, answer, sentInDoubt, erase } = await threadOfTwo()
  await hear('Yes, until five', us, first.externalId)
  await hear('Like toast', us, second.externalId)
  await answer(first.id, 'We look forward to it')
  await answer(second.id, 'Bring a coat all the same')
  await sentInDoubt(second.id, 'Or two')
  must(await addNote(admin, { conversationId, text: 'He is a journalist' }))
  const draft = { workspaceId: desk.workspace.id, conversationId, origin: 'model', requestedById: 'ai' }
  const said = { confidence: 0.5, reasons: [], sources: [], problems: [] }
  for (const { id: messageId, text } of [first, second])
    await prisma.aiDraft.create({ data: { id: newId(), messageId, text, ...draft, ...said } })
  const reading = { workspaceId: desk.workspace.id, conversationId, accountId: first.accountId, state: 'done' } as const
  for (const { id: messageId, text } of [first, second])
    await prisma.aiReading.create({ data: { id: newId(), messageId, reasons: [text], ...reading } })

  must(await erase(tom))
  expect(await replies(conversationId)).toEqual([
    { state: 'cancelled', text: '' },
    { state: 'queued', text: 'Bring a coat all the same' },
    { state: 'unknown', text: 'Or two' },
  ])
  const conversation = await prisma.conversation.findUniqueOrThrow({
    where: { id: conversationId },
    include: { messages: { orderBy: { at: 'asc' } }, notes: true, drafts: true },
  })
  expect(conversation.messages.map(({ text }) => text)).toEqual(['', 'And is it warm?', '', 'Like toast'])
  expect(conversation.excerpt).toBe('Like toast')
  expect(conversation.identityId).toBeNull()
  expect(conversation.notes).toEqual([])
  expect(conversation.drafts.map(({ text }) => text)).toEqual(['And is it warm?'])
  expect((await prisma.aiReading.findMany({ where: { conversationId } })).map(({ reasons }) => reasons)).toEqual([
    ['And is it warm?'],
  ])
})

test('a thread in which somebody wrote privately, too, is still one of many', async () => {
  const { tom, post, conversationId, first, second, hear, erase } = await threadOfTwo()
  const inPrivate = await hear('Between us', tom, post, { kind: 'dm' })
  await hear('Of course', us, inPrivate.externalId, { kind: 'dm' })
  await hear('Yes, until five', us, first.externalId)
  await hear('Like toast', us, second.externalId)
  must(await erase(tom))
  const left = await prisma.message.findMany({
    where: { conversationId, text: { not: '' } },
    orderBy: { at: 'asc' },
    select: { text: true },
  })
  expect(left).toEqual([{ text: 'And is it warm?' }, { text: 'Like toast' }])
})

test('a thread is stuck no more once nobody is left in it whose answer needs a person', async () => {
  const { tom, sofia, conversationId, first, second, answer, erase } = await threadOfTwo()
  const refused = [await answer(first.id, 'Yes'), await answer(second.id, 'Like toast')]
  await prisma.reply.updateMany({ where: { id: { in: refused } }, data: { state: 'refused' } })
  await transact(desk.system, (work) => noteStuck(work, [conversationId]))
  const stuck = async () =>
    (await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).stuckAt !== null
  must(await erase(sofia))
  expect(await stuck()).toBe(true)
  must(await erase(tom))
  expect(await stuck()).toBe(false)

  const other = await threadOfTwo()
  const asked = await other.answer(other.second.id, 'Like toast')
  await prisma.reply.update({ where: { id: asked }, data: { state: 'needs_person' } })
  await transact(desk.system, (work) => noteStuck(work, [other.conversationId]))
  must(await other.erase(other.sofia))
  expect((await prisma.conversation.findUniqueOrThrow({ where: { id: other.conversationId } })).stuckAt).toBeNull()
})

test('while an answer to somebody is in doubt they are not erased', async () => {
  const { tom, first, conversationId, sentInDoubt, erase } = await threadOfTwo()
  await sentInDoubt(first.id, 'Yes')
  expect(await erase(tom)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  expect(await replies(conversationId)).toEqual([{ state: 'unknown', text: 'Yes' }])
})

test('what we answered somebody goes with them, and with nobody else, where it stands below the comment of another', async () => {
  const { tom, sofia, conversationId, first, hear, sentInDoubt, erase } = await threadOfTwo()
  const deeper = await hear('I meant the soup', sofia, first.externalId)
  await sentInDoubt(deeper.id, 'Then ask for the red one')
  // Threads of this network are two deep.
  const echo = await hear('Then ask for the red one', us, first.externalId)
  await hear('Yes, until five', us, first.externalId)
  const [reply] = await prisma.reply.findMany({ where: { conversationId } })
  expect(reply).toMatchObject({ state: 'sent', externalId: echo.externalId })

  must(await erase(tom))
  expect(await left(conversationId)).toEqual(['And is it warm?', 'I meant the soup', 'Then ask for the red one'])
  expect(await replies(conversationId)).toEqual([{ state: 'sent', text: 'Then ask for the red one' }])
  must(await erase(sofia))
  expect(await left(conversationId)).toEqual([])
  expect(await replies(conversationId)).toEqual([{ state: 'sent', text: '' }])
})

test('what we went on to say below our own answer goes with whom we answered, and with nobody else', async () => {
  const { tom, sofia, conversationId, first, second, hear, sentInDoubt, erase } = await threadOfTwo()
  const toHer = await hear('Like toast', us, second.externalId)
  await hear('And with butter', us, toHer.externalId)
  const toHim = await hear('Yes, until five', us, first.externalId)
  const next = await hear('On Mondays until six', us, toHim.externalId)
  const asked = await hear('And on Tuesdays?', sofia, next.externalId)
  await hear('Tuesdays, too', us, asked.externalId)
  // Where threads end, her answer stands below his.
  await sentInDoubt(asked.id, 'And Thursdays')
  await hear('And Thursdays', us, next.externalId)
  await hear('Wednesdays, Tom, until seven', us, next.externalId)

  must(await erase(tom))
  expect(await left(conversationId)).toEqual([
    'And is it warm?',
    'Like toast',
    'And with butter',
    'And on Tuesdays?',
    'Tuesdays, too',
    'And Thursdays',
  ])
  expect(await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({ excerpt: '' })
  must(await erase(sofia))
  expect(await left(conversationId)).toEqual([])
})

test('of a thread in which somebody spoke alone, or is left alone, everything that we said goes with them', async () => {
  const { tom, sofia, post: ofBoth, conversationId, hear, answer, erase } = await threadOfTwo()
  await hear('Dear both, until five', us, ofBoth)
  const post = `post-${newId()}`
  const only = await hear('And on Sunday?', tom, post, { conversation: post })
  await hear('Dear Tom, we are open', us, post, { conversation: post })
  await answer(only.id, 'Until five')
  const beside = `beside-${post}`
  const asked = await hear('And on Monday?', tom, beside, { conversation: beside })
  await hear('I would like to know it, too', nameless, beside, { conversation: beside })
  await hear('Dear all, we are closed', us, beside, { conversation: beside })

  must(await erase(sofia))
  expect(await left(conversationId)).toEqual(['Is it open on Sunday?', 'Dear both, until five'])
  must(await erase(tom))
  expect(await left(conversationId)).toEqual([])
  expect(await left(only.conversationId)).toEqual([])
  expect(await replies(only.conversationId)).toEqual([{ state: 'cancelled', text: '' }])
  expect(await prisma.conversation.findUniqueOrThrow({ where: { id: only.conversationId } })).toMatchObject({
    excerpt: '',
  })
  expect(await left(asked.conversationId)).toEqual(['I would like to know it, too', 'Dear all, we are closed'])
})

test('what is noted of a conversation with somebody goes with them, and what is noted of others stays', async () => {
  const { admin, tom, sofia, conversationId, erase } = await threadOfTwo()
  const noted = async () =>
    (await prisma.conversationNote.findMany({ where: { conversationId } })).map(({ text }) => text)
  must(await addNote(admin, { conversationId, text: 'He is a journalist' }))
  must(await erase(sofia))
  expect(await noted()).toEqual(['He is a journalist'])
  must(await erase(tom))
  expect(await noted()).toEqual([])
})

test('in a chat of many, whoever began it goes with what answers them, and the others get and keep their answers', async () => {
  const { tom, conversationId, first, second, hear, answer, sentInDoubt, erase } = await threadOfTwo('dm')
  await hear('Yes, until five', us, first.externalId)
  await hear('Like toast', us, second.externalId)
  await answer(first.id, 'We look forward to it')
  await answer(second.id, 'Bring a coat all the same')
  await sentInDoubt(second.id, 'Or two')

  must(await erase(tom))
  expect(await replies(conversationId)).toEqual([
    { state: 'cancelled', text: '' },
    { state: 'queued', text: 'Bring a coat all the same' },
    { state: 'unknown', text: 'Or two' },
  ])
  expect(await left(conversationId)).toEqual(['And is it warm?', 'Like toast'])
})

test('a chat with somebody and one who was erased, or has no name, is theirs, and all that we said in it goes', async () => {
  const { tom, sofia, post, conversationId, first, hear, answer, erase } = await threadOfTwo('dm')
  const privately = { conversation: `chat-${post}` }
  const alone = await hear('Is anybody there?', tom, post, privately)
  await hear('', nameless, post, privately)
  await hear('Dear Tom, we are', us, post, privately)
  await hear('Dear both, until five', us, post)
  await answer(first.id, 'Bring a coat all the same')

  must(await erase(sofia))
  expect(await left(conversationId)).toEqual(['Is it open on Sunday?', 'Dear both, until five'])
  expect(await replies(conversationId)).toEqual([{ state: 'queued', text: 'Bring a coat all the same' }])
  must(await erase(tom))
  expect(await left(conversationId)).toEqual([])
  expect(await left(alone.conversationId)).toEqual([])
  expect(await replies(conversationId)).toEqual([{ state: 'cancelled', text: '' }])
})

test('a chat that we began and that goes by both names goes with its person, and no other that goes by ours', async () => {
  const accountId = await desk.account('x')
  const admin = await desk.as('admin')
  const sofia = person('Sofia')
  const chats = [`${accountId}-${sofia.externalId}`, `${sofia.externalId}-${accountId}`, `${accountId}-another`]
  const one = (conversation: string, more: Partial<Incoming>): Incoming => ({
    externalId: newId(),
    kind: 'dm',
    change: 'new',
    text: 'Dear Sofia',
    at: saidAt(0),
    author: us,
    own: true,
    conversation,
    media: [],
    ref: null,
    ...more,
  })
  const mention = one('a-mention', { kind: 'mention', author: sofia, own: false, text: 'Where is my order?' })
  must(
    await receive(desk.system, { accountId, items: [mention, ...chats.map((chat) => one(chat, {}))], via: 'webhook' }),
  )
  const { contactId } = await prisma.contactIdentity.findFirstOrThrow({ where: { externalId: sofia.externalId } })

  must(await eraseContact(admin, { contactId }))
  const left = await prisma.message.findMany({
    where: { accountId, text: { not: '' } },
    select: { conversation: { select: { externalKey: true } } },
  })
  expect(left).toEqual([{ conversation: { externalKey: `${accountId}-another` } }])
  expect(await prisma.conversation.count({ where: { accountId, externalKey: { contains: sofia.externalId } } })).toBe(0)
})
