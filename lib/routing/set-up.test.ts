import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { codeOf, newMember, newWorkspace } from '@/lib/workspace/testing'
import { deleteCalendar, listCalendars, saveCalendar } from './calendars'
import { saveDispositions } from './dispositions'
import { deleteLabel, listLabels, saveLabel } from './labels'
import { deleteMacro, getMacro, saveMacro } from './macros'
import { deletePolicy, savePolicy } from './policies'
import { amIAway, setAway, stayPresent } from './presence'
import { deleteRule, listRules, orderRules, saveRule } from './rules'
import { deleteSavedReply, listSavedReplies, saveSavedReply } from './saved-replies'
import { deleteTeam, listTeams, saveTeam } from './teams'

type Place = {
  readonly owner: Ctx
  readonly ids: Readonly<Record<'label' | 'team' | 'calendar' | 'savedReply' | 'rule' | 'macro' | 'policy', string>>
}
let mine: Place
let theirs: Place
beforeAll(async () => {
  ;[mine, theirs] = [await setUp(), await setUp()]
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const idOf = async (
  saving: Promise<{ ok: true; value: { id: string } } | { ok: false; error: { message: string } }>,
) => {
  const saved = await saving
  if (!saved.ok) throw new Error(saved.error.message)
  return saved.value.id
}
const week = [{ day: 1, from: '09:00', to: '17:00' }]
const promise = {
  conditions: {},
  calendarId: null,
  firstReplyMinutes: 60,
  resolutionMinutes: null,
  warnMinutes: 10,
}

/** One of everything, each used by another. */
async function setUp(): Promise<Place> {
  const { owner } = await newWorkspace()
  const label = await idOf(saveLabel(owner, { name: 'Late', colour: 'red' }))
  const team = await idOf(
    saveTeam(owner, { name: 'Care', members: [{ memberId: owner.actor.id, skills: ['French'] }] }),
  )
  const calendar = await idOf(saveCalendar(owner, { name: 'Office', timeZone: 'Europe/Zurich', week }))
  const savedReply = await idOf(saveSavedReply(owner, { name: 'Hello', text: 'Hi {{contact.first_name|there}}' }))
  const rule = await idOf(
    saveRule(owner, {
      name: 'Complaints',
      moment: 'message',
      conditions: { hours: { calendarId: calendar, within: true } },
      actions: [
        { do: 'assign_team', teamId: team, by: 'round_robin' },
        { do: 'label', labelIds: [label] },
      ],
    }),
  )
  const macro = await idOf(saveMacro(owner, { name: 'Greet', steps: [{ do: 'reply', savedReplyId: savedReply }] }))
  const policy = await idOf(savePolicy(owner, { ...promise, name: 'An hour', calendarId: calendar }))
  return { owner, ids: { label, team, calendar, savedReply, rule, macro, policy } }
}

test('what is set up is shown', async () => {
  const { owner } = mine
  expect(await listLabels(owner, {})).toMatchObject({ value: [{ name: 'Late', colour: 'red' }] })
  expect(await listTeams(owner, {})).toMatchObject({
    value: [{ name: 'Care', members: [{ skills: ['french'], capacity: 50, isOnline: false, isAway: false }] }],
  })
  expect(await listCalendars(owner, {})).toMatchObject({ value: [{ timeZone: 'Europe/Zurich', week }] })
  expect(await listRules(owner, {})).toMatchObject({ value: [{ name: 'Complaints', fired: 0, lastFiredAt: null }] })
  expect(await listSavedReplies(owner, {})).toMatchObject({ value: [{ name: 'Hello' }] })
})

test('ids of another workspace are refused wherever they are named', async () => {
  const { owner } = mine
  const rule: Parameters<typeof saveRule>[1] = {
    name: newId(),
    moment: 'message',
    conditions: {},
    actions: [{ do: 'hold_ai' }],
  }
  const calls = [
    saveLabel(owner, { id: theirs.ids.label, name: newId(), colour: 'grey' }),
    saveTeam(owner, { name: newId(), members: [{ memberId: theirs.owner.actor.id }] }),
    saveTeam(owner, { id: theirs.ids.team, name: newId(), members: [] }),
    saveCalendar(owner, { id: theirs.ids.calendar, name: newId(), timeZone: 'Asia/Tokyo', week }),
    savePolicy(owner, { ...promise, name: newId(), calendarId: theirs.ids.calendar }),
    savePolicy(owner, { ...promise, name: newId(), id: theirs.ids.policy }),
    saveRule(owner, { ...rule, id: theirs.ids.rule }),
    saveRule(owner, { ...rule, conditions: { accountIds: [newId()] } }),
    saveRule(owner, { ...rule, conditions: { hours: { calendarId: theirs.ids.calendar, within: true } } }),
    saveRule(owner, { ...rule, actions: [{ do: 'assign_team', teamId: theirs.ids.team }] }),
    saveRule(owner, { ...rule, actions: [{ do: 'assign_person', memberId: theirs.owner.actor.id }] }),
    saveRule(owner, { ...rule, actions: [{ do: 'label', labelIds: [theirs.ids.label] }] }),
    saveRule(owner, { ...rule, actions: [{ do: 'notify', memberIds: [theirs.owner.actor.id] }] }),
    saveMacro(owner, { name: newId(), steps: [{ do: 'reply', savedReplyId: theirs.ids.savedReply }] }),
    getMacro(owner, { id: theirs.ids.macro }),
    saveSavedReply(owner, { id: theirs.ids.savedReply, name: newId(), text: 'x' }),
    deleteRule(owner, { id: theirs.ids.rule }),
    deleteMacro(owner, { id: theirs.ids.macro }),
    deletePolicy(owner, { id: theirs.ids.policy }),
    deleteLabel(owner, { id: theirs.ids.label }),
    deleteTeam(owner, { id: theirs.ids.team }),
    deleteCalendar(owner, { id: theirs.ids.calendar }),
    deleteSavedReply(owner, { id: theirs.ids.savedReply }),
  ]
  expect((await Promise.all(calls)).map(codeOf)).toEqual(calls.map(() => 'NOT_FOUND'))
  expect(await prisma.routingRule.count({ where: { workspaceId: owner.workspaceId } })).toBe(1)
})

test('as many of each are kept as a list shows, and one more is refused while those there are can still be changed', async () => {
  const { owner } = await newWorkspace()
  const { workspaceId } = owner
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ id: newId(), workspaceId, name: `${n}` }))
  const text = 'x'
  const steps = [{ do: 'assign_me' as const }]
  const [labels, teams] = [many(500), many(200)]
  await prisma.label.createMany({ data: labels.map((row) => ({ ...row, colour: 'grey' })) })
  await prisma.team.createMany({ data: teams })
  await prisma.macro.createMany({ data: many(500).map((row) => ({ ...row, steps })) })
  await prisma.savedReply.createMany({ data: many(500).map((row) => ({ ...row, text })) })
  await prisma.businessCalendar.createMany({
    data: many(200).map((row) => ({ ...row, timeZone: 'Asia/Tokyo', week, holidays: [] })),
  })
  const name = 'One more'
  const refused = [
    await saveLabel(owner, { name, colour: 'grey' }),
    await saveTeam(owner, { name, members: [] }),
    await saveMacro(owner, { name, steps }),
    await saveSavedReply(owner, { name, text }),
    await saveCalendar(owner, { name, timeZone: 'Asia/Tokyo', week }),
  ]
  expect(refused.map((answer) => !answer.ok && [answer.error.code, answer.error.message])).toEqual([
    ['CONFLICT', 'There are 500 labels already. Delete one first.'],
    ['CONFLICT', 'There are 200 teams already. Delete one first.'],
    ['CONFLICT', 'There are 500 macros already. Delete one first.'],
    ['CONFLICT', 'There are 500 saved replies already. Delete one first.'],
    ['CONFLICT', 'There are 200 sets of business hours already. Delete one first.'],
  ])
  expect(codeOf(await saveLabel(owner, { id: labels[0]?.id, name, colour: 'red' }))).toBe('ok')
  expect(codeOf(await saveTeam(owner, { id: teams[0]?.id, name, members: [] }))).toBe('ok')
})

