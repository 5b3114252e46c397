'use client'

import { useSyncExternalStore } from 'react'

const everyMs = 15_000
const rounded = () => Math.floor(Date.now() / everyMs) * everyMs

function subscribe(tick: () => void): () => void {
  const timer = setInterval(tick, everyMs)
  return () => clearInterval(timer)
}

/** The time, to a quarter of a minute, in milliseconds since 1970. Undefined on the server, whose clock is another. */
export const useNow = (): number | undefined => useSyncExternalStore(subscribe, rounded, () => undefined)
