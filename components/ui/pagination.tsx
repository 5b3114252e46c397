'use client'

import { Button } from './button'

type Props = {
  /** Where the next page begins; null when there is none. */
  readonly next: string | null
  readonly busy?: boolean
  readonly onMore: (cursor: string) => void
  /** What is loaded so far: “50 posts”. */
  readonly shown?: string
}

/** “Load more”, by cursor: pages by number would skip or repeat what changes meanwhile. */
export function Pagination({ next, busy = false, onMore, shown }: Props) {
  return (
    <div className="flex items-center justify-center gap-3 py-3 text-table text-text-3">
      {shown && <span aria-live="polite">{shown}</span>}
      {next !== null && (
        <Button busy={busy} onClick={() => onMore(next)}>
          Load more
        </Button>
      )}
    </div>
  )
}
