import { afterAll, beforeAll, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { day, hour, inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { connect, deliver, draftOf, settingsFor } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { listUnheard } from '../lists/unheard'
import { watchPosts } from './feeds'
import { pollFeed } from './poll'
import { receive } from './receive'

const kind = 'linkedin page'
let world: ConnectedWorld
let system: Ctx
let accountId: string
beforeAll(async () => {
  world = await makeWorld([kind, 'discord webhook', 'youtube'])
  accountId = world.accounts[kind] ?? ''
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

const ago = (ms: number) => inMs(-ms)

/** A post of ours under which somebody asked something, so long ago that any list would have it. */
async function asked() {
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const part = { kind: 'post', text: `Ask us ${newId()}`, media: [], key: platform.newKey(new Date()) } as const
  const sent = await platform.publish(app, credentials, part)
  if (!sent.ok) throw new Error(sent.error.code)
  const { externalId: post } = sent.value
  must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
  const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = wayOf(kind).spokenToAs ?? externalId.split(':').at(-1)
  await ask(world.sandbox, '/speak', { network: 'linkedin', account, kind: 'comment', text: 'Where is it?', on: post })
  const at = { accountId, postExternalId: post }
  const feed = () => prisma.inboxFeed.findFirst({ where: at })
  const look = async () => {
    await prisma.inboxFeed.updateMany({ where: at, data: { nextAt: new Date(0) } })
    return must(await pollFeed(system, { feedId: (await feed())?.id ?? '' })).did
  }
  expect(await look()).toBe('read')
  await prisma.message.updateMany({ where: { accountId }, data: { receivedAt: ago(hour) } })
  return {
    feed,
    look,
    /** It is an hour later. */
    anHourLater: () => prisma.inboxFeed.updateMany({ where: at, data: { goneSince: ago(hour) } }),
    conversation: () => prisma.conversation.findFirstOrThrow({ where: at, include: { messages: true } }),
    remove: async () => expect(await platform.remove?.(app, credentials, sent.value)).toMatchObject({ ok: true }),
    restore: () => ask(world.sandbox, '/unsay', { network: 'linkedin', id: post, text: part.text }),
  }
}
type Asked = Awaited<ReturnType<typeof asked>>

/** Whether the question waits for an answer, and what it says. */
async function waits({ conversation }: Asked) {
  const { unanswered, messages } = await conversation()
  return [unanswered, messages.map(({ text }) => text)]
}
const red = async () => must(await listUnheard(world.ctx, { accountIds: [accountId] })).length

test('a post that was taken down reddens nothing, and what people said under it waits no more once that is sure', async () => {
  const it = await asked()
  expect(await waits(it)).toEqual([true, ['Where is it?']])
  await it.remove()
  expect([await it.look(), await red()]).toEqual(['read', 0])
  // Networks lag, and fail in odd ways: what is believed at once is lost to the desk.
  expect(await waits(it)).toEqual([true, ['Where is it?']])
  expect((await it.feed())?.nextAt.getTime()).toBeGreaterThan(inMs(50 * minute).getTime())
  await it.anHourLater()
  expect([await it.look(), await red()]).toEqual(['read', 0])
  expect(await waits(it)).toEqual([false, ['']])
  // It is looked for on, seldom, while one of its age would be.
  expect((await it.feed())?.nextAt.getTime()).toBeGreaterThan(inMs(23 * hour).getTime())
})

test('what stood under a post that is gone is taken away, however many said it', async () => {
  const it = await asked()
  const { id: conversationId, externalKey, messages } = await it.conversation()
  // More than one page of them, and over what begins another.
  const items = Array.from({ length: 1_000 }, (_, n) => ({
    externalId: newId(),
    kind: 'comment' as const,
    change: 'new' as const,
    text: `Where is number ${n}?`,
    at: messages[0]?.at.toISOString() ?? '',
    author: { externalId: 'rosa', handle: '@rosa', displayName: 'Rosa' },
    own: false,
    conversation: externalKey,
    media: [],
    ref: null,
  }))
  must(await receive(system, { accountId, items, via: 'webhook' }))
  await it.remove()
  await it.look()
  await it.anHourLater()
  await it.look()
  expect(await prisma.message.count({ where: { conversationId, deletedAt: null } })).toBe(0)
}, 60_000)

test('a post that is there again all the same is read on, with all that stands under it', async () => {
  const it = await asked()
  await it.remove()
  await it.look()
  await it.restore()
  await it.look()
  expect(await it.feed()).toMatchObject({ goneSince: null })
  await it.remove()
  await it.look()
  await it.anHourLater()
  await it.look()
  expect(await waits(it)).toEqual([false, ['']])
  await it.restore()
  await it.look()
  expect(await waits(it)).toEqual([true, ['Where is it?']])
})

test('an old post that is gone is asked for no more, but not before that is sure', async () => {
  const it = await asked()
  await it.remove()
  const at = { id: (await it.feed())?.id ?? '' }
  await prisma.inboxFeed.update({ where: at, data: { publishedAt: ago(60 * day), lastNewAt: ago(60 * day) } })
  await it.look()
  expect(await it.feed()).not.toBeNull()
  await it.anHourLater()
  await it.look()
  expect(await it.feed()).toBeNull()
  expect(await waits(it)).toEqual([false, ['']])
})

test('what a network refuses under a post is asked for no oftener than its age bears, and under an old one no more', async () => {
  const deaf = world.accounts['discord webhook'] ?? ''
  const refused = async (ageMs: number) => {
    const post = { externalId: newId(), url: 'https://n.test/it', ref: null }
    must(await watchPosts(system, { accountId: deaf, posts: [post], publishedAt: ago(ageMs) }))
    const where = { accountId: deaf, postExternalId: post.externalId }
    await prisma.inboxFeed.updateMany({ where, data: { nextAt: new Date(0) } })
    const { id } = await prisma.inboxFeed.findFirstOrThrow({ where })
    expect(must(await pollFeed(system, { feedId: id })).did).toBe('failed')
    return prisma.inboxFeed.findUnique({ where: { id } })
  }
  expect((await refused(10 * day))?.nextAt.getTime()).toBeGreaterThan(inMs(5 * hour).getTime())
  expect((await refused(minute))?.nextAt.getTime()).toBeLessThan(inMs(2 * minute).getTime())
  expect(await refused(31 * day)).toBeNull()
})

test('under a video whose comments are switched off nothing fails, and it is asked like any other', async () => {
  const id = world.accounts.youtube ?? ''
  const of = await connect(wayOf('youtube'), settingsFor(world.sandbox))
  const options = { privacy: 'public', madeForKids: 'yes' }
  const turn = (advanceMs: number) => ask(world.sandbox, '/clock', { advanceMs })
  const sent = await deliver(of, await draftOf(of, 'A cartoon', { options }), turn)
  if (!sent.ok) throw new Error('It is not there')
  must(await watchPosts(system, { accountId: id, posts: [sent.value], publishedAt: ago(2 * day) }))
  const where = { accountId: id, postExternalId: sent.value.externalId }
  await prisma.inboxFeed.updateMany({ where, data: { nextAt: new Date(0), trouble: 'rejected', failures: 3 } })
  const { id: feedId } = await prisma.inboxFeed.findFirstOrThrow({ where })
  expect(must(await pollFeed(system, { feedId })).did).toBe('read')
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where })
  expect(feed).toMatchObject({ trouble: null, failures: 0, cursor: null })
  expect(feed.nextAt.getTime()).toBeGreaterThan(inMs(50 * minute).getTime())
})