test('what a rule, macro or promise uses stays until they let it go', async () => {
  const { owner, ids } = mine
  expect(await deleteLabel(owner, { id: ids.label })).toMatchObject({
    error: { code: 'CONFLICT', message: expect.stringContaining('“Complaints”') },
  })
  expect(codeOf(await deleteTeam(owner, { id: ids.team }))).toBe('CONFLICT')
  expect(codeOf(await deleteCalendar(owner, { id: ids.calendar }))).toBe('CONFLICT')
  expect(codeOf(await deleteSavedReply(owner, { id: ids.savedReply }))).toBe('CONFLICT')
})

test('a reason that a rule or a macro ends conversations for stays until they let it go', async () => {
  const { owner } = await newWorkspace()
  const ended = { do: 'state', state: 'done', disposition: 'Spam' } as const
  const names = (...all: string[]) => saveDispositions(owner, { names: all, asks: true })
  expect((await names('Spam', 'Sale')).ok).toBe(true)
  const rule = await idOf(saveRule(owner, { name: 'Junk', moment: 'message', conditions: {}, actions: [ended] }))
  const macro = await idOf(saveMacro(owner, { name: 'Out', steps: [ended] }))
  expect(await names('Sale')).toMatchObject({
    error: { message: expect.stringContaining('“Spam” is used by the rule “Junk”') },
  })
  expect((await names('SPAM', 'Sale', 'Solved')).ok).toBe(true)
  await deleteRule(owner, { id: rule })
  expect(await names('Sale')).toMatchObject({
    error: { code: 'CONFLICT', message: expect.stringContaining('the macro “Out”') },
  })
  await deleteMacro(owner, { id: macro })
  expect((await names('Sale')).ok).toBe(true)
})

