import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConversationCard } from '@/lib/inbox/schema'
import { placeCards, type Pages } from './place-cards'

type Order = 'newest' | 'priority'
const card = (id: string, second: number, priority: number): ConversationCard => ({
  id,
  accountId: 'a',
  accountHandle: '@ada',
  platform: 'x',
  kind: 'dm',
  state: 'todo',
  snoozedUntil: null,
  assigneeId: null,
  priority,
  leadScore: 0,
  sentiment: null,
  intent: null,
  excerpt: '',
  unanswered: true,
  messageCount: 1,
  lastMessageAt: new Date(second * 1_000).toISOString(),
  lastInboundAt: null,
  disposition: null,
  labels: [],
  team: null,
  sla: null,
  contact: null,
  heldBy: null,
})

const ranked = (cards: readonly ConversationCard[], order: Order) =>
  cards.toSorted((a, b) => {
    if (order === 'priority' && a.priority !== b.priority) return b.priority - a.priority
    if (a.lastMessageAt !== b.lastMessageAt) return a.lastMessageAt < b.lastMessageAt ? 1 : -1
    return a.id < b.id ? 1 : -1
  })

/** As a server would give the first `read` pages of three of a list. */
function pagesOf(cards: readonly ConversationCard[], order: Order, read: number): Pages {
  const list = ranked(cards, order)
  const pages = Array.from({ length: Math.max(1, Math.ceil(list.length / 3)) }, (_, n) => ({
    items: list.slice(n * 3, n * 3 + 3),
    next: n * 3 + 3 < list.length ? `after ${n}` : null,
  }))
  return pages.slice(0, read)
}

const world = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    second: fc.nat(30),
    priority: fc.integer({ min: 1, max: 5 }),
  }),
  { selector: ({ id }) => id, maxLength: 14 },
)

test('after news, what is shown is what reading the list anew would show, whatever came, changed or left', () => {
  fc.assert(
    fc.property(
      world,
      world,
      fc.constantFrom<Order>('newest', 'priority'),
      fc.integer({ min: 1, max: 5 }),
      (was, news, order, read) => {
        const before = was.map((one) => card(one.id, one.second, one.priority))
        const after = news.map((one) => card(one.id, one.second, one.priority))
        const pages = pagesOf(before, order, read)
        const asked = new Set([...before, ...after].map(({ id }) => id))
        const shown = placeCards(pages, asked, after, order).flatMap(({ items }) => items)
        const end = pages.at(-1)?.next ? pages.at(-1)?.items.at(-1) : undefined
        // Below what was read, the next page brings it.
        const expected = ranked(after, order).filter(
          (each) =>
            !end ||
            ranked([each, end], order)[0] === each ||
            (each.id === end.id && each.lastMessageAt === end.lastMessageAt && each.priority === end.priority),
        )
        expect(shown.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
      },
    ),
  )
})

test('what nobody asked about stays as it was, page by page, with the cursors that lead on', () => {
  fc.assert(
    fc.property(
      world,
      fc.constantFrom<Order>('newest', 'priority'),
      fc.integer({ min: 1, max: 5 }),
      (was, order, read) => {
        const pages = pagesOf(
          was.map((one) => card(one.id, one.second, one.priority)),
          order,
          read,
        )
        expect(placeCards(pages, new Set(['nobody']), [], order)).toEqual(pages)
      },
    ),
  )
})
