import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { nameSomebody, watchAccount } from '@/lib/inbox'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { keepStreams } from './streams'

let world: ConnectedWorld
let system: Ctx
let accountId = ''
beforeAll(async () => {
  world = await makeWorld(['bluesky'])
  accountId = world.accounts.bluesky
  system = await systemIn(world.ctx.workspaceId)
  must(await watchAccount(system, { accountId }))
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

const feed = () => prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
const speak = (text: string) =>
  ask(world.sandbox, '/speak', {
    network: 'bluesky',
    account: 'northwind.sandbox',
    kind: 'mention',
    text,
    by: { handle: 'mia', name: 'Mia Meer' },
  })
const live = (text: string) =>
  prisma.message.findMany({ where: { accountId, via: 'stream', text: { contains: text } } })

/** Looks for lines to take up until something is there: a line that just ended is left alone for a second. */
async function listenUntil(streams: ReturnType<typeof keepStreams>, isThere: () => Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      await streams.look()
      expect(await isThere()).toBe(true)
    },
    { timeout: 60_000, interval: 100 },
  )
}

test('what names us comes in live, and a worker that takes over goes on from where the line was', async () => {
  const first = keepStreams()
  let asked = 0
  await listenUntil(first, async () => {
    await speak(`Are you there? ${asked++}`)
    return (await live('Are you there?')).length > 0
  })
  await first.stop()
  expect(await feed()).toMatchObject({ streamUntil: null, streamMark: expect.stringMatching(/^\d{16}$/) })

  await speak('Said while nobody listened')
  const second = keepStreams()
  await listenUntil(second, async () => (await live('Said while nobody listened')).length > 0)
  await second.stop()
  expect(await live('Said while nobody listened')).toHaveLength(1)
})

test('whoever is heard live stands there by name a moment later', async () => {
  const [message] = await live('Said while nobody listened')
  expect(message?.authorName).toBe('Somebody on Bluesky')
  expect(must(await nameSomebody(system, { identityId: message?.identityId ?? '' }))).toEqual({ did: 'named' })
  expect(await live('Said while nobody listened')).toMatchObject([
    { authorName: 'Mia Meer', authorHandle: '@mia.test' },
  ])
})

test('an installation that names no Jetstream opens no line', async () => {
  const address = process.env.BLUESKY_JETSTREAM_URL
  delete process.env.BLUESKY_JETSTREAM_URL
  try {
    const { streamFence, id } = await feed()
    await prisma.inboxFeed.update({ where: { id }, data: { streamNextAt: null, streamUntil: null } })
    const streams = keepStreams()
    await streams.look()
    await streams.stop()
    expect((await feed()).streamFence).toBe(streamFence)
  } finally {
    process.env.BLUESKY_JETSTREAM_URL = address
  }
})
