'use client'

import { useEffect, useEffectEvent } from 'react'

/** Takes files that are pasted anywhere on the page, but for where somebody writes. */
export function usePastedFiles(onFiles: (files: readonly File[]) => void, off: boolean): void {
  const take = useEffectEvent(onFiles)
  useEffect(() => {
    if (off) return
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      const writing = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]')
      if (files.length === 0 || writing) return
      event.preventDefault()
      take(files)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [off])
}
