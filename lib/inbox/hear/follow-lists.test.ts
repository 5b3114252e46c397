import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Published } from '@/lib/platforms'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { listMessages } from '../lists/messages'
import { watchPosts } from './feeds'
import { pollFeed } from './poll'

const kinds = ['reddit', 'youtube'] as const
let world: ConnectedWorld
let system: Ctx
beforeAll(async () => {
  world = await makeWorld(kinds)
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

async function publish(accountId: string, kind: string, text: string): Promise<Published> {
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf(kind), platform, app, account, as: credentials }
  const sent = await deliver(of, await draftOf(of, text), (advanceMs) => ask(world.sandbox, '/clock', { advanceMs }))
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return sent.value
}

describe.each(kinds)('on %s', (kind) => {
  test('a comment that was deleted shows as taken away, and those beside and below it stay', async () => {
    const accountId = world.accounts[kind] ?? ''
    const post = await publish(accountId, kind, 'What do you drink?')
    must(await watchPosts(system, { accountId, posts: [post], publishedAt: new Date() }))
    const say = async (handle: string, text: string, on = post.externalId) => {
      const said = { network: kind, account: 'northwind', kind: 'comment', by: { handle, name: handle }, text, on }
      return (await ask<{ id: string }>(world.sandbox, '/speak', said)).id
    }
    const look = async () => {
      await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
      const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: post.externalId } })
      expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
    }
    /** What the inbox shows under the post, and whether it was taken away. */
    const shown = async () => {
      const conversations = await prisma.conversation.findMany({ where: { accountId } })
      const pages = await Promise.all(
        conversations.map(({ id }) => listMessages(world.ctx, { conversationId: id }).then(must)),
      )
      return pages.flatMap(({ items }) => items.map(({ text, deletedAt }) => [text, deletedAt !== null])).sort()
    }

    const answered = await say('rosa', 'Filter, always')
    await say('max', 'Me too', answered)
    const alone = await say('mia', 'Tea, sorry')
    const shouted = await say('ben', 'Espresso')
    await look()
    const all = ['Espresso', 'Filter, always', 'Me too', 'Tea, sorry']
    expect(await shown()).toEqual(all.map((text) => [text, false]))

    // So long ago that a list which lags would have them by now.
    await prisma.message.updateMany({ where: { accountId }, data: { receivedAt: new Date(Date.now() - 3_600_000) } })
    await ask(world.sandbox, '/unsay', { network: kind, id: alone })
    await look()
    expect(await shown()).toEqual([
      ['', true],
      ['Espresso', false],
      ['Filter, always', false],
      ['Me too', false],
    ])
    await ask(world.sandbox, '/unsay', { network: kind, id: answered })
    await look()
    const left = (await shown()).filter(([, isGone]) => !isGone)
    // YouTube takes the answers along with the comment they stand under; Reddit keeps its place.
    expect(left).toEqual([['Espresso', false], ...(kind === 'reddit' ? [['Me too', false]] : [])])
    if (kind === 'youtube') return
    // Reddit lists a change with the rest, and tells nobody of it.
    await ask(world.sandbox, '/unsay', { network: kind, id: shouted, text: 'Espresso!' })
    await look()
    expect((await shown()).flat()).toContain('Espresso!')
  })
})
