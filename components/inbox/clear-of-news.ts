'use client'

/** A ref for what news must not cover: they stand above it, however tall it grows. */
export function clearOfNews(it: HTMLElement | null): (() => void) | undefined {
  if (!it) return undefined
  const { style } = document.documentElement
  const watch = new ResizeObserver(() => style.setProperty('--composer', `${it.offsetHeight}px`))
  watch.observe(it)
  return () => {
    watch.disconnect()
    style.removeProperty('--composer')
  }
}
