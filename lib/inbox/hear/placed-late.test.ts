import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { saveLabel, savePolicy } from '@/lib/routing'
import { sealEvents, type Ctx } from '@/lib/workspace'
import { verifyAudit } from '@/lib/workspace/verify-audit'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { listReplies } from '../answer/list-replies'
import { proposeReply } from '../answer/write-reply'
import { assignConversations } from '../desk/assign'
import { holdConversation } from '../desk/hold'
import { labelConversations } from '../desk/label'
import { addNote, listNotes } from '../desk/notes'
import { setState } from '../desk/set-state'
import { listMessages } from '../lists/messages'
import { getConversation, listConversations } from '../lists/queries'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

/** A comment as a list of all has it: in a thread named after its first, below what it answers. */
const listed = (name: string, minute: number, who: string, thread = name): Incoming => ({
  externalId: name,
  kind: 'comment',
  change: 'new',
  text: `Where is number ${name}?`,
  at: saidAt(minute),
  author: { externalId: `u-${who}`, handle: `@${who}`, displayName: who },
  own: who === 'us',
  conversation: thread,
  post: 'post',
  parent: thread === name ? 'post' : thread,
  media: [],
  ref: { post: 'post' },
})
/** The same as it is reported: nothing says which thread it stands in. */
function reported(item: Incoming): Incoming {
  const { parent: _notSaid, ...rest } = item
  return { ...rest, conversation: item.externalId, unplaced: true }
}
const first = listed('100', 1, 'anna')
const below = listed('102', 20, 'ben', '100')

const take = async (accountId: string, ...items: readonly Incoming[]) =>
  must(await receive(desk.system, { accountId, items: [...items], via: 'webhook' }))

/** What the inbox shows of an account. */
async function shown(accountId: string) {
  const { items } = must(await listConversations(owner, { view: 'all', accountIds: [accountId] }))
  return Promise.all(
    items.map(async ({ id, state, unanswered, messageCount, assigneeId }) => {
      const row = await prisma.conversation.findUniqueOrThrow({
        where: { id },
        include: { messages: { orderBy: { externalId: 'asc' } } },
      })
      return {
        key: row.externalKey,
        state,
        unanswered,
        messageCount,
        assigneeId,
        messages: row.messages.map(({ externalId, parentExternalId }) => [externalId, parentExternalId]),
      }
    }),
  )
}
const rowOf = (accountId: string, externalId: string) =>
  prisma.message.findFirstOrThrow({ where: { accountId, externalId } })
const eventsOf = async (type: string, subjectId: string) =>
  prisma.event.findMany({ where: { workspaceId: desk.workspace.id, type, subjectId } })

/** Reported, and standing in a conversation of its own, below a thread that is there. */
async function apart() {
  const accountId = await desk.account('facebook')
  await take(accountId, first)
  const { conversationId: threadId } = await rowOf(accountId, '100')
  await take(accountId, reported(below))
  const { id: messageId, conversationId: ownId } = await rowOf(accountId, '102')
  expect(ownId).not.toBe(threadId)
  return { accountId, threadId, ownId, messageId }
}

const whole = {
  key: '100',
  state: 'todo',
  unanswered: true,
  messageCount: 2,
  assigneeId: null,
  messages: [
    ['100', 'post'],
    ['102', '100'],
  ],
}

test.each([
  { order: 'reported first', reports: [[reported(below)], [below]] },
  { order: 'listed first', reports: [[below], [reported(below)]] },
  { order: 'reported again later', reports: [[reported(below)], [below], [{ ...reported(below), at: saidAt(30) }]] },
  { order: 'both at once', reports: [[{ ...reported(below), at: saidAt(30) }, below]] },
  { order: 'listed with its thread', reports: [[reported(below)], [first, below]] },
])('a nested reply stands in the thread that it answers in, and nowhere else: $order', async ({ reports }) => {
  const accountId = await desk.account('facebook')
  if (!reports.flat().includes(first)) await take(accountId, first)
  for (const report of reports) await take(accountId, ...report)
  expect(await shown(accountId)).toEqual([whole])
  for (const report of [...reports, ...reports.toReversed()]) await take(accountId, ...report)
  expect(await shown(accountId)).toEqual([whole])
})

test('a comment on the post itself stays where it began when the list says so', async () => {
  const accountId = await desk.account('facebook')
  await take(accountId, reported(first))
  const before = await rowOf(accountId, '100')
  await take(accountId, first)
  expect(await rowOf(accountId, '100')).toMatchObject({
    conversationId: before.conversationId,
    parentExternalId: 'post',
  })
  expect(await eventsOf('message.placed', before.conversationId)).toEqual([])
})

