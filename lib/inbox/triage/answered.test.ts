import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { sentenceOf } from '@/lib/workspace/sentences'
import { closeDesk, newDesk } from '../desk.fixture'
import { setState } from '../desk/set-state'
import { receive } from '../hear/receive'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()

type Said = Partial<Incoming> & { readonly id: string; readonly minutesAgo: number; readonly by?: string }
const item = ({ id, minutesAgo, by = 'us', ...more }: Said): Incoming => ({
  externalId: id,
  kind: 'comment',
  change: 'new',
  text: `Words of ${id}`,
  at: ago(minutesAgo),
  author: { externalId: by, handle: `@${by}`, displayName: by },
  own: by === 'us',
  conversation: 'post',
  ...(more.kind === 'dm' ? {} : { parent: 'post', post: 'post' }),
  media: [],
  ref: null,
  ...more,
})

/** A post, and what is said under it. */
async function thread() {
  const accountId = await desk.account()
  const say = async (...all: readonly Said[]) =>
    must(await receive(desk.system, { accountId, items: all.map(item), via: 'poll' }))
  const conversation = () => prisma.conversation.findFirstOrThrow({ where: { accountId } })
  /** Who waits still. */
  async function waiting(): Promise<readonly string[]> {
    const rows = await prisma.message.findMany({
      where: { accountId, own: false, answeredAt: null },
      orderBy: { externalId: 'asc' },
    })
    return rows.map(({ externalId }) => externalId)
  }
  return { accountId, say, conversation, waiting }
}

test('an answer to one commenter leaves the others to do, until each has one', async () => {
  const { say, conversation, waiting } = await thread()
  await say({ id: 'max', minutesAgo: 30, by: 'max' }, { id: 'rosa', minutesAgo: 20, by: 'rosa' })
  await say({ id: 'to-rosa', minutesAgo: 10, parent: 'rosa' })
  expect(await waiting()).toEqual(['max'])
  expect(await conversation()).toMatchObject({ state: 'todo', unanswered: true })
  await say({ id: 'to-max', minutesAgo: 5, parent: 'max' })
  expect(await waiting()).toEqual([])
  expect(await conversation()).toMatchObject({ state: 'waiting', unanswered: false })
})

test('the next word in a thread is not worth reading it whole, and one of ours, a late or a changed one is', async () => {
  const { accountId, say, waiting } = await thread()
  await say(
    { id: 'max', minutesAgo: 50, by: 'max' },
    { id: 'rosa', minutesAgo: 40, by: 'rosa' },
    { id: 'to-rosa', minutesAgo: 30, parent: 'rosa' },
  )
  // What is noted wrongly stands until the thread is read again.
  const forget = () => prisma.message.updateMany({ where: { accountId }, data: { answeredAt: null } })
  const isRead = async (...said: readonly Said[]) => {
    await forget()
    await say(...said)
    return !(await waiting()).includes('rosa')
  }
  expect(await isRead({ id: 'ben', minutesAgo: 20, by: 'ben' }, { id: 'ada', minutesAgo: 19, by: 'ada' })).toBe(false)
  expect(await isRead({ id: 'late', minutesAgo: 35, by: 'late' })).toBe(true)
  expect(await isRead({ id: 'ben', minutesAgo: 10, by: 'ben', change: 'edited', text: 'Not Ben' })).toBe(true)
  expect(await isRead({ id: 'to-ben', minutesAgo: 5, parent: 'ben' })).toBe(true)
  expect(await waiting()).toEqual(['ada', 'late', 'max'])
})

test('who is called as an answer begins, and speaks only later, was not meant', async () => {
  const { say, waiting } = await thread()
  const hart = { externalId: 'hart', handle: '@hart', displayName: 'Ben Hart' }
  await say(
    { id: 'top', minutesAgo: 50, by: 'rosa' },
    { id: 'ben', minutesAgo: 40, by: 'ben', parent: 'top' },
    { id: 'ours', minutesAgo: 30, parent: 'top', text: 'Ben Hart of ours is in on Sunday' },
  )
  expect(await waiting()).toEqual(['top'])
  await say({ id: 'hart', minutesAgo: 20, by: 'hart', parent: 'top', author: hart })
  await say({ id: 'ours-too', minutesAgo: 10, parent: 'hart', text: 'Welcome' })
  expect(await waiting()).toEqual(['top'])
})

test('a word of ours under the post itself answers nobody', async () => {
  const { say, conversation } = await thread()
  await say({ id: 'rosa', minutesAgo: 20, by: 'rosa' }, { id: 'thanks', minutesAgo: 10 })
  expect(await conversation()).toMatchObject({ state: 'todo', unanswered: true, firstReplyAt: null })
})

