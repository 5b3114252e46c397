'use client'

import type { Dispositions } from '@/lib/routing/schema'
import { createContext, use } from 'react'

/** Somebody, or a team. */
export type Teammate = { readonly id: string; readonly name: string }
/** A member of the workspace. */
export type InboxMember = Teammate & { readonly mayAnswer: boolean }
export type InboxAccount = {
  readonly id: string
  readonly platform: string
  readonly platformLabel: string
  readonly displayName: string
  readonly handle: string
}
export type InboxRights = {
  readonly triage: boolean
  readonly draft: boolean
  readonly reply: boolean
  /** To make labels, teams, macros and the like. */
  readonly manage: boolean
}

export type InboxPlace = {
  readonly workspace: string
  readonly timeZone: string
  /** The member who looks. */
  readonly me: string
  readonly members: readonly InboxMember[]
  readonly teams: readonly Teammate[]
  /** Why conversations end, and whether people are asked. */
  readonly dispositions: Dispositions
  readonly accounts: readonly InboxAccount[]
  readonly projects: readonly { readonly id: string; readonly name: string }[]
  /** Accounts of which not all that people write comes in. */
  readonly unheard: readonly string[]
  readonly rights: InboxRights
}

const Place = createContext<InboxPlace | null>(null)
export const InboxPlaceProvider = Place

/** Where the inbox is, who looks at it, and what they may do. */
export function useInboxPlace(): InboxPlace {
  const place = use(Place)
  if (!place) throw new Error('Only inside the inbox')
  return place
}

const Selection = createContext(false)
export const SelectionProvider = Selection
/** Whether several are selected: keys are about those then, not about the conversation that is open. */
export const useHasSelection = (): boolean => use(Selection)

/** Why this person may not triage; undefined when they may. */
export const triageRefusal = ({ triage }: InboxRights): string | undefined =>
  triage ? undefined : 'Viewers read the inbox; ask an admin for another role.'

/** What people call the network of an account. */
export const labelOf = (accounts: readonly InboxAccount[], accountId: string): string =>
  accounts.find(({ id }) => id === accountId)?.platformLabel ?? 'The network'
