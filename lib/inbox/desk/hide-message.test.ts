import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { serveFiles } from '@/lib/platforms/contract-files.fixture'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { watchAccount, watchPosts } from '../hear/feeds'
import { hearMessages } from '../hear/hear'
import { pollFeed } from '../hear/poll'
import { listMessages } from '../lists/messages'
import { closeDesk } from '../desk.fixture'
import { carryOutHiding } from './carry-out-hiding'
import { deleteMessage, hideMessage } from './hide-message'

const networks = ['facebook', 'instagram', 'threads', 'x', 'youtube'] as const
/** Those that say of what is hidden that it is. */
const telling = ['facebook', 'instagram', 'threads'] as const
type Network = (typeof networks)[number]
let world: ConnectedWorld
let files: Awaited<ReturnType<typeof serveFiles>>
let system: Ctx
beforeAll(async () => {
  files = await serveFiles()
  world = await makeWorld(networks)
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await files.close()
  await closeDesk()
})

/** Somebody comments on a new post of ours, and it is heard. @returns the message. */
async function heard(network: Network, text: string) {
  const accountId = world.accounts[network] ?? ''
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle, externalId: me } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf(network), platform, app, account, as: credentials }
  const turn = (advanceMs: number) => ask(world.sandbox, '/clock', { advanceMs })
  const sent = await deliver(of, await draftOf(of, `Ask us, ${text}`), turn)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  await turn(2_000)
  const { externalId: post } = sent.value
  const by = { handle: 'rosa', name: 'Rosa' }
  const said = { network, account: me, kind: 'comment', by, text, on: post }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  must(await watchAccount(system, { accountId }))
  must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
  // X tells of answers in the account's own feed.
  const own = network === 'x' ? '' : post
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: own } })
  expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id } })
}
const hidingOf = async ({ id, conversationId }: { id: string; conversationId: string }) =>
  must(await listMessages(world.ctx, { conversationId })).items.find((item) => item.id === id)?.hiding
const told = async (conversationId: string) =>
  (
    await prisma.event.findMany({
      where: { subjectId: conversationId, type: { contains: 'hid' } },
      orderBy: { id: 'asc' },
    })
  ).map(({ type, actorKind }) => [type, actorKind])

describe.each(networks)('on %s', (network) => {
  test('a comment is hidden, shows so, and is shown again; the trail says who had it done', async () => {
    const message = await heard(network, 'Rubbish!')
    const carryOut = async () => must(await carryOutHiding(system, { messageId: message.id })).did
    const states = async () => {
      const { hidden, isPending, trouble } = (await hidingOf(message)) ?? {}
      return [hidden, isPending, trouble]
    }
    expect(await states()).toEqual([false, false, null])
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: true }))
    expect(await states()).toEqual([false, true, null])
    expect([await carryOut(), await carryOut()]).toEqual(['done', 'skipped'])
    expect(await states()).toEqual([true, false, null])
    expect((await told(message.conversationId)).map(([type]) => type)).toEqual([
      'message.hidingWished',
      'message.hidden',
    ])
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: false }))
    expect(await carryOut()).toBe('done')
    expect(await states()).toEqual([false, false, null])
  })

  test('what the network refuses says why, and what did not get an answer is done again', async () => {
    const message = await heard(network, 'Humbug!')
    await ask(world.sandbox, '/faults', { network, fault: '500_after_accept', operation: 'comment', times: 1 })
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: true }))
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('failed')
    await prisma.message.update({ where: { id: message.id }, data: { hideAt: new Date(0) } })
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('done')

    const gone = await heard(network, 'Twaddle!')
    await ask(world.sandbox, '/unsay', { network, id: gone.externalId })
    must(await hideMessage(world.ctx, { messageId: gone.id, hidden: true }))
    expect(must(await carryOutHiding(system, { messageId: gone.id })).did).toBe('refused')
    expect(await hidingOf(gone)).toMatchObject({ hidden: false, isPending: false, trouble: expect.any(String) })
  })
})

