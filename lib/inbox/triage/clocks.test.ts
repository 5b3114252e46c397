import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { day, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { deletePolicy, saveCalendar, saveLabel, savePolicy, saveRule } from '@/lib/routing'
import type { RuleAction, RuleMoment } from '@/lib/routing/schema'
import { transact, type Ctx } from '@/lib/workspace'
import { findEverywhere } from '@/lib/workspace/system'
import { closeDesk, newDesk } from '../desk.fixture'
import { listConversations } from '../lists/queries'
import { receive } from '../hear/receive'
import { escalate } from '../desk/escalate'
import { holdStill } from '../desk/hold-still'
import { setState, wakeConversation } from '../desk/set-state'
import { dueClocks, tellClock } from './tell-clock'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute)

/** An account with a promise of its own, made an hour ago. */
async function promised(more: Partial<Parameters<typeof savePolicy>[1]> = {}) {
  const accountId = await desk.account()
  const { id: policyId } = must(
    await savePolicy(owner, {
      name: newId(),
      conditions: { accountIds: [accountId] },
      calendarId: null,
      firstReplyMinutes: 30,
      resolutionMinutes: 600,
      warnMinutes: 10,
      ...more,
    }),
  )
  await prisma.slaPolicy.update({ where: { id: policyId }, data: { createdAt: ago(60) } })
  return { accountId, policyId }
}

let said = 0
async function hear(accountId: string, minutesAgo: number, more: Partial<Incoming> = {}) {
  const externalId = `m${(said += 1)}`
  const heard: Incoming = {
    externalId,
    kind: 'dm',
    change: 'new',
    text: 'Where is it?',
    at: ago(minutesAgo).toISOString(),
    author: { externalId: 'u', handle: '@rosa', displayName: 'Rosa' },
    own: false,
    conversation: 'c',
    media: [],
    ref: {},
    ...more,
  }
  must(await receive(desk.system, { accountId, items: [heard], via: 'webhook' }))
  return prisma.conversation.findFirstOrThrow({ where: { accountId } })
}
const clocks = (conversationId: string) =>
  prisma.slaClock.findMany({ where: { conversationId }, orderBy: [{ kind: 'asc' }, { startedAt: 'asc' }] })
const clock = async (conversationId: string, kind = 'first_reply') => {
  const found = (await clocks(conversationId)).findLast((each) => each.kind === kind)
  if (!found) throw new Error('There is no such clock')
  return found
}
const cardOf = async (accountId: string) =>
  must(await listConversations(owner, { view: 'all', accountIds: [accountId] })).items[0]
const told = (conversationId: string, type: string) =>
  prisma.event.count({ where: { subjectId: conversationId, type } })

test('a clock is told of once before it is due and once after, by however many at once', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 22)
  const { id: clockId } = await clock(id)
  expect(await cardOf(accountId)).toMatchObject({ sla: { kind: 'first_reply', state: 'running' } })
  const found = await findEverywhere(dueClocks, new Date(), 1_000)
  expect(found.map((row) => row.id)).toContain(clockId)
  const tell = () => Promise.all([1, 2, 3].map(async () => must(await tellClock(desk.system, { clockId })).did))
  expect((await tell()).toSorted()).toEqual(['nothing', 'nothing', 'warned'])
  expect(await cardOf(accountId)).toMatchObject({ sla: { state: 'warned' } })
  expect(must(await listConversations(owner, { view: 'all', sla: 'at_risk' })).items.map((card) => card.id)).toEqual([
    id,
  ])
  // Time passes: what was due in eight minutes was due.
  await prisma.slaClock.update({
    where: { id: clockId },
    data: { startedAt: ago(31), resumedAt: ago(31), nextAt: ago(1) },
  })
  expect((await tell()).toSorted()).toEqual(['breached', 'nothing', 'nothing'])
  expect(await cardOf(accountId)).toMatchObject({ sla: { state: 'breached' } })
  expect(must(await listConversations(owner, { view: 'all', sla: 'breached' })).items).toHaveLength(1)
  expect([await told(id, 'conversation.warned'), await told(id, 'conversation.breached')]).toEqual([1, 1])
})

