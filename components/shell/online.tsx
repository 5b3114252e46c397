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

/** What people are told of what certainly did not happen, because there was no connection. */
export const offlineWords = {
  read: 'You are offline. Try again when the connection is back.',
  done: 'You are offline, so this was not done. Do it again when the connection is back; what you wrote is kept.',
} as const
const isOfOffline = (words: string): boolean => Object.values<string>(offlineWords).includes(words)

/**
 * What went wrong, as a sentence. That one is offline is forgotten once there is a connection; that something may have
 * arrived stays until the next press.
 */
export function useProblem() {
  const online = useOnline()
  const [problem, setProblem] = useState<string>()
  const isOver = online && problem !== undefined && isOfOffline(problem)
  if (isOver) setProblem(undefined)
  return [isOver ? undefined : problem, setProblem] as const
}
