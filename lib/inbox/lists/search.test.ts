import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillTo, newInbox, type FullInbox } from '@/bench/inbox/fill'
import { prisma } from '@/lib/core/db'
import { closeDesk } from '../desk.fixture'
import { countViews, listConversations } from './queries'

const conversations = 12_000
let inbox: FullInbox
beforeAll(async () => {
  inbox = await newInbox()
  await fillTo(inbox, conversations)
}, 300_000)
afterAll(() => closeDesk())

type Filter = Parameters<typeof listConversations>[1]

async function page(filter: Filter) {
  const found = await listConversations(inbox.ctx, filter)
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}
const idsOf = async (filter: Filter) => (await page(filter)).items.map(({ id }) => id)

/** All of a list, page after page. */
async function everyPage(filter: Filter): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await page({ ...filter, cursor })
    ids.push(...items.map(({ id }) => id))
    cursor = next ?? undefined
  } while (cursor)
  return ids
}

/** What everybody sees who asks the table itself. */
const inOrder = async (where: object, byPriority = false) => {
  const rows = await prisma.conversation.findMany({
    where: { workspaceId: inbox.ctx.workspaceId, ...where },
    orderBy: [...(byPriority ? [{ priority: 'desc' as const }] : []), { lastMessageAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

test.each(['newest', 'priority'] as const)(
  'a list by %s goes on where it left off: nothing twice, nothing left out',
  async (sort) => {
    const where = { state: 'todo', priority: { gte: 80 } }
    expect(await everyPage({ view: 'urgent', sort, take: 7 })).toEqual(await inOrder(where, sort === 'priority'))
  },
)

test.each(['newest', 'priority'] as const)('a list by %s can be read back upwards to its top', async (sort) => {
  const all = await everyPage({ view: 'urgent', sort, take: 100 })
  let first = all.at(-1) ?? ''
  const upwards: string[] = []
  for (;;) {
    const ids = await idsOf({ view: 'urgent', sort, before: first, take: 30 })
    upwards.unshift(...ids)
    if (!ids[0]) break
    first = ids[0]
  }
  expect(upwards).toEqual(all.slice(0, -1))
})

test('views are counted to a thousand, and no further', async () => {
  const counts = await countViews(inbox.ctx, {})
  const count = async (where: object) => Math.min(1_000, (await inOrder(where)).length)
  expect(counts).toEqual({
    ok: true,
    value: {
      todo: await count({ state: 'todo' }),
      mine: await count({ state: 'todo', assigneeId: inbox.ctx.actor.id }),
      unassigned: await count({ state: 'todo', assigneeId: null }),
      urgent: await count({ state: 'todo', priority: { gte: 80 } }),
      escalated: 0,
      proposed: 0,
      stuck: 0,
      waiting: await count({ state: 'waiting' }),
      snoozed: await count({ state: 'snoozed' }),
    },
  })
  expect(Object.values(counts.ok ? counts.value : {})).toContain(1_000)
})

test.for<Record<string, unknown>>([{ p: 1e300 }, { p: 0.5 }, { p: 50, at: 'yesterday' }, { p: 50, id: 7 }])(
  'a cursor that somebody made up is refused with what to do: %j',
  async (wrong) => {
    const place = { p: 50, at: new Date().toISOString(), id: 'x', ...wrong }
    const cursor = Buffer.from(JSON.stringify(place)).toString('base64url')
    expect(await listConversations(inbox.ctx, { view: 'all', sort: 'priority', cursor })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR', fields: { cursor: [expect.stringContaining('`next`')] } },
    })
  },
)

describe('a search', () => {
  test('finds what hardly anybody says, far down the list', async () => {
    const said = { messages: { some: { text: { contains: 'wombat' } } } }
    const wanted = await inOrder(said)
    expect(wanted.length).toBeGreaterThan(1)
    expect(await idsOf({ view: 'all', search: 'WOMBAT' })).toEqual(wanted)
  })

  test('finds a person by name and by handle', async () => {
    const named = await inOrder({ contact: { name: { contains: 'Person 1717' } } })
    expect(named.length).toBeGreaterThan(0)
    for (const search of ['Person 1717', '@person1717'])
      expect(await idsOf({ view: 'all', search, take: 100 })).toEqual(named)
  })

  test('goes on where it left off', async () => {
    const wanted = await inOrder({ messages: { some: { text: { contains: 'number 11' } } } })
    expect(await everyPage({ view: 'all', search: 'number 11', take: 100 })).toEqual(wanted)
  })

  test('takes signs that mean something in a pattern as they stand', async () => {
    for (const search of ['order%number', 'm_ order', String.raw`order\,`])
      expect(await idsOf({ view: 'all', search })).toEqual([])
  })

  test('finds what everybody says, and also when nobody says it any more', async () => {
    const said = { messages: { some: { text: { contains: 'my order' } } } }
    expect(await idsOf({ view: 'all', search: 'my order' })).toEqual((await inOrder(said)).slice(0, 40))
    const newest = (await inOrder({})).slice(0, 3_000)
    await prisma.message.updateMany({ where: { conversationId: { in: newest } }, data: { text: 'All is well' } })
    expect(await idsOf({ view: 'all', search: 'my order' })).toEqual((await inOrder(said)).slice(0, 40))
  })
})