test('a clock that is not due is not told of', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 5)
  expect(must(await tellClock(desk.system, { clockId: (await clock(id)).id }))).toEqual({ did: 'nothing' })
})

test('a promise that runs follows its hours: a holiday that is added gives it time, one taken back takes it', async () => {
  const alwaysOpen = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' }))
  const hours = { name: newId(), timeZone: 'UTC', week: alwaysOpen }
  const { id: calendarId } = must(await saveCalendar(owner, hours))
  const { accountId } = await promised({ calendarId, firstReplyMinutes: 30, resolutionMinutes: null })
  const { id } = await hear(accountId, 40)
  const { id: clockId, startedAt } = await clock(id)
  const holidays = [0, 1].map((days) => ({
    date: inMs(days * day, startedAt)
      .toISOString()
      .slice(0, 10),
    name: '',
  }))
  const change = async (off: readonly (typeof holidays)[number][]) => {
    must(await saveCalendar(owner, { id: calendarId, ...hours, holidays: [...off] }))
    const found = await findEverywhere(dueClocks, new Date(), 1_000)
    expect(found.map((row) => row.id)).toContain(clockId)
    return must(await tellClock(desk.system, { clockId })).did
  }
  // Nobody was told that it was broken before its day became a holiday, and the next one.
  expect(await change(holidays)).toBe('nothing')
  const midnight = Date.parse(`${holidays[1]?.date}T00:00:00Z`) + day
  expect(await clock(id)).toMatchObject({
    breachedAt: null,
    dueAt: new Date(midnight + 30 * minute),
    nextAt: new Date(midnight + 20 * minute),
  })
  expect(await change([])).toBe('breached')
  expect((await clock(id)).breachedAt).toEqual(new Date(startedAt.getTime() + 30 * minute))
})

test('a promise that is changed has its clocks counted anew, and those go of whose kind it promises nothing more', async () => {
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' }))
  const hours = { name: newId(), timeZone: 'UTC', week }
  const { accountId, policyId } = await promised()
  const { id } = await hear(accountId, 25)
  const { id: clockId, startedAt } = await clock(id)
  const after = (minutes: number) => new Date(startedAt.getTime() + minutes * minute)
  const { name, conditions } = await prisma.slaPolicy.findUniqueOrThrow({ where: { id: policyId } })
  const holidays = [0, 1].map((days) => ({
    date: after(days * 1440)
      .toISOString()
      .slice(0, 10),
    name: '',
  }))
  const { id: closed } = must(await saveCalendar(owner, { ...hours, holidays }))
  const change = async (more: Partial<Parameters<typeof savePolicy>[1]>) => {
    const before = { calendarId: null, firstReplyMinutes: 30, resolutionMinutes: 600, warnMinutes: 10 }
    const asked = { id: policyId, name, conditions: conditions as { accountIds: string[] }, ...before, ...more }
    must(await savePolicy(owner, asked))
    const found = await findEverywhere(dueClocks, new Date(), 1_000)
    const due = found.filter((row) => row.id === clockId)
    return Promise.all(due.map(async () => must(await tellClock(desk.system, { clockId })).did))
  }
  // Nobody was told before there was more time, and before its day became a holiday, and the next one.
  expect(await change({ firstReplyMinutes: 60 })).toEqual(['nothing'])
  expect(await clock(id)).toMatchObject({ minutes: 60, dueAt: after(60), nextAt: after(50) })
  expect(await change({ calendarId: closed })).toEqual(['nothing'])
  expect((await clock(id)).dueAt?.getTime()).toBeGreaterThan(after(60).getTime())
  expect(await change({ warnMinutes: 2 })).toEqual(['nothing'])
  expect(await clock(id)).toMatchObject({ minutes: 30, dueAt: after(30), nextAt: after(28), warnedAt: null })
  expect(await change({ warnMinutes: 6 })).toEqual(['warned'])
  expect(await change({ firstReplyMinutes: null })).toEqual(['nothing'])
  expect((await clocks(id)).map(({ kind }) => kind)).toEqual(['resolution'])
})

