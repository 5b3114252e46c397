'use client'

import { cn } from '@/components/ui/cn'
import { CloudOff } from 'lucide-react'
import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useOnline } from './online'
import { liveConnection, type LiveConnection } from './live-connection'
import type { LiveEvent } from './live-stream'

export type { LiveEvent } from './live-stream'

const gatherMs = 300
/** Shorter gaps mend themselves before anybody could read of them. */
const patienceMs = 3_000

const LiveContext = createContext<LiveConnection | null>(null)

type Props = {
  readonly workspace: string
  /** Who looks: tabs of somebody else in the same browser hear other news. */
  readonly person: string
  /** When the page was made, ISO 8601. */
  readonly madeAt: string
  readonly children: ReactNode
}

/** Once per workspace layout, with the workspace as its `key`: one stream for all tabs of a browser. */
export function LiveProvider({ workspace, person, madeAt, children }: Props) {
  const [connection] = useState(() => liveConnection(workspace, person, madeAt))
  useEffect(() => connection.open(), [connection])
  return <LiveContext value={connection}>{children}</LiveContext>
}

/**
 * Hears what happens in the workspace. `types` are events such as `post.moved`, or `post.*` for all of a kind.
 * What comes within 300 ms comes at once. It is called with `missed` when anything may have happened: after a gap in the
 * connection, and when something did between the making of the page and its listening.
 */
export function useLive(
  types: readonly string[],
  onEvent: (events: readonly LiveEvent[], missed: boolean) => void,
): void {
  const connection = useContext(LiveContext)
  const hear = useEffectEvent(onEvent)
  const wanted = types.join(' ')
  useEffect(() => {
    if (!connection) return
    const patterns = wanted.split(' ')
    const isWanted = ({ type }: LiveEvent) =>
      patterns.some((pattern) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type))
    let waiting: LiveEvent[] = []
    let missed = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      timer ??= setTimeout(() => {
        const events = waiting
        const wasMissed = missed
        waiting = []
        missed = false
        timer = undefined
        hear(events, wasMissed)
      }, gatherMs)
    }
    const leave = connection.join({
      hear(event) {
        if (!isWanted(event)) return
        waiting.push(event)
        later()
      },
      back() {
        missed = true
        later()
      },
    })
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [connection, wanted])
}

/** Says so while live news do not come. Nothing while they do. */
export function LiveStatus({ className }: { readonly className?: string }) {
  const connection = useContext(LiveContext)
  const online = useOnline()
  const [down, setDown] = useState(false)
  useEffect(() => {
    if (!connection) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = connection.watch((up) => {
      clearTimeout(timer)
      if (up) setDown(false)
      else timer = setTimeout(() => setDown(true), patienceMs)
    })
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [connection])
  return (
    <output className={cn('inline-flex items-center gap-1.5 text-meta text-review', className)}>
      {(down || !online) && (
        <>
          <CloudOff aria-hidden className="size-4" />
          {online ? 'Reconnecting…' : 'You are offline'}
        </>
      )}
    </output>
  )
}
