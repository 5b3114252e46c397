'use client'

import { useEffect, useRef, useState } from 'react'
import type { Shown } from './calendar-pointing'

const openMs = 350
const closeMs = 150

export type PointedAt = { readonly card: Shown; readonly element: HTMLElement }

/** Which post is pointed at long enough to be looked at. Going to the preview itself keeps it open. */
export function usePointing() {
  const [pointed, setPointed] = useState<PointedAt>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const later = (ms: number, next: PointedAt | undefined) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setPointed(next?.element.isConnected ? next : undefined), ms)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    pointed,
    at: (card: Shown, element: HTMLElement) => later(openMs, { card, element }),
    away: () => later(closeMs, undefined),
    stay: () => clearTimeout(timer.current),
    close: () => {
      clearTimeout(timer.current)
      setPointed(undefined)
    },
  }
}
