import { afterAll, beforeAll, expect, test } from 'vitest'
import { statementsOf } from '@/bench/calendar/statements'
import { must } from '@/lib/accounts/connected.fixture'
import { hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { ok } from '@/lib/core/result'
import {
  deleteMacro,
  listDispositions,
  saveDispositions,
  saveLabel,
  saveMacro,
  saveSavedReply,
  saveTeam,
} from '@/lib/routing'
import { usualDispositions } from '@/lib/routing/schema'
import { transact, type Ctx } from '@/lib/workspace'
import { act, type Act } from './act'
import { assignConversations } from './assign'
import { changeConversations } from './bulk'
import { escalate } from './escalate'
import { filledReplies } from '../answer/filled-replies'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { labelConversations } from './label'
import { getConversation, listConversations } from '../lists/queries'
import { receive } from '../hear/receive'
import { runMacro } from './run-macro'
import type { ConversationChange } from '../schema'
import { setState } from './set-state'
import { getTriage, saveTriage } from '../triage/triage-settings'

let desk: Awaited<ReturnType<typeof newDesk>>
let elsewhere: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let editor: Ctx
beforeAll(async () => {
  ;[desk, elsewhere] = [await newDesk(), await newDesk()]
  ;[owner, editor] = [await desk.as('owner', 'Ada Winter'), await desk.as('editor')]
})
afterAll(() => closeDesk())

/** Somebody says something. @returns the conversation. */
async function begun(place = desk, displayName = 'Rosa Park') {
  const accountId = await place.account('facebook')
  const one = {
    externalId: newId(),
    kind: 'comment',
    change: 'new',
    text: 'Hello?',
    at: new Date().toISOString(),
    author: { externalId: newId(), handle: '@rosa', displayName },
    own: false,
    conversation: 'c',
    post: 'c',
    media: [],
    ref: {},
  } as const
  must(await receive(place.system, { accountId, items: [one], via: 'webhook' }))
  return (await prisma.conversation.findFirstOrThrow({ where: { accountId } })).id
}
const card = async (conversationId: string) => must(await getConversation(owner, { conversationId }))
const label = async () => must(await saveLabel(owner, { name: newId(), colour: 'green' })).id

test('where several are changed as one and one of them is not here, none is', async () => {
  const [mine, foreign] = [await begun(), await begun(elsewhere)]
  const conversationIds = [mine, foreign]
  for (const change of [
    setState(owner, { conversationIds, state: 'done' }),
    assignConversations(owner, { conversationIds, assigneeId: owner.actor.id }),
    labelConversations(owner, { conversationIds, add: [await label()] }),
  ])
    expect(await change).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  expect(await card(mine)).toMatchObject({ state: 'todo', assigneeId: null, labels: [] })
})

test('many are changed by as many statements as few', async () => {
  const all = [await begun(), await begun(), await begun(), await begun(), await begun()]
  const changes: readonly ConversationChange[] = [
    { do: 'assign', assigneeId: editor.actor.id },
    { do: 'label', add: [await label()] },
    { do: 'done' },
    { do: 'state', state: 'todo' },
  ]
  const asked = async (conversationIds: string[]) => {
    const counts: number[] = []
    for (const change of changes) {
      const statements = await statementsOf(async () => {
        const report = must(await changeConversations(editor, { conversationIds, change }))
        expect(report).toMatchObject({
          done: conversationIds.length,
          items: conversationIds.map((conversationId) => ({ conversationId, ok: true })),
        })
      })
      counts.push(statements.length)
    }
    return counts
  }
  expect(await asked(all)).toEqual(await asked(all.slice(0, 2)))
})

test('many are changed each for itself, and what failed is said of the one', async () => {
  const [first, second, foreign] = [await begun(), await begun(), await begun(elsewhere)]
  const report = must(
    await changeConversations(editor, {
      conversationIds: [first, foreign, second],
      change: { do: 'assign', assigneeId: editor.actor.id },
    }),
  )
  expect(report).toMatchObject({
    done: 2,
    items: [
      { conversationId: first, ok: true },
      { conversationId: foreign, ok: false, message: expect.stringContaining('no such conversation') },
      { conversationId: second, ok: true },
    ],
  })
  expect((await prisma.conversation.findUniqueOrThrow({ where: { id: foreign } })).assigneeId).toBeNull()
})

test('why they ended is said in the workspace’s own words, kept, found again, and gone when they are opened again', async () => {
  const [first, second] = [await begun(), await begun()]
  const change = { do: 'done', disposition: 'no answer NEEDED' } as const
  expect(must(await changeConversations(editor, { conversationIds: [first, second], change })).done).toBe(2)
  const of = async (disposition: string) =>
    must(await listConversations(owner, { view: 'all', disposition })).items.map(({ id }) => id)
  expect((await of('No answer needed')).sort()).toEqual([first, second].sort())
  const event = await prisma.event.findFirstOrThrow({ where: { subjectId: first, type: 'conversation.done' } })
  expect(event.particulars).toMatchObject({ disposition: 'No answer needed' })
  must(await changeConversations(editor, { conversationIds: [first], change: { do: 'state', state: 'todo' } }))
  expect([(await card(first)).disposition, await of('No answer needed')]).toEqual([null, [second]])
  const strange = await changeConversations(editor, {
    conversationIds: [first],
    change: { ...change, disposition: 'x' },
  })
  expect(must(strange).items).toMatchObject([
    { ok: false, message: expect.stringContaining('Choose one of: Answered') },
  ])
})

test('taking back an end leaves to a person again what was left to one, since when it was', async () => {
  const [left, other] = [await begun(), await begun()]
  const { accountId } = await prisma.conversation.findUniqueOrThrow({ where: { id: left } })
  await transact(desk.system, (work) =>
    escalate(desk.system, work, { conversationId: left, accountId, messageId: newId() }),
  )
  const both = { conversationIds: [left, other] }
  const leftSince = async () => [(await card(left)).escalatedAt, (await card(other)).escalatedAt]
  const told = await prisma.event.findFirstOrThrow({ where: { subjectId: left, type: 'conversation.escalated' } })
  for (const back of [
    { do: 'state', state: 'todo', leftAgain: true },
    { do: 'snooze', until: inMs(hour), leftAgain: true },
  ] as const) {
    must(await changeConversations(editor, { ...both, change: { do: 'done' } }))
    expect(await leftSince()).toEqual([null, null])
    must(await changeConversations(editor, { ...both, change: back }))
    expect(await leftSince()).toEqual([told.at.toISOString(), null])
  }
  must(await changeConversations(editor, { ...both, change: { do: 'done' } }))
  must(await changeConversations(editor, { ...both, change: { do: 'state', state: 'todo' } }))
  expect(await leftSince()).toEqual([null, null])
})

test('taking back leaves alone where something came since, or somebody set it otherwise', async () => {
  for (const state of ['todo', 'waiting', 'done'] as const) {
    const [quiet, spoken, moved] = [await begun(), await begun(), await begun()]
    const conversationIds = [quiet, spoken, moved]
    must(await changeConversations(editor, { conversationIds, change: { do: 'done' } }))
    const change = state === 'done' ? ({ do: 'done' } as const) : ({ do: 'state', state } as const)
    must(await changeConversations(editor, { conversationIds, change }))
    const { accountId, externalKey } = await prisma.conversation.findUniqueOrThrow({ where: { id: spoken } })
    await hears(desk, accountId, 'Rosa', 'It is broken! Help', { conversation: externalKey })
    must(await setState(editor, { conversationIds: [moved], state: 'snoozed', until: inMs(hour) }))
    const back = { do: 'snooze', until: inMs(2 * hour), undoes: state } as const
    const { done, items } = must(await changeConversations(editor, { conversationIds, change: back }))
    const left = { ok: false, message: expect.stringContaining('something was said or done there since') }
    expect([done, items]).toMatchObject([1, [{ conversationId: quiet, ok: true }, left, left]])
    const standing = async (id: string) => (await card(id)).state
    expect([await standing(quiet), await standing(spoken)]).toEqual(['snoozed', 'todo'])
    expect((await card(spoken)).unanswered).toBe(true)
  }
})

test('of many that are changed part after part, news that came after the first part is left for somebody to see', async () => {
  const [first, last] = [await begun(), await begun()]
  const { at } = must(await changeConversations(editor, { conversationIds: [first], change: { do: 'done' } }))
  const { accountId, externalKey } = await prisma.conversation.findUniqueOrThrow({ where: { id: last } })
  const rest = () =>
    changeConversations(editor, { conversationIds: [last], change: { do: 'done', asOf: new Date(at) } })
  expect(must(await rest()).done).toBe(1)
  await hears(desk, accountId, 'Rosa', 'My house is flooded, call me!', { conversation: externalKey })
  expect(must(await rest()).items).toMatchObject([{ ok: false, message: expect.stringContaining('came in there') }])
  expect(await card(last)).toMatchObject({ state: 'todo', unanswered: true })
})

test('who sets up the inbox chooses the reasons, and a macro may give only one of them', async () => {
  expect(must(await listDispositions(editor, {}))).toMatchObject({ asks: false, names: usualDispositions })
  const mine = { names: ['Sorted', 'Sent on'], asks: true }
  expect(await saveDispositions(editor, mine)).toMatchObject({ error: { code: 'FORBIDDEN' } })
  expect(await saveDispositions(owner, { ...mine, names: ['One', 'one'] })).toMatchObject({ ok: false })
  must(await saveDispositions(owner, mine))
  expect(must(await listDispositions(editor, {}))).toEqual(mine)
  const ends = (disposition: string) =>
    saveMacro(owner, { name: newId(), steps: [{ do: 'state', state: 'done', disposition }] })
  expect(await ends('Answered')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } })
  const { id } = must(await ends('Sorted'))
  const usual = { names: [...usualDispositions], asks: false }
  expect(await saveDispositions(owner, usual)).toMatchObject({
    error: { message: expect.stringContaining('“Sorted”') },
  })
  must(await deleteMacro(owner, { id }))
  must(await saveDispositions(owner, usual))
})

