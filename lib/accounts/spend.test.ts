import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { minute, now } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { dayBegins, wallOf } from '@/lib/core/wall'
import { watchQuota } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { connectAs, makeOwner, makeWorld, must, type ConnectedWorld } from './connected.fixture'
import type { Lane } from './circuit-rules'
import { checkAccount, getAccount } from './manage'
import { useAccount } from './use'

let world: ConnectedWorld
let system: Ctx
let accountId: string
beforeAll(async () => {
  world = await makeWorld(['youtube'])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts.youtube ?? ''
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})
beforeEach(async () => {
  await prisma.appUse.deleteMany()
  await prisma.circuit.deleteMany()
})

const zone = 'America/Los_Angeles'
const today = () => dayBegins(wallOf(now(), zone).slice(0, 10), zone)
const spent = (units: number, at: Date = today()) =>
  prisma.appUse.create({
    data: { platform: 'youtube', clientId: process.env.YOUTUBE_CLIENT_ID ?? '', lane: 'spent before', at, units },
  })
const use = (lane: Lane, ctx = system, id = accountId) => useAccount(ctx, { accountId: id, lane })
const units = async () => {
  const rows = await prisma.appUse.groupBy({ by: ['lane'], _sum: { units: true } })
  return Object.fromEntries(rows.map(({ lane, _sum }) => [lane, _sum.units]))
}

test('every call is counted as YouTube counts it, by what it is for, whichever workspace it is of', async () => {
  const { platform, app, credentials } = must(await use('reading'))
  must(await checkAccount(world.ctx, { accountId }))
  const read = await platform.inbox?.poll?.(app, credentials, undefined)
  expect(read?.ok).toBe(true)
  expect(await units()).toEqual({ other: 1, reading: 1 })

  const other = await makeOwner()
  const theirs = await connectAs(other, 'youtube')
  const publishing = must(await use('publishing', await systemIn(other.workspaceId), theirs))
  const gone = { externalId: 'none', url: '', ref: null }
  await publishing.platform.remove?.(publishing.app, publishing.credentials, gone)
  expect(await units()).toMatchObject({ reading: 1, publishing: 50 })
})

test('reading leaves a part of the day for answers and posts, answering one for posts, until midnight at the Pacific', async () => {
  await spent(7_999)
  expect((await use('reading')).ok).toBe(true)
  await spent(1, new Date(today().getTime() + 15 * minute))
  const held = await use('reading')
  if (held.ok) throw new Error('It may read')
  const { code, message, retryAt } = held.error
  expect(code).toBe('RATE_LIMIT_EXCEEDED')
  expect(message).toContain('because 8,000 of the 10,000 units that YouTube gives this app in a day are spent')
  expect(retryAt && wallOf(retryAt, zone)).toMatch(/T00:00$/)
  expect(retryAt?.getTime()).toBeGreaterThan(Date.now())

  const { paused } = must(await getAccount(world.ctx, { accountId }))
  expect(paused).toEqual([
    { lane: 'reading', until: retryAt?.toISOString(), why: expect.stringContaining('kept for posts and answers') },
  ])
  expect(await prisma.event.count({ where: { subjectId: accountId, type: 'account.paused' } })).toBe(1)
  expect((await use('answering')).ok).toBe(true)

  await spent(1_500, new Date(today().getTime() + 30 * minute))
  expect(await use('answering')).toMatchObject({ ok: false, error: { code: 'RATE_LIMIT_EXCEEDED', retryAt } })
  expect((await use('publishing')).ok).toBe(true)
})

test('what was spent on the day before, or by another project, is none of today’s', async () => {
  await spent(9_999, new Date(today().getTime() - 15 * minute))
  await prisma.appUse.create({
    data: { platform: 'youtube', clientId: 'of another project', lane: 'reading', at: today(), units: 9_999 },
  })
  expect((await use('reading')).ok).toBe(true)
})

test('whoever reads is told how much is left of the part for reading, and slows down', async () => {
  await spent(7_990)
  const { platform, app, credentials } = must(await use('reading'))
  const watched = await watchQuota(async () => platform.inbox?.poll?.(app, credentials, undefined))
  expect(watched.left?.calls).toBe(9)
  expect(watched.left && wallOf(watched.left.resetAt, zone)).toMatch(/T00:00$/)
})
