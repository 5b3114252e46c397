'use client'

import { useLive } from '@/components/shell/live'
import { useQueryClient } from '@tanstack/react-query'
import type { ConversationCard, Page } from '@/lib/inbox/schema'
import { useRef } from 'react'
import { placeCards } from './place-cards'
import { askCards, inboxKey, isFromTop, listKey, type ListData } from './use-inbox'
import type { InboxFilter } from './use-inbox-address'

/** As many as the list answers for at once. */
const atOnce = 100

const inParts = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, n) => ids.slice(n * atOnce, (n + 1) * atOnce))

/**
 * Keeps what is shown true. Only the conversations that something happened to are asked for and put in their place, so
 * the list neither jumps nor is read again. After a gap, everything that is shown is asked for.
 * @returns asks for conversations at once, for those who changed them.
 */
export function useInboxNews(workspace: string, filter: InboxFilter, open: string | null) {
  const client = useQueryClient()
  const waiting = useRef(new Set<string>())
  const missed = useRef(false)
  const running = useRef(false)

  /** Undefined when the server was not reached. */
  async function ask(ids: readonly string[], first: boolean) {
    try {
      return await Promise.all([
        ...inParts(ids).map((part) => askCards(workspace, filter, part)),
        ...(first ? [askCards(workspace, filter)] : []),
      ])
    } catch {
      // The stream says so on the screen, and everything is asked for when it is back.
      return undefined
    }
  }

  function place(ids: readonly string[], parts: readonly Page<ConversationCard>[]) {
    const key = listKey(workspace, filter)
    const found = [...new Map(parts.flatMap(({ items }) => items).map((card) => [card.id, card])).values()]
    const asked = new Set([...ids, ...found.map(({ id }) => id)])
    client.setQueryData<ListData>(
      key,
      (data) => data && { ...data, pages: [...placeCards(data.pages, asked, found, filter.sort, isFromTop(data))] },
    )
  }

  async function catchUp() {
    if (running.current) return
    running.current = true
    try {
      while (waiting.current.size > 0 || missed.current) {
        const all = missed.current
        const shown = client.getQueryData<ListData>(listKey(workspace, filter))?.pages ?? []
        const ids = [...waiting.current, ...(all ? shown.flatMap(({ items }) => items.map(({ id }) => id)) : [])]
        waiting.current.clear()
        missed.current = false
        if (open && (all || ids.includes(open)))
          for (const what of ['conversation', 'messages', 'answered'] as const)
            void client.invalidateQueries({ queryKey: inboxKey(workspace, what, open) })
        void client.invalidateQueries({ queryKey: inboxKey(workspace, 'counts') })
        const parts = await ask(ids, all)
        missed.current ||= parts === undefined
        if (!parts) return
        place(ids, parts)
      }
    } finally {
      running.current = false
    }
  }

  useLive(['message.*', 'conversation.*', 'reply.*', 'reading.*'], (events, wasMissed) => {
    missed.current ||= wasMissed
    for (const { subject } of events) if (subject.type === 'conversation') waiting.current.add(subject.id)
    void catchUp()
  })

  return async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) waiting.current.add(id)
    await catchUp()
  }
}
