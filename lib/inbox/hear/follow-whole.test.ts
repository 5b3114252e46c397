import { afterAll, beforeAll, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { listMessages } from '../lists/messages'
import { watchPosts } from './feeds'
import { pollFeed } from './poll'
import { receive } from './receive'

let world: ConnectedWorld
let system: Ctx
let accountId: string
let page: string
beforeAll(async () => {
  world = await makeWorld(['linkedin page'])
  accountId = world.accounts['linkedin page'] ?? ''
  const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  page = externalId.split(':').at(-1) ?? ''
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

/** A post of ours, whose comments can only be asked for. */
async function publish(text: string) {
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const sent = await platform.publish(app, credentials, {
    kind: 'post',
    text,
    media: [],
    key: platform.newKey(new Date()),
  })
  if (!sent.ok) throw new Error(sent.error.code)
  must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
  const { externalId: post } = sent.value
  return {
    post,
    async say(words: string) {
      const said = { network: 'linkedin', account: page, kind: 'comment', text: words, on: post }
      return (await ask<{ id: string }>(world.sandbox, '/speak', said)).id
    },
    async look() {
      await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
      const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: post } })
      expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
    },
    /** So long ago that a list which lags would have it by now. */
    age: () =>
      prisma.message.updateMany({ where: { accountId }, data: { receivedAt: new Date(Date.now() - 3_600_000) } }),
  }
}
const unsay = (id: string, text?: string) => ask(world.sandbox, '/unsay', { network: 'linkedin', id, text })

/** What stands in the conversation: words, and whether they were taken away. */
async function shown(post: string) {
  const { id: conversationId } = await prisma.conversation.findFirstOrThrow({ where: { accountId, externalKey: post } })
  const { items } = must(await listMessages(world.ctx, { conversationId }))
  const told = await prisma.event.findMany({
    where: { subjectId: conversationId, type: { in: ['message.deleted', 'message.restored', 'message.edited'] } },
    orderBy: { id: 'asc' },
  })
  return { said: items.map(({ text, deletedAt }) => [text, deletedAt !== null]), told: told.map(({ type }) => type) }
}

test('what is no longer under a post was taken away, says nothing any more, and comes back when it is seen again', async () => {
  const { post, say, look, age } = await publish('What do you drink?')
  await say('Filter, always')
  const regretted = await say('! Tea, sorry')
  await look()
  expect((await shown(post)).said).toEqual([
    ['Filter, always', false],
    ['! Tea, sorry', false],
  ])
  await age()
  await unsay(regretted)
  await look()
  const gone = {
    said: [
      ['Filter, always', false],
      ['', true],
    ],
    told: ['message.deleted'],
  }
  expect(await shown(post)).toEqual(gone)
  expect(await prisma.message.count({ where: { accountId, source: { path: ['text'], equals: '! Tea, sorry' } } })).toBe(
    0,
  )
  await look()
  expect(await shown(post)).toEqual(gone)
  await unsay(regretted, '! Tea, sorry')
  await look()
  expect(await shown(post)).toEqual({
    said: [
      ['Filter, always', false],
      ['! Tea, sorry', false],
    ],
    told: ['message.deleted', 'message.restored'],
  })
})

test('what came a moment ago may not be listed yet, and what was imported may have other names: both stay', async () => {
  const { post, say, look, age } = await publish('And with it?')
  await say('A croissant')
  const own = { externalId: 'u-1', handle: '@u', displayName: 'U' }
  const item = (externalId: string, text: string) => ({
    externalId,
    text,
    kind: 'comment' as const,
    change: 'new' as const,
    own: false,
    media: [],
    ref: null,
    at: new Date().toISOString(),
    author: own,
    conversation: post,
    post,
  })
  must(await receive(system, { accountId, items: [item('old-1', 'From the old tool')], via: 'import' }))
  await age()
  must(await receive(system, { accountId, items: [item('999999', 'Just reported')], via: 'webhook' }))
  await look()
  expect((await shown(post)).told).toEqual([])
  await age()
  await look()
  expect((await shown(post)).said.filter(([, isGone]) => isGone)).toHaveLength(1)
})

test('what a report says was taken away does not come back by being seen in an old one', async () => {
  const { post, look, age } = await publish('Last question')
  const item = {
    externalId: '888888',
    text: 'Hm',
    kind: 'comment' as const,
    own: false,
    media: [],
    ref: null,
    post,
    at: new Date().toISOString(),
    author: { externalId: 'u', handle: '@u', displayName: 'U' },
    conversation: post,
  }
  const hear = async (change: 'new' | 'deleted') =>
    must(await receive(system, { accountId, items: [{ ...item, change }], via: 'webhook' }))
  await hear('new')
  await age()
  await look()
  await hear('deleted')
  await hear('new')
  expect(await shown(post)).toEqual({ said: [['', true]], told: ['message.deleted'] })
})

test('what was changed since reads as it was changed, and is told of once', async () => {
  const { post, say, look } = await publish('And tomorrow?')
  const changed = await say('At nien')
  await say('Closed')
  await look()
  await unsay(changed, 'At nine')
  await ask(world.sandbox, '/clock', { advanceMs: 2_000 })
  // No earlier than the words it is to change.
  await prisma.message.updateMany({ where: { accountId }, data: { textAt: new Date(Date.now() - 60_000) } })
  await look()
  await look()
  expect(await shown(post)).toEqual({
    said: [
      ['At nine', false],
      ['Closed', false],
    ],
    told: ['message.edited'],
  })
})

test('an edit is told of, so that whoever has it open sees it', async () => {
  const { post } = await publish('Edited')
  const item = {
    externalId: '777777',
    kind: 'comment' as const,
    own: false,
    media: [],
    ref: null,
    post,
    conversation: post,
    at: new Date().toISOString(),
    author: { externalId: 'u', handle: '@u', displayName: 'U' },
  }
  const later = new Date(Date.now() + 60_000).toISOString()
  must(await receive(system, { accountId, items: [{ ...item, change: 'new', text: 'Befor' }], via: 'webhook' }))
  const edit = { ...item, change: 'edited' as const, text: 'Before', at: later }
  must(await receive(system, { accountId, items: [edit], via: 'webhook' }))
  must(await receive(system, { accountId, items: [edit], via: 'webhook' }))
  expect(await shown(post)).toEqual({ said: [['Before', false]], told: ['message.edited'] })
})