test('labels come and go, and those of another workspace are refused', async () => {
  const id = await begun()
  const [kept, gone] = [await label(), await label()]
  must(await labelConversations(editor, { conversationIds: [id], add: [kept, gone] }))
  must(await labelConversations(editor, { conversationIds: [id], add: [kept], remove: [gone] }))
  expect((await card(id)).labels.map((each) => each.id)).toEqual([kept])
  const strange = must(await saveLabel(await elsewhere.as('owner'), { name: 'Theirs', colour: 'grey' })).id
  expect(await labelConversations(editor, { conversationIds: [id], add: [strange] })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  })
  expect(await labelConversations(editor, { conversationIds: [await begun(elsewhere)], add: [kept] })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  })
})

test('a team is given a conversation, and takes it from who held it', async () => {
  const id = await begun()
  const teamId = must(await saveTeam(owner, { name: newId(), members: [] })).id
  must(await assignConversations(editor, { conversationIds: [id], assigneeId: owner.actor.id }))
  must(await assignConversations(editor, { conversationIds: [id], teamId }))
  expect(await card(id)).toMatchObject({ assigneeId: null, team: { id: teamId } })
  const strange = must(await saveTeam(await elsewhere.as('owner'), { name: newId(), members: [] })).id
  expect(await assignConversations(editor, { conversationIds: [id], teamId: strange })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  })
})

