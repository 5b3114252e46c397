import { afterAll, beforeAll, expect, test } from 'vitest'
import { finishConnection, startConnection } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { sentenceOf } from '@/lib/workspace/sentences'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { decideConsent } from '@/sandbox/person'
import { closeDesk } from '../desk.fixture'
import { listUnheard } from '../lists/unheard'
import { watchAccount } from './feeds'
import { pollFeed } from './poll'

let world: ConnectedWorld
let system: Ctx
let accountId = ''
beforeAll(async () => {
  world = await makeWorld(['facebook'])
  accountId = world.accounts.facebook ?? ''
  system = await systemIn(world.ctx.workspaceId)
  must(await watchAccount(system, { accountId }))
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

/** Asks once, with what goes wrong at the network, and whatever pause there was is over. */
async function look(fault?: object) {
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  if (fault) await ask(world.sandbox, '/faults', { network: 'facebook', operation: '*', ...fault })
  await prisma.circuit.deleteMany({ where: { accountId } })
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await prisma.inboxFeed.update({ where: { id: feed.id }, data: { nextAt: new Date(0), leaseUntil: null } })
  return must(await pollFeed(system, { feedId: feed.id })).did
}

test('every change of what goes wrong while reading is told once, with the network’s code and words, and its end', async () => {
  const broken = { fault: '500_after_accept', times: 20 }
  const limited = { fault: '429_until', param: 1, times: 20 }
  expect(await look()).toBe('read')
  for (const fault of [broken, broken, limited, limited, broken]) expect(await look(fault)).toBe('failed')
  expect([await look(), await look()]).toEqual(['read', 'read'])
  const told = await prisma.event.findMany({
    where: { subjectId: accountId, type: { in: ['account.foundUnreadable', 'account.foundReadable'] } },
    orderBy: { id: 'asc' },
  })
  expect(told.map(({ type, particulars }) => [type, particulars])).toEqual([
    ['account.foundUnreadable', { code: 'unavailable', why: expect.stringContaining('HTTP 500') }],
    ['account.foundUnreadable', { code: 'rate_limited', why: expect.stringContaining('slow down') }],
    ['account.foundUnreadable', { code: 'unavailable', why: expect.stringContaining('HTTP 500') }],
    ['account.foundReadable', {}],
  ])
  expect(told.map(sentenceOf).at(0)).toMatch(/^could not read what people write to an account: Facebook .*HTTP 500/)
})

test('who was overtaken while it read tells of no trouble: another reads by now', async () => {
  await look()
  const where = { id: (await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })).id }
  await ask(world.sandbox, '/faults', { network: 'facebook', operation: '*', fault: '500_after_accept', times: 20 })
  await prisma.inboxFeed.update({ where, data: { nextAt: new Date(0) } })
  const told = () => prisma.event.count({ where: { subjectId: accountId, type: 'account.foundUnreadable' } })
  const before = await told()
  const reading: ReturnType<typeof pollFeed>[] = []
  await prisma.$transaction(async (db) => {
    // Until what the network answered is noted, it stands where it was overtaken.
    await db.$executeRaw`lock table "Circuit" in exclusive mode`
    reading.push(pollFeed(system, { feedId: where.id }))
    await expect.poll(async () => (await prisma.inboxFeed.findUniqueOrThrow({ where })).leaseUntil).not.toBeNull()
    await prisma.inboxFeed.update({ where, data: { fence: { increment: 1 }, cursor: 'theirs' } })
  })
  expect((await Promise.all(reading)).map(must)).toEqual([{ did: 'failed', fresh: 0 }])
  expect(await told()).toBe(before)
  const feed = await prisma.inboxFeed.findUniqueOrThrow({ where })
  expect(feed).toMatchObject({ failures: 0, trouble: null, leaseUntil: expect.any(Date) })
  await prisma.inboxFeed.update({ where, data: { cursor: null } })
})

