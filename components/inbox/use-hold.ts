'use client'

import { answerOf } from '@/components/workspace/answer-of'
import { holdConversationAction, releaseConversationAction } from '@/lib/inbox/actions'
import { useEffect, useRef, useState } from 'react'
import { useInboxPlace } from './inbox-context'

/** A hold lasts 30 s: it is taken again well before that while somebody types. */
const againMs = 10_000

/**
 * Tells others that one is answering, for as long as one types. `readFence` is the conversation's fence as it is shown:
 * who has taken it since is found out when the answer is sent.
 */
export function useHold(conversationId: string, readFence: number) {
  const { workspace, members } = useInboxPlace()
  const [holder, setHolder] = useState<string>()
  const fence = useRef<number>(undefined)
  const taking = useRef<Promise<void>>(undefined)
  /** Our own latest hold, which the screen need not show yet. */
  const latest = useRef(0)
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

  async function ask(): Promise<void> {
    const hold = await answerOf(holdConversationAction(workspace, { conversationId }))
    if (!hold.ok) return
    mine.current = hold.value.mine
    setHolder(hold.value.mine ? undefined : (members.find(({ id }) => id === hold.value.memberId)?.name ?? 'Somebody'))
    const known = Math.max(readFence, latest.current)
    if (hold.value.mine) latest.current = hold.value.fence
    // The first one counts. Taken right after what is known, it is ours; otherwise somebody else was faster.
    const isNext = hold.value.mine && hold.value.fence <= known + 1
    fence.current ??= isNext ? hold.value.fence : Math.min(known, hold.value.fence - 1)
  }

  return {
    /** Who else answers; undefined when nobody does. */
    holder,
    /** Under which the answer was written, once it is known. One that does not fit any more tells of somebody else. */
    async fenceOf(): Promise<number> {
      await taking.current
      return fence.current ?? Math.max(readFence, latest.current)
    },
    release,
    take(): void {
      if (Date.now() - asked.current < againMs) return
      asked.current = Date.now()
      taking.current = ask()
    },
    /** What was written is sent or given up: the next answer begins anew. */
    begin(): void {
      fence.current = undefined
      setHolder(undefined)
    },
  }
}

export type HoldOnIt = ReturnType<typeof useHold>
