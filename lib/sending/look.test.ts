import { afterAll, expect, test } from 'vitest'
import { makeWorld } from '@/lib/accounts/connected.fixture'
import { minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { systemIn } from '@/lib/workspace/testing'
import { look, type InDoubt } from './look'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

test('an account that is reconnected while nobody can look with it is looked with at once, and a quarter of an hour later otherwise', async () => {
  const { ctx, accounts, close } = await makeWorld(['x'])
  const system = await systemIn(ctx.workspaceId)
  const set = (state: 'healthy' | 'needs_reconnect') =>
    prisma.account.update({ where: { id: accounts.x }, data: { state }, select: { id: true } })
  const waits: number[] = []
  const never = () => Promise.reject(new Error('nobody can look'))
  const doubt = (meanwhile: () => Promise<unknown>): InDoubt => ({
    thing: 'answer',
    accountId: accounts.x,
    sentAt: new Date(),
    quietSince: new Date(),
    absentReads: 0,
    async hold() {
      await meanwhile()
    },
    settling: () => ({ by: 'read_back', lagMs: 1 }),
    find: () => undefined,
    hasRivals: never,
    isAnothers: never,
    beforeRecord: () => undefined,
    begin: never,
    close: never,
    prove: never,
    sendAgain: never,
    async lookLater(_work, inMs) {
      waits.push(inMs)
    },
    ask: never,
  })
  await set('needs_reconnect')
  const left = doubt(() => Promise.resolve())
  expect(await look(system, left)).toBe('later')
  const reconnected = doubt(() => set('healthy'))
  expect(await look(system, reconnected)).toBe('later')
  expect(waits).toEqual([15 * minute, 1_000])
  await close()
})
