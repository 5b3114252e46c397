'use client'

import { useEffect } from 'react'

/** Tells the browser's own time zone, once it is known: the server, which draws the page first, has another. */
export function useBrowserTimeZone(tell: (zone: string) => void): void {
  useEffect(() => {
    tell(Intl.DateTimeFormat().resolvedOptions().timeZone)
    // Once: what the person writes later is theirs.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
}
