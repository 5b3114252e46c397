import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { sha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { here, listEvents, sealEvents, transact, type Ctx } from '@/lib/workspace'
import { verifyAudit } from '@/lib/workspace/verify-audit'
import { cancelReply } from '../answer/decide-reply'
import { proposeReply, writeReply } from '../answer/write-reply'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from '../hear/receive'
import { assignConversations } from './assign'
import { setState } from './set-state'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

/** Somebody says something, and it is given to the owner. */
async function assigned(text: string) {
  const accountId = await desk.account('x')
  const one = {
    externalId: newId(),
    kind: 'mention',
    change: 'new',
    text,
    at: new Date().toISOString(),
    author: { externalId: newId(), handle: '@rosa', displayName: 'Rosa' },
    own: false,
    conversation: newId(),
    media: [],
    ref: {},
  } as const
  must(await receive(desk.system, { accountId, items: [one], via: 'webhook' }))
  const { id: messageId, conversationId } = await prisma.message.findFirstOrThrow({ where: { accountId } })
  must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: owner.actor.id }))
  return { messageId, conversationId }
}

const trailOf = async (conversationId: string) =>
  must(await listEvents(owner, { take: 100 }))
    .rows.filter(({ subjectId }) => subjectId === conversationId)
    .map(({ type, excerpt }) => [type, excerpt && excerpt !== 'erased' ? excerpt.text : excerpt])
    .toReversed()
const excerptOf = (conversationId: string, type = 'conversation.assigned') =>
  prisma.eventExcerpt.findFirstOrThrow({ where: { conversationId, event: { type } }, include: { event: true } })

/** What somebody with the keys to the database could do to a table whose triggers stand in the way. */
async function behindTheTrigger(sql: string): Promise<void> {
  await prisma.$transaction([
    prisma.$executeRawUnsafe('alter table "EventExcerpt" disable trigger user'),
    prisma.$executeRawUnsafe(sql),
    prisma.$executeRawUnsafe('alter table "EventExcerpt" enable trigger user'),
  ])
}

test('the trail quotes the answer where it is about one, and else the conversation as it stood', async () => {
  const { messageId, conversationId } = await assigned('Where\n is my   order?')
  const { replyId } = must(await writeReply(owner, { messageId, text: 'On its way.' }))
  must(await cancelReply(owner, { replyId }))
  const proposed = must(await proposeReply(owner, { messageId, text: 'w'.repeat(250) }))
  must(await cancelReply(owner, { replyId: proposed.replyId }))
  must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
  expect(await trailOf(conversationId)).toEqual([
    ['message.received', null],
    ['conversation.assigned', 'Where is my order?'],
    ['reply.queued', 'On its way.'],
    ['reply.cancelled', 'On its way.'],
    ['reply.proposed', 'w'.repeat(200)],
    ['reply.turnedDown', 'w'.repeat(200)],
    ['conversation.done', 'Where is my order?'],
  ])
})

test('equal words leave unequal commitments, each of which its own salt proves', async () => {
  const both = [await assigned('Yes'), await assigned('Yes')]
  const kept = await Promise.all(both.map(({ conversationId }) => excerptOf(conversationId)))
  const commitments = kept.map(({ event }) => event.particulars)
  expect(commitments).toMatchObject(kept.map(({ salt }) => ({ excerptHash: sha256(`${salt}Yes`) })))
  expect(commitments[0]).not.toEqual(commitments[1])
})

test('an excerpt can be erased and never be another, and the one that is all the same is named', async () => {
  const [kept, erased] = [await assigned('Keep this'), await assigned('Forget this')]
  must(await sealEvents(desk.system, {}))
  const before = await verifyAudit(owner.workspaceId)
  expect(before).toMatchObject({ intact: true, unsealed: 0 })
  await expect(
    prisma.eventExcerpt.updateMany({ where: { conversationId: kept.conversationId }, data: { text: 'Else' } }),
  ).rejects.toThrow(/constraint/)
  await prisma.eventExcerpt.deleteMany({ where: { conversationId: erased.conversationId } })
  expect(await verifyAudit(owner.workspaceId)).toEqual({
    ...before,
    excerpts: before.intact ? before.excerpts - 1 : 'broken',
  })
  expect(await trailOf(erased.conversationId)).toContainEqual(['conversation.assigned', 'erased'])
  const { eventId } = await excerptOf(kept.conversationId)
  const alter = (text: string) =>
    behindTheTrigger(`update "EventExcerpt" set text = '${text}' where "eventId" = '${eventId}'`)
  await alter('Something else')
  expect(await verifyAudit(owner.workspaceId)).toEqual({
    intact: false,
    seq: null,
    why: `the excerpt of the event ${eventId} was altered`,
  })
  await alter('Keep this')
  expect(await verifyAudit(owner.workspaceId)).toMatchObject({ intact: true })
})

test('who acts while somebody is erased waits for it, and quotes nothing of them', async () => {
  const { conversationId } = await assigned('My secret')
  let acting: Promise<unknown> | undefined
  await transact(owner, async (work) => {
    // As those who erase somebody hold what they are in.
    await work.sql`
      select c.id from "Conversation" c where c.id = ${conversationId} and c."workspaceId" = ${here} for update`
    acting = transact(owner, async ({ record }) =>
      record({ type: 'conversation.noted', subject: { type: 'conversation', id: conversationId } }),
    )
    const isWaiting = async () => {
      const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%"AiDraft"%'`
      return (row?.waiting ?? 0) > 0
    }
    await expect.poll(isWaiting).toBe(true)
    await work.db.conversation.update({ where: { id: conversationId }, data: { excerpt: '' }, select: { id: true } })
  })
  await acting
  expect(await trailOf(conversationId)).toContainEqual(['conversation.noted', null])
})

test('an excerpt put beside an event that is about none is found', async () => {
  const { conversationId } = await assigned('Hello?')
  const { id: eventId, workspaceId } = await prisma.event.findFirstOrThrow({
    where: { subjectId: conversationId, type: 'message.received' },
  })
  await prisma.eventExcerpt.create({ data: { workspaceId, eventId, conversationId, salt: 's', text: 'Put there' } })
  expect(await verifyAudit(workspaceId)).toMatchObject({ intact: false, why: expect.stringContaining(eventId) })
  await prisma.eventExcerpt.delete({ where: { workspaceId_eventId: { workspaceId, eventId } } })
})

test('an entry of before excerpts, with a plain hash of its words, is read and verified as it was written', async () => {
  const { conversationId } = await assigned('Hello again?')
  await prisma.event.create({
    data: {
      id: newId(),
      workspaceId: owner.workspaceId,
      type: 'reply.attempted',
      subjectType: 'conversation',
      subjectId: conversationId,
      actorKind: 'system',
      actorId: 'inbox.sendReply',
      particulars: { replyId: 'r', attemptId: 'a', wordsHash: sha256('Hello.') },
      requestId: 'none',
    },
  })
  must(await sealEvents(desk.system, {}))
  expect(await verifyAudit(owner.workspaceId)).toMatchObject({ intact: true, unsealed: 0 })
  expect(await trailOf(conversationId)).toContainEqual(['reply.attempted', null])
})
