import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { areAlike, bandsOfText } from '@/lib/language'
import type { Incoming } from '@/lib/platforms'
import { readingsOf } from '@/bench/calendar/readings'
import { assignConversations } from '../desk/assign'
import { setState } from '../desk/set-state'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from '../hear/receive'
import { fill, readWhole } from '../many.fixture'
import type { ConversationCard } from '../schema'
import { foldAlike, wordingOf } from './fold'
import { getConversation, listConversations } from './queries'

afterAll(() => closeDesk())

type Row = Parameters<typeof foldAlike>[0][number]
const sayings = [
  'Your shop is down again and I paid for order 41822, where is my gift box?',
  'Your shop is down again and I paid for order 90017. Where is my gift box??',
  'the shop is down again, and I paid for my order. Where is my gift box',
  'Do you open on Sunday?',
  'do you open on Sundays',
  'Best flat white in town, thank you!',
  '☕☕☕',
]
const rowOf = (id: string, excerpt: string, more: Partial<Row> = {}): Row => ({
  id,
  state: 'todo',
  unanswered: true,
  assigneeId: null,
  team: null,
  excerpt,
  wording: wordingOf(bandsOfText(excerpt)),
  ...more,
})
const rows = fc
  .array(
    fc.record({
      excerpt: fc.constantFrom(...sayings),
      state: fc.constantFrom('todo', 'todo', 'todo', 'done'),
      unanswered: fc.constantFrom(true, true, true, false),
      assigneeId: fc.constantFrom(null, null, 'ada'),
      team: fc.constantFrom(null, null, { id: 'support' }),
    }),
    { maxLength: 25 },
  )
  .map((each) => each.map(({ excerpt, ...more }, n) => rowOf(`c${n}`, excerpt, more)))
const byPlace = (list: readonly Row[]) => (a: Row, b: Row) => list.indexOf(a) - list.indexOf(b)

test('no row is lost or shown twice, heads stand in the order of the list, and what is under one comes after it', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const folds = foldAlike(list)
      expect(folds.flatMap(({ head, under }) => [head, ...under]).toSorted(byPlace(list))).toEqual(list)
      expect(folds.map(({ head }) => head)).toEqual(folds.map(({ head }) => head).toSorted(byPlace(list)))
      for (const { head, under } of folds) expect([head, ...under]).toEqual([head, ...under].toSorted(byPlace(list)))
    }),
  )
})

test('what is folded says nearly the same as its head, is to do, and stands with the same person and team', () => {
  fc.assert(
    fc.property(rows, (list) => {
      for (const { head, under } of foldAlike(list))
        for (const row of under) {
          expect(areAlike(row.excerpt, head.excerpt)).toBe(true)
          const { unanswered, assigneeId, team } = head
          expect([head.state, row]).toMatchObject(['todo', { state: 'todo', unanswered, assigneeId, team }])
        }
    }),
  )
})

test('a head stands by itself because no head above it says nearly the same, and more below changes nothing above', () => {
  fc.assert(
    fc.property(rows, fc.nat(25), (list, some) => {
      const folds = foldAlike(list)
      const ids = (of: ReturnType<typeof foldAlike>) =>
        of.map(({ head, under }) => [head, ...under].map(({ id }) => id))
      const above = list.slice(0, some).map(({ id }) => id)
      const cut = ids(folds)
        .map((fold) => fold.filter((id) => above.includes(id)))
        .filter((fold) => fold.length > 0)
      expect(ids(foldAlike(list.slice(0, some)))).toEqual(cut)
      const free = folds.flatMap(({ head }) =>
        head.state === 'todo' && head.unanswered && head.wording && !head.assigneeId && !head.team ? [head] : [],
      )
      for (const [n, one] of free.entries())
        for (const other of free.slice(n + 1)) expect([one, areAlike(one.excerpt, other.excerpt)]).toEqual([one, false])
    }),
  )
})

test('what shares a number by chance is not folded, nor what begins alike and goes on otherwise', () => {
  const wording = wordingOf(bandsOfText('Do you open on Sunday?'))
  const [one, other] = [rowOf('one', 'Do you open on Sunday?'), rowOf('other', 'Cold coffee again', { wording })]
  expect(foldAlike([one, other])).toHaveLength(2)
  const letter = 'Dear all, I have been a customer of yours for years and '.repeat(4).slice(0, 200)
  const long = (id: string, rest: string) => rowOf(id, letter, { wording: wordingOf(bandsOfText(rest)) })
  expect(foldAlike([long('a', 'the tea was cold'), long('b', 'nobody sent an invoice')])).toHaveLength(2)
})

test('short questions that differ in the word that matters are not folded', () => {
  const asked = ['Do you ship to Norway?', 'Do you ship to Sweden?', 'Do you ship to Norway please?']
  // As if they shared every number: then what they say decides.
  const wording = wordingOf(bandsOfText('Do you ship to Norway?'))
  const folds = foldAlike(asked.map((text) => rowOf(text, text, { wording })))
  expect(folds.map(({ under }) => under.map(({ id }) => id))).toEqual([['Do you ship to Norway please?'], []])
})