test('an automatic answer keeps no promise: it rests while they are waited for, and a person’s keeps it', async () => {
  const { accountId } = await promised()
  const { id, workspaceId } = await hear(accountId, 20)
  const message = await prisma.message.findFirstOrThrow({ where: { conversationId: id } })
  const externalId = newId()
  await prisma.reply.create({
    data: {
      id: newId(),
      workspaceId,
      conversationId: id,
      accountId,
      messageId: message.id,
      contentHash: externalId,
      text: 'We read this.',
      intent: {},
      state: 'sent',
      sendAt: ago(15),
      authorKind: 'ai',
      authorId: 'a draft',
      externalId,
    },
  })
  await hear(accountId, 15, { externalId, own: true, text: 'We read this.' })
  expect(await prisma.conversation.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'waiting',
    unanswered: false,
    firstReplyAt: null,
  })
  expect(await clock(id)).toMatchObject({ stoppedAt: null, resumedAt: null })
  await hear(accountId, 5, { own: true, text: 'It comes today.' })
  expect(await clock(id)).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: null })
  expect((await prisma.conversation.findUniqueOrThrow({ where: { id } })).firstReplyAt).not.toBeNull()
})

test('our answer keeps the promise, and the next word begins another', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 20)
  await hear(accountId, 10, { own: true, text: 'On its way' })
  expect(await clock(id)).toMatchObject({ breachedAt: null, nextAt: null, stoppedAt: expect.any(Date) })
  await hear(accountId, 4)
  expect((await clocks(id)).filter(({ kind }) => kind === 'first_reply')).toHaveLength(2)
  expect(await clock(id)).toMatchObject({ stoppedAt: null })
  expect((await clocks(id)).filter(({ kind }) => kind === 'resolution')).toHaveLength(1)
})

test('in a chat of many answers the card shows the solution that is still owed, and once it is done how that ended', async () => {
  const { accountId } = await promised({ resolutionMinutes: 60 })
  const { id } = await hear(accountId, 54)
  await hear(accountId, 53, { own: true, text: 'On its way' })
  for (let round = 1; round <= 8; round += 1) {
    // One after the other, as people talk.
    // oxlint-disable-next-line no-await-in-loop
    await hear(accountId, 50 - round * 4)
    // oxlint-disable-next-line no-await-in-loop
    await hear(accountId, 48 - round * 4, { own: true, text: 'On its way' })
  }
  // It rests while they are waited for.
  expect(await cardOf(accountId)).toMatchObject({ sla: { kind: 'resolution', state: 'paused' } })
  const { id: clockId } = await clock(id, 'resolution')
  await prisma.slaClock.update({ where: { id: clockId }, data: { breachedAt: ago(1) } })
  const [listed] = must(await listConversations(owner, { view: 'all', sla: 'breached', accountIds: [accountId] })).items
  expect(listed).toMatchObject({ id, sla: { kind: 'resolution', state: 'breached' } })
  must(await setState(owner, { conversationIds: [id], state: 'done' }))
  expect(await cardOf(accountId)).toMatchObject({ sla: { kind: 'resolution', state: 'breached' } })
})

test('an answer to one under a post keeps the promise to them alone, and the other’s runs from when they asked', async () => {
  const { accountId } = await promised()
  const under = (by: string) => ({
    kind: 'comment' as const,
    parent: 'post',
    author: { externalId: by, handle: `@${by}`, displayName: by },
  })
  const asked = await hear(accountId, 20, { ...under('rosa'), externalId: 'rosa' })
  await hear(accountId, 15, { ...under('max'), externalId: 'max' })
  await hear(accountId, 10, { ...under('us'), own: true, parent: 'rosa' })
  const [kept, running] = (await clocks(asked.id)).filter(({ kind }) => kind === 'first_reply')
  expect(kept).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: null })
  expect(kept?.stoppedAt?.getTime()).toBeLessThan(ago(9).getTime())
  expect(running).toMatchObject({ stoppedAt: null, minutes: 30 })
  const { at } = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: 'max' } })
  expect(running?.startedAt).toEqual(at)
  await hear(accountId, 5, { ...under('us'), own: true, parent: 'max' })
  expect(await clock(asked.id)).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: null })
})

