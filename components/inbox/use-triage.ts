'use client'

import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import type { Result } from '@/lib/core/result'
import { assignConversationsAction, labelConversationsAction, setStateAction } from '@/lib/inbox/actions'
import type { ConversationCard, View } from '@/lib/inbox/schema'
import type { LabelCard } from '@/lib/routing/schema'
import { useQueryClient } from '@tanstack/react-query'
import { changeCards } from './place-cards'
import { inboxKey, listKey, type ListData } from './use-inbox'
import type { InboxFilter } from './use-inbox-address'

export type NewState =
  | { readonly state: 'todo' | 'waiting' | 'done' }
  | { readonly state: 'snoozed'; readonly until: Date }

const urgentFrom = 80

/** Whether a conversation stays in a view; what the server's views say. */
function staysIn(view: View, { state, assigneeId, priority }: ConversationCard, me: string): boolean {
  switch (view) {
    case 'all':
      return true
    case 'mine':
      return state === 'todo' && assigneeId === me
    case 'unassigned':
      return state === 'todo' && assigneeId === null
    case 'urgent':
      return state === 'todo' && priority >= urgentFrom
    default:
      return state === view
  }
}

type Props = {
  readonly workspace: string
  readonly me: string
  readonly filter: InboxFilter
  readonly open: string | null
  readonly cards: readonly ConversationCard[]
  readonly refresh: (ids: readonly string[]) => Promise<void>
  readonly onOpen: (id: string | null) => void
}

const said: Readonly<Record<NewState['state'], string>> = {
  todo: 'Open again',
  waiting: 'Waiting for them',
  snoozed: 'Snoozed',
  done: 'Done',
}
const many = (ids: readonly string[], words: string) =>
  ids.length === 1 ? words : `${ids.length} conversations: ${words.toLowerCase()}`

/** What becomes of conversations. It is seen at once, can be taken back, and is put back with the reason when it was refused. */
export function useTriage({ workspace, me, filter, open, cards, refresh, onOpen }: Props) {
  const client = useQueryClient()

  /** The one that opens by itself when these leave the list. */
  function nextAfter(ids: ReadonlySet<string>): string | null {
    const from = cards.findIndex(({ id }) => id === open)
    const below = cards.slice(from + 1).find(({ id }) => !ids.has(id))
    return (below ?? cards.slice(0, Math.max(0, from)).findLast(({ id }) => !ids.has(id)))?.id ?? null
  }

  async function carryOut(
    ids: readonly string[],
    words: string,
    patch: Partial<ConversationCard>,
    work: () => Promise<Result<unknown>>,
    back: () => Promise<readonly Result<unknown>[]>,
  ) {
    const chosen = new Set(ids)
    const key = listKey(workspace, filter)
    const before = client.getQueryData<ListData>(key)
    const changed = (card: ConversationCard) => {
      const now = { ...card, ...patch }
      return staysIn(filter.view, now, me) ? now : undefined
    }
    const leaves = open !== null && chosen.has(open) && cards.some((card) => card.id === open && !changed(card))
    const next = nextAfter(chosen)
    client.setQueryData<ListData>(
      key,
      (data) => data && { ...data, pages: [...changeCards(data.pages, chosen, changed)] },
    )
    // On a phone the list is the next step, not another conversation.
    if (leaves) onOpen(window.matchMedia('(width < 64rem)').matches ? null : next)
    const answer = await answerOf(work())
    if (!answer.ok) {
      client.setQueryData(key, before)
      if (leaves) onOpen(open)
      toast.failed(answer.error.message)
      return
    }
    toast.undo(many(ids, words), async () => {
      const undone = await back()
      const failed = undone.find((one) => !one.ok)
      if (failed && !failed.ok) toast.failed(failed.error.message)
      else if (leaves) onOpen(open)
      await refresh(ids)
    })
    if (open !== null && chosen.has(open))
      void client.invalidateQueries({ queryKey: inboxKey(workspace, 'conversation', open) })
    await refresh(ids)
  }

  const known = (ids: readonly string[], opened?: ConversationCard) =>
    ids.flatMap((id) => cards.find((card) => card.id === id) ?? (opened?.id === id ? opened : []))

  return {
    /** `opened` is the conversation on the screen, which the list need not hold. */
    setState(ids: readonly string[], to: NewState, opened?: ConversationCard): void {
      if (ids.length === 0) return
      const were = Map.groupBy(known(ids, opened), ({ state, snoozedUntil }) => `${state} ${snoozedUntil ?? ''}`)
      void carryOut(
        ids,
        said[to.state],
        { state: to.state, snoozedUntil: to.state === 'snoozed' ? to.until.toISOString() : null },
        () => setStateAction(workspace, { conversationIds: [...ids], ...to }),
        () =>
          Promise.all(
            [...were.values()].map((group) => {
              const conversationIds = group.map(({ id }) => id)
              const [{ state, snoozedUntil } = { state: 'todo' as const, snoozedUntil: null }] = group
              return answerOf(
                setStateAction(
                  workspace,
                  state === 'snoozed'
                    ? { conversationIds, state, until: new Date(snoozedUntil ?? Date.now()) }
                    : { conversationIds, state },
                ),
              )
            }),
          ),
      )
    },
    /** Puts a label on, or takes it off. */
    label(ids: readonly string[], label: LabelCard, on: boolean): void {
      if (ids.length === 0) return
      const change = (put: boolean) =>
        labelConversationsAction(workspace, {
          conversationIds: [...ids],
          add: put ? [label.id] : [],
          remove: put ? [] : [label.id],
        })
      void carryOut(
        ids,
        on ? `Labelled ${label.name}` : `${label.name} taken off`,
        {},
        () => change(on),
        async () => [await answerOf(change(!on))],
      )
    },
    assign(ids: readonly string[], assigneeId: string | null, name: string, opened?: ConversationCard): void {
      if (ids.length === 0) return
      const were = Map.groupBy(known(ids, opened), (card) => card.assigneeId)
      void carryOut(
        ids,
        assigneeId === null ? 'Assigned to nobody' : `Assigned to ${name}`,
        { assigneeId },
        () => assignConversationsAction(workspace, { conversationIds: [...ids], assigneeId }),
        () =>
          Promise.all(
            [...were].map(([to, group]) =>
              answerOf(
                assignConversationsAction(workspace, { conversationIds: group.map(({ id }) => id), assigneeId: to }),
              ),
            ),
          ),
      )
    },
  }
}

export type Triage = ReturnType<typeof useTriage>