test('what was done to it goes along: who has it, its label, note, draft and notification', async () => {
  const { accountId, threadId, ownId, messageId } = await apart()
  const conversationIds = [ownId]
  const { id: labelId } = must(await saveLabel(owner, { name: newId(), colour: 'blue' }))
  must(await assignConversations(owner, { conversationIds, assigneeId: owner.actor.id }))
  must(await labelConversations(owner, { conversationIds, add: [labelId] }))
  must(await addNote(owner, { conversationId: ownId, text: 'She called, too.' }))
  const of = { workspaceId: desk.workspace.id, conversationId: ownId }
  const draft = { messageId, origin: 'model', text: 'On its way.', confidence: 0.9, requestedById: owner.actor.id }
  const lists = { reasons: [], sources: [], problems: [] }
  const { id: draftId } = await prisma.aiDraft.create({ data: { id: newId(), ...of, ...draft, ...lists } })
  const told = { memberId: owner.actor.id, kind: 'assigned', eventId: newId(), at: new Date(saidAt(21)) }
  const { id: noticeId } = await prisma.notification.create({ data: { id: newId(), ...of, ...told } })

  await take(accountId, below)

  expect(await shown(accountId)).toEqual([{ ...whole, assigneeId: owner.actor.id }])
  const there = await prisma.conversation.findUniqueOrThrow({
    where: { id: threadId },
    include: { labels: true, notes: true, drafts: true, notifications: true },
  })
  expect(there.labels.map((label) => label.labelId)).toEqual([labelId])
  expect(there.notes.map(({ text }) => text)).toEqual(['She called, too.'])
  expect(there.drafts.map(({ id }) => id)).toEqual([draftId])
  expect(there.notifications.map(({ id }) => id)).toEqual([noticeId])
  expect(await eventsOf('conversation.joined', ownId)).toMatchObject([
    { particulars: { into: threadId, labelIds: [labelId], assigneeId: owner.actor.id } },
  ])
  expect(await eventsOf('message.placed', threadId)).toMatchObject([{ particulars: { messageId, from: ownId } }])
})

test('who asks for the conversation that it began is led to its thread, and changes nothing in the old one', async () => {
  const { accountId, threadId, ownId } = await apart()
  must(await assignConversations(owner, { conversationIds: [ownId], assigneeId: owner.actor.id }))
  await take(accountId, below)
  must(await addNote(owner, { conversationId: threadId, text: 'Found.' }))
  const asked = { conversationId: ownId }
  expect(must(await getConversation(owner, asked))).toMatchObject({ id: threadId })
  expect(must(await listMessages(owner, asked)).items).toHaveLength(2)
  expect(must(await listNotes(owner, asked)).items).toMatchObject([{ text: 'Found.' }])
  expect(must(await listReplies(owner, asked)).items).toEqual([])
  const refused = [
    await addNote(owner, { conversationId: ownId, text: 'Lost?' }),
    await holdConversation(owner, asked),
    await setState(owner, { conversationIds: [ownId], state: 'done' }),
    await assignConversations(owner, { conversationIds: [ownId], assigneeId: null }),
  ]
  for (const one of refused) expect(one).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  await sealEvents(desk.system, {})
  expect(await verifyAudit(desk.workspace.id)).toMatchObject({ intact: true })
})

test('a promise made to it goes on in the thread, since when it was made', async () => {
  const accountId = await desk.account('facebook')
  const { id: policyId } = must(
    await savePolicy(owner, {
      name: newId(),
      conditions: { accountIds: [accountId] },
      calendarId: null,
      firstReplyMinutes: 30,
      resolutionMinutes: null,
      warnMinutes: 10,
    }),
  )
  await prisma.slaPolicy.update({ where: { id: policyId }, data: { createdAt: new Date(saidAt(0)) } })
  await take(accountId, first, listed('101', 2, 'us', '100'))
  await take(accountId, reported(below))
  const { conversationId: ownId } = await rowOf(accountId, '102')
  const [clock] = await prisma.slaClock.findMany({ where: { conversationId: ownId } })
  expect(clock).toMatchObject({ stoppedAt: null, startedAt: new Date(below.at) })
  await prisma.slaClock.update({ where: { id: clock?.id ?? '' }, data: { warnedAt: new Date(saidAt(40)) } })
  await take(accountId, below)
  const { conversationId } = await rowOf(accountId, '102')
  expect(await prisma.slaClock.findMany({ where: { conversationId, stoppedAt: null } })).toMatchObject([
    { id: clock?.id, startedAt: new Date(below.at), warnedAt: new Date(saidAt(40)) },
  ])
  expect(await prisma.slaClock.count({ where: { conversationId: ownId } })).toBe(0)
})

test('who waits there waits on in a thread that was ended meanwhile', async () => {
  const { accountId, threadId } = await apart()
  must(await setState(owner, { conversationIds: [threadId], state: 'done' }))
  await take(accountId, below)
  expect(await shown(accountId)).toEqual([whole])
})

