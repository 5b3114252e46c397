'use client'

import { onlineManager } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { cn } from '@/components/ui/cn'

const subscribe = (listener: () => void) => onlineManager.subscribe(listener)

/** Whether the browser has a connection, as the queries that wait for one see it. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => onlineManager.isOnline(),
    () => true,
  )

/** Says, where something is waited for, that it waits for a connection. Nothing while there is one. */
export function WaitsForConnection({ className }: { readonly className?: string }) {
  const online = useOnline()
  return (
    <output className={cn('flex items-start gap-2 text-table text-text-2', online && 'hidden', className)}>
      {!online && (
        <>
          <CloudOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>You are offline. This goes on by itself when the connection is back.</span>
        </>
      )}
    </output>
  )
}

/** What went wrong, as a sentence. What failed for want of a connection is forgotten once there is one. */
export function useProblem() {
  const online = useOnline()
  const [problem, setProblem] = useState<{ readonly words: string; readonly wasOffline: boolean }>()
  const isOver = problem?.wasOffline && online
  if (isOver) setProblem(undefined)
  const say = (words: string | undefined) =>
    setProblem(words === undefined ? undefined : { words, wasOffline: !onlineManager.isOnline() })
  return [isOver ? undefined : problem?.words, say] as const
}