const wave = (n: number) => `Your shop is down again and I paid for order #${41_000 + n}. Where is my gift box?`
const from = new Date('2026-11-20T09:00:00Z').getTime()
const said = (text: string, minute: number, more: Partial<Incoming> = {}): Incoming => {
  const id = newId()
  return {
    externalId: id,
    kind: 'mention',
    change: 'new',
    text,
    at: new Date(from + minute * 60_000).toISOString(),
    author: { externalId: `u-${id}`, handle: `@${id}`, displayName: 'Somebody' },
    own: false,
    conversation: id,
    media: [],
    ref: {},
    ...more,
  }
}

/** A desk that heard these, in this order. */
async function heard(items: readonly Incoming[]) {
  const desk = await newDesk()
  const accountId = await desk.account('bluesky')
  for (const item of items) must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
  const owner = await desk.as('owner')
  const list = async () => must(await listConversations(owner, { view: 'all', take: 100 })).items
  return { owner, list }
}

const inWords = (cards: readonly ConversationCard[]) =>
  foldAlike(cards).map(({ head, under }) => [head.excerpt, ...under.map(({ excerpt }) => excerpt)])

test('a wave is folded under its newest, in whatever order it came in', async () => {
  const copies = [1, 2, 3, 4].map((n) => said(wave(n), n))
  const others = [said('Do you open on Sunday?', 2), said('☕☕☕', 3), said('☕☕☕', 5)]
  const photo = { kind: 'image' as const, url: 'https://network.test/photo.png' }
  const pictures = [said('', 6, { media: [photo] }), said('', 7, { media: [photo] })]
  const all = [...copies, ...others, ...pictures]
  for (const order of [all, all.toReversed(), [...all.slice(3), ...all.slice(0, 3)]]) {
    const { list } = await heard(order)
    expect(inWords(await list())).toEqual([
      ['Picture'],
      ['Picture'],
      ['☕☕☕'],
      [wave(4), wave(3), wave(2), wave(1)],
      ['☕☕☕'],
      ['Do you open on Sunday?'],
    ])
  }
})

test('what is done, somebody else’s, answered, or more than one thing stands by itself', async () => {
  const copies = [1, 2, 3, 4, 5, 6].map((n) => said(wave(n), n))
  const begun = (n: number) => copies[n - 1]?.conversation ?? ''
  const { owner, list } = await heard([
    ...copies,
    said('We are on it.', 7, { conversation: begun(5), own: true }),
    said('Hello? Is anybody there?', 8, { conversation: begun(4) }),
  ])
  const idOf = async (n: number) => (await list()).find(({ excerpt }) => excerpt === wave(n))?.id ?? ''
  must(await setState(owner, { conversationIds: [await idOf(3)], state: 'done' }))
  must(await assignConversations(owner, { conversationIds: [await idOf(2)], assigneeId: owner.actor.id }))
  expect(inWords(await list())).toEqual([
    ['Hello? Is anybody there?'],
    ['We are on it.'],
    [wave(6), wave(1)],
    [wave(3)],
    [wave(2)],
  ])
  must(await assignConversations(owner, { conversationIds: [await idOf(2)], assigneeId: null }))
  expect(inWords(await list())).toContainEqual([wave(6), wave(2), wave(1)])
  for (const n of [1, 3]) {
    const conversationIds = [await idOf(n)]
    must(await setState(owner, { conversationIds, state: 'done' }))
    must(await setState(owner, { conversationIds, state: 'todo' }))
  }
  expect(inWords(await list())).toEqual(
    expect.arrayContaining([
      [wave(6), wave(2)],
      [wave(3), wave(1)],
    ]),
  )
})

test('a page is folded with the pages above it, and a conversation alone says the same of itself as in its list', async () => {
  const { owner, list } = await heard([1, 2, 3, 4, 5].map((n) => said(wave(n), n)))
  const first = must(await listConversations(owner, { view: 'todo', take: 2 }))
  const second = must(await listConversations(owner, { view: 'todo', take: 3, cursor: first.next ?? '' }))
  expect(inWords([...first.items, ...second.items])).toEqual([[5, 4, 3, 2, 1].map(wave)])
  for (const { id, wording } of await list())
    expect(must(await getConversation(owner, { conversationId: id })).wording).toBe(wording)
})

test('a page of many conversations finds its wordings by their index', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  await fill(desk.workspace.id, await desk.account('facebook'), 12_000, owner.actor.id)
  await prisma.conversation.updateMany({ where: { workspaceId: desk.workspace.id }, data: { messageCount: 1 } })
  const readings = await readingsOf(async () => must(await listConversations(owner, { view: 'todo', take: 100 })))
  expect(readWhole(readings)).toEqual([])
  expect(readings.map(({ table }) => table)).toContain('Message')
})
