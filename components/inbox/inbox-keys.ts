'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import type { ConversationCard } from '@/lib/inbox/schema'
import type { RefObject } from 'react'
import type { InboxRights } from './inbox-context'
import type { InboxAddress } from './use-inbox-address'
import type { Triage } from './use-triage'

export type OpenMenu = 'assign' | 'snooze' | 'label' | null

type Props = {
  readonly address: InboxAddress
  readonly cards: readonly ConversationCard[]
  readonly selected: ReadonlySet<string>
  readonly triage: Triage
  readonly rights: InboxRights
  readonly search: RefObject<HTMLInputElement | null>
  readonly onSelect: (id: string, on: boolean) => void
  readonly onClear: () => void
  readonly onMenu: (menu: OpenMenu) => void
}

const group = 'Inbox'

/** The keys of the inbox. What is selected goes before what is open. */
export function useInboxKeys({
  address,
  cards,
  selected,
  triage,
  rights,
  search,
  onSelect,
  onClear,
  onMenu,
}: Props): void {
  const { open, openConversation, details, setDetails } = address
  const place = cards.findIndex(({ id }) => id === open)
  const card = cards[place]
  const isOver = (step: number) => cards[place < 0 ? (step > 0 ? 0 : -1) : place + step] === undefined
  const go = (step: number) => {
    const to = cards[place < 0 ? 0 : place + step]
    if (to) openConversation(to.id)
  }
  const chosen = selected.size > 0 ? [...selected] : open ? [open] : []
  const idle = chosen.length === 0 || !rights.triage

  useShortcut({ keys: 'j', label: 'Next conversation', group }, () => go(1), isOver(1))
  useShortcut({ keys: 'k', label: 'Conversation before', group }, () => go(-1), isOver(-1))
  useShortcut(
    { keys: 'enter', label: 'Read the conversation', group },
    () => document.querySelector<HTMLElement>('[data-thread]')?.focus(),
    open === null,
  )
  useShortcut(
    { keys: 'esc', label: 'Back to the list', group },
    () => {
      if (selected.size > 0) onClear()
      else if (open) {
        const row = document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(open)}"]`)
        openConversation(null)
        row?.focus()
      }
    },
    open === null && selected.size === 0,
  )
  useShortcut(
    { keys: 'x', label: 'Select the conversation', group },
    () => card && onSelect(card.id, !selected.has(card.id)),
    !card,
  )
  useShortcut(
    { keys: 'e', label: 'Done, or open again', group },
    () => {
      triage.setState(chosen, { state: selected.size === 0 && card?.state === 'done' ? 'todo' : 'done' })
      onClear()
    },
    idle,
  )
  useShortcut({ keys: 's', label: 'Snooze', group }, () => onMenu('snooze'), idle)
  useShortcut({ keys: 'a', label: 'Assign', group }, () => onMenu('assign'), idle)
  useShortcut({ keys: 'l', label: 'Label', group }, () => onMenu('label'), idle)
  useShortcut(
    { keys: 'i', label: 'Show or hide the details', group },
    () => setDetails(details === 'hidden' ? null : 'hidden'),
    open === null,
  )
  useShortcut({ keys: '/', label: 'Search the inbox', group }, () => search.current?.focus())
}
