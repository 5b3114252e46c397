import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConversationCard } from '@/lib/inbox/schema'
import { cardOf } from './card.test-data'
import { placeCards, rowsAbove, type Pages } from './place-cards'

type Order = 'newest' | 'priority'
const card = (id: string, second: number, priority: number): ConversationCard =>
  cardOf(id, { priority, lastMessageAt: new Date(second * 1_000).toISOString() })

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

test('of a stretch of a list, news above it and below it are left out, and come with their own pages', () => {
  const list = Array.from({ length: 9 }, (_, n) => card(`c${n}`, 100 - n * 10, 50))
  const stretch = pagesOf(list, 'newest', 2).slice(1)
  const news = [card('above', 99, 50), card('within', 65, 50), card('below', 20, 50)]
  const asked = new Set(news.map(({ id }) => id))
  const ids = (fromTop: boolean) =>
    placeCards(stretch, asked, news, 'newest', fromTop).flatMap(({ items }) => items.map(({ id }) => id))
  expect(ids(false)).toEqual(['c3', 'within', 'c4', 'c5'])
  expect(ids(true)).toEqual(['above', 'c3', 'within', 'c4', 'c5'])
})

test('each row keeps its place while pages above it are let go and come back', () => {
  const list = Array.from({ length: 30 }, (_, n) => card(`c${n}`, 100 - n, 50))
  const stretch = fc.record({
    from: fc.nat(20),
    length: fc.integer({ min: 5, max: 10 }),
    move: fc.integer({ min: -4, max: 4 }),
  })
  fc.assert(
    fc.property(stretch, ({ from, length, move }) => {
      const next = Math.max(0, from + move)
      const shown = { rows: list.slice(from, from + length), above: from }
      expect(rowsAbove(shown, list.slice(next, next + length), next === 0)).toBe(next)
    }),
  )
})

test('a list that begins anew leaves nothing out above it', () => {
  const shown = { rows: [card('a', 1, 50)], above: 4_000 }
  expect(rowsAbove(shown, [card('b', 2, 50)], false)).toBe(0)
  expect(rowsAbove(shown, shown.rows, true)).toBe(0)
})
