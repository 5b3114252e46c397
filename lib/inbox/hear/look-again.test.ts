import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setAccountSwitches, useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { setState } from '../desk/set-state'
import { closeDesk } from '../desk.fixture'
import { listMessages } from '../lists/messages'
import { watchAccount, watchPosts } from './feeds'
import { pollFeed } from './poll'

const hourMs = 3_600_000
/** `edits`: whether it lets people change what they said. */
const networks = [
  { network: 'facebook', account: 'northwindcoffee', edits: true },
  { network: 'mastodon', account: 'northwind', edits: true },
  { network: 'discord', kind: 'discord bot', account: 'announcements', edits: true },
  { network: 'bluesky', account: 'northwind.sandbox', edits: false },
  { network: 'x', account: 'northwind', edits: false },
] as const
type Network = (typeof networks)[number]
const kindOf = (one: Network) => ('kind' in one ? one.kind : one.network)

let world: ConnectedWorld
let system: Ctx
const posts = new Map<string, string>()
beforeAll(async () => {
  world = await makeWorld(networks.map(kindOf))
  system = await systemIn(world.ctx.workspaceId)
  for (const one of networks) {
    const { network } = one
    const accountId = accountOf(one)
    must(await watchAccount(system, { accountId }))
    const { platform, app, credentials } = must(await useAccount(system, { accountId }))
    const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
    const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
    const of = { way: wayOf(kindOf(one)), platform, app, account, as: credentials }
    const sent = await deliver(of, await draftOf(of, `Ask us anything on ${network}`))
    if (!sent.ok) throw new Error(sent.error.code)
    must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
    posts.set(network, sent.value.externalId)
  }
  await ask(world.sandbox, '/clock', { advanceMs: 2_000 })
  for (const one of networks) await poll(one)
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})
beforeEach(() => ask(world.sandbox, '/clock', { advanceMs: 2_000 }))

const accountOf = (one: Network) => world.accounts[kindOf(one)] ?? ''

/** Asks for news. What became of what is here is asked when it is due alone. */
async function poll(one: Network) {
  const accountId = accountOf(one)
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
  for (const { id } of await prisma.inboxFeed.findMany({ where: { accountId }, orderBy: { postExternalId: 'desc' } }))
    expect(must(await pollFeed(system, { feedId: id })).did).toBe('read')
}
async function say(one: Network, text: string): Promise<string> {
  const by = { handle: 'rosa', name: 'Rosa' }
  const said = { network: one.network, account: one.account, kind: 'comment', by, text, on: posts.get(one.network) }
  return (await ask<{ id: string }>(world.sandbox, '/speak', said)).id
}
const unsay = (one: Network, id: string, text?: string) =>
  ask(world.sandbox, '/unsay', { network: one.network, id, ...(text === undefined ? {} : { text }) })

/** Lets the time pass after which it is asked what became of everything here, and asks. */
async function later(one: Network) {
  const accountId = accountOf(one)
  const past = { againAt: new Date(Date.now() - 1_000) }
  await prisma.message.updateMany({ where: { accountId, againAt: { not: null } }, data: past })
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: past })
  await poll(one)
}
const held = (one: Network, externalId: string) =>
  prisma.message.findFirstOrThrow({ where: { accountId: accountOf(one), externalId } })
const told = async (conversationId: string) => {
  const type = { in: ['message.deleted', 'message.restored', 'message.edited'] }
  return (await prisma.event.findMany({ where: { subjectId: conversationId, type }, orderBy: { id: 'asc' } })).map(
    (event) => event.type,
  )
}

describe.each(networks)('on $network, where nobody listened', (one) => {
  test('what was taken away is taken away here, what stands stays, and what is seen again comes back', async () => {
    const [stays, goes] = [await say(one, 'Filter, always'), await say(one, '! Tea, sorry')]
    await poll(one)
    const { conversationId, deletedAt, againAt } = await held(one, goes)
    expect(deletedAt).toBeNull()
    expect(againAt?.getTime()).toBeGreaterThan(Date.now())
    const before = (await told(conversationId)).length

    await unsay(one, goes)
    await later(one)
    await later(one)
    expect(await held(one, goes)).toMatchObject({ text: '', deletedAt: expect.any(Date), missed: true })
    expect(await held(one, stays)).toMatchObject({ deletedAt: null, editedAt: null })
    const { items } = must(await listMessages(world.ctx, { conversationId }))
    expect(items.find(({ externalId }) => externalId === goes)).toMatchObject({ text: '' })
    expect((await told(conversationId)).slice(before)).toEqual(['message.deleted'])

    await unsay(one, goes, 'Tea after all')
    await later(one)
    expect(await held(one, goes)).toMatchObject({ deletedAt: null, missed: false })
    expect((await told(conversationId)).slice(before)).toEqual(['message.deleted', 'message.restored'])
  })

  test.runIf(one.edits)('what was changed reads as it was changed, and is told of once', async () => {
    const id = await say(one, 'Befor')
    await ask(world.sandbox, '/clock', { advanceMs: 2_000 })
    // What was said last of all is read a second time with the news.
    await say(one, 'Nine?')
    await poll(one)
    const { conversationId } = await held(one, id)
    const before = (await told(conversationId)).length
    await unsay(one, id, 'Before nine?')
    await later(one)
    await later(one)
    expect(await held(one, id)).toMatchObject({ text: 'Before nine?', editedAt: expect.any(Date), deletedAt: null })
    expect((await told(conversationId)).slice(before)).toEqual(['message.edited'])
  })

  test('the older it is the less often it is asked about, and after a month never', async () => {
    const id = await say(one, 'How often?')
    await poll(one)
    const waits: (number | undefined)[] = []
    for (const ageMs of [0, 2 * hourMs, 48 * hourMs, 200 * hourMs, 800 * hourMs]) {
      const { id: messageId } = await held(one, id)
      const at = new Date(Date.now() - ageMs)
      await prisma.message.update({ where: { id: messageId }, data: { at, againAt: at } })
      await prisma.inboxFeed.updateMany({ where: { accountId: accountOf(one) }, data: { againAt: null } })
      await poll(one)
      const { againAt } = await held(one, id)
      waits.push(againAt ? Math.round((againAt.getTime() - Date.now()) / 60_000) : undefined)
    }
    expect(waits).toEqual(
      one.network === 'x' ? [1440, 1440, 1440, undefined, undefined] : [10, 60, 360, 1440, undefined],
    )
  })
})

