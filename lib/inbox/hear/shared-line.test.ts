import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { workerName } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { keepStreams } from '@/worker/streams'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { streamFeed } from './stream'

let world: ConnectedWorld
let system: Ctx
/** Two channels of one bot. */
let accounts: readonly string[] = []
beforeAll(async () => {
  world = await makeWorld(['discord bot', 'discord forum'])
  system = await systemIn(world.ctx.workspaceId)
  accounts = Object.values(world.accounts).flatMap((id) => id ?? [])
  for (const accountId of accounts) must(await watchAccount(system, { accountId }))
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

const feeds = () => prisma.inboxFeed.findMany({ where: { postExternalId: '' }, orderBy: { id: 'asc' } })
const lines = () => prisma.sharedLine.findMany()
const other = 'another-machine:1'
const give = (holder: string, until: Date) => prisma.sharedLine.updateMany({ data: { holder, until } })
const inAMinute = () => new Date(Date.now() + 60_000)
/** Nobody listens, and nothing is wrong with that. */
const quiet = { streamUntil: null, streamFailures: 0 }
const now = () => new Date()

/** Speaks until something of it came in live: nobody is told when a line is open. */
async function hears(): Promise<void> {
  const heard = () => prisma.message.count({ where: { via: 'stream' } })
  const before = await heard()
  const speaking = {
    network: 'discord',
    account: 'announcements',
    kind: 'comment',
    by: { handle: 'mira', name: 'Mira' },
  }
  await vi.waitFor(
    async () => {
      await ask(world.sandbox, '/speak', { ...speaking, text: `Anybody? ${Math.random()}` })
      const failures = (await feeds()).map(({ streamFailures }) => streamFailures)
      expect({ isHeard: (await heard()) > before, failures }).toEqual({ isHeard: true, failures: [0, 0] })
    },
    { timeout: 20_000, interval: 300 },
  )
}

function streaming() {
  const streams = keepStreams()
  onTestFinished(() => streams.stop())
  return streams
}

test('one process has the line of a bot for all its channels, and gives it up when it stops', async () => {
  const streams = streaming()
  await streams.look()
  await hears()
  expect(await lines()).toMatchObject([{ holder: workerName }])
  await vi.waitFor(async () =>
    expect(await feeds()).toMatchObject([{ streamUntil: expect.any(Date) }, { streamUntil: expect.any(Date) }]),
  )
  await streams.stop()
  const [line] = await lines()
  // Not at once: Discord takes one session of a bot in five seconds.
  const leftMs = (line?.until.getTime() ?? 0) - Date.now()
  expect([leftMs > 4_000, leftMs < 7_000]).toEqual([true, true])
})

test('while another has it no session begins here, and no failure is counted', async () => {
  await give(other, inAMinute())
  for (const { id } of await feeds()) {
    await prisma.inboxFeed.update({ where: { id }, data: { streamNextAt: null } })
    const streamed = must(await streamFeed(system, { feedId: id, signal: AbortSignal.timeout(3_000) }))
    expect(streamed).toMatchObject({ did: 'elsewhere', until: (await lines())[0]?.until })
  }
  expect(await feeds()).toMatchObject([quiet, quiet])
  // A worker finds that out once, leaves them to it, and looks for others.
  const before = await feeds()
  const tried = before.map(({ streamFence }) => ({ ...quiet, streamFence: streamFence + 1 }))
  const streams = streaming()
  await streams.look()
  await vi.waitFor(async () => expect(await feeds()).toMatchObject(tried), 5_000)
  await streams.look()
  await streams.stop()
  expect(await feeds()).toMatchObject(tried)
})

test('a line whose holder died is taken by another, and a holder that lost it hangs up', async () => {
  await give(other, now())
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const streams = streaming()
  await streams.look()
  await hears()
  expect(await lines()).toMatchObject([{ holder: workerName }])
  await give(other, inAMinute())
  await vi.waitFor(
    async () => {
      // Less than Discord's heartbeat at once, which must be answered in between.
      vi.advanceTimersByTime(7_000)
      expect(await feeds()).toMatchObject([quiet, quiet])
    },
    { timeout: 10_000, interval: 300 },
  )
  expect(await lines()).toMatchObject([{ holder: other }])
})
