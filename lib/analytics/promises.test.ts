import Papa from 'papaparse'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { eraseContact } from '@/lib/contacts'
import { receive, setState, sumUpErased, tellClock } from '@/lib/inbox'
import { closeDesk, newDesk } from '@/lib/inbox/desk.fixture'
import { deletePolicy, savePolicy } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { exportReport } from './export-report'
import { responseReport } from './response-report'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
const promise = {
  name: 'Half an hour',
  conditions: {},
  calendarId: null,
  firstReplyMinutes: 30,
  resolutionMinutes: 600,
  warnMinutes: 10,
}
let policyId = ''
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('telegram')
  policyId = must(await savePolicy(owner, promise)).id
  await prisma.slaPolicy.update({ where: { id: policyId }, data: { createdAt: inMs(-60 * minute) } })
})
afterAll(() => closeDesk())

const said = (who: string, externalId: string, ms: number, more: object = {}) => ({
  externalId,
  kind: 'dm' as const,
  text: 'Where is my order?',
  at: inMs(ms).toISOString(),
  author: { externalId: `u-${who}`, handle: `@${who}`, displayName: who },
  own: false,
  conversation: who,
  ref: null,
  ...more,
})
const hear = async (...items: readonly object[]) =>
  must(await receive(desk.system, { accountId, items: [...items], via: 'webhook' }))
const done = async (...keys: readonly string[]) => {
  const rows = await prisma.conversation.findMany({ where: { accountId, externalKey: { in: [...keys] } } })
  must(await setState(owner, { conversationIds: rows.map(({ id }) => id), state: 'done' }))
}
const promises = async () => must(await responseReport(owner, { days: 28 })).promises

test('a promise of an answer that ended without one is not kept, and stands apart', async () => {
  await hear(...['anna', 'ben', 'cleo'].map((who) => said(who, `${who}-1`, -5 * minute)))
  await hear(said('anna', 'anna-2', -2 * minute, { own: true, text: 'On its way.' }))
  await done('anna', 'ben', 'cleo')
  expect(await promises()).toEqual({
    firstReply: { kept: 1, unanswered: 2, broken: 0, owed: 0 },
    resolution: { kept: 3, broken: 0, owed: 0 },
  })
  const { text } = must(await exportReport(owner, { days: 28 }))
  const { data } = Papa.parse<Record<string, string>>(text, { header: true })
  const lines = data.filter(({ figure }) => figure === 'Promise of an answer')
  expect(lines.map(({ part, value, of }) => [part, value, of])).toEqual([
    ['kept', '1', '3'],
    ['broken', '0', '3'],
    ['ended without an answer', '2', '3'],
    ['still owed', '0', '3'],
  ])
})

test('an answer that goes out just after its conversation was ended keeps the promise, one after its time does not', async () => {
  await hear(said('anna', 'anna-1', -5 * minute), said('ben', 'ben-1', -5 * minute))
  await done('anna', 'ben')
  const late = { own: true, text: 'On its way.' }
  await hear(said('anna', 'anna-2', 0, late), said('ben', 'ben-2', 40 * minute, late))
  expect((await promises()).firstReply).toEqual({ kept: 1, unanswered: 1, broken: 0, owed: 0 })
})

test('a question that was taken back by whoever asked it is no promise kept', async () => {
  await hear(said('anna', 'anna-1', -5 * minute))
  await hear(said('anna', 'anna-1', -5 * minute, { change: 'deleted' }))
  expect((await promises()).firstReply).toEqual({ kept: 0, unanswered: 1, broken: 0, owed: 0 })
})

test('what somebody asked who was erased since takes no promise from who was answered', async () => {
  const under = { kind: 'comment', conversation: 'thread' }
  await hear(said('anna', 'anna-1', -5 * minute, under), said('ben', 'ben-1', -4 * minute, under))
  await hear(said('us', 'us-1', -2 * minute, { ...under, own: true, text: 'On its way.', parent: 'ben-1' }))
  const { contactId } = await prisma.contactIdentity.findFirstOrThrow({
    where: { handle: '@anna', workspaceId: desk.workspace.id },
  })
  must(await eraseContact(owner, { contactId }))
  const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId, externalKey: 'thread' } })
  must(await sumUpErased(desk.system, { conversationIds: [id] }))
  expect((await promises()).firstReply).toEqual({ kept: 1, unanswered: 0, broken: 0, owed: 0 })
})

test.each(['is taken back', 'is switched off', 'is of a solution alone'] as const)(
  'a broken promise that %s is broken in the report all the same',
  async (how) => {
    await hear(said('anna', 'anna-1', -40 * minute))
    const { id: clockId } = await prisma.slaClock.findFirstOrThrow({ where: { policyId, kind: 'first_reply' } })
    expect(must(await tellClock(desk.system, { clockId })).did).toBe('breached')
    const broken = { kept: 0, unanswered: 0, broken: 1, owed: 0 }
    expect((await promises()).firstReply).toEqual(broken)
    if (how === 'is taken back') must(await deletePolicy(owner, { id: policyId }))
    else if (how === 'is switched off') must(await savePolicy(owner, { ...promise, id: policyId, enabled: false }))
    else must(await savePolicy(owner, { ...promise, id: policyId, firstReplyMinutes: null }))
    await hear(said('anna', 'anna-2', -minute))
    expect((await promises()).firstReply).toEqual(broken)
  },
)
