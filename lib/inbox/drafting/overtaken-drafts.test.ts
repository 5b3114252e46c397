import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { startStandIn } from '@/lib/ai/stand-in.fixture'
import { inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { transact, type Ctx } from '@/lib/workspace'
import { cancelReply } from '../answer/decide-reply'
import { reopenFor } from '../answer/reopen-for'
import { settleReply } from '../answer/settle-reply'
import { writeReply } from '../answer/write-reply'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { act, type Act } from '../desk/act'
import { holdStill } from '../desk/hold-still'
import { setState } from '../desk/set-state'
import { receive } from '../hear/receive'
import { draftReply } from './draft-reply'
import { approveDraft, getDraftDesk } from './drafts'
import { listDrafts } from './list-drafts'

let model: Awaited<ReturnType<typeof startStandIn>>
beforeAll(async () => {
  model = await startStandIn()
})
afterAll(async () => {
  await model.close()
  await closeDesk()
})

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let manager: Ctx
let accountId: string
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  manager = await desk.as('manager')
  accountId = await desk.account('facebook')
})

/** Somebody asks something, and an answer is drafted. */
async function drafted(more: Partial<Incoming> = {}) {
  const message = await hears(desk, accountId, 'Rosa', 'Do you ship to Norway?', more)
  const draft = must(await draftReply(owner, { messageId: message.id }))
  return { message, draft, conversationId: message.conversationId }
}
type Drafted = Awaited<ReturnType<typeof drafted>>

const at = () => new Date().toISOString()
const asTold = ({ message }: Pick<Drafted, 'message'>) => message.source as unknown as Incoming
const told = async (about: Pick<Drafted, 'message'>, more: Partial<Incoming>) => {
  // The column is written from an Incoming and from nothing else.
  must(await receive(desk.system, { accountId, items: [{ ...asTold(about), ...more }], via: 'webhook' }))
}
const ours = { externalId: 'ours', handle: '@ada-facebook', displayName: 'Ada' }
/** Somebody answers in the network's own app. */
const answeredThere = (about: Drafted) =>
  told(about, {
    externalId: `own-${newId()}`,
    own: true,
    author: ours,
    text: 'We do.',
    at: at(),
    parent: about.message.externalId,
  })
const answer = async ({ message }: Drafted) =>
  must(await writeReply(manager, { messageId: message.id, text: 'We do, yes: three days.' }))

const waiting = async () => must(await listDrafts(owner, {})).items.map(({ id }) => id)
const shown = async ({ conversationId }: Drafted) => must(await getDraftDesk(owner, { conversationId }))
const approved = ({ draft }: Drafted, evenSo = false) => approveDraft(owner, { draftId: draft.id, evenSo })
const queued = ({ message }: Drafted) => prisma.reply.count({ where: { messageId: message.id, state: 'queued' } })

const between: Readonly<
  Record<
    string,
    { readonly happens: (about: Drafted) => Promise<unknown>; readonly why: string; readonly says: RegExp }
  >
> = {
  'a colleague answers here': { happens: answer, why: 'answered', says: /^Somebody has answered/ },
  'somebody answers in the network’s own app': {
    happens: answeredThere,
    why: 'answered',
    says: /^Somebody has answered/,
  },
  'its author changes it': {
    happens: (about) => told(about, { change: 'edited', text: 'My parcel came broken. I want my money!', at: at() }),
    why: 'edited',
    says: /was changed since/,
  },
  'the conversation is done': {
    happens: ({ conversationId }) => setState(manager, { conversationIds: [conversationId], state: 'done' }),
    why: 'done',
    says: /^The conversation was done/,
  },
}

