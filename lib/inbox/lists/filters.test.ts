import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { readingsOf } from '@/bench/calendar/readings'
import { fill, readWhole } from '../many.fixture'
import { listConversations } from './queries'

type Filter = Parameters<typeof listConversations>[1]

let reader: Ctx
/** Every 400th of 12,000 conversations, the newest first: those that each filter is to find. */
let few: readonly string[] = []
beforeAll(async () => {
  const desk = await newDesk()
  reader = await desk.as('owner')
  await fill(desk.workspace.id, await desk.account('facebook'), 12_000, reader.actor.id)
  const all = await prisma.conversation.findMany({
    where: { workspaceId: desk.workspace.id },
    orderBy: [{ lastMessageAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  few = all.filter((_, n) => n % 400 === 399).map(({ id }) => id)
  const theirs = { id: { in: [...few] } }
  await prisma.conversation.updateMany({ where: { id: { notIn: [...few] } }, data: { unanswered: false } })
  const accountId = await desk.account('x')
  await prisma.conversation.updateMany({
    where: theirs,
    data: { intent: 'refund_request', platform: 'x', accountId, stuckAt: new Date() },
  })
  await prisma.slaClock.createMany({
    data: few.map((conversationId, n) => ({
      id: `${conversationId}.owed`,
      workspaceId: desk.workspace.id,
      conversationId,
      policyId: 'p',
      kind: 'resolution',
      startedAt: new Date(),
      minutes: 60,
      warnedAt: new Date(),
      breachedAt: n % 2 === 0 ? new Date() : null,
    })),
  })
  await prisma.$executeRaw`analyze "Conversation", "SlaClock"`
}, 300_000)
afterAll(() => closeDesk())

const even = (_: string, n: number) => n % 2 === 0
const odd = (_: string, n: number) => n % 2 === 1

const filters: readonly (readonly [string, Filter, index: RegExp, () => readonly string[]])[] = [
  ['by what somebody wants', { intent: 'refund_request' }, /^Conversation_intent_idx$/, () => few],
  ['of what waits for an answer', { unanswered: true }, /^Conversation_unanswered_idx$/, () => few],
  ['of those in which an answer needs a person', { view: 'stuck' }, /^Conversation_stuck_idx$/, () => few],
  ['of one network', { platform: 'x' }, /^Conversation_account/, () => few],
  ['of promises that are broken', { sla: 'breached' }, /^SlaClock_owed_idx$/, () => few.filter(even)],
  ['of promises at risk', { sla: 'at_risk' }, /^SlaClock_owed_idx$/, () => few.filter(odd)],
]

test.each(filters)(
  'a list %s has just those, in order, and is found by its index',
  async (_, filter, index, wanted) => {
    const asked = { view: 'all', take: 100, ...filter } as const
    expect(must(await listConversations(reader, asked)).items.map(({ id }) => id)).toEqual(wanted())
    const readings = await readingsOf(async () => must(await listConversations(reader, { ...asked, take: 40 })))
    expect(readWhole(readings)).toEqual([])
    expect(readings.map((one) => one.index)).toContainEqual(expect.stringMatching(index))
  },
)