test('what is heard late of something done runs again, from when it was said', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 20)
  must(await setState(owner, { conversationIds: [id], state: 'done' }))
  await hear(accountId, 15)
  const again = await clock(id)
  expect(again).toMatchObject({ stoppedAt: null })
  expect(again.startedAt.getTime()).toBeGreaterThan(ago(16).getTime())
  expect(again.startedAt.getTime()).toBeLessThan(ago(14).getTime())
})

test('what was done is done again once the news in it was taken away, and no clock stops before it began', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 20)
  must(await setState(owner, { conversationIds: [id], state: 'done' }))
  const news = { externalId: newId() }
  expect(await hear(accountId, 0, news)).toMatchObject({ state: 'todo' })
  expect(await hear(accountId, 0, { ...news, change: 'deleted' })).toMatchObject({ state: 'done', unanswered: false })
  const all = await clocks(id)
  expect(all).toHaveLength(4)
  for (const { startedAt, stoppedAt } of all) expect(stoppedAt?.getTime()).toBeGreaterThanOrEqual(startedAt.getTime())
})

test('an answer that came late broke the promise, also when nobody was told in time', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 50)
  await hear(accountId, 5, { own: true, text: 'Sorry' })
  const { breachedAt, dueAt } = await clock(id)
  expect(breachedAt).toEqual(dueAt)
  expect(await told(id, 'conversation.breached')).toBe(1)
})

test('while it waits or is snoozed no time runs, and done is the end', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 12)
  const at = { conversationIds: [id] }
  must(await setState(owner, { ...at, state: 'waiting' }))
  const rested = await clock(id, 'resolution')
  expect(rested).toMatchObject({ resumedAt: null, dueAt: null, nextAt: null })
  expect(rested.spentMs).toBeGreaterThanOrEqual(12 * minute)
  expect(await cardOf(accountId)).toMatchObject({ sla: { state: 'paused', dueAt: null } })
  must(await setState(owner, { ...at, state: 'snoozed', until: new Date(Date.now() + minute) }))
  await prisma.conversation.update({ where: { id }, data: { snoozedUntil: ago(0) } })
  expect(must(await wakeConversation(desk.system, { conversationId: id }))).toEqual({ woken: true })
  const going = await clock(id, 'resolution')
  expect(going.spentMs).toBe(rested.spentMs)
  expect(going.dueAt?.getTime()).toBe((going.resumedAt?.getTime() ?? 0) + 600 * minute - rested.spentMs)
  must(await setState(owner, { ...at, state: 'done' }))
  expect((await clocks(id)).every(({ stoppedAt, breachedAt }) => stoppedAt !== null && breachedAt === null)).toBe(true)
  expect(await cardOf(accountId)).toMatchObject({ sla: { state: 'met' } })
})

test.each([
  ['is met by an answer', 2, undefined, 'met'],
  ['ends without one', undefined, undefined, 'ended'],
  // It was on its way when somebody ended the conversation.
  ['is met by one that goes out a moment after the end', undefined, -1, 'met'],
] as const)(
  'a promise of an answer %s, and says so when its conversation is done',
  async (_how, before, after, state) => {
    const { accountId } = await promised({ resolutionMinutes: null })
    const { id } = await hear(accountId, 5)
    const answers = async (minutesAgo: number | undefined) => {
      const author = { externalId: 'us', handle: '@us', displayName: 'Us' }
      if (minutesAgo !== undefined) await hear(accountId, minutesAgo, { own: true, text: 'On its way.', author })
    }
    await answers(before)
    must(await setState(owner, { conversationIds: [id], state: 'done' }))
    await answers(after)
    expect((await cardOf(accountId))?.sla?.state).toBe(state)
  },
)

test('a promise to answer what was taken away is not called kept', async () => {
  const { accountId } = await promised({ resolutionMinutes: null })
  const externalId = newId()
  await hear(accountId, 5, { externalId })
  await hear(accountId, 1, { externalId, change: 'deleted' })
  expect(await cardOf(accountId)).toMatchObject({ state: 'done', sla: { state: 'ended' } })
})

