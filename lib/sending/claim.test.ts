import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { request, trustOrigin } from '@/lib/core/http'
import { underClaim } from './claim'

const leaseMs = 3_000
process.env.PUBLISH_LEASE_MS = String(leaseMs)
process.env.NETWORK_TIMEOUT_MS = '1000'

/** Says yes after a lease and a half. */
const network = createServer((_incoming, outgoing) => void setTimeout(() => outgoing.end('yes'), 1.5 * leaseMs))
let url: string
beforeAll(async () => {
  network.listen(0, '127.0.0.1')
  await once(network, 'listening')
  // A TCP server's address is always of this kind.
  url = `http://127.0.0.1:${(network.address() as AddressInfo).port}`
  trustOrigin(url, 'networks')
})
afterAll(() => network.closeAllConnections())

/** A call that a body may well make so long. */
const call = () => request({ url, method: 'POST', mutation: true, allow: 'networks', timeoutMs: 60_000 })

const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; tookMs: number }> => {
  const startedAt = performance.now()
  const value = await work()
  return { value, tookMs: performance.now() - startedAt }
}

test('a call that outlasts its lease is heard out while the lease is renewed', async () => {
  const renewed: Date[] = []
  const claim = {
    name: 'renewed',
    async renew({ leaseUntil }: { leaseUntil: Date }) {
      renewed.push(leaseUntil)
      return { count: 1 }
    },
  }
  const answer = await underClaim(claim, undefined, async (over) => ({ ...(await call()), isOver: over.aborted }))
  expect(answer).toMatchObject({ kind: 'answer', isOver: false })
  expect(renewed.length).toBeGreaterThanOrEqual(3)
})

test('one whose lease cannot be renewed has ended before the lease has, and no other is begun', async () => {
  const away = { name: 'away', renew: () => Promise.reject(new Error('the database is away')) }
  const { value, tookMs } = await timed(() =>
    underClaim(away, undefined, async (over) => [await call(), over.aborted, await call()] as const),
  )
  expect(value).toMatchObject([{ kind: 'unknown' }, true, { kind: 'not_sent' }])
  expect(tookMs).toBeLessThan(leaseMs)
})

test('one whose claim another took is ended at once', async () => {
  const taken = { name: 'taken', renew: async () => ({ count: 0 }) }
  const { value, tookMs } = await timed(() => underClaim(taken, undefined, () => call()))
  expect(value).toMatchObject({ kind: 'unknown' })
  expect(tookMs).toBeLessThan(leaseMs * 0.8)
})

test('a renewal that comes when the work is done keeps nothing alive', async () => {
  let renewals = 0
  const claim = { name: 'short', renew: async () => ({ count: (renewals += 1) }) }
  expect(await underClaim(claim, undefined, async () => 'done')).toBe('done')
  await wait(leaseMs)
  expect(renewals).toBe(0)
})
