import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { pollFeed } from './poll'
import { streamFeed } from './stream'

let world: ConnectedWorld
let system: Ctx
beforeAll(async () => {
  world = await makeWorld(['mastodon', 'bluesky'])
  system = await systemIn(world.ctx.workspaceId)
  for (const id of Object.values(world.accounts)) must(await watchAccount(system, { accountId: id ?? '' }))
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

test.each([
  { network: 'mastodon', account: 'northwind', other: 'nora' },
  { network: 'bluesky', account: 'northwind.sandbox', other: 'alice.sandbox' },
])(
  'what was polled, or heard by an earlier line, is taken away when $network tells of its end',
  async ({ network, account, other }) => {
    const accountId = world.accounts[network] ?? ''
    const say = (text: string, to = account) =>
      ask<{ id: string }>(world.sandbox, '/speak', {
        network,
        account: to,
        kind: 'mention',
        by: { handle: 'mira', name: 'Mira' },
        text,
      })
    const takeBack = (id: string) => ask(world.sandbox, '/unsay', { network, id })
    const { id: feedId } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
    const heard = (externalId: string) => prisma.message.findFirst({ where: { accountId, externalId } })
    async function poll() {
      await prisma.inboxFeed.update({ where: { id: feedId }, data: { nextAt: new Date(0), leaseUntil: null } })
      expect(must(await pollFeed(system, { feedId })).did).toBe('read')
    }
    /** Opens a line, and speaks until it is heard: nobody is told when one is open. */
    async function listen() {
      await prisma.inboxFeed.update({ where: { id: feedId }, data: { streamNextAt: null } })
      const hangUp = new AbortController()
      const over = streamFeed(system, { feedId, signal: hangUp.signal })
      const before = await prisma.message.count({ where: { accountId, via: 'stream' } })
      let last = ''
      await vi.waitFor(
        async () => {
          last = (await say(`Anybody? ${Math.random()}`)).id
          expect(await prisma.message.count({ where: { accountId, via: 'stream' } })).toBeGreaterThan(before)
        },
        { timeout: 20_000, interval: 200 },
      )
      await vi.waitFor(async () => expect(await heard(last)).not.toBeNull(), 10_000)
      return {
        last,
        async end() {
          hangUp.abort()
          expect(must(await over).did).toBe('ended')
        },
      }
    }
    await poll()
    const { id: polled } = await say('Said while nobody listened')
    await poll()
    expect(await heard(polled)).toMatchObject({ via: 'poll', deletedAt: null })
    const first = await listen()
    await first.end()
    const second = await listen()
    const { id: foreign } = await say('To another', other)
    await takeBack(foreign)
    for (const id of [polled, first.last]) await takeBack(id)
    for (const id of [polled, first.last])
      await vi.waitFor(
        async () => expect(await heard(id)).toMatchObject({ text: '', deletedAt: expect.any(Date) }),
        10_000,
      )
    await second.end()
    expect(await prisma.message.count({ where: { accountId, deletedAt: { not: null } } })).toBe(2)
    expect(await prisma.goneMessage.count({ where: { accountId } })).toBe(0)
  },
  60_000,
)

test('words that Mastodon says were changed are changed, though another line heard them', async () => {
  const accountId = world.accounts.mastodon ?? ''
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  const said = await prisma.message.findFirstOrThrow({ where: { accountId, deletedAt: null } })
  await prisma.inboxFeed.update({ where: { id: feed.id }, data: { streamNextAt: null } })
  const hangUp = new AbortController()
  const over = streamFeed(system, { feedId: feed.id, signal: hangUp.signal })
  await vi.waitFor(
    async () => {
      const text = `@northwind In other words ${Math.random()}`
      await ask(world.sandbox, '/unsay', { network: 'mastodon', id: said.externalId, text })
      const { text: kept } = await prisma.message.findUniqueOrThrow({ where: { id: said.id } })
      expect(kept).toContain('In other words')
    },
    { timeout: 20_000, interval: 200 },
  )
  hangUp.abort()
  must(await over)
})