test('what was done and opened again by a person runs from then', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 55)
  must(await setState(owner, { conversationIds: [id], state: 'done' }))
  must(await setState(owner, { conversationIds: [id], state: 'todo' }))
  const again = await clock(id, 'resolution')
  expect(again.stoppedAt).toBeNull()
  expect(again.startedAt.getTime()).toBeGreaterThan(ago(1).getTime())
})

test('words that come late but were said earlier count from when they were said', async () => {
  const { accountId } = await promised()
  await hear(accountId, 5)
  const { id } = await hear(accountId, 15)
  const { startedAt, dueAt } = await clock(id)
  expect(startedAt.getTime()).toBeLessThan(ago(14).getTime())
  expect(dueAt?.getTime()).toBe(startedAt.getTime() + 30 * minute)
})

test('what was said before it was promised is not measured', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 90)
  expect(await clocks(id)).toEqual([])
})

test('a reaction is owed no answer', async () => {
  const { accountId } = await promised()
  const { id } = await hear(accountId, 3, { kind: 'reaction', text: '' })
  expect(await clocks(id)).toEqual([])
})

test('a breach asks the rules for it, once, and they take it from who holds it', async () => {
  const { accountId } = await promised()
  const other = await desk.as('manager')
  const { id: labelId } = must(await saveLabel(owner, { name: newId(), colour: 'red' }))
  const { id: ruleId } = must(
    await saveRule(owner, {
      name: newId(),
      moment: 'sla_breached',
      conditions: { accountIds: [accountId] },
      actions: [
        { do: 'assign_person', memberId: other.actor.id },
        { do: 'label', labelIds: [labelId] },
      ],
    }),
  )
  const { id } = await hear(accountId, 40)
  await prisma.conversation.update({ where: { id }, data: { assigneeId: owner.actor.id } })
  const { id: clockId } = await clock(id)
  must(await tellClock(desk.system, { clockId }))
  must(await tellClock(desk.system, { clockId }))
  expect(await cardOf(accountId)).toMatchObject({ assigneeId: other.actor.id, labels: [{ id: labelId }] })
  expect(await prisma.ruleFiring.count({ where: { ruleId } })).toBe(1)
})

/** A rule for what is said to an account, at a moment of a promise or when it is left to a person. */
const ruled = (accountId: string, moment: RuleMoment, actions: RuleAction[]) =>
  saveRule(owner, { name: newId(), moment, conditions: { accountIds: [accountId] }, actions })

test('a promise that rests from now on while it waits, or does no more, says so to what waits already', async () => {
  const { accountId, policyId } = await promised()
  const { id } = await hear(accountId, 5)
  must(await setState(owner, { conversationIds: [id], state: 'waiting' }))
  const { name, conditions } = await prisma.slaPolicy.findUniqueOrThrow({ where: { id: policyId } })
  const pause = async (pauseWaiting: boolean) => {
    const minutes = { calendarId: null, firstReplyMinutes: null, resolutionMinutes: 60, warnMinutes: 10 }
    const more = { conditions: conditions as { accountIds: string[] }, pauseWaiting }
    must(await savePolicy(owner, { id: policyId, name, ...minutes, ...more }))
    const { id: clockId } = await clock(id, 'resolution')
    const found = await findEverywhere(dueClocks, new Date(), 1_000)
    expect(found.map((row) => row.id)).toContain(clockId)
    return must(await tellClock(desk.system, { clockId })).did
  }
  expect(await pause(false)).toBe('nothing')
  expect(await clock(id, 'resolution')).toMatchObject({ resumedAt: expect.any(Date), nextAt: expect.any(Date) })
  expect(await pause(true)).toBe('nothing')
  expect(await clock(id, 'resolution')).toMatchObject({ resumedAt: null, nextAt: null, warnedAt: null })
  expect(await pause(false)).toBe('nothing')
  // It is nearly due as it rests: nobody is warned of what stands still.
  const { id: clockId } = await clock(id, 'resolution')
  await prisma.slaClock.update({ where: { id: clockId }, data: { resumedAt: ago(50) } })
  expect(await pause(true)).toBe('nothing')
  expect(await pause(false)).toBe('nothing')
  expect(must(await tellClock(desk.system, { clockId })).did).toBe('warned')
})

