import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { saveLabel, savePolicy, saveRule } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { noticeMessage } from '../drafting/consider'
import { closeDesk, newDesk } from '../desk.fixture'
import { setState } from '../desk/set-state'
import { listConversations } from '../lists/queries'
import { asksAnew, needOf } from '../triage/asks-anew'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

const praise = 'I love this roast, thank you so much!'
const complaint = 'This is the worst service I have ever had. It arrived broken and nobody answers.'

/** A thread in which somebody said something an hour ago, and how they and we go on. */
async function thread(text = praise, accountId?: string) {
  const account = accountId ?? (await desk.account())
  const began = Date.now() - 3_600_000
  const at = (minute: number) => new Date(began + minute * 60_000).toISOString()
  const item: Incoming = {
    externalId: newId(),
    kind: 'comment',
    change: 'new',
    text,
    at: at(0),
    author: { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa' },
    own: false,
    conversation: newId(),
    media: [],
    ref: {},
  }
  const take = async (more: Partial<Incoming>) =>
    must(await receive(desk.system, { accountId: account, items: [{ ...item, ...more }], via: 'webhook' }))
  const edit = (minute: number, words: string, more: Partial<Incoming> = {}) =>
    take({ change: 'edited', text: words, at: at(minute), ...more })
  const answer = (minute: number) =>
    take({ externalId: newId(), own: true, text: 'Thanks!', at: at(minute), parent: item.externalId })
  await take({})
  const { id: messageId, conversationId } = await prisma.message.findFirstOrThrow({
    where: { accountId: account, externalId: item.externalId },
  })
  const now = () => prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  const events = async (type: string) => prisma.event.count({ where: { subjectId: conversationId, type } })
  const done = async () => void must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
  return { account, messageId, conversationId, edit, answer, now, events, done, at, take }
}

test('praise that is edited into a complaint after it was answered and done is to do again, once for each edit', async () => {
  const { answer, done, edit, now, events, conversationId, messageId } = await thread()
  await answer(5)
  await done()
  const before = await now()
  await edit(30, complaint)
  const after = await now()
  expect(after).toMatchObject({ state: 'todo', unanswered: true })
  expect(after.priority).toBeGreaterThan(before.priority)
  expect(after.excerpt).toContain('worst service')
  expect(await events('message.edited')).toBe(1)
  expect(await events('conversation.reopened')).toBe(1)
  const told = await prisma.event.findFirstOrThrow({ where: { subjectId: conversationId, type: 'message.edited' } })
  expect(told.particulars).toMatchObject({ messageId, asksAnew: true, kind: 'comment', via: 'webhook' })
  const [newest] = must(await listConversations(owner, { view: 'todo', sort: 'newest' })).items
  expect(newest?.id).toBe(conversationId)

  await done()
  await edit(30, complaint)
  expect(await now()).toMatchObject({ state: 'done', unanswered: false })
  await edit(40, `${complaint} Shame!`)
  expect(await now()).toMatchObject({ state: 'done' })
  await edit(45, `${complaint} I want my money back, will you refund me?`)
  expect(await now()).toMatchObject({ state: 'todo', unanswered: true })
  await answer(50)
  expect(await now()).toMatchObject({ state: 'waiting', unanswered: false })
})

test.each([
  ['a slip is mended', 'I love this roats, thank you so much!', praise],
  ['signs alone are changed', 'Where is my order', 'Where is my order?'],
  ['a complaint becomes praise', complaint, praise],
])('where %s nothing comes back', async (_what, first, then) => {
  const { answer, done, edit, now, events } = await thread(first)
  await answer(5)
  await done()
  await edit(30, then)
  expect(await now()).toMatchObject({ state: 'done', unanswered: false })
  expect(await events('conversation.reopened')).toBe(0)
  expect(await events('message.edited')).toBe(1)
})

test('a question that is added, stars that are taken back, and another matter in a language nobody reads here want something new', () => {
  const anew = (before: Partial<Incoming>, after: Partial<Incoming>) =>
    asksAnew(needOf({ text: '', ...before }), needOf({ text: '', ...after }))
  expect(anew({ text: praise }, { text: `${praise} When do you open on Sunday?` })).toBe(true)
  expect(anew({ text: 'Nice', rating: 5 }, { text: 'Nice', rating: 1 })).toBe(true)
  expect(anew({ text: 'Çok güzel bir kahve, teşekkürler' }, { text: 'Siparişim üç haftadır gelmedi' })).toBe(true)
  expect(anew({ text: 'Çok güzel bir kahve' }, { text: 'Çok güzel bir kahvee' })).toBe(false)
})

test('an edit starts the clock of the first reply anew, from when it was made', async () => {
  const accountId = await desk.account()
  const { id } = must(
    await savePolicy(owner, {
      name: newId(),
      conditions: { accountIds: [accountId] },
      calendarId: null,
      firstReplyMinutes: 30,
      resolutionMinutes: null,
      warnMinutes: 10,
    }),
  )
  await prisma.slaPolicy.update({ where: { id }, data: { createdAt: new Date(Date.now() - 7_200_000) } })
  const { answer, done, edit, conversationId, at } = await thread(praise, accountId)
  await answer(5)
  await done()
  await edit(30, complaint)
  const clocks = () => prisma.slaClock.findMany({ where: { conversationId }, orderBy: { startedAt: 'asc' } })
  expect(await clocks()).toMatchObject([
    { startedAt: new Date(at(0)), stoppedAt: new Date(at(5)) },
    { startedAt: new Date(at(30)), stoppedAt: null },
  ])
  await edit(30, complaint)
  await answer(50)
  expect(await clocks()).toMatchObject([
    { startedAt: new Date(at(0)), stoppedAt: new Date(at(5)), breachedAt: null },
    { startedAt: new Date(at(30)), stoppedAt: new Date(at(50)), breachedAt: null },
  ])
})

test('rules are asked about new words once for each edit that wants something new', async () => {
  const accountId = await desk.account()
  const { id: labelId } = must(await saveLabel(owner, { name: newId(), colour: 'red' }))
  const { id: ruleId } = must(
    await saveRule(owner, {
      name: newId(),
      moment: 'message',
      conditions: { accountIds: [accountId], intents: ['complaint'] },
      actions: [{ do: 'label', labelIds: [labelId] }],
    }),
  )
  const { edit, conversationId } = await thread(praise, accountId)
  const firings = () => prisma.ruleFiring.count({ where: { ruleId, conversationId } })
  expect(await firings()).toBe(0)
  await edit(30, complaint)
  await edit(30, complaint)
  expect(await firings()).toBe(1)
  expect(await prisma.conversationLabel.count({ where: { conversationId, labelId } })).toBe(1)
})

test('AI considers new words once for each edit, however often it is told', async () => {
  const accountId = await desk.account()
  await prisma.aiPolicy.create({
    data: {
      id: newId(),
      workspaceId: owner.workspaceId,
      accountId,
      mode: 'draft',
      threshold: 0.8,
      delayMinutes: 1,
      hourlyCap: 5,
    },
  })
  const { messageId, edit } = await thread(praise, accountId)
  const about = { messageId, kind: 'comment', via: 'webhook' }
  const readings = () => prisma.aiReading.findMany({ where: { messageId }, select: { id: true } })
  must(await noticeMessage(desk.system, about))
  const first = await readings()
  await edit(30, complaint)
  const editedAt = new Date()
  must(await noticeMessage(desk.system, { ...about, editedAt }))
  const second = await readings()
  expect(second).toHaveLength(1)
  expect(second).not.toEqual(first)
  must(await noticeMessage(desk.system, { ...about, editedAt }))
  expect(await readings()).toEqual(second)
})

describe('in whatever order edits are told', () => {
  const texts = [praise, complaint, `${praise} When do you open?`, 'ok', complaint]
  test('what a message wants, and since when, is the same', async () => {
    const ends = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 1, 3], { minLength: 7, maxLength: 7 }), async (order) => {
        const accountId = await desk.account()
        const items = order.map((n): Incoming => ({
          externalId: 'm',
          kind: 'comment',
          change: n === 0 ? 'new' : 'edited',
          text: texts[n] ?? '',
          at: new Date(Date.UTC(2026, 10, 1, 9, n)).toISOString(),
          author: { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa' },
          own: false,
          conversation: 'c',
          media: [],
          ref: {},
        }))
        for (const item of items) must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
        const kept = await prisma.message.findFirstOrThrow({ where: { accountId } })
        ends.add(JSON.stringify([kept.needAt, kept.wordings]))
      }),
      { numRuns: 12 },
    )
    expect(ends.size).toBe(1)
    expect([...ends][0]).toContain('2026-11-01T09:04')
  })
})