test('a macro answers, labels, notes and ends at one touch, for each conversation for itself', async () => {
  const [known, nameless] = [await begun(), await begun(desk, '')]
  const labelId = await label()
  const savedReplyId = must(
    await saveSavedReply(owner, {
      name: newId(),
      text: 'Dear {{contact.first_name}}, thank you. {{agent.first_name}}',
    }),
  ).id
  const macroId = must(
    await saveMacro(owner, {
      name: newId(),
      steps: [
        { do: 'reply', savedReplyId },
        { do: 'assign_me' },
        { do: 'label', labelIds: [labelId] },
        { do: 'note', text: 'Thanked' },
        { do: 'state', state: 'done', disposition: 'Answered' },
      ],
    }),
  ).id
  await prisma.contact.updateMany({
    where: { conversations: { some: { id: nameless } } },
    data: { name: '' },
  })
  const report = must(await runMacro(owner, { macroId, conversationIds: [known, nameless] }))
  expect(report).toMatchObject({
    done: 1,
    items: [{ ok: true }, { ok: false, message: expect.stringContaining('{{contact.first_name}} is not known here') }],
  })
  expect(await card(known)).toMatchObject({
    state: 'done',
    disposition: 'Answered',
    assigneeId: owner.actor.id,
    labels: [{ id: labelId }],
  })
  expect(await prisma.reply.findMany({ where: { conversationId: known }, select: { text: true } })).toEqual([
    { text: 'Dear Rosa, thank you. Ada' },
  ])
  expect(await prisma.conversationNote.count({ where: { conversationId: known } })).toBe(1)
  expect(await card(nameless)).toMatchObject({ state: 'todo', assigneeId: null, labels: [] })
})

