import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { codeOf } from '@/lib/workspace/testing'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { readingsOf } from '@/bench/calendar/readings'
import { bareDriver, statementsOf } from '@/bench/calendar/statements'
import { fill, readWhole } from '../many.fixture'
import { listConversations } from './queries'
import { receive } from '../hear/receive'
import { deleteView, listSavedViews, saveView } from './saved-views'
import { setState } from '../desk/set-state'

let desk: Awaited<ReturnType<typeof newDesk>>
let elsewhere: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let viewer: Ctx
beforeAll(async () => {
  ;[desk, elsewhere] = [await newDesk(), await newDesk()]
  ;[owner, viewer] = [await desk.as('owner'), await desk.as('viewer')]
})
afterAll(() => closeDesk())

let serial = 0
/** Somebody says each of these, in a conversation of its own, a minute apart. */
async function said(texts: readonly string[], place = desk, more: Partial<Incoming> = {}): Promise<void> {
  const accountId = await place.account('facebook')
  const items = texts.map((text): Incoming => {
    serial += 1
    return {
      externalId: `m${serial}`,
      kind: 'dm',
      change: 'new',
      text,
      at: new Date(Date.UTC(2026, 10, 20, 9, serial)).toISOString(),
      author: { externalId: `u${serial}`, handle: '@rosa', displayName: 'Rosa' },
      own: false,
      conversation: `c${serial}`,
      media: [],
      ref: {},
      ...more,
    }
  })
  must(await receive(place.system, { accountId, items, via: 'webhook' }))
}
const found = async (words: string, more: object = {}) =>
  must(await listConversations(owner, { view: 'all', words, ...more })).items.map(({ excerpt }) => excerpt)

test('a list of words has every conversation in which others say them, whole, in any case', async () => {
  await said(['I want a REFUND', 'Refunds take long', 'No money back?', 'My money is back', 'Prerefundable'])
  await said(['A refund from elsewhere'], elsewhere)
  expect(await found('refund')).toEqual(['I want a REFUND'])
  expect(await found('refund*')).toEqual(['Refunds take long', 'I want a REFUND'])
  expect(await found('“money back”')).toEqual(['No money back?'])
  expect(await found('money -back')).toEqual([])
  expect(await found('refunds or "money back"')).toEqual(['No money back?', 'Refunds take long'])
})

test('such a list goes on page by page, in either order, and takes the other filters', async () => {
  await said(Array.from({ length: 7 }, (_, n) => `Where is my ticket ${n}`))
  for (const sort of ['newest', 'priority'] as const) {
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = must(await listConversations(owner, { view: 'all', words: 'ticket', sort, take: 3, cursor }))
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect([pages.length, new Set(pages).size]).toEqual([7, 7])
  }
  const [first, , third] = must(await listConversations(owner, { view: 'all', words: 'ticket' })).items
  const ids = [first?.id ?? '', third?.id ?? '']
  must(await setState(owner, { conversationIds: ids, state: 'done', disposition: 'spam' }))
  const done = must(await listConversations(owner, { view: 'done', words: 'ticket', disposition: 'Spam', take: 1 }))
  expect(done.items).toMatchObject([{ id: ids[0], disposition: 'Spam' }])
  expect(
    must(await listConversations(owner, { view: 'all', words: 'ticket', ids: [ids[1] ?? ''] })).items,
  ).toHaveLength(1)
  expect(must(await listConversations(owner, { view: 'all', words: 'refund', ids })).items).toEqual([])
})

