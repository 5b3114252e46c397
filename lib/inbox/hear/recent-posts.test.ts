import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Published } from '@/lib/platforms'
import { serveFiles } from '@/lib/platforms/contract-files.fixture'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount, watchPosts } from './feeds'
import { pollFeed } from './poll'

const kinds = ['facebook', 'instagram', 'threads'] as const
let world: ConnectedWorld
let files: Awaited<ReturnType<typeof serveFiles>>
let system: Ctx
beforeAll(async () => {
  files = await serveFiles()
  world = await makeWorld(kinds)
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await files.close()
  await closeDesk()
})

const turn = (advanceMs: number) => ask(world.sandbox, '/clock', { advanceMs })

/** Posts without a word to Posthorn, as somebody does in the network's own app. */
async function postElsewhere(kind: string, text: string): Promise<Published> {
  const accountId = world.accounts[kind] ?? ''
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf(kind), platform, app, account, as: credentials }
  const sent = await deliver(of, await draftOf(of, text), turn)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return sent.value
}
async function say(kind: string, on: string, text: string): Promise<string> {
  const { externalId, platform: network } = await prisma.account.findUniqueOrThrow({
    where: { id: world.accounts[kind] ?? '' },
  })
  const by = { handle: 'rosa', name: 'Rosa' }
  const said = { network, account: externalId, kind: 'comment', by, text, on }
  return (await ask<{ id: string }>(world.sandbox, '/speak', said)).id
}
/** Asks an account's own feed, or what stands under one of its posts. */
async function look(kind: string, postExternalId: string) {
  const where = { accountId: world.accounts[kind] ?? '', postExternalId }
  await prisma.inboxFeed.updateMany({ where, data: { nextAt: new Date(0) } })
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where })
  expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
}
const watched = async (kind: string, postExternalId: string) =>
  prisma.inboxFeed.count({ where: { accountId: world.accounts[kind] ?? '', postExternalId } })
const heard = async (kind: string) => {
  const where = { accountId: world.accounts[kind] ?? '', kind: 'comment' }
  return (await prisma.message.findMany({ where, orderBy: { text: 'asc' } })).map(({ text }) => text)
}

describe.each(kinds)('on %s', (kind) => {
  test('what is said under a post that was not published from here is asked for, and the post is listed seldom', async () => {
    const accountId = world.accounts[kind] ?? ''
    must(await watchAccount(system, { accountId }))
    const post = await postElsewhere(kind, 'Made in the app')
    await look(kind, '')
    expect(await watched(kind, post.externalId)).toBe(1)
    await turn(2_000)
    await say(kind, post.externalId, 'Lovely!')
    await look(kind, post.externalId)
    expect(await heard(kind)).toEqual(['Lovely!'])

    // One published from here goes by the same name.
    must(await watchPosts(system, { accountId, posts: [post], publishedAt: new Date() }))
    const next = await postElsewhere(kind, 'Made in the app, too')
    await look(kind, '')
    expect([await watched(kind, post.externalId), await watched(kind, next.externalId)]).toEqual([1, 0])
    const anHourAgo = { listedAt: new Date(Date.now() - 3_600_000) }
    await prisma.inboxFeed.updateMany({ where: { accountId, postExternalId: '' }, data: anHourAgo })
    await look(kind, '')
    expect(await watched(kind, next.externalId)).toBe(1)
  })
})

test('every answer to a comment on Instagram is read, however many there are', async () => {
  const { externalId: post } = await postElsewhere('instagram', 'Many talk about this')
  must(await watchAccount(system, { accountId: world.accounts.instagram ?? '' }))
  await prisma.inboxFeed.updateMany({ where: { postExternalId: '' }, data: { listedAt: null } })
  await look('instagram', '')
  const comment = await say('instagram', post, 'First')
  for (let n = 0; n < 60; n++) await say('instagram', comment, `Answer ${n}`)
  await look('instagram', post)
  expect((await heard('instagram')).filter((text) => text.startsWith('Answer'))).toHaveLength(60)
})