describe.each(telling)('at %s itself', (network) => {
  /** Its owner does it there; what is said under the post is asked for, and what became of it. */
  async function there(message: { readonly externalId: string; readonly accountId: string }, hidden: boolean) {
    await ask(world.sandbox, '/hide', { network, id: message.externalId, hidden })
    await look(message.accountId)
  }
  async function look(accountId: string) {
    const past = new Date(Date.now() - 1_000)
    await prisma.message.updateMany({ where: { accountId, againAt: { not: null } }, data: { againAt: past } })
    await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0), againAt: past } })
    for (const { id } of await prisma.inboxFeed.findMany({ where: { accountId } }))
      expect(must(await pollFeed(system, { feedId: id })).did).toBe('read')
  }

  test('what is hidden there, and shown again, shows so here, and is told of once', async () => {
    const message = await heard(network, 'Bosh!')
    const hidden = async () => (await hidingOf(message))?.hidden
    const types = async () =>
      (await prisma.event.findMany({ where: { subjectId: message.conversationId }, orderBy: { id: 'asc' } }))
        .filter(({ type }) => type === 'message.hidden' || type === 'message.shown')
        .map(({ type, particulars }) => ({ type, particulars }))
    const before = (await types()).length
    await there(message, true)
    await look(message.accountId)
    expect(await hidden()).toBe(true)
    await prisma.message.update({ where: { id: message.id }, data: { hiddenSeenAt: new Date(0) } })
    await there(message, false)
    expect(await hidden()).toBe(false)
    const particulars = { messageId: message.id, atNetwork: true }
    expect((await types()).slice(before)).toEqual([
      { type: 'message.hidden', particulars },
      { type: 'message.shown', particulars },
    ])
  })

  test('a wish of ours stands until it is done, and what we did stands against what was seen a moment later', async () => {
    const message = await heard(network, 'Stuff!')
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: false }))
    await there(message, true)
    expect(await hidingOf(message)).toMatchObject({ hidden: false, isPending: true })
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('done')
    await there(message, true)
    expect(await hidingOf(message)).toMatchObject({ hidden: false, isPending: false })
    await prisma.message.update({ where: { id: message.id }, data: { hiddenSeenAt: new Date(Date.now() - 600_000) } })
    await look(message.accountId)
    expect(await hidingOf(message)).toMatchObject({ hidden: true, isPending: false })
  })
})

test('Facebook reports what is hidden there; a report that comes late says nothing against a later one', async () => {
  const message = await heard('facebook', 'Piffle!')
  const { externalId, accountId, id } = message
  const report = async (verb: string, time: number) => {
    const value = { item: 'comment', verb, post_id: '7_1', comment_id: externalId, parent_id: '7_1' }
    const row = await prisma.incomingEvent.create({
      data: {
        id: newId(),
        platform: 'facebook',
        externalId: `${verb} ${externalId} ${time}`,
        type: 'feed',
        accountExternalId: (await prisma.account.findUniqueOrThrow({ where: { id: accountId } })).externalId,
        raw: { event: { time, field: 'feed', value } },
      },
    })
    must(await hearMessages(system, { incomingId: row.id, accountId }))
    return prisma.message.findUniqueOrThrow({ where: { id } })
  }
  const at = Math.floor(Date.now() / 1_000)
  expect(await report('hide', at)).toMatchObject({ hiddenAt: new Date(at * 1_000) })
  expect(await report('unhide', at - 10)).toMatchObject({ hiddenAt: new Date(at * 1_000) })
  expect(await report('unhide', at + 10)).toMatchObject({ hiddenAt: null })
})

test('on YouTube what is held, and what answers it, does not count as taken away, and shows again with YouTube itself', async () => {
  const message = await heard('youtube', 'Tosh!')
  const { accountId, externalId } = message
  const by = { handle: 'ben', name: 'Ben' }
  const said = { network: 'youtube', account: 'northwind', kind: 'comment', by, text: 'No, you', on: externalId }
  const { id: answer } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  const look = async () => {
    // Long enough ago that a list may have no excuse.
    await prisma.message.updateMany({ where: { accountId }, data: { receivedAt: new Date(0), textAt: new Date(0) } })
    await prisma.message.updateMany({ where: { id: message.id }, data: { hiddenSeenAt: new Date(0) } })
    await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
    const feeds = await prisma.inboxFeed.findMany({ where: { accountId, postExternalId: { not: '' } } })
    for (const { id } of feeds) expect(must(await pollFeed(system, { feedId: id })).did).toBe('read')
  }
  await look()
  must(await hideMessage(world.ctx, { messageId: message.id, hidden: true }))
  expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('done')
  await look()
  const both = { accountId, externalId: { in: [externalId, answer] } }
  expect(await prisma.message.findMany({ where: both, select: { deletedAt: true } })).toEqual([
    { deletedAt: null },
    { deletedAt: null },
  ])
  expect(await hidingOf(message)).toMatchObject({ hidden: true })
  await ask(world.sandbox, '/hide', { network: 'youtube', id: externalId, hidden: false })
  await look()
  expect(await hidingOf(message)).toMatchObject({ hidden: false })
})

