import { afterAll, beforeAll, expect, test } from 'vitest'
import { statementsOf } from '@/bench/calendar/statements'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { savePolicy } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { setState } from '../desk/set-state'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from '../hear/receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
  const promise = { name: 'Soon', conditions: {}, calendarId: null, firstReplyMinutes: 30, resolutionMinutes: 600 }
  must(await savePolicy(owner, { ...promise, warnMinutes: 10 }))
})
afterAll(() => closeDesk())

let said = 0
/** So many people, each in a conversation of their own. */
const heard = (many: number, from: string, more: Partial<Incoming> = {}): Incoming[] =>
  Array.from({ length: many }, (_, n) => ({
    externalId: newId(),
    kind: 'dm',
    change: 'new',
    text: `Where is parcel ${n}?`,
    at: new Date(Date.now() + (said += 1)).toISOString(),
    author: { externalId: `${from}${n}`, handle: `@${from}${n}`, displayName: `${from} ${n}` },
    own: false,
    conversation: `${from}${n}`,
    media: [],
    ref: {},
    ...more,
  }))
const take = (items: Incoming[]) => receive(desk.system, { accountId, items, via: 'webhook' }).then(must)
const asked = async (work: () => Promise<unknown>) => (await statementsOf(work)).length
const idsOf = async (from: string) => {
  const rows = await prisma.conversation.findMany({
    where: { accountId, externalKey: { startsWith: from } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
const clocksOf = async (from: string) => {
  const rows = await prisma.slaClock.findMany({
    where: { conversationId: { in: await idsOf(from) } },
    select: { kind: true, stoppedAt: true },
  })
  const named = rows.map(({ kind, stoppedAt }) => `${kind} ${stoppedAt ? 'stopped' : 'runs'}`)
  return Object.fromEntries(
    [...new Set(named)].sort().map((name) => [name, named.filter((one) => one === name).length]),
  )
}

test('under a promise the database is asked as often for many conversations as for few', async () => {
  const counted = async (many: number, from: string) => {
    const state = async (to: 'waiting' | 'done' | 'todo') =>
      must(await setState(owner, { conversationIds: await idsOf(from), state: to }))
    return {
      begun: await asked(() => take(heard(many, from))),
      more: await asked(() => take(heard(many, from))),
      waiting: await asked(() => state('waiting')),
      done: await asked(() => state('done')),
      again: await asked(() => take(heard(many, from))),
    }
  }
  const few = await counted(3, 'few')
  expect(await counted(40, 'many')).toEqual(few)
  await take(heard(40, 'many', { own: true, text: 'It is on its way.' }))
  expect(await clocksOf('many')).toEqual({ 'first_reply stopped': 80, 'resolution runs': 40, 'resolution stopped': 40 })
})
