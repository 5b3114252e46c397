import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { pollFeed, watchAccount, watchPosts } from '@/lib/inbox'
import { publishVariant } from '@/lib/posts'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'

let world: ConnectedWorld
let system: Ctx
beforeAll(async () => {
  world = await makeWorld(['x', 'ayrshare facebook'])
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

async function publish(accountId: string, text: string): Promise<void> {
  const { workspaceId, actor } = world.ctx
  const [postId, variantId] = [newId(), newId()]
  const shared = { workspaceId, publishAt: new Date(), state: 'scheduled' as const }
  await prisma.post.create({
    data: { ...shared, id: postId, authorId: actor.id, content: { text }, excerpt: text, platforms: ['facebook'] },
  })
  await prisma.variant.create({ data: { ...shared, id: variantId, postId, accountId, platform: 'facebook' } })
  expect(must(await publishVariant(system, { variantId }))).toEqual({ did: 'published' })
}

/** Asks an account's own feed now. @returns in how many seconds it is asked next. */
async function secondsToNext(kind: string): Promise<number> {
  const accountId = world.accounts[kind] ?? ''
  must(await watchAccount(system, { accountId }))
  const { id } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await prisma.inboxFeed.update({ where: { id }, data: { nextAt: new Date(0), leaseUntil: null } })
  const before = Date.now()
  expect(must(await pollFeed(system, { feedId: id })).did).toBe('read')
  const { nextAt } = await prisma.inboxFeed.findUniqueOrThrow({ where: { id } })
  return (nextAt.getTime() - before) / 1_000
}

test('when a network tells what is left of its quota, all feeds of the account share it', async () => {
  await ask(world.sandbox, '/settings', { rateLimits: true })
  const alone = await secondsToNext('x')
  expect(alone).toBeLessThan(90)
  const accountId = world.accounts.x
  await prisma.inboxFeed.createMany({
    data: Array.from({ length: 400 }, (_, n) => ({
      id: newId(),
      workspaceId: system.workspaceId,
      accountId,
      postExternalId: `post-${n}`,
      nextAt: new Date(Date.now() + 3_600_000),
    })),
  })
  expect(await secondsToNext('x')).toBeGreaterThan(alone * 2)
})

test('a network that says when it will have looked anew is asked then, and not before', async () => {
  const accountId = world.accounts['ayrshare facebook'] ?? ''
  await publish(accountId, 'We open at eight')
  // Ayrshare hands out the same copy of a post's comments for ten minutes.
  const seconds = await secondsToNext('ayrshare facebook')
  expect(seconds).toBeGreaterThan(500)
  expect(seconds).toBeLessThan(601)
  // A post of our own is news: what is said under it is not left until then.
  const posts = [{ externalId: 'new', url: 'https://facebook.test/new', ref: null }]
  must(await watchPosts(system, { accountId, posts, publishedAt: new Date() }))
  const { nextAt } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  expect(nextAt.getTime() - Date.now()).toBeLessThan(16_000)
})
