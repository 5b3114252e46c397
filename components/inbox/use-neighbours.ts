'use client'

import { useEffect, useRef } from 'react'

type Row = { readonly id: string }
type Stood = { readonly open: string; readonly before: readonly string[]; readonly after: readonly string[] }

/**
 * What stands before and after the open conversation in a list. One that left the list, because it was answered or a
 * colleague ended it, still has the neighbours it had, as far as they are listed; one that never stood in it has the first.
 */
export function useNeighbours(rows: readonly Row[], open: string | null) {
  const place = rows.findIndex(({ id }) => id === open)
  const stood = useRef<Stood>(undefined)
  useEffect(() => {
    if (open === null || place < 0) return
    const ids = rows.map(({ id }) => id)
    stood.current = { open, before: ids.slice(0, place), after: ids.slice(place + 1) }
  }, [rows, open, place])
  return {
    /** Whether there surely is none. */
    isOver: (step: 1 | -1): boolean =>
      place >= 0 ? rows[place + step] === undefined : rows.length === 0 || (open === null && step < 0),
    neighbour(step: 1 | -1): string | undefined {
      if (place >= 0) return rows[place + step]?.id
      if (stood.current?.open !== open) return rows[0]?.id
      const listed = new Set(rows.map(({ id }) => id))
      const { before, after } = stood.current
      return step > 0 ? after.find((id) => listed.has(id)) : before.findLast((id) => listed.has(id))
    },
  }
}
