'use client'

import { useLive } from '@/components/shell/live'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { inboxKey, useCounts } from './use-inbox'

/** The number stands on every page of everybody: in a flood it is asked for so often, not for every event. */
const pauseMs = 2_000

const never = () => () => {}

/** How many conversations are to do, by itself up to date; 0 while nobody knows. Counted to 1,000. */
export function useTodoCount(workspace: string): number {
  const client = useQueryClient()
  const counts = useCounts(workspace)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const changedAt = useRef(0)
  useLive(['message.*', 'conversation.*', 'reply.*'], () => {
    changedAt.current = Date.now()
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      const queryKey = inboxKey(workspace, 'counts')
      // The inbox, where it is open, asks at once.
      const countedAt = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0
      if (countedAt <= changedAt.current) void client.invalidateQueries({ queryKey })
    }, pauseMs)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  // The page beneath may bring the counts before this is drawn for the first time, which must be as the server drew it.
  const isDrawn = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return isDrawn ? (counts.data?.['todo'] ?? 0) : 0
}
