import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { pollFeed, streamFeed, watchAccount } from '@/lib/inbox'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { keepStreams } from './streams'

let world: ConnectedWorld
let system: Ctx
let accountId = ''
beforeAll(async () => {
  world = await makeWorld(['mastodon'])
  accountId = world.accounts.mastodon ?? ''
  system = await systemIn(world.ctx.workspaceId)
  must(await watchAccount(system, { accountId }))
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

const feed = () => prisma.inboxFeed.findFirstOrThrow({ where: { accountId } })
const speak = (text: string) =>
  ask(world.sandbox, '/speak', { network: 'mastodon', account: 'northwind', kind: 'mention', text })
const heard = (via: string) => prisma.message.count({ where: { accountId, via } })

/** Speaks until something of it comes in live: nobody is told when a line is open. */
async function speakUntilHeard(): Promise<void> {
  const before = await heard('stream')
  await expect
    .poll(
      async () => {
        await speak('Are you there?')
        return heard('stream')
      },
      { interval: 100 },
    )
    .toBeGreaterThan(before)
}

test('what is said comes in live, by one line at a time, and by asking when nobody listens', async () => {
  const streams = keepStreams()
  await streams.look()
  await speakUntilHeard()
  const another = must(await streamFeed(system, { feedId: (await feed()).id, signal: new AbortController().signal }))
  expect(another).toEqual({ did: 'skipped', heard: 0 })
  await streams.stop()
  expect(await feed()).toMatchObject({ streamUntil: null, streamFailures: 0 })

  await speak('Said while nobody listened')
  const { id } = await feed()
  await prisma.inboxFeed.update({ where: { id }, data: { nextAt: new Date(0) } })
  must(await pollFeed(system, { feedId: id }))
  const there = { accountId, text: { contains: 'Said while nobody listened' } }
  expect(await prisma.message.findMany({ where: there })).toMatchObject([{ via: 'poll' }])
})

test('a line that its worker died with is taken up by another', async () => {
  const { id } = await feed()
  await prisma.inboxFeed.update({
    where: { id },
    data: { streamNextAt: null, streamUntil: new Date(0), streamFence: { increment: 1 } },
  })
  const streams = keepStreams()
  await streams.look()
  await speakUntilHeard()
  await streams.stop()
  expect(await feed()).toMatchObject({ streamUntil: null })
})
