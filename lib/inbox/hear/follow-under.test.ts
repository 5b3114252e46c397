import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { hour, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { adapterOf } from '@/lib/platforms'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { pollFeed } from './poll'
import { receive } from './receive'
import { withWords } from './with-words'

const kind = 'ayrshare facebook'
let world: ConnectedWorld
let system: Ctx
let accountId = ''
beforeAll(async () => {
  world = await makeWorld([kind])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts[kind] ?? ''
  must(await watchAccount(system, { accountId }))
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

async function publish(text: string): Promise<string> {
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf(kind), platform, app, account, as: credentials }
  // By the clock on the wall: what is said on a day to come is no older than any copy of it.
  const sent = await deliver(of, await draftOf(of, text), (ms) => wait(ms))
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  return sent.value.externalId
}

/** Asks anew, once Ayrshare has asked its network anew. */
async function look() {
  await ask(world.sandbox, '/clock', { advanceMs: 10 * minute })
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0), cursor: null } })
  const { id } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  const polled = must(await pollFeed(system, { feedId: id }))
  expect(polled.did).toBe('read')
  return polled.fresh
}
/** Ayrshare's clock tells whole seconds: what changes within one is known only by a later copy. */
const oneSecond = () => wait(1_100)
const shown = async () =>
  (await prisma.message.findMany({ where: { accountId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
    ({ text, deletedAt, editedAt }) => [text, ...(deletedAt ? ['gone'] : []), ...(editedAt ? ['edited'] : [])].join(),
  )
const told = async () => {
  const type = { in: ['message.edited', 'message.deleted', 'message.restored'] }
  const events = await prisma.event.findMany({
    where: { workspaceId: system.workspaceId, type },
    orderBy: { id: 'asc' },
  })
  return events.map((event) => event.type)
}

test('what is edited or deleted under posts that an account is asked about all at once is so here, and told of once', async () => {
  const on = await publish('Ask us')
  const say = async (text: string) => {
    const by = { handle: 'rosa', name: 'Rosa' }
    const said = { network: 'ayrshare', account: 'northwind/facebook', kind: 'comment', by, text, on }
    return (await ask<{ id: string }>(world.sandbox, '/speak', said)).id
  }
  const unsay = (id: string, text?: string) =>
    ask(world.sandbox, '/unsay', { network: 'ayrshare', id, ...(text === undefined ? {} : { text }) })
  const [first, second, third] = [await say('Middle'), await say('Middle, too'), await say('Soon gone')]
  expect(await look()).toBe(3)
  // So long ago that a copy which lags would have them by now.
  await prisma.message.updateMany({ where: { accountId }, data: { receivedAt: new Date(Date.now() - hour) } })
  await oneSecond()
  // One that sorts before what it was, and one behind it.
  await unsay(first, 'A is first')
  await unsay(second, 'Z is last')
  await unsay(third)
  const expected = ['A is first,edited', 'Z is last,edited', ',gone']
  for (const _ of [1, 2, 3]) {
    expect(await look()).toBe(0)
    expect(await shown()).toEqual(expected)
  }
  expect((await told()).toSorted()).toEqual(['message.deleted', 'message.edited', 'message.edited'])
  await oneSecond()
  await unsay(first, 'Middle')
  await unsay(third, 'Here again')
  await look()
  await look()
  expect(await shown()).toEqual(['Middle,edited', 'Z is last,edited', 'Here again'])
  expect((await told()).slice(3).toSorted()).toEqual(['message.edited', 'message.restored'])
})

test('what people said under a post that was deleted through the provider waits for nothing more', async () => {
  const on = await publish('For a day')
  const by = { handle: 'rosa', name: 'Rosa' }
  const said = { network: 'ayrshare', account: 'northwind/facebook', kind: 'comment', by, text: 'Until when?', on }
  await ask(world.sandbox, '/speak', said)
  await look()
  const conversation = () =>
    prisma.conversation.findFirstOrThrow({ where: { accountId, postExternalId: on }, select: { unanswered: true } })
  expect(await conversation()).toEqual({ unanswered: true })
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { ref } = await prisma.message.findFirstOrThrow({ where: { accountId, text: 'Until when?' } })
  const { ayrshare } = (ref as { ref: { ayrshare: string } }).ref
  const post = { externalId: on, url: '', ref: { ayrshare } }
  expect(await platform.remove?.(app, credentials, post)).toMatchObject({ ok: true })
  await look()
  expect(await conversation()).toEqual({ unanswered: false })
})

test('an answer to a comment that is reported before any list has it comes to its thread with the list', async () => {
  const on = await publish('Ask us anything')
  const say = async (handle: string, under: string) => {
    const by = { handle, name: handle }
    const text = `${handle} asks`
    const said = { network: 'ayrshare', account: 'northwind/facebook', kind: 'comment', by, text, on: under }
    return { text, by, ...(await ask<{ id: string }>(world.sandbox, '/speak', said)) }
  }
  const asked = await say('rosa', on)
  await look()
  const below = await say('ben', asked.id)
  const { platform, credentials } = must(await useAccount(system, { accountId }))
  const created = new Date().toISOString()
  const raw = {
    action: 'comments',
    id: below.id,
    text: below.text,
    created,
    from: { name: 'ben' },
    media: { id: on },
  }
  const event = { externalId: below.id, type: 'comments', accountExternalId: credentials.externalId, raw }
  const { items } = await withWords(system, accountId, platform.inbox?.read?.(event) ?? [])
  must(await receive(system, { accountId, items: [...items], via: 'webhook' }))
  const placeOf = async (externalId: string) => {
    const row = await prisma.message.findFirstOrThrow({ where: { accountId, externalId } })
    return [row.conversationId, row.parentExternalId]
  }
  const [thread] = await placeOf(asked.id)
  expect(await placeOf(below.id)).toEqual([expect.not.stringMatching(thread ?? ''), null])
  await look()
  expect(await placeOf(below.id)).toEqual([thread, asked.id])
})

test('an answer given in the network’s own app and reported before any list has it is ours, and answers what it answers', async () => {
  const on = await publish('Where do you ship?')
  const by = { handle: 'rosa', name: 'Rosa' }
  const said = { network: 'ayrshare', account: 'northwind/facebook', kind: 'comment', by, text: 'To Bern?', on }
  const { id: asked } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  await look()
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { conversation, ...question } = await prisma.message.findFirstOrThrow({
    where: { accountId, externalId: asked },
    include: { conversation: true },
  })
  const { ref } = question.ref as { ref: unknown }
  const to = { externalId: asked, kind: 'comment', conversation: conversation.externalKey, post: on, ref } as const
  const words = { to, text: 'To Bern, too', key: platform.newKey(new Date()) }
  const answer = await platform.inbox?.reply?.(app, credentials, words)
  if (!answer?.ok) throw new Error(JSON.stringify(answer))
  const ours = answer.value.externalId

  /** As Ayrshare reports a comment of `from`. */
  const report = async (id: string, from: string) => {
    const created = new Date().toISOString()
    const raw = { action: 'comments', id, text: words.text, created, from: { id: from }, media: { id: on } }
    const event = { externalId: id, type: 'comments', accountExternalId: credentials.externalId, raw }
    const { items } = await withWords(system, accountId, platform.inbox?.read?.(event) ?? [])
    must(await receive(system, { accountId, items: [...items], via: 'webhook' }))
    return items
  }
  const page = credentials.accessToken.split(' ')[2]?.split(',')[0] ?? ''
  // The copy of before is handed out.
  expect(await report(ours, page)).toEqual([])
  expect(await report('theirs', 'somebody')).toMatchObject([{ own: false }])
  await ask(world.sandbox, '/clock', { advanceMs: 10 * minute })
  expect(await report(ours, page)).toMatchObject([{ own: true, parent: asked }])
  await look()
  const externalId = { in: [asked, ours] }
  const rows = await prisma.message.findMany({ where: { accountId, externalId }, orderBy: { own: 'asc' } })
  expect(rows.map(({ own, conversationId }) => [own, conversationId])).toEqual([
    [false, conversation.id],
    [true, conversation.id],
  ])
  expect(rows[0]?.answeredAt).not.toBeNull()
})

/** As Ayrshare reports a comment of `from`. */
async function reported(id: string, from: string) {
  const { platform, externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const raw = { action: 'comments', id, text: 'Hello', from: { id: from }, media: { id: 'a post' } }
  const { inbox } = adapterOf({ platform, method: 'ayrshare' })
  return inbox?.read?.({ externalId: id, type: 'comments', accountExternalId: externalId, raw }) ?? []
}

test.each(['needs_reconnect', 'limited'])(
  'what others say comes in at once while the account is %s, and only our own words wait',
  async (what) => {
    const { credentials } = must(await useAccount(system, { accountId }))
    const page = credentials.accessToken.split(' ')[2]?.split(',')[0] ?? ''
    const told = [...(await reported(`ours ${what}`, page)), ...(await reported(`theirs ${what}`, 'somebody'))]
    const state = what === 'limited' ? 'healthy' : 'needs_reconnect'
    if (what === 'limited')
      await ask(world.sandbox, '/faults', { network: 'ayrshare', fault: '429_until', operation: 'read', param: 3_600 })
    await prisma.account.update({ where: { id: accountId }, data: { state } })
    const { items, untold, why } = await withWords(system, accountId, told)
    await prisma.account.update({ where: { id: accountId }, data: { state: 'healthy' } })
    await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
    await prisma.circuit.deleteMany()
    expect(items).toMatchObject([{ externalId: `theirs ${what}`, own: false }])
    expect([...untold]).toEqual([`ours ${what}`])
    expect(why).toBeDefined()
  },
)