test.for(['mention', 'review'] as const)('a %s on Facebook that nobody reports on is followed, too', async (kind) => {
  const [one] = networks
  const by = { handle: `nina-${kind}`, name: 'Nina' }
  const said = { network: one.network, account: one.account, kind, by, text: 'Cold coffee, Northwind' }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  await ask(world.sandbox, '/clock', { advanceMs: 2_000 })
  // What was said last of all is read a second time with the news.
  await ask(world.sandbox, '/speak', { ...said, by: { handle: `ben-${kind}`, name: 'Ben' }, text: 'Open, Northwind?' })
  await poll(one)
  expect(await held(one, id)).toMatchObject({ kind, text: said.text, againAt: expect.any(Date) })
  await unsay(one, id, 'Warm coffee, Northwind')
  await later(one)
  expect(await held(one, id)).toMatchObject({ text: 'Warm coffee, Northwind', editedAt: expect.any(Date) })
  await unsay(one, id)
  await later(one)
  expect(await held(one, id)).toMatchObject({ text: '', deletedAt: expect.any(Date), missed: true })
})

test('X, which charges for each, is asked about what waits for an answer alone, and about so many in a day', async () => {
  const [one] = networks.filter(({ network }) => network === 'x')
  if (!one) throw new Error('X is not among them')
  const id = await say(one, 'Still open?')
  await poll(one)
  const { conversationId } = await held(one, id)
  const feed = { accountId: accountOf(one), postExternalId: '' }
  await prisma.message.updateMany({ where: { accountId: accountOf(one) }, data: { againAt: null } })
  await prisma.message.updateMany({ where: { externalId: id }, data: { againAt: new Date() } })
  await later(one)
  const { againAt } = await prisma.inboxFeed.findFirstOrThrow({ where: feed })
  // 50 a day are one in 29 minutes.
  expect(Math.round(((againAt?.getTime() ?? 0) - Date.now()) / 60_000)).toBe(29)

  must(await setState(world.ctx, { conversationIds: [conversationId], state: 'done' }))
  await unsay(one, id)
  await later(one)
  expect(await held(one, id)).toMatchObject({ deletedAt: null, againAt: null })
})

test('X is asked nothing where an account says so, and then nothing of what grew old meanwhile', async () => {
  const [one] = networks.filter(({ network }) => network === 'x')
  if (!one) throw new Error('X is not among them')
  const [fresh, old] = [await say(one, 'Fresh'), await say(one, 'Old')]
  await poll(one)
  for (const id of [fresh, old]) await unsay(one, id)
  const accountId = accountOf(one)
  must(await setAccountSwitches(world.ctx, { accountId, looksAgain: false }))
  await later(one)
  expect(await held(one, fresh)).toMatchObject({ deletedAt: null, againAt: expect.any(Date) })

  must(await setAccountSwitches(world.ctx, { accountId, looksAgain: true }))
  await prisma.message.updateMany({
    where: { accountId, externalId: old },
    data: { at: new Date(Date.now() - 8 * 24 * hourMs) },
  })
  await later(one)
  expect(await held(one, fresh)).toMatchObject({ deletedAt: expect.any(Date) })
  expect(await held(one, old)).toMatchObject({ deletedAt: null, againAt: null })
})

test('a network that does not answer stops no news, and is asked again', async () => {
  const [one] = networks.filter(({ network }) => network === 'mastodon')
  if (!one) throw new Error('Mastodon is not among them')
  const id = await say(one, 'Anybody?')
  await poll(one)
  await unsay(one, id)
  const news = await say(one, 'Hello?')
  await ask(world.sandbox, '/faults', {
    network: 'mastodon',
    fault: '500_after_accept',
    operation: 'metrics',
    times: 1,
  })
  await later(one)
  expect(await held(one, news)).toMatchObject({ text: expect.stringContaining('Hello?') })
  expect((await held(one, id)).deletedAt).toBeNull()
  await later(one)
  expect((await held(one, id)).deletedAt).not.toBeNull()
})

test('what a network refuses to be asked about waits for its next turn, and does not stand before all others', async () => {
  const [one] = networks.filter(({ network }) => network === 'x')
  if (!one) throw new Error('X is not among them')
  const externalId = await say(one, 'Who reads this?')
  await poll(one)
  const { id, source } = await prisma.message.findFirstOrThrow({ where: { externalId } })
  await prisma.message.update({
    where: { id },
    data: { source: { ...Object(source), externalId: 'no number of theirs' } },
  })
  await later(one)
  const { againAt } = await prisma.message.findUniqueOrThrow({ where: { id } })
  expect(againAt?.getTime()).toBeGreaterThan(Date.now() + hourMs)
})