test('a view is one’s own until it is everybody’s, and only who sets up the inbox makes it so', async () => {
  await said(['A parcel', 'Another parcel'])
  const mine = { name: 'My parcels', words: 'parcel' }
  const { id } = must(await saveView(viewer, mine))
  expect(must(await listSavedViews(viewer, {}))).toEqual([{ id, ...mine, isShared: false, count: 2 }])
  expect(must(await listSavedViews(owner, {}))).toEqual([])
  expect(codeOf(await saveView(viewer, { ...mine, id, isShared: true }))).toBe('FORBIDDEN')
  expect(codeOf(await saveView(owner, { ...mine, id }))).toBe('NOT_FOUND')
  expect(codeOf(await saveView(viewer, mine))).toBe('ALREADY_EXISTS')
  expect(codeOf(await saveView(viewer, { name: 'Nothing', words: '…' }))).toBe('VALIDATION_ERROR')
  must(await saveView(viewer, { id, name: 'Boxes', words: 'parcel or box' }))
  const shared = must(await saveView(owner, { ...mine, isShared: true })).id
  expect(must(await listSavedViews(viewer, {})).map(({ name, isShared }) => [name, isShared])).toEqual([
    ['Boxes', false],
    ['My parcels', true],
  ])
  expect(codeOf(await deleteView(viewer, { id: shared }))).toBe('NOT_FOUND')
  expect(codeOf(await deleteView(await elsewhere.as('owner'), { id: shared }))).toBe('NOT_FOUND')
  must(await deleteView(viewer, { id }))
  must(await deleteView(owner, { id: shared }))
  expect(must(await listSavedViews(viewer, {}))).toEqual([])
})

test('among many conversations a word is found by its index, and no table is read whole', async () => {
  const large = await newDesk()
  const reader = await large.as('owner')
  await fill(large.workspace.id, await large.account('facebook'), 10_000, reader.actor.id)
  const list = (words: string, more: object = {}) =>
    readingsOf(async () => must(await listConversations(reader, { view: 'all', words, ...more })))
  for (const sort of ['newest', 'priority'] as const) expect(readWhole(await list('coffee', { sort }))).toEqual([])
  const rare = await list('nowhere')
  expect(readWhole(rare)).toEqual([])
  expect(rare.map(({ index }) => index)).toContain('Message_words_idx')
  must(await saveView(reader, { name: 'Coffee', words: 'coffee' }))
  expect(must(await listSavedViews(reader, {}))[0]?.count).toBe(1_000)
  for (const name of ['Beans', 'Cups', 'Milk']) must(await saveView(reader, { name, words: 'coffee' }))
  must(await saveView(reader, { name: 'Parcels', words: 'parcel' }))
  const asked = await statementsOf(async () =>
    expect(must(await listSavedViews(reader, {})).map(({ count }) => count)).toEqual([1_000, 1_000, 1_000, 1_000, 100]),
  )
  // The views, their words as they are looked for, and how many of each.
  expect(asked).toHaveLength(3)
  const driver = await bareDriver()
  try {
    // Of each no more than tells that there are 1,000, and what its index says of it.
    expect(await driver.rowsLookedAt(asked)).toBeLessThan(4 * (5_000 + 2_000) + 1_000)
  } finally {
    await driver.close()
  }
})

test('a view of words that all are said in few conversations counts those', async () => {
  const ours = await newDesk()
  const reader = await ours.as('owner')
  const accountId = await ours.account('facebook')
  const { conversationId, workspaceId } = await hears(ours, accountId, 'Rosa', 'My scooter')
  await hears(ours, accountId, 'Max', 'A scooter, too', { conversation: 'another' })
  await prisma.$executeRaw`
    insert into "Message" (id, "workspaceId", "conversationId", "accountId", "externalId", kind, own, text, at, "textAt", "authorName", "authorHandle", source, via)
    select 'scooter' || n, ${workspaceId}, ${conversationId}, ${accountId}, 'scooter' || n, 'comment', false, 'scooter', now(), now(), 'Rosa', '@rosa', '{}', 'webhook'
    from generate_series(1, 2500) n`
  must(await saveView(reader, { name: 'Scooters', words: 'scooter' }))
  expect(must(await listSavedViews(reader, {})).map(({ count }) => count)).toEqual([2])
})