test('what was ended there is ended in a thread where nobody waits, and waits with who does', async () => {
  const [quiet, busy] = [await apart(), await apart()]
  for (const { accountId } of [quiet, busy]) await take(accountId, listed('101', 2, 'us', '100'))
  await take(busy.accountId, listed('103', 21, 'cleo', '100'))
  for (const { ownId } of [quiet, busy]) must(await setState(owner, { conversationIds: [ownId], state: 'done' }))
  for (const { accountId } of [quiet, busy]) await take(accountId, below)
  expect(await shown(quiet.accountId)).toMatchObject([{ key: '100', state: 'done', unanswered: false }])
  expect(await shown(busy.accountId)).toMatchObject([{ key: '100', state: 'todo', unanswered: true }])
})

test('what has another in its place goes alone, and takes what hangs from it once it is the last', async () => {
  const accountId = await desk.account('linkedin')
  const [one, other] = [listed('201', 5, 'ben', 'share'), listed('202', 6, 'cleo', 'share')]
  await take(accountId, ...[one, other].map((item) => ({ ...reported(item), conversation: 'activity' })))
  const { conversationId: ownId } = await rowOf(accountId, '201')
  must(await addNote(owner, { conversationId: ownId, text: 'Both are customers.' }))
  await take(accountId, one)
  expect((await rowOf(accountId, '202')).conversationId).toBe(ownId)
  expect(await prisma.conversationNote.count({ where: { conversationId: ownId } })).toBe(1)
  await take(accountId, other)
  const { conversationId } = await rowOf(accountId, '202')
  expect(await shown(accountId)).toMatchObject([{ key: 'share', messageCount: 2 }])
  expect(await prisma.conversationNote.count({ where: { conversationId } })).toBe(1)
})

test('an answer that waits for approval is listed where its message went', async () => {
  const accountId = await desk.account('linkedin')
  const [one, other] = [listed('301', 5, 'ben', 'share'), listed('302', 6, 'cleo', 'share')]
  await take(accountId, ...[one, other].map((item) => ({ ...reported(item), conversation: 'activity' })))
  const { id: messageId } = await rowOf(accountId, '301')
  must(await proposeReply(await desk.as('editor'), { messageId, text: 'Soon.' }))
  await take(accountId, one)
  const { items } = must(await listConversations(owner, { view: 'proposed', accountIds: [accountId] }))
  expect(items.map(({ id }) => id)).toEqual([(await rowOf(accountId, '301')).conversationId])
})

test('what is said later under the name of the conversation that it began comes to its thread', async () => {
  const { accountId } = await apart()
  await take(accountId, below)
  await take(accountId, { ...listed('104', 25, 'cleo', '102') })
  expect(await shown(accountId)).toMatchObject([{ key: '100', messageCount: 3 }])
})

test('who is erased leaves no quote with the conversation that they began', async () => {
  const { accountId, ownId } = await apart()
  must(await assignConversations(owner, { conversationIds: [ownId], assigneeId: owner.actor.id }))
  await take(accountId, below)
  expect(await prisma.eventExcerpt.count({ where: { conversationId: ownId } })).toBe(1)
  const { identityId } = await rowOf(accountId, '102')
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: identityId ?? '' } })
  must(await eraseContact(owner, { contactId }))
  expect(await prisma.eventExcerpt.count({ where: { conversationId: ownId } })).toBe(0)
})

test('two who are told of its place at once move it once', async () => {
  for (let round = 0; round < 4; round++) {
    const { accountId, threadId, ownId } = await apart()
    await Promise.all([take(accountId, below), take(accountId, below, first), take(accountId, reported(below))])
    expect(await shown(accountId)).toEqual([whole])
    expect(await eventsOf('message.placed', threadId)).toHaveLength(1)
    expect(await eventsOf('conversation.joined', ownId)).toHaveLength(1)
  }
})

test('a report and a list that come at once, of what nobody had heard, leave it once, in its thread', async () => {
  const accountId = await desk.account('facebook')
  await take(accountId, first)
  for (let round = 0; round < 10; round++) {
    const item = listed(`1${round}`, 20 + round, 'us', '100')
    // Of ours nobody is held, as whoever speaks is.
    await Promise.all([item, reported(item), item, reported(item)].map((told) => take(accountId, told)))
  }
  expect(await shown(accountId)).toMatchObject([{ key: '100', messageCount: 11 }])
})

const all = [first, listed('101', 2, 'us', '100'), below, listed('103', 21, 'cleo', '100'), listed('200', 3, 'dora')]

test('whatever order reports and lists come in, the inbox shows the same', async () => {
  const expected = await desk.account('facebook')
  await take(expected, ...all)
  const same = await shown(expected)
  const reports = all.flatMap((item) => [item, reported(item)])
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(reports, { minLength: reports.length }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: reports.length, maxLength: reports.length }),
      async (mixed, sizes) => {
        const accountId = await desk.account('facebook')
        for (let [at, n] = [0, 0]; at < mixed.length; n++) {
          const many = sizes[n] ?? 1
          await take(accountId, ...mixed.slice(at, at + many))
          at += many
        }
        expect(await shown(accountId)).toEqual(same)
      },
    ),
    { numRuns: 10 },
  )
})
