import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { newId } from '@/lib/core/ids'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { setState } from '../desk/set-state'
import { importMessages } from './import'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const author = { id: 'u-rosa', handle: '@rosa', name: 'Rosa' }
const said = (id: string, days: number) => ({
  id,
  kind: 'comment' as const,
  text: `Where is my order? (${id})`,
  author,
  conversation: `c-${id}`,
  at: daysAgo(days).toISOString(),
})
const bring = (accountId: string, messages: readonly ReturnType<typeof said>[]) =>
  importMessages(owner, { accountId, messages: [...messages] })
const accountOf = async (days: number) => {
  const accountId = await desk.account()
  await prisma.account.update({ where: { id: accountId }, data: { createdAt: daysAgo(days) } })
  return accountId
}
const standing = async (accountId: string) =>
  (await prisma.conversation.findMany({ where: { accountId }, orderBy: { externalKey: 'asc' } })).map(
    ({ externalKey, state, unanswered, messageCount }) => [externalKey, state, unanswered, messageCount],
  )

test('what was said before the account was connected, or long before it was brought in, is done; the rest is to do', async () => {
  const [young, old] = [await accountOf(0), await accountOf(100)]
  const messages = [said('a', 400), said('b', 20), said('c', 5), said('d', 0.5)]
  for (const accountId of [young, old]) must(await bring(accountId, messages))
  const [done, todo] = [(id: string) => [`c-${id}`, 'done', false, 1], (id: string) => [`c-${id}`, 'todo', true, 1]]
  expect(await standing(young)).toEqual([done('a'), done('b'), done('c'), todo('d')])
  expect(await standing(old)).toEqual([done('a'), done('b'), todo('c'), todo('d')])
})

test('history leaves what is open as it is, and news opens a conversation that was all history', async () => {
  const accountId = await accountOf(100)
  const hear = (id: string, conversation: string) =>
    receive(desk.system, {
      accountId,
      items: [
        {
          externalId: id,
          kind: 'comment',
          text: 'And now?',
          conversation,
          ref: {},
          author: { externalId: author.id, handle: author.handle, displayName: author.name },
          at: new Date().toISOString(),
        },
      ],
      via: 'webhook',
    })
  must(await hear('live', 'c-x'))
  must(await bring(accountId, [said('x', 50), said('y', 50)]))
  expect(await standing(accountId)).toEqual([
    ['c-x', 'todo', true, 2],
    ['c-y', 'done', false, 1],
  ])
  must(await hear('news', 'c-y'))
  expect(await standing(accountId)).toContainEqual(['c-y', 'todo', true, 2])
})

test('what a person opens again stays open when the same history is brought in once more', async () => {
  const accountId = await accountOf(0)
  must(await bring(accountId, [said('z', 50)]))
  const { id } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  must(await setState(owner, { conversationIds: [id], state: 'todo' }))
  must(await bring(accountId, [said('z', 50), { ...said('z2', 49), conversation: 'c-z' }]))
  expect(await standing(accountId)).toEqual([['c-z', 'todo', false, 2]])
})

test('an import of what the network told damages nothing: not how it is answered, its files, its address, nor its person', async () => {
  const accountId = await accountOf(0)
  const heard = await hears(desk, accountId, 'Rosa', 'Where is my order?', {
    externalId: 'm-1',
    conversation: 'c-1',
    ref: { on: 'm-1' },
    media: [{ kind: 'image', url: 'https://x.test/a.png' }],
    url: 'https://network.test/1',
  })
  const later = new Date(heard.at.getTime() + 1_000).toISOString()
  const csv = `id,kind,text,at,authorId,rating\nm-1,comment,Where is my order?,${later},somebody-else,4`
  must(await importMessages(owner, { accountId, csv }))
  const after = await prisma.message.findUniqueOrThrow({ where: { id: heard.id } })
  const { source: _before, rating: _none, ...same } = heard
  expect(after).toMatchObject({ ...same, rating: 4 })
  const named = { workspaceId: desk.workspace.id, externalId: 'somebody-else' }
  expect(await prisma.contactIdentity.count({ where: named })).toBe(0)
})

test('an import knows less of our own answers than we do', async () => {
  const accountId = await accountOf(0)
  const { conversationId } = await hears(desk, accountId, 'Rosa', 'And now?', { conversation: 'c-2' })
  const ours = { workspaceId: desk.workspace.id, conversationId, accountId, kind: 'comment', own: true, text: 'Today.' }
  const by = { authorName: 'Us', authorHandle: '@us', media: [], source: {}, via: 'reply' }
  const at = new Date()
  await prisma.message.create({ data: { ...ours, ...by, id: newId(), externalId: 'r-1', at, textAt: at } })
  expect(must(await bring(accountId, [said('r-1', 0)]))).toEqual({ fresh: 0, changed: 0 })
  expect(await prisma.message.findFirst({ where: { accountId, externalId: 'r-1' } })).toMatchObject(ours)
})

