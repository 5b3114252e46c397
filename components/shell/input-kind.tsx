'use client'

import { useEffect } from 'react'

/** Notes on the page whether the last input was a key or a pointer: what the keyboard opens does not animate. */
export function InputKind() {
  useEffect(() => {
    const note = (event: Event) => {
      document.documentElement.dataset.input = event.type === 'keydown' ? 'keyboard' : 'pointer'
    }
    const options = { capture: true, passive: true }
    window.addEventListener('keydown', note, options)
    window.addEventListener('pointerdown', note, options)
    return () => {
      window.removeEventListener('keydown', note, options)
      window.removeEventListener('pointerdown', note, options)
    }
  }, [])
  return null
}
