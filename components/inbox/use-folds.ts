'use client'

import type { ConversationCard } from '@/lib/inbox/schema'
import { useEffect, useRef, useState } from 'react'
import { useDrafted } from './drafts'
import { allIn, foldsOf, headOf, rowsOf } from './fold-rows'
import type { InboxAddress } from './use-inbox-address'

type Props = {
  readonly workspace: string
  readonly cards: readonly ConversationCard[]
  readonly address: InboxAddress
  readonly selected: ReadonlySet<string>
}

/** The rows of a list, in which what says nearly the same is folded under the first that says it. */
export function useFolds({ workspace, cards, address: { open, isFolding }, selected }: Props) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const drafted = useDrafted(workspace)
  const folds = foldsOf(cards, isFolding)
  const rows = rowsOf(folds, { unfolded, open, selected, drafted })
  // Rows are drawn again when what they are given changes, so what they call stays the same.
  const latest = useRef(rows)
  useEffect(() => {
    latest.current = rows
  }, [rows])
  return {
    rows,
    /** These, with what is hidden under them. */
    withHidden: (ids: readonly string[]): readonly string[] =>
      ids.flatMap((id) => [id, ...(latest.current.find((row) => row.id === id)?.hidden ?? [])]),
    /** Shows all that stand under the head of a row, or folds them. */
    unfold(id: string, on: boolean): void {
      const head = headOf(latest.current, id)
      if (!head) return
      setUnfolded((before) => {
        const without = [...before].filter((one) => !allIn(head).includes(one))
        return new Set(on ? [...without, head.id] : without)
      })
    },
  }
}
