'use client'

import { wantsAnswer, type ConversationDetail, type ThreadMessage } from '@/lib/inbox/schema'
import { useEffect, useState } from 'react'
import { keepTo, useTo, type DraftTo } from './drafts'
import { useInboxPlace } from './inbox-context'
import type { useMessages } from './use-inbox'

type Props = {
  readonly conversation: ConversationDetail
  readonly said: ReturnType<typeof useMessages>
  /** What was said, as far as it was read. */
  readonly messages: readonly ThreadMessage[]
}

/**
 * Which message an answer goes to, and whether its author alone reads it. While nothing is written that is the last that
 * wants an answer, unless another is chosen; from the first key on it stays, whoever else speaks.
 */
export function useAddressee({ conversation, said, messages }: Props) {
  const { workspace } = useInboxPlace()
  const { id: conversationId, answering } = conversation
  const answerable = messages.filter(
    ({ own, deletedAt, erasedAt, kind }) => !own && !deletedAt && !erasedAt && answering.kinds.includes(kind),
  )
  const kept = useTo(workspace, conversationId)
  const [chosen, setChosen] = useState<DraftTo>()
  // What is no longer kept was sent, here or in another tab: what is typed next does not go to all because of that.
  if (kept?.privately && (kept.id !== chosen?.id || !chosen.privately)) setChosen(kept)
  const at = (id: string | undefined) => answerable.find((one) => one.id === id)
  const last = answerable.findLast(({ kind }) => wantsAnswer.includes(kind)) ?? answerable.at(-1)
  const isMany = new Set(answerable.map(({ author }) => `${author.handle}\n${author.name}`)).size > 1
  // Where one person writes and nobody else reads, what they add while we type is answered, too.
  const isFixed = isMany || conversation.kind !== 'dm'
  const wanted = isFixed ? (kept ?? chosen) : chosen
  const privately = wanted?.privately ?? false
  // Words for somebody go to nobody when what they answer is gone, least of all to who spoke last.
  const isHeld = wanted !== undefined && (privately || (isFixed && kept !== undefined))
  const to = at(wanted?.id) ?? (isHeld ? undefined : last)

  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = said
  const isFurtherUp = isHeld && hasNextPage && !messages.some(({ id }) => id === wanted.id)
  useEffect(() => {
    if (isFurtherUp && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [isFurtherUp, isFetching, isFetchNextPageError, fetchNextPage])

  const choose = (next: DraftTo) => {
    setChosen(next)
    keepTo(workspace, conversationId, next)
  }
  return {
    /** Undefined while it is not read, and when there is none. */
    to,
    /** What is answered was chosen, or is being written, and cannot be answered any more, or is not read yet. */
    isLost: isHeld && !to,
    /** What was answered and can be no more: it was taken back, or its author forgotten. */
    gone: isHeld && !to ? messages.find(({ id }) => id === wanted.id) : undefined,
    privately,
    /** Those that can be answered, in the order they were said. */
    answerable,
    /** Whether what was said is here as far as it takes to know `to`. */
    isRead: said.isSuccess && !isFurtherUp,
    /** Whether the person should be told who it is: others speak here, too, or it is not simply the last one. */
    isNamed: to !== undefined && (privately || isMany || to !== last),
    isLast: !privately && to === last,
    hasComments: answerable.some(({ privateAnswer }) => privateAnswer !== null),
    /** Answers this one, to the same readers as before. Our own words and notes cannot be answered. */
    answer(id: string): void {
      if (at(id)) choose({ id, privately })
    },
    /** Answers a comment privately: this one, if it is one. Otherwise it stays with the one that it was, or is the last. */
    answerPrivately(id?: string): void {
      const others = privately ? [] : [to, answerable.findLast(({ privateAnswer }) => privateAnswer)]
      const comment = [at(id), ...others].find((one) => one?.privateAnswer)
      if (comment) choose({ id: comment.id, privately: true })
    },
    answerPublicly(): void {
      if (wanted) choose({ id: wanted.id, privately: false })
    },
    answerLast(): void {
      setChosen(undefined)
      keepTo(workspace, conversationId, last && { id: last.id, privately: false })
    },
  }
}

export type Addressee = ReturnType<typeof useAddressee>
