import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { asManyAsFit } from '@/lib/core/as-many-as-fit.fixture'
import { prisma } from '@/lib/core/db'
import { gonePost } from '@/lib/platforms/bluesky/incoming'
import { toDeleted } from '@/lib/platforms/discord/incoming'
import { goneStatus } from '@/lib/platforms/mastodon/incoming'
import type { Incoming } from '@/lib/platforms'
import { savePolicy } from '@/lib/routing'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const asked = (id: string, minutesAgo: number, by = 'rosa'): Incoming => ({
  externalId: id,
  kind: 'comment',
  change: 'new',
  text: 'Where is it?',
  at: ago(minutesAgo).toISOString(),
  author: { externalId: by, handle: `@${by}`, displayName: by },
  own: false,
  conversation: 'post',
  post: 'post',
  media: [],
  ref: {},
})
const listener = { guild: 'g', channel: 'c', me: 'us', webUrl: 'https://network.test' } as const
/** As networks tell it that say nothing but what is gone. */
const ends: Readonly<Record<string, (id: string) => Incoming>> = {
  bluesky: (id) => gonePost(id, new Date().toISOString()),
  mastodon: (id) => goneStatus(id, new Date()),
  discord: (id) => toDeleted({ id, channel_id: 'c' }, listener, new Date()),
}

async function newAccount() {
  const accountId = await desk.account()
  const hear = async (...items: readonly Incoming[]) =>
    must(await receive(desk.system, { accountId, items: [...items], via: 'stream' }))
  const conversations = () => prisma.conversation.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } })
  return { accountId, hear, conversations }
}

test.each(Object.entries(ends))(
  'what %s says was taken away leaves its conversation at once, with its promise, and begins none',
  async (_network, end) => {
    const { accountId, hear, conversations } = await newAccount()
    const conditions = { accountIds: [accountId] }
    const promise = { conditions, calendarId: null, firstReplyMinutes: 30, resolutionMinutes: null, warnMinutes: 0 }
    const { id: policyId } = must(await savePolicy(await desk.as('owner'), { name: accountId, ...promise }))
    await prisma.slaPolicy.update({ where: { id: policyId }, data: { createdAt: ago(60) } })
    await hear(asked('1', 20))
    expect(await conversations()).toMatchObject([{ state: 'todo', unanswered: true, messageCount: 1 }])
    await hear(end('1'))
    expect(await conversations()).toMatchObject([
      { externalKey: 'post', state: 'done', unanswered: false, messageCount: 0, excerpt: '' },
    ])
    const clocks = await prisma.slaClock.findMany({ where: { conversation: { accountId } } })
    expect(clocks).toMatchObject([{ stoppedAt: expect.any(Date), breachedAt: null }])
  },
)

test('the end of what nobody has heard of begins nothing, and ends the words that come late where they stand', async () => {
  const { accountId, hear, conversations } = await newAccount()
  const end = goneStatus('1', ago(5))
  expect(await hear(end)).toEqual({ fresh: 0, changed: 0 })
  await hear({ ...end, at: ago(3).toISOString(), author: asked('1', 1, 'max').author })
  expect(await conversations()).toEqual([])
  expect(await prisma.contactIdentity.count({ where: { workspaceId: desk.workspace.id, externalId: 'max' } })).toBe(0)
  await hear(asked('1', 20))
  expect(await conversations()).toMatchObject([{ externalKey: 'post', unanswered: false, messageCount: 0 }])
  expect(await prisma.message.findMany({ where: { accountId } })).toMatchObject([
    { text: '', deletedAt: new Date(end.at) },
  ])
  expect(await prisma.goneMessage.count({ where: { accountId } })).toBe(0)
})

test('words and their end that come at once leave nothing that stands', async () => {
  const { accountId, hear } = await newAccount()
  const ids = Array.from({ length: 12 }, (_, n) => `m${n}`)
  await asManyAsFit(
    ids.flatMap((id) => [asked(id, 20), goneStatus(id, new Date())]),
    hear,
  )
  const rows = await prisma.message.findMany({ where: { accountId }, select: { text: true, deletedAt: true } })
  expect([rows.length, rows.filter(({ deletedAt }) => deletedAt === null)]).toEqual([12, []])
  expect(await prisma.conversation.findMany({ where: { accountId } })).toMatchObject([{ messageCount: 0 }])
})

test('a reaction that was taken back and given again is there, and gone when it is taken back once more', async () => {
  const { accountId, hear } = await newAccount()
  const like = (change: 'new' | 'deleted', minutesAgo: number): Incoming => ({
    ...asked('post:rosa:like', minutesAgo),
    kind: 'reaction',
    reaction: 'like',
    text: '',
    change,
  })
  const isThere = async () => (await prisma.message.findFirstOrThrow({ where: { accountId } })).deletedAt === null
  // Its ends come first, and the later of them stays noted.
  await hear(like('deleted', 15))
  await hear(like('deleted', 18))
  await hear(like('new', 16))
  expect(await isThere()).toBe(false)
  await hear(like('new', 10))
  expect(await isThere()).toBe(true)
  expect(await prisma.event.count({ where: { type: 'message.restored', workspaceId: desk.workspace.id } })).toBe(1)
  await hear(like('deleted', 15))
  expect(await isThere()).toBe(true)
  await hear(like('deleted', 5))
  expect(await isThere()).toBe(false)
})

test.each([
  ['like', 'rosa reacted: like'],
  ['♥', 'rosa reacted ♥'],
])('a conversation whose last is the reaction %s says so, until it is taken back', async (reaction, said) => {
  const { accountId, hear } = await newAccount()
  const given: Incoming = { ...asked('post:rosa:like', 10), kind: 'reaction', reaction, text: '' }
  const excerpt = async () => (await prisma.conversation.findFirstOrThrow({ where: { accountId } })).excerpt
  await hear(asked('1', 20))
  const before = await excerpt()
  await hear(given)
  expect(await excerpt()).toBe(said)
  await hear({ ...given, change: 'deleted', at: ago(5).toISOString() })
  expect(await excerpt()).toBe(before)
})

test.each(['with', 'without'])(
  'an end told %s its author leaves the same in either order: who said it stays named, and was not seen by it',
  async (way) => {
    const words = asked('1', 20, `rosa.${way}`)
    const author = way === 'with' ? words.author : { externalId: '', handle: '', displayName: '' }
    const end: Incoming = { ...words, change: 'deleted', text: '', at: ago(5).toISOString(), author }
    const keptOf = async (...order: readonly Incoming[]) => {
      const { accountId, hear } = await newAccount()
      for (const item of order) await hear(item)
      const message = await prisma.message.findFirstOrThrow({ where: { accountId } })
      const { contact } = await prisma.contactIdentity.findUniqueOrThrow({
        where: { id: message.identityId ?? '' },
        include: { contact: true },
      })
      return { deletedAt: message.deletedAt, lastSeenAt: contact.lastSeenAt, name: contact.name }
    }
    const inOrder = await keptOf(words, end)
    expect(inOrder).toEqual({
      deletedAt: new Date(end.at),
      lastSeenAt: new Date(words.at),
      name: words.author.displayName,
    })
    expect(await keptOf(end, words)).toEqual(inOrder)
  },
)
