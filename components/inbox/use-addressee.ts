'use client'

import type { ThreadMessage } from '@/lib/inbox/schema'
import { useEffect, useState } from 'react'
import { keepPrivately, usePrivately } from './drafts'
import { useInboxPlace } from './inbox-context'
import type { useMessages } from './use-inbox'

type Props = {
  readonly conversationId: string
  readonly said: ReturnType<typeof useMessages>
  /** What was said, as far as it was read. */
  readonly messages: readonly ThreadMessage[]
  /** Those of them that can be answered, in the order they were said. */
  readonly answerable: readonly ThreadMessage[]
}

/** Which message an answer goes to, the last one unless another is chosen, and whether its author alone reads it. */
export function useAddressee({ conversationId, said, messages, answerable }: Props) {
  const { workspace } = useInboxPlace()
  const [chosen, setChosen] = useState<string>()
  const kept = usePrivately(workspace, conversationId)
  // What is no longer kept was sent, here or in another tab: what is typed next does not go to all because of that.
  const [privateTo, setPrivateTo] = useState(kept)
  if (kept !== '' && kept !== privateTo) setPrivateTo(kept)
  const privately = privateTo !== ''
  const at = (id: string | undefined) => answerable.find((one) => one.id === id)
  const last = answerable.at(-1)
  // Words for one person go to nobody when what they answer is gone, least of all to who spoke last.
  const to = privately ? at(privateTo) : (at(chosen) ?? last)

  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = said
  const isFurtherUp = privately && hasNextPage && !messages.some(({ id }) => id === privateTo)
  useEffect(() => {
    if (isFurtherUp && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [isFurtherUp, isFetching, isFetchNextPageError, fetchNextPage])

  const setPrivately = (id: string) => {
    setPrivateTo(id)
    keepPrivately(workspace, conversationId, id)
  }
  return {
    /** Undefined while it is not read, and when there is none. */
    to,
    /** What was answered privately and can be no more: it was taken back, or its author forgotten. */
    gone: privately && !to ? messages.find(({ id }) => id === privateTo) : undefined,
    privately,
    /** Whether what was said is here as far as it takes to know `to`. */
    isRead: said.isSuccess && !isFurtherUp,
    /** Whether the person should be told who it is: it is not simply the last one, answered for all to read. */
    isNamed: to !== undefined && (privately || to !== last),
    hasComments: answerable.some(({ privateAnswer }) => privateAnswer !== null),
    /** Answers this one, to the same readers as before. Our own words and notes cannot be answered. */
    answer(id: string): void {
      if (!at(id)) return
      if (privately) setPrivately(id)
      else setChosen(id)
    },
    /** Answers a comment privately: this one, if it is one. Otherwise it stays with the one that it was, or is the last. */
    answerPrivately(id?: string): void {
      const others = privately ? [] : [to, answerable.findLast(({ privateAnswer }) => privateAnswer)]
      const comment = [at(id), ...others].find((one) => one?.privateAnswer)
      if (comment) setPrivately(comment.id)
    },
    answerPublicly(): void {
      setPrivately('')
      if (privately) setChosen(privateTo)
    },
    answerLast(): void {
      setPrivately('')
      setChosen(undefined)
    },
  }
}

export type Addressee = ReturnType<typeof useAddressee>