test('a fault of our own while reading stands on the feed, and it is read again after a while', async () => {
  await look()
  const where = { id: (await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })).id }
  // A cursor that its adapter cannot read is a bug, and thrown.
  await prisma.inboxFeed.update({ where, data: { cursor: 'no cursor of ours' } })
  await expect(look()).rejects.toThrow(/JSON/)
  const feed = await prisma.inboxFeed.findUniqueOrThrow({ where })
  expect(feed).toMatchObject({
    failures: 1,
    trouble: 'INTERNAL_ERROR',
    lastError: expect.stringContaining('the fault is its own'),
    leaseUntil: null,
    cursor: 'no cursor of ours',
  })
  expect(feed.nextAt.getTime()).toBeGreaterThan(Date.now())
  expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('skipped')
  await expect(look()).rejects.toThrow(/JSON/)
  const later = await prisma.inboxFeed.findUniqueOrThrow({ where })
  expect(later.failures).toBe(2)
  await prisma.inboxFeed.update({ where, data: { cursor: null } })
  expect(await look()).toBe('read')
  expect(await prisma.inboxFeed.findUniqueOrThrow({ where })).toMatchObject({
    failures: 0,
    trouble: null,
    lastError: null,
  })
})

test('once an account was connected again it is asked at once, and so is what stands under its posts', async () => {
  await look()
  const [own, post] = await Promise.all([
    prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } }),
    prisma.inboxFeed.create({
      data: {
        id: newId(),
        workspaceId: system.workspaceId,
        accountId,
        postExternalId: newId(),
        post: { externalId: 'it', url: 'https://n.test/it', ref: null },
        nextAt: new Date(0),
      },
    }),
  ])
  const later = new Date(Date.now() + 3_600_000)
  await prisma.inboxFeed.updateMany({
    where: { accountId },
    data: { nextAt: later, failures: 9, trouble: 'NOT_FOUND', streamNextAt: later, streamFailures: 4 },
  })
  must(await watchAccount(system, { accountId }))
  for (const { id, fence } of [own, post])
    expect(await prisma.inboxFeed.findUniqueOrThrow({ where: { id } })).toMatchObject({
      failures: 0,
      // Whoever asks with the old token is overtaken.
      fence: fence + 1,
    })
  const now = await prisma.inboxFeed.findMany({ where: { accountId, nextAt: { gt: new Date() } } })
  expect(now).toEqual([])
  expect(await prisma.inboxFeed.findUniqueOrThrow({ where: { id: own.id } })).toMatchObject({
    streamNextAt: null,
    streamFailures: 0,
  })
  expect(must(await pollFeed(system, { feedId: own.id })).did).toBe('read')
  // Where nothing failed, nothing is asked before its time.
  await prisma.inboxFeed.update({ where: { id: own.id }, data: { nextAt: later } })
  must(await watchAccount(system, { accountId }))
  expect((await prisma.inboxFeed.findUniqueOrThrow({ where: { id: own.id } })).nextAt).toEqual(later)
})

/** Connects the page again, and allows all but one scope. */
async function allowAllBut(refused?: string) {
  const { url } = must(await startConnection(world.ctx, { platform: 'facebook', method: 'pages', accountId }))
  const page = new URL(url)
  const scopes = (page.searchParams.get('scope') ?? '').split(',').filter((scope) => scope !== refused)
  page.searchParams.set('scope', scopes.join(','))
  must(
    await finishConnection(world.ctx, {
      platform: 'facebook',
      ...(await decideConsent(page.href, wayOf('facebook').who)),
    }),
  )
}

test('what a network refuses to show is told once, and the rest comes in, until it is allowed', async () => {
  await look()
  await allowAllBut('pages_messaging')
  await ask(world.sandbox, '/speak', {
    network: 'facebook',
    account: (await prisma.account.findUniqueOrThrow({ where: { id: accountId } })).externalId,
    kind: 'mention',
    by: { handle: 'mia.meer', name: 'Mia Meer' },
    text: 'Look at this bakery',
  })
  expect([await look(), await look()]).toEqual(['read', 'read'])
  expect(await prisma.message.count({ where: { accountId, text: 'Look at this bakery' } })).toBe(1)
  const of = { accountIds: [accountId] }
  expect(must(await listUnheard(world.ctx, of))).toMatchObject([
    { what: 'some', why: expect.stringContaining('Facebook does not show messages') },
  ])
  const told = () =>
    prisma.event.findMany({
      where: { subjectId: accountId, type: { in: ['account.foundUnreadable', 'account.foundReadable'] } },
      orderBy: { id: 'desc' },
      take: 2,
    })
  expect((await told()).map(({ type }) => type)).toEqual(['account.foundUnreadable', 'account.foundReadable'])
  await allowAllBut()
  expect(await look()).toBe('read')
  expect(must(await listUnheard(world.ctx, of))).toEqual([])
  expect((await told()).map(({ type }) => type)).toEqual(['account.foundReadable', 'account.foundUnreadable'])
})
