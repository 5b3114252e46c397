'use client'

import { useCallback, useSyncExternalStore } from 'react'

/**
 * The time in milliseconds since 1970, rounded down to `everyMs` and told anew as often. Undefined while `everyMs` is
 * null, and on the server, whose clock is another.
 */
export function useNow(everyMs: number | null): number | undefined {
  const subscribe = useCallback(
    (tick: () => void) => {
      if (everyMs === null) return () => {}
      const timer = setInterval(tick, everyMs)
      return () => clearInterval(timer)
    },
    [everyMs],
  )
  const read = () => (everyMs === null ? undefined : Math.floor(Date.now() / everyMs) * everyMs)
  return useSyncExternalStore(subscribe, read, () => undefined)
}