test('who wrote several times in one thread is answered by the answer to the last, and only in that thread', async () => {
  const { say, waiting } = await thread()
  await say(
    { id: 'a1', minutesAgo: 50, by: 'rosa' },
    { id: 'a2', minutesAgo: 49, by: 'rosa', parent: 'a1' },
    { id: 'a3', minutesAgo: 48, by: 'rosa', parent: 'a2' },
    { id: 'b1', minutesAgo: 47, by: 'rosa' },
    { id: 'a4', minutesAgo: 46, by: 'max', parent: 'a3' },
  )
  await say({ id: 'ours', minutesAgo: 40, parent: 'a3' })
  expect(await waiting()).toEqual(['a4', 'b1'])
  await say({ id: 'a5', minutesAgo: 30, by: 'rosa', parent: 'ours' })
  expect(await waiting()).toEqual(['a4', 'a5', 'b1'])
  // As networks say it whose threads are two deep: under the comment that the thread begins with.
  await say({ id: 'ours-too', minutesAgo: 20, parent: 'a1' })
  expect(await waiting()).toEqual(['a4', 'b1'])
})

test('an answer of ours is to whom it was written, also where the network puts it under somebody else', async () => {
  const { accountId, say, conversation, waiting } = await thread()
  await say({ id: 'rosa', minutesAgo: 30, by: 'rosa' }, { id: 'max', minutesAgo: 20, by: 'max', parent: 'rosa' })
  const { id: conversationId, workspaceId } = await conversation()
  const message = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: 'max' } })
  await prisma.reply.create({
    data: {
      id: newId(),
      workspaceId,
      conversationId,
      accountId,
      messageId: message.id,
      contentHash: newId(),
      text: 'Here you are, Max',
      intent: {},
      state: 'sent',
      sendAt: new Date(),
      authorKind: 'member',
      authorId: 'somebody',
      externalId: 'ours',
    },
  })
  await say({ id: 'ours', minutesAgo: 10, parent: 'rosa', text: 'Here you are, Max' })
  expect(await waiting()).toEqual(['rosa'])
})

test('what names nothing answers whoever was alone with us until then', async () => {
  const { say, waiting } = await thread()
  await say({ id: 'rosa', minutesAgo: 30, by: 'rosa' }, { id: 'ours', minutesAgo: 25, parent: undefined })
  expect(await waiting()).toEqual([])
  await say({ id: 'max', minutesAgo: 20, by: 'max' }, { id: 'rosa-again', minutesAgo: 15, by: 'rosa' })
  await say({ id: 'ours-too', minutesAgo: 10, parent: undefined })
  expect(await waiting()).toEqual(['max', 'rosa-again'])
})

test('in a chat the next word of ours is the answer, and what is taken back answers nothing', async () => {
  const { say, conversation, waiting } = await thread()
  const dm = { kind: 'dm' } as const
  await say({ ...dm, id: 'd1', minutesAgo: 30, by: 'rosa' }, { ...dm, id: 'd2', minutesAgo: 20, by: 'rosa' })
  await say({ ...dm, id: 'ours', minutesAgo: 25 })
  expect(await waiting()).toEqual(['d2'])
  await say({ ...dm, id: 'ours-too', minutesAgo: 10 })
  expect(await waiting()).toEqual([])
  await say({ ...dm, id: 'ours-too', minutesAgo: 5, change: 'deleted' })
  expect(await waiting()).toEqual(['d2'])
  expect(await conversation()).toMatchObject({ state: 'todo' })
})

test('what news changes about a state is in the trail with its reason, once', async () => {
  const { say, conversation } = await thread()
  const rosa = { id: 'rosa', minutesAgo: 30, by: 'rosa' }
  await say(rosa)
  await say({ id: 'ours', minutesAgo: 20, parent: 'rosa' }, rosa)
  await say({ id: 'again', minutesAgo: 10, by: 'rosa', parent: 'ours' })
  await say(rosa, { id: 'more', minutesAgo: 9, by: 'rosa', parent: 'ours' })
  const { id } = await conversation()
  const trail = await prisma.event.findMany({
    where: { subjectId: id, type: { startsWith: 'conversation.' } },
    orderBy: { id: 'asc' },
  })
  expect(trail.map(({ type, actorKind, ...event }) => [type, actorKind, sentenceOf({ type, ...event })])).toEqual([
    ['conversation.waiting', 'system', 'set a conversation to wait for the other side: everybody has an answer'],
    ['conversation.reopened', 'system', 'reopened a conversation: somebody waits for an answer'],
  ])
})

test('who was left without an answer when it was done does not bring it back once the next one has one', async () => {
  const { say, conversation } = await thread()
  await say({ id: 'max', minutesAgo: 30, by: 'max' })
  const { id } = await conversation()
  must(await setState(await desk.as('editor'), { conversationIds: [id], state: 'done' }))
  expect(await conversation()).toMatchObject({ unanswered: false })
  await say({ id: 'rosa', minutesAgo: -1, by: 'rosa' })
  expect(await conversation()).toMatchObject({ state: 'todo', unanswered: true })
  await say({ id: 'ours', minutesAgo: -2, parent: 'rosa' })
  expect(await conversation()).toMatchObject({ state: 'waiting', unanswered: false })
})