test.each(['waiting', 'done'] as const)(
  'a rule that sets it to %s when the promise is nearly due keeps it from being broken',
  async (state) => {
    const { accountId } = await promised()
    must(await ruled(accountId, 'sla_warned', [{ do: 'state', state }]))
    const { id } = await hear(accountId, 22)
    const { id: clockId } = await clock(id)
    expect(must(await tellClock(desk.system, { clockId }))).toEqual({ did: 'warned' })
    const left = await clocks(id)
    expect(left.map(({ nextAt, breachedAt }) => ({ nextAt, breachedAt }))).toEqual(
      left.map(() => ({ nextAt: null, breachedAt: null })),
    )
    expect(left.every(({ stoppedAt, resumedAt }) => (state === 'done' ? stoppedAt : resumedAt === null))).toBeTruthy()
    expect(await cardOf(accountId)).toMatchObject({ state, sla: { state: state === 'done' ? 'met' : 'paused' } })
  },
)

test('a rule that ends what is left to a person stops its promises', async () => {
  const { accountId } = await promised()
  must(await ruled(accountId, 'escalated', [{ do: 'state', state: 'done' }]))
  const { id } = await hear(accountId, 5)
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { conversationId: id } })
  await transact(desk.system, async (work) => {
    await holdStill(work, [id])
    await escalate(desk.system, work, { conversationId: id, accountId, messageId })
  })
  expect(await clocks(id)).toHaveLength(2)
  for (const left of await clocks(id)) expect(left).toMatchObject({ stoppedAt: expect.any(Date), nextAt: null })
})

test('what a rule makes urgent when it is nearly due is held to the promise for what is urgent', async () => {
  const { accountId } = await promised()
  const { id: urgentId } = must(
    await savePolicy(owner, {
      name: newId(),
      conditions: { accountIds: [accountId], priorityAtLeast: 100 },
      calendarId: null,
      firstReplyMinutes: 25,
      resolutionMinutes: 120,
      warnMinutes: 1,
    }),
  )
  await prisma.slaPolicy.update({ where: { id: urgentId }, data: { createdAt: ago(60), position: -1 } })
  must(await ruled(accountId, 'sla_warned', [{ do: 'priority', points: 100 }]))
  const { id } = await hear(accountId, 22)
  const { id: clockId } = await clock(id)
  must(await tellClock(desk.system, { clockId }))
  expect(await clock(id)).toMatchObject({ policyId: urgentId, minutes: 25 })
  expect(await clock(id, 'resolution')).toMatchObject({ policyId: urgentId, minutes: 120 })
})

test('a promise that ran for months rests, runs on and ends like any other', async () => {
  const { accountId, policyId } = await promised()
  const months = 100 * 24 * 60
  await prisma.slaPolicy.update({ where: { id: policyId }, data: { createdAt: ago(months) } })
  await prisma.account.update({ where: { id: accountId }, data: { createdAt: ago(months) } })
  const { id } = await hear(accountId, months - 1)
  const at = { conversationIds: [id] }
  must(await setState(owner, { ...at, state: 'waiting' }))
  for (const { spentMs, resumedAt } of await clocks(id)) {
    expect(spentMs).toBeGreaterThanOrEqual((months - 1) * minute)
    expect(resumedAt).toBeNull()
  }
  must(await setState(owner, { ...at, state: 'todo' }))
  await hear(accountId, 0, { own: true, text: 'It comes today.' })
  expect(await clock(id)).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: expect.any(Date) })
  must(await setState(owner, { ...at, state: 'done' }))
  expect(await clock(id, 'resolution')).toMatchObject({ stoppedAt: expect.any(Date), breachedAt: expect.any(Date) })
})

test('a promise that is taken back leaves no clock running', async () => {
  const { accountId, policyId } = await promised()
  const { id } = await hear(accountId, 5)
  must(await deletePolicy(owner, { id: policyId }))
  expect(await clocks(id)).toEqual([])
})