test('a name is taken once, and a variable that there is none of is refused by its name', async () => {
  const { owner } = mine
  expect(codeOf(await saveLabel(owner, { name: 'Late', colour: 'blue' }))).toBe('ALREADY_EXISTS')
  expect(await saveSavedReply(owner, { name: newId(), text: 'Hi {{contact.firstname}}' })).toMatchObject({
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('{{contact.firstname}}') },
  })
})

test('rules are put in an order that names each of them', async () => {
  const { owner, ids } = mine
  const second = await idOf(
    saveRule(owner, { name: 'Second', moment: 'message', conditions: {}, actions: [{ do: 'hold_ai' }] }),
  )
  expect(codeOf(await orderRules(owner, { ids: [second] }))).toBe('CONFLICT')
  expect(codeOf(await orderRules(owner, { ids: [second, ids.rule] }))).toBe('ok')
  expect(await listRules(owner, {})).toMatchObject({ value: [{ id: second }, { id: ids.rule }] })
})

test('who changes a team leaves the turns of those who stay', async () => {
  const { owner, ids } = mine
  const other = await newMember(owner.workspaceId, 'editor')
  await prisma.teamMember.updateMany({ where: { teamId: ids.team }, data: { turn: 7 } })
  const members = [{ memberId: owner.actor.id, capacity: 3 }, { memberId: other.actor.id }]
  expect(codeOf(await saveTeam(owner, { id: ids.team, name: 'Care', members }))).toBe('ok')
  const rows = await prisma.teamMember.findMany({ where: { teamId: ids.team }, orderBy: { turn: 'desc' } })
  expect(rows).toMatchObject([
    { turn: 7, capacity: 3 },
    { turn: 0, capacity: 50 },
  ])
})

test('a person is there while their page is open, and away when they say so', async () => {
  const { owner } = mine
  await stayPresent(owner, {})
  await setAway(owner, { away: true })
  await stayPresent(owner, {})
  expect(await amIAway(owner, {})).toEqual({ ok: true, value: { away: true } })
  const teams = await listTeams(owner, {})
  expect(teams.ok && teams.value[0]?.members.find(({ memberId }) => memberId === owner.actor.id)).toMatchObject({
    isOnline: true,
    isAway: true,
  })
})

test('that somebody went and came back is in the trail, once each', async () => {
  const editor = await newMember(mine.owner.workspaceId, 'editor')
  for (const away of [false, true, true, false]) await setAway(editor, { away })
  const told = await prisma.event.findMany({ where: { actorId: editor.actor.id }, orderBy: { id: 'asc' } })
  expect(told.map(({ type }) => type)).toEqual(['member.wentAway', 'member.cameBack'])
})

test('who sees the inbox sees what is set up, and changes none of it', async () => {
  const editor = await newMember(mine.owner.workspaceId, 'editor')
  expect(codeOf(await listLabels(editor, {}))).toBe('ok')
  const refused = [
    await saveLabel(editor, { name: newId(), colour: 'grey' }),
    await saveTeam(editor, { name: newId(), members: [] }),
    await deleteRule(editor, { id: mine.ids.rule }),
  ]
  expect(refused.map(codeOf)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
})

test('nobody is promised what takes more than ten years in its hours, nor are the hours of a promise cut to that', async () => {
  const hours = { timeZone: 'UTC', week: [{ day: 6, from: '10:00', to: '12:00' }] }
  const calendarId = await idOf(saveCalendar(mine.owner, { ...hours, name: newId() }))
  const asked = { ...promise, name: newId(), calendarId, firstReplyMinutes: null }
  expect(await savePolicy(mine.owner, { ...asked, resolutionMinutes: 129_600 })).toMatchObject({
    error: { code: 'VALIDATION_ERROR', fields: { resolutionMinutes: expect.any(Array) } },
  })
  const id = await idOf(savePolicy(mine.owner, { ...asked, resolutionMinutes: 12_000 }))
  const cut = { id: calendarId, name: newId(), timeZone: 'UTC', week: [{ day: 6, from: '10:00', to: '10:15' }] }
  expect(await saveCalendar(mine.owner, cut)).toMatchObject({
    error: { code: 'CONFLICT', message: expect.stringContaining(asked.name) },
  })
  expect(await prisma.businessCalendar.findUnique({ where: { id: calendarId } })).toMatchObject(hours)
  await deletePolicy(mine.owner, { id })
})