test('an account of X that was connected before hiding was asked for says what it lacks, and nothing is sent', async () => {
  const message = await heard('x', 'Codswallop!')
  const { scopes } = await prisma.account.findUniqueOrThrow({ where: { id: message.accountId } })
  expect(scopes).toContain('tweet.moderate.write')
  expect(await hidingOf(message)).toMatchObject({ lacking: null })
  const earlier = scopes.filter((scope) => scope !== 'tweet.moderate.write')
  await prisma.account.update({ where: { id: message.accountId }, data: { scopes: earlier } })
  const lacking = expect.stringMatching(/was connected before .* Reconnect it and allow it \(tweet\.moderate\.write\)/)
  expect(await hidingOf(message)).toMatchObject({ lacking })
  expect(await hideMessage(world.ctx, { messageId: message.id, hidden: true })).toMatchObject({
    error: { code: 'CONFLICT', message: lacking },
  })
  await prisma.account.update({ where: { id: message.accountId }, data: { scopes } })
})

test('on Threads what answers an answer is hidden with that, and not by itself', async () => {
  const message = await heard('threads', 'Fiddlesticks!')
  await prisma.message.update({ where: { id: message.id }, data: { parentExternalId: 'another' } })
  expect(await hidingOf(message)).toBeNull()
  expect(await hideMessage(world.ctx, { messageId: message.id, hidden: true })).toMatchObject({
    error: { code: 'CONFLICT' },
  })
})

describe.each(['facebook', 'instagram', 'youtube'] as const)('deleting on %s', (network) => {
  test('takes a comment away for good, also when its answer is lost, and the trail says who had it done', async () => {
    const message = await heard(network, 'Claptrap!')
    const operation = network === 'youtube' ? 'comment' : 'delete'
    await ask(world.sandbox, '/faults', { network, fault: '500_after_accept', operation, times: 1 })
    must(await deleteMessage(world.ctx, { messageId: message.id }))
    expect(await hidingOf(message)).toMatchObject({ wish: 'deleted', isPending: true, deleting: expect.any(String) })
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('failed')
    await prisma.message.update({ where: { id: message.id }, data: { hideAt: new Date(0) } })
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('done')
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('skipped')
    expect(await prisma.message.findUniqueOrThrow({ where: { id: message.id } })).toMatchObject({
      text: '',
      deletedAt: expect.any(Date),
      hideTo: null,
      hideTrouble: null,
    })
    const { conversationId: subjectId } = message
    const events = await prisma.event.findMany({
      where: { subjectId, type: { contains: 'delet' } },
      orderBy: { id: 'asc' },
    })
    expect(events.map(({ type, actorKind }) => [type, actorKind])).toEqual([
      ['message.deletionWished', 'member'],
      ['message.deleted', 'system'],
    ])
  })
})

test('what cannot be deleted for long stays, and says why', async () => {
  const message = await heard('youtube', 'Blather!')
  must(await deleteMessage(world.ctx, { messageId: message.id }))
  await prisma.message.update({ where: { id: message.id }, data: { hideTries: 7 } })
  await prisma.account.update({ where: { id: message.accountId }, data: { state: 'needs_reconnect' } })
  expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('refused')
  await prisma.account.update({ where: { id: message.accountId }, data: { state: 'healthy' } })
  expect(await hidingOf(message)).toMatchObject({ wish: null, trouble: expect.any(String) })
  const told = { subjectId: message.conversationId, type: 'message.deletionRefused' }
  expect(await prisma.event.count({ where: told })).toBe(1)
})

test.for(['threads', 'x'] as const)('on %s nobody deletes what others said', async (network) => {
  const message = await heard(network, 'Waffle!')
  expect(await hidingOf(message)).toMatchObject({ deleting: null })
  expect(await deleteMessage(world.ctx, { messageId: message.id })).toMatchObject({ error: { code: 'CONFLICT' } })
})

test('nobody hides from elsewhere, nor what was taken away', async () => {
  const message = await heard('facebook', 'Nonsense!')
  await prisma.message.update({ where: { id: message.id }, data: { deletedAt: new Date() } })
  const answer = await hideMessage(world.ctx, { messageId: message.id, hidden: true })
  expect(answer).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  const other = await hideMessage(world.ctx, { messageId: 'nothing', hidden: true })
  expect(other).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})
