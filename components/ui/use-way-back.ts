'use client'

import { useRef } from 'react'

/** An item of a menu goes with its menu: the way back leads to the button that opens that. */
function ownerOf(here: Element | null): HTMLElement | null {
  const menu = here?.closest('[role="menu"]')
  const opener = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  return opener ?? (here instanceof HTMLElement ? here : null)
}

/**
 * Where the focus goes when a dialog closes that no trigger of its own opened: back to where it was. `remember` when the
 * dialog takes the focus, `goBack` when it gives it up.
 */
export function useWayBack(hasTrigger: boolean) {
  const before = useRef<HTMLElement>(null)
  return {
    remember(): void {
      before.current = ownerOf(document.activeElement)
    },
    goBack(event: Event): void {
      if (hasTrigger || !before.current?.isConnected || before.current === document.body) return
      event.preventDefault()
      before.current.focus()
    },
  }
}
