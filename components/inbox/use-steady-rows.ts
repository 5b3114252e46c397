'use client'

import { useLayoutEffect, useRef } from 'react'
import type { ListRow } from './fold-rows'

/** Heights in pixels: known beforehand, so that any of 100,000 rows is found by counting. */
export const rowHeight = 84
/** The line below a head that tells of what is folded under it. */
const foldHeight = 24

export const heightOf = ({ under }: Pick<ListRow, 'under'>): number =>
  under.length > 0 ? rowHeight + foldHeight : rowHeight

/** Where each row begins, in pixels from the top of the list. `above` are left out before the first. */
function topsOf(rows: readonly ListRow[], above: number): ReadonlyMap<string, number> {
  const tops = new Map<string, number>()
  let top = above * rowHeight
  for (const row of rows) {
    tops.set(row.id, top)
    top += heightOf(row)
  }
  return tops
}

/**
 * Which row is to come into sight when a conversation is opened. None in a list of no height: on a phone it gives way to
 * the conversation, and is to be as it was on the way back.
 */
export function placeToShow(rows: readonly ListRow[], open: string | null, heightPx: number): number | undefined {
  const place = heightPx > 0 ? rows.findIndex(({ id }) => id === open) : -1
  return place < 0 ? undefined : place
}

type Listed = { readonly rows: readonly ListRow[]; readonly above: number }

/**
 * How far the list is to be scrolled, in pixels, so that who reads at `scrollTop` goes on reading there. What they read by
 * is the first row in sight that has no news of its own: one that has may be at the top of the list by now.
 */
export function shiftOf(was: Listed, is: Listed, scrollTop: number): number {
  const [tops, stood] = [topsOf(is.rows, is.above), topsOf(was.rows, was.above)]
  const now = new Map(is.rows.map((row) => [row.id, row.card]))
  const inSight = was.rows.filter((row) => tops.has(row.id) && (stood.get(row.id) ?? 0) + heightOf(row) > scrollTop)
  const hasNews = ({ id, card }: ListRow): boolean => {
    const { lastMessageAt, priority } = now.get(id) ?? card
    return lastMessageAt !== card.lastMessageAt || priority !== card.priority
  }
  const anchor = inSight.find((row) => !hasNews(row)) ?? inSight[0]
  return anchor ? (tops.get(anchor.id) ?? 0) - (stood.get(anchor.id) ?? 0) : 0
}

/** Keeps the first row in sight where it is when rows come or go above it. `above` are left out before the first row. */
export function useSteadyRows(
  scroller: { readonly current: HTMLDivElement | null },
  rows: readonly ListRow[],
  above: number,
): void {
  const before = useRef({ rows, above })
  useLayoutEffect(() => {
    const element = scroller.current
    const was = before.current
    before.current = { rows, above }
    if (!element || element.scrollTop === 0) return
    const moved = shiftOf(was, { rows, above }, element.scrollTop)
    if (moved !== 0) element.scrollBy({ top: moved, behavior: 'instant' })
  }, [scroller, rows, above])
}