test('what was imported becomes what its network tells of it', async () => {
  const accountId = await accountOf(0)
  must(await bring(accountId, [said('m-2', 1)]))
  const at = daysAgo(2).toISOString()
  const { id } = await hears(desk, accountId, 'Rosa', 'In its own words', { externalId: 'm-2', at, ref: { on: 'm-2' } })
  expect(await prisma.message.findUniqueOrThrow({ where: { id } })).toMatchObject({
    text: 'In its own words',
    at: new Date(at),
    ref: { ref: { on: 'm-2' } },
  })
})

test('whoever an import names by an id or a handle alone keeps their name, and a name alone takes no handle away', async () => {
  const accountId = await accountOf(100)
  const bringBy = async (id: string, by: object, days: number) =>
    must(await importMessages(owner, { accountId, messages: [{ ...said(id, days), author: { id: 'u-mona', ...by } }] }))
  const mona = () =>
    prisma.contactIdentity.findFirstOrThrow({
      where: { workspaceId: desk.workspace.id, externalId: 'u-mona' },
      select: { handle: true, displayName: true, contact: { select: { name: true } } },
    })
  await bringBy('n-1', {}, 9)
  expect(await mona()).toEqual({ handle: 'u-mona', displayName: 'u-mona', contact: { name: 'u-mona' } })
  const known = { handle: '@mona', displayName: 'Mona Meier', contact: { name: 'Mona Meier' } }
  await bringBy('n-2', { handle: '@mona', name: 'Mona Meier' }, 8)
  expect(await mona()).toEqual(known)
  await bringBy('n-3', {}, 7)
  await bringBy('n-4', { handle: '@m' }, 6)
  await bringBy('n-5', { name: 'Mona Meier' }, 5)
  expect(await mona()).toEqual(known)
  const names = await prisma.message.findMany({ where: { accountId, externalId: { in: ['n-1', 'n-3', 'n-4'] } } })
  expect(new Set(names.map(({ authorName }) => authorName))).toEqual(new Set(['Mona Meier']))
})

test('what we said in private goes where it is said to, or to what it answers, and never to ourselves', async () => {
  const accountId = await accountOf(0)
  const csv = (...lines: readonly string[]) => ['id,kind,text,at,authorId,own,parent', ...lines].join('\n')
  const line = (id: string, by: string, more: string) => `${id},dm,Hm,${daysAgo(5).toISOString()},${by},${more}`
  const us = line('p-2', 'us', 'yes,p-1')
  expect(
    await importMessages(owner, { accountId, csv: csv(line('p-1', 'max', ','), line('p-2', 'us', 'yes,')) }),
  ).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/^Line 3 of the CSV: conversation: is needed, or parent/) },
  })
  expect(await standing(accountId)).toEqual([])
  must(await importMessages(owner, { accountId, csv: csv(us, line('p-1', 'max', ','), line('p-3', 'nina', ',')) }))
  expect(await standing(accountId)).toEqual([
    ['dm:max', 'done', false, 2],
    ['dm:nina', 'done', false, 1],
  ])
})

test('what is said to be from the future is refused, with its line, and nothing is imported', async () => {
  const accountId = await accountOf(0)
  const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const line = (id: string, at: string) => `${id},comment,Hm,${at},u-rosa`
  const bringCsv = (...lines: readonly string[]) =>
    importMessages(owner, { accountId, csv: ['id,kind,text,at,authorId', ...lines].join('\n') })
  expect(await bringCsv(line('a', ahead(-9)), line('b', ahead(60)))).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION_ERROR', message: expect.stringMatching(/^Line 3 of the CSV: at.*is in the future/) },
  })
  expect(await bring(accountId, [{ ...said('c', 0), at: ahead(60) }])).toMatchObject({
    ok: false,
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('messages.0.at') },
  })
  expect(await prisma.message.count({ where: { accountId } })).toBe(0)
  expect((await bringCsv(line('d', ahead(3)))).ok).toBe(true)
})

test('a CSV may have reviews of stars alone, and a share with words is a mention that wants an answer', async () => {
  const accountId = await accountOf(0)
  const at = new Date().toISOString()
  const csv = `id,kind,text,at,authorId,rating\nstars,review,,${at},u-1,2\nalone,share,,${at},u-2,\nloud,share,It never came!,${at},u-3,`
  must(await importMessages(owner, { accountId, csv }))
  const rows = await prisma.message.findMany({
    where: { accountId },
    orderBy: { externalId: 'asc' },
    include: { conversation: true },
  })
  expect(
    rows.map(({ externalId, kind, rating, conversation }) => [externalId, kind, rating, conversation.state]),
  ).toEqual([
    ['alone', 'share', null, 'done'],
    ['loud', 'mention', null, 'todo'],
    ['stars', 'review', 2, 'todo'],
  ])
})

test('a review is of whole stars, and a line with a half is named', async () => {
  const accountId = await accountOf(0)
  const csv = `id,kind,text,at,authorId,rating\nhalf,review,Good,${new Date().toISOString()},u-1,4.5`
  expect(await importMessages(owner, { accountId, csv })).toMatchObject({
    ok: false,
    error: { message: 'Line 2 of the CSV: rating: is of whole stars, from 1 to 5. Nothing was imported.' },
  })
})
