'use client'

/** A ref that tells the page how tall something is, however tall it grows. `gap` is what it keeps below it (px). */
const heightAs =
  (name: '--composer' | '--page-bar', gap = 0) =>
  (it: HTMLElement | null): (() => void) | undefined => {
    if (!it) return undefined
    const { style } = document.documentElement
    const watch = new ResizeObserver(() => style.setProperty(name, `${it.offsetHeight + gap}px`))
    watch.observe(it)
    return () => {
      watch.disconnect()
      style.removeProperty(name)
    }
  }

/** For the composer, which news must not cover: they stand above it. */
export const clearOfNews = heightAs('--composer')
/** For the bar of what is selected, which covers neither rows nor composer: they end above it. */
export const roomForBar = heightAs('--page-bar', 12)
