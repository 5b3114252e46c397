import type { ConversationCard, Page } from '@/lib/inbox/schema'

export type Pages = readonly Page<ConversationCard>[]
type Order = 'newest' | 'priority'

/** Whether `a` stands before `b`; the order the server lists in. */
function isBefore(a: ConversationCard, b: ConversationCard, order: Order): boolean {
  if (order === 'priority' && a.priority !== b.priority) return a.priority > b.priority
  if (a.lastMessageAt !== b.lastMessageAt) return a.lastMessageAt > b.lastMessageAt
  return a.id > b.id
}

/**
 * Puts news into a list that was read page by page, without reading it again. Of the conversations that were `asked`
 * about, those `found` belong to the list and go to their place; the others leave it. One that belongs below the last
 * page read so far is left out: it comes with its own page; so is one above the first, unless the pages are `fromTop`.
 * Pages keep their cursors, which name keys, not places.
 */
export function placeCards(
  pages: Pages,
  asked: ReadonlySet<string>,
  found: readonly ConversationCard[],
  order: Order,
  fromTop = true,
): Pages {
  const kept = pages.map(({ items, next }) => ({ items: items.filter(({ id }) => !asked.has(id)), next }))
  const last = pages.at(-1)
  const end = last?.next ? last.items.at(-1) : undefined
  const start = fromTop ? undefined : pages[0]?.items[0]
  for (const card of found) {
    if (start && isBefore(card, start, order)) continue
    if (end && isBefore(end, card, order)) continue
    // The first page whose last card stands below it, or else the last page.
    const home =
      kept.find(({ items }) => {
        const lowest = items.at(-1)
        return lowest !== undefined && isBefore(card, lowest, order)
      }) ?? kept.at(-1)
    if (!home) continue
    const at = home.items.findIndex((each) => isBefore(card, each, order))
    home.items.splice(at < 0 ? home.items.length : at, 0, card)
  }
  return kept
}

/** The same cards with one of them changed, wherever it stands. */
export const changeCards = (
  pages: Pages,
  ids: ReadonlySet<string>,
  change: (card: ConversationCard) => ConversationCard | undefined,
): Pages =>
  pages.map(({ items, next }) => ({
    next,
    items: items.flatMap((card) => (ids.has(card.id) ? (change(card) ?? []) : [card])),
  }))

type Listed = readonly { readonly id: string }[]
type Shown = { readonly rows: Listed; readonly above: number }

/**
 * How many rows are left out above the first one now, so that each keeps its place when pages are let go or come back
 * above it. None when the rows begin where the list does.
 */
export function rowsAbove(before: Shown, rows: Listed, fromTop: boolean): number {
  if (fromTop) return 0
  const places = new Map(before.rows.map(({ id }, place) => [id, place]))
  const at = rows.findIndex(({ id }) => places.has(id))
  const was = places.get(rows[at]?.id ?? '')
  return was === undefined ? 0 : Math.max(0, before.above + was - at)
}