describe('a draft gives way, is approved only by who insists, and waits no more when', () => {
  test.each(Object.entries(between))('%s', async (_what, { happens, why, says }) => {
    const about = await drafted()
    expect(await waiting()).toEqual([about.draft.id])
    await happens(about)
    const before = await queued(about)
    expect(await waiting()).toEqual([])
    expect(await shown(about)).toMatchObject({ draft: null, over: { why, draft: { id: about.draft.id } } })
    expect(await approved(about)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringMatching(says), fields: { evenSo: [expect.any(String)] } },
    })
    expect(await queued(about)).toBe(before)
    must(await approved(about, true))
    expect(await queued(about)).toBe(before + 1)
    expect(await approved(about, true)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  })
})

test('a draft is gone with what it answers, also for who insists', async () => {
  const about = await drafted()
  await told(about, { change: 'deleted', at: at() })
  expect(await waiting()).toEqual([])
  expect(await shown(about)).toMatchObject({ draft: null })
  expect(await approved(about, true)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  expect(await queued(about)).toBe(0)
})

test('in the moment in which somebody answers by hand a draft is approved before that, or not at all', async () => {
  const about = await drafted()
  const [byHand, ofDraft] = await Promise.all([
    writeReply(manager, { messageId: about.message.id, text: 'We do, yes.' }),
    approved(about),
  ])
  expect(byHand.ok).toBe(true)
  // Approved first, it is there already when a person answers, who may say more.
  expect(await queued(about)).toBe(ofDraft.ok ? 2 : 1)
  expect(await waiting()).toEqual([])
})

test('an answer in a chat is one to all that was said there; under a post to that message alone', async () => {
  for (const [kind, left] of [
    ['dm', 0],
    ['comment', 1],
  ] as const) {
    accountId = await desk.account('facebook')
    const first = await drafted({ kind, conversation: `thread-${kind}` })
    const author = { externalId: `u-${kind === 'dm' ? 'Rosa' : 'Paul'}`, handle: '@p', displayName: 'P' }
    const second = await drafted({ kind, conversation: `thread-${kind}`, author })
    await answer(second)
    const rows = await prisma.aiDraft.count({
      where: { id: { in: [first.draft.id, second.draft.id] }, state: 'proposed' },
    })
    expect([kind, rows]).toEqual([kind, left])
  }
})

test('a draft waits again when the answer that overtook it is taken back, or the end of its conversation is', async () => {
  const about = await drafted()
  const { replyId } = await answer(about)
  must(await cancelReply(manager, { replyId }))
  expect(await waiting()).toEqual([about.draft.id])
  expect(await shown(about)).toMatchObject({ draft: { id: about.draft.id }, over: null })

  const conversationIds = [about.conversationId]
  must(await setState(owner, { conversationIds, state: 'done' }))
  expect(await waiting()).toEqual([])
  must(await setState(owner, { conversationIds, state: 'todo', undoes: 'done' }))
  expect(await waiting()).toEqual([about.draft.id])
  must(await approved(about))
})

test('a draft waits again when its network refuses the answer that overtook it, or a macro takes an end back', async () => {
  const about = await drafted()
  const { replyId } = await answer(about)
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'refused' } })
  await transact(desk.system, async (work) => {
    await holdStill(work, [about.conversationId])
    await reopenFor(work, replyId)
  })
  expect(await waiting()).toEqual([about.draft.id])

  must(await setState(owner, { conversationIds: [about.conversationId], state: 'done' }))
  expect(await waiting()).toEqual([])
  await transact(desk.system, async (work) => {
    await holdStill(work, [about.conversationId])
    await act(desk.system, work, about.conversationId, { do: 'state', state: 'todo' }, { takesOver: false })
  })
  expect(await waiting()).toEqual([about.draft.id])
})

test('a draft waits again when a person gives up the answer that overtook it, or that it had become', async () => {
  const about = await drafted()
  const nobodyKnowsOf = async (replyId: string) => {
    await prisma.reply.update({ where: { id: replyId }, data: { state: 'needs_person' } })
    await transact(desk.system, async (work) => {
      await holdStill(work, [about.conversationId])
      await reopenFor(work, replyId)
    })
    expect(await waiting()).toEqual([])
    must(await settleReply(owner, { replyId, answer: 'give_up' }))
  }
  await nobodyKnowsOf((await answer(about)).replyId)
  expect(await waiting()).toEqual([about.draft.id])
  await nobodyKnowsOf(must(await approved(about)).replyId)
  expect(await waiting()).toEqual([about.draft.id])
  must(await approved(about))
})

