'use client'

import { answerOf } from '@/components/workspace/answer-of'
import { holdConversationAction, releaseConversationAction } from '@/lib/inbox/actions'
import { useEffect, useRef, useState } from 'react'
import { useInboxPlace } from './inbox-context'

/** A hold lasts 30 s: it is taken again well before that while somebody types. */
const againMs = 10_000

/** Tells others that one is answering, for as long as one types. */
export function useHold(conversationId: string) {
  const { workspace, members } = useInboxPlace()
  const [holder, setHolder] = useState<string>()
  const [fence, setFence] = useState<number>()
  const asked = useRef(0)
  const mine = useRef(false)

  const release = () => {
    if (!mine.current) return
    mine.current = false
    asked.current = 0
    void answerOf(releaseConversationAction(workspace, { conversationId }))
  }
  const leave = useRef(release)
  useEffect(() => {
    leave.current = release
  })
  useEffect(() => () => leave.current(), [])

  return {
    /** Who else answers; undefined when nobody does. */
    holder,
    /** Of the hold this was written under. */
    fence,
    release,
    async take(): Promise<void> {
      if (Date.now() - asked.current < againMs) return
      asked.current = Date.now()
      const hold = await answerOf(holdConversationAction(workspace, { conversationId }))
      if (!hold.ok) return
      mine.current = hold.value.mine
      if (hold.value.mine) {
        // The first one counts: what was done since by somebody else is to be noticed.
        setFence((known) => known ?? hold.value.fence)
        setHolder(undefined)
      } else setHolder(members.find(({ id }) => id === hold.value.memberId)?.name ?? 'Somebody')
    },
    /** What was written is sent or given up: the next answer begins anew. */
    begin(): void {
      setFence(undefined)
      setHolder(undefined)
    },
  }
}

export type HoldOnIt = ReturnType<typeof useHold>
