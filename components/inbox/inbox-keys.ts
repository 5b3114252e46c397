'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import type { ConversationCard, ConversationState } from '@/lib/inbox/schema'
import type { RefObject } from 'react'
import { headOf, type ListRow } from './fold-rows'
import { rowOf } from './go-to-row'
import type { InboxRights } from './inbox-context'
import type { InboxAddress } from './use-inbox-address'
import { readThread } from './thread-keys'
import { useNeighbours } from './use-neighbours'
import type { Triage } from './use-triage'

export type OpenMenu = 'assign' | 'snooze' | 'label' | 'done' | 'macro' | null

type Props = {
  readonly address: InboxAddress
  /** What the list has read. */
  readonly cards: readonly ConversationCard[]
  /** What is selected and not among that any more, as it was. */
  readonly left: readonly ConversationCard[]
  /** What it shows of it. */
  readonly rows: readonly ListRow[]
  readonly selected: ReadonlySet<string>
  readonly triage: Triage
  readonly rights: InboxRights
  readonly search: RefObject<HTMLInputElement | null>
  /** A person who ends a conversation is asked why. */
  readonly asksWhy: boolean
  readonly onSelect: (ids: readonly string[], on: boolean) => void
  readonly onUnfold: (id: string, on: boolean) => void
  readonly onClear: () => void
  readonly onMenu: (menu: OpenMenu) => void
}

const group = 'Inbox'

/** The keys of the inbox. What is selected goes before what is open. */
export function useInboxKeys({
  address,
  cards,
  left,
  rows,
  selected,
  triage,
  rights,
  search,
  asksWhy,
  onSelect,
  onUnfold,
  onClear,
  onMenu,
}: Props): void {
  const { open, openConversation, details, setDetails } = address
  const row = rows.find(({ id }) => id === open)
  const { isOver, neighbour } = useNeighbours(rows, open)
  const go = (step: 1 | -1) => {
    const to = neighbour(step)
    if (to) openConversation(to)
  }
  const chosen = selected.size > 0 ? [...selected] : open ? [open] : []
  const areAll = (state: ConversationState) =>
    chosen.every((id) => [...cards, ...left].find((each) => each.id === id)?.state === state)
  const idle = chosen.length === 0 || !rights.triage

  useShortcut({ keys: 'j', label: 'Next conversation', group }, () => go(1), isOver(1))
  useShortcut({ keys: 'k', label: 'Conversation before', group }, () => go(-1), isOver(-1))
  useShortcut(
    { keys: 'enter', label: 'Read the conversation', group },
    () => void readThread(open ?? undefined),
    open === null,
  )
  useShortcut(
    { keys: 'esc', label: 'Back to the list', group },
    () => {
      if (selected.size > 0) onClear()
      else if (open) {
        const row = rowOf(open)
        openConversation(null)
        row?.focus()
      }
    },
    open === null && selected.size === 0,
  )
  useShortcut(
    { keys: 'x', label: 'Select the conversation', group },
    () => row && onSelect([row.id], !selected.has(row.id)),
    !row,
  )
  const selectTo = (step: 1 | -1) => {
    const to = neighbour(step)
    onSelect(
      [row?.id, to].flatMap((id) => id ?? []),
      true,
    )
    if (to) openConversation(to)
  }
  useShortcut({ keys: 'shift+j', label: 'Select, and go on to the next', group }, () => selectTo(1), isOver(1))
  useShortcut({ keys: 'shift+k', label: 'Select, and go on to the one before', group }, () => selectTo(-1), isOver(-1))
  const head = open === null ? undefined : headOf(rows, open)
  useShortcut(
    { keys: 'right', label: 'Show all that say nearly the same', group },
    () => head && onUnfold(head.id, true),
    !head || head.under.length === 0 || head.isUnfolded,
  )
  useShortcut(
    { keys: 'left', label: 'Fold what says nearly the same', group },
    () => {
      if (!head) return
      onUnfold(head.id, false)
      if (head.id !== open) openConversation(head.id)
    },
    !head?.isUnfolded,
  )
  useShortcut(
    { keys: 'shift+a', label: 'Select all that are listed', group },
    () =>
      onSelect(
        cards.map(({ id }) => id),
        true,
      ),
    cards.length === 0,
  )
  useShortcut(
    { keys: 'e', label: 'Done, or open again', group },
    () => {
      const again = areAll('done')
      if (asksWhy && !again) return onMenu('done')
      triage.setState(chosen, { state: again ? 'todo' : 'done' })
      onClear()
    },
    idle,
  )
  useShortcut({ keys: 'shift+e', label: 'Done, and why', group }, () => onMenu('done'), idle || areAll('done'))
  useShortcut(
    { keys: 'w', label: 'Waiting, or to do again', group },
    () => {
      triage.setState(chosen, { state: areAll('waiting') ? 'todo' : 'waiting' })
      onClear()
    },
    idle || areAll('done'),
  )
  useShortcut({ keys: 's', label: 'Snooze', group }, () => onMenu('snooze'), idle)
  useShortcut({ keys: 'a', label: 'Assign', group }, () => onMenu('assign'), idle)
  useShortcut({ keys: 'l', label: 'Label', group }, () => onMenu('label'), idle)
  // Without a selection it opens those beside the answer.
  useShortcut(
    { keys: 'm', label: 'Macros for all selected', group },
    () => onMenu('macro'),
    selected.size === 0 || !rights.triage,
  )
  useShortcut(
    { keys: 'i', label: 'Show or hide the details', group },
    () => setDetails(details === 'hidden' ? null : 'hidden'),
    open === null,
  )
  useShortcut({ keys: '/', label: 'Search the inbox', group }, () => search.current?.focus())
}
