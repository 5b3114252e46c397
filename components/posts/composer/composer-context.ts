'use client'

import { createContext, useContext } from 'react'
import type { MediaCard } from '@/lib/media/schema'
import type { LinkPreview, TargetAccount } from '@/lib/posts/schema'
import type { Draft, Scope } from './draft'

/** What everything in the composer works on. */
export type Desk = {
  readonly workspace: string
  readonly timeZone: string
  readonly accounts: readonly TargetAccount[]
  /** The accounts that the draft is for. */
  readonly chosen: readonly TargetAccount[]
  readonly draft: Draft
  readonly scope: Scope
  readonly edit: (change: (draft: Draft) => Draft) => void
  readonly setScope: (scope: Scope) => void
  /** Every file that was ever named here, by id. */
  readonly media: ReadonlyMap<string, MediaCard>
  readonly addMedia: (card: MediaCard) => void
  /** What is known of the pages that are linked to, by address. */
  readonly links: ReadonlyMap<string, LinkPreview>
  readonly addLink: (address: string, preview: LinkPreview) => void
}

const DeskContext = createContext<Desk | null>(null)
export const DeskProvider = DeskContext.Provider

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('This part of the composer stands outside of it.')
  return desk
}
