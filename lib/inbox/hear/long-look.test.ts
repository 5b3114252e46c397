import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { pollFeed } from './poll'

const leaseMs = 4_000
process.env.PUBLISH_LEASE_MS = String(leaseMs)
process.env.NETWORK_TIMEOUT_MS = '3800'

let world: ConnectedWorld
let system: Ctx
let feedId = ''
let asked = 0
/** The network, but each of its answers takes half a lease. */
const slow = createServer(async (incoming, outgoing) => {
  asked += 1
  await wait(leaseMs / 2)
  // Whoever asked has hung up, and the network may be gone by now.
  if (outgoing.destroyed) return
  const { authorization = '' } = incoming.headers
  const answer = await fetch(`${network}${incoming.url}`, { headers: { authorization } })
  outgoing.writeHead(answer.status, { 'content-type': 'application/json' })
  outgoing.end(await answer.text())
})
let network = ''
beforeAll(async () => {
  world = await makeWorld(['facebook'])
  const accountId = world.accounts.facebook ?? ''
  system = await systemIn(world.ctx.workspaceId)
  must(await watchAccount(system, { accountId }))
  feedId = (await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })).id
  slow.listen(0, '127.0.0.1')
  await once(slow, 'listening')
  network = process.env.FACEBOOK_API_URL ?? ''
  // A TCP server's address is always of this kind.
  process.env.FACEBOOK_API_URL = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
})
afterAll(async () => {
  process.env.FACEBOOK_API_URL = network
  delete process.env.PUBLISH_LEASE_MS
  delete process.env.NETWORK_TIMEOUT_MS
  slow.closeAllConnections()
  slow.close()
  await world.close()
  await closeDesk()
})

const due = () => prisma.inboxFeed.update({ where: { id: feedId }, data: { nextAt: new Date(0), leaseUntil: null } })
const look = async () => must(await pollFeed(system, { feedId })).did

test('a look that takes longer than its lease keeps it, and nobody else reads meanwhile', async () => {
  await due()
  const startedAt = performance.now()
  const reading = look()
  let isOver = false
  void reading.then(() => (isOver = true))
  const others: string[] = []
  await wait(leaseMs / 2)
  while (!isOver) {
    others.push(await look())
    await wait(leaseMs / 10)
  }
  expect(await reading).toBe('read')
  expect(performance.now() - startedAt).toBeGreaterThan(1.5 * leaseMs)
  expect(new Set(others)).toEqual(new Set(['skipped']))
})

test('a look that another took over ends with the call it is in, and is no failure of the network', async () => {
  await due()
  asked = 0
  const reading = look()
  await expect.poll(() => asked).toBe(1)
  await prisma.inboxFeed.update({ where: { id: feedId }, data: { fence: { increment: 1 }, cursor: 'theirs' } })
  expect(await reading).toBe('skipped')
  expect(asked).toBeLessThan(3)
  expect(await prisma.inboxFeed.findUniqueOrThrow({ where: { id: feedId } })).toMatchObject({
    cursor: 'theirs',
    failures: 0,
    trouble: null,
  })
  expect(await prisma.circuit.count({ where: { failures: { gt: 0 } } })).toBe(0)
})