test.each<Act>([
  { do: 'snooze', minutes: 60 },
  { do: 'state', state: 'waiting' },
])('a rule that puts off what came after the end brings no draft back: $do', async (what) => {
  const about = await drafted({ kind: 'dm' })
  must(await setState(owner, { conversationIds: [about.conversationId], state: 'done' }))
  await told(about, { externalId: newId(), text: 'Thank you, lovely shop!', at: inMs(minute).toISOString() })
  const { state } = await prisma.conversation.findUniqueOrThrow({ where: { id: about.conversationId } })
  expect(state).toBe('todo')
  await transact(desk.system, async (work) => {
    await holdStill(work, [about.conversationId])
    await act(desk.system, work, about.conversationId, what, { takesOver: false })
  })
  expect(await waiting()).toEqual([])
})

test('what came between stays, whatever is taken back: a draft for other words does not wait again', async () => {
  const about = await drafted()
  const { replyId } = await answer(about)
  await told(about, { change: 'edited', text: 'My parcel came broken. I want my money!', at: at() })
  must(await cancelReply(manager, { replyId }))
  expect(await waiting()).toEqual([])
})

test('an end that is long over brings no draft back with the next', async () => {
  const about = await drafted()
  const conversationIds = [about.conversationId]
  must(await setState(owner, { conversationIds, state: 'done' }))
  await hears(desk, accountId, 'Rosa', 'And to Sweden?', { at: at() })
  must(await setState(owner, { conversationIds, state: 'done' }))
  must(await setState(owner, { conversationIds, state: 'todo' }))
  expect(await waiting()).toEqual([])
})

test('a draft for what has an answer already, or is done, waits until something new comes between', async () => {
  const about = await drafted()
  await answer(about)
  await answeredThere(about)
  must(await setState(owner, { conversationIds: [about.conversationId], state: 'done' }))
  const more = must(await draftReply(owner, { messageId: about.message.id, again: true }))
  await hears(desk, accountId, 'Rosa', '', { kind: 'reaction', reaction: '👍' })
  expect(await waiting()).toEqual([more.id])
  must(await writeReply(manager, { messageId: about.message.id, text: 'Four days, to the north.' }))
  expect(await waiting()).toEqual([])
})

test('a draft does not wait where somebody answered while it was being written', async () => {
  await model.use(owner)
  await model.fault('silence')
  const message = await hears(desk, accountId, 'Rosa', 'Do you ship to Norway?')
  const [made] = await Promise.all([
    draftReply(owner, { messageId: message.id }),
    (async () => {
      await expect.poll(() => model.calls()).not.toEqual([])
      must(await writeReply(manager, { messageId: message.id, text: 'We do, yes: three days.' }))
    })(),
  ])
  must(made)
  expect(await waiting()).toEqual([])
})

test('whoever mirrors the inbox hears of each draft what became of it', async () => {
  const about = await drafted()
  const { id: newer } = must(await draftReply(owner, { messageId: about.message.id, again: true }))
  const { replyId } = await answer(about)
  must(await cancelReply(manager, { replyId }))
  const events = await prisma.event.findMany({
    where: { workspaceId: owner.workspaceId, type: { startsWith: 'draft.' } },
    orderBy: { id: 'asc' },
    select: { type: true, particulars: true },
  })
  expect(events).toMatchObject([
    { type: 'draft.proposed', particulars: { draftId: about.draft.id } },
    { type: 'draft.superseded', particulars: { draftId: about.draft.id, why: 'newer' } },
    { type: 'draft.proposed', particulars: { draftId: newer } },
    { type: 'draft.superseded', particulars: { draftId: newer, why: 'answered' } },
    { type: 'draft.proposedAgain', particulars: { draftId: newer } },
  ])
})
