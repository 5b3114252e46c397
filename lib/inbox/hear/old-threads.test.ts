import { afterAll, beforeAll, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { dayBegins, wallOf } from '@/lib/core/wall'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { pollFeed } from './poll'

let world: ConnectedWorld
let system: Ctx
let accountId: string
let video: string
beforeAll(async () => {
  world = await makeWorld(['youtube'])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts.youtube ?? ''
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf('youtube'), platform, app, account, as: credentials }
  // Uploaded elsewhere: nobody watches it here.
  const sent = await deliver(of, await draftOf(of, 'Brewing'), (ms) => ask(world.sandbox, '/clock', { advanceMs: ms }))
  if (!sent.ok) throw new Error(sent.error.code)
  video = sent.value.externalId
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

async function say(text: string, on = video, times = 1): Promise<string> {
  const words = { network: 'youtube', account: 'northwind', kind: 'comment', text, on, times }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', words)
  await ask(world.sandbox, '/clock', { advanceMs: 1_000 })
  return id
}

/** Looks once. @returns how many units reading has spent by it */
async function look(): Promise<number> {
  const spent = async () => (await prisma.appUse.aggregate({ _sum: { units: true } }))._sum.units ?? 0
  const before = await spent()
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await prisma.inboxFeed.update({ where: { id: feed.id }, data: { nextAt: new Date(0) } })
  expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
  return (await spent()) - before
}

test('an answer in an old thread under a video that was uploaded elsewhere comes once, into the talk that it answers', async () => {
  const thread = await say('Is it still sold?')
  await say('Of today', video, 150)
  await say('The newest')
  must(await watchAccount(system, { accountId }))
  await look()
  const [first, second] = [await say('I would like to know, too', thread), await say('So would I', thread)]
  for (let nth = 0; nth < 4; nth++) await look()
  const heard = await prisma.message.findMany({
    where: { accountId, parentExternalId: thread },
    orderBy: { at: 'asc' },
    include: { conversation: true },
  })
  expect(heard.map(({ externalId }) => externalId)).toEqual([first, second])
  expect(new Set(heard.map(({ conversationId }) => conversationId)).size).toBe(1)
  expect(heard[0]?.conversation).toMatchObject({ externalKey: thread, postExternalId: video })
  const told = await prisma.event.count({
    where: { type: 'message.received', subjectId: heard[0]?.conversationId ?? '' },
  })
  expect(told).toBe(2)
})

test('while units are scarce the newest threads are asked for alone, and what the old ones keep is heard afterwards', async () => {
  const thread = (await prisma.message.findFirstOrThrow({ where: { accountId, text: 'So would I' } })).parentExternalId
  const answer = await say('It is', thread ?? '')
  const zone = 'America/Los_Angeles'
  const clientId = process.env.YOUTUBE_CLIENT_ID ?? ''
  const at = dayBegins(wallOf(new Date(), zone).slice(0, 10), zone)
  await prisma.appUse.deleteMany()
  await prisma.appUse.create({ data: { platform: 'youtube', clientId, at, lane: 'spent before', units: 7_997 } })
  const isHeard = () => prisma.message.count({ where: { accountId, externalId: answer } })
  const newest = await say('Just now')
  expect([await look(), await look(), await look()]).toEqual([1, 1, 1])
  expect(await prisma.message.count({ where: { accountId, externalId: newest } })).toBe(1)
  expect(await isHeard()).toBe(0)
  await prisma.appUse.deleteMany()
  const units = [await look(), await look()]
  expect(units.toSorted()).toEqual([1, 2])
  expect(await isHeard()).toBe(1)
})