test('who may not answer is refused the macro that does, and it does nothing', async () => {
  const id = await begun()
  const savedReplyId = must(await saveSavedReply(owner, { name: newId(), text: 'Thank you' })).id
  const macroId = must(
    await saveMacro(owner, { name: newId(), steps: [{ do: 'reply', savedReplyId }, { do: 'assign_me' }] }),
  ).id
  const report = must(await runMacro(editor, { macroId, conversationIds: [id] }))
  expect(report.items).toMatchObject([{ ok: false, message: expect.stringContaining('may not') }])
  expect(await card(id)).toMatchObject({ assigneeId: null })
})

test('a saved reply reads as it would be sent in the conversation that is open', async () => {
  const id = await begun()
  const name = newId()
  must(await saveSavedReply(owner, { name, text: 'Hi {{contact.first_name}} ({{contact.handle}}), {{agent.name}}' }))
  const list = must(await filledReplies(owner, { conversationId: id }))
  expect(list.find((each) => each.name === name)?.rendered).toBe('Hi Rosa (@rosa), Ada Winter')
  expect(await filledReplies(owner, { conversationId: await begun(elsewhere) })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  })
})

test('how messages are weighed is changed by who manages the inbox, from the next message on', async () => {
  const { factors, defaults } = must(await getTriage(editor, {}))
  expect(factors).toEqual(defaults)
  expect(await saveTriage(editor, { factors, undoSeconds: 5 })).toMatchObject({ error: { code: 'FORBIDDEN' } })
  must(await saveTriage(owner, { factors: { ...factors, base: 11, kinds: {}, intents: {} }, undoSeconds: 5 }))
  expect(must(await getTriage(editor, {}))).toMatchObject({ factors: { base: 11 }, undoSeconds: 5 })
  expect((await card(await begun())).reasons.priority?.factors[0]).toMatchObject({ name: 'base', points: 11 })
})

test('a conversation is given to nobody who may not answer: not by hand, not by a macro, not by a turn', async () => {
  const [conversationId, viewer] = [await begun(), await desk.as('viewer')]
  const byHand = await assignConversations(owner, { conversationIds: [conversationId], assigneeId: viewer.actor.id })
  expect(byHand).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  const member = (memberId: string) => ({ memberId, skills: [], capacity: 20 })
  const members = [member(viewer.actor.id), member(editor.actor.id)]
  const teamId = must(await saveTeam(owner, { name: newId(), members })).id
  await transact(owner, async (work) => {
    await act(owner, work, conversationId, { do: 'assign_person', memberId: viewer.actor.id }, { takesOver: true })
    return ok(undefined)
  })
  expect((await card(conversationId)).assigneeId).toBeNull()
  for (const by of ['round_robin', 'load'] as const) {
    await transact(owner, async (work) => {
      const wanted: Act = { do: 'assign_team', teamId, by, skills: [], onlineOnly: false }
      await act(owner, work, conversationId, wanted, { takesOver: true })
      return ok(undefined)
    })
    expect((await card(conversationId)).assigneeId).toBe(editor.actor.id)
  }
})
