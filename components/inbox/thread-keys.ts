'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import { useEffect } from 'react'

/** The line of the thread that has the focus: the id of what was said there. */
export const standingOn = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-line]')?.dataset.line

/** The conversation that somebody wants to read and that is still on its way. */
let wanted: string | undefined

/**
 * Goes to what was said in the open conversation, where keys are commands. One that is still on its way (`id`) gets the
 * focus when it is there. @returns whether one is open
 */
export function readThread(id?: string): boolean {
  const thread = document.querySelector<HTMLElement>('[data-thread]')
  thread?.focus()
  wanted = thread ? undefined : id
  return thread !== null
}

/** Takes the focus to what was said where somebody asked for that before it was there. */
export function useWantedThread(id: string): void {
  useEffect(() => {
    if (wanted === id) readThread()
  }, [id])
}

/**
 * Goes from a form whose words were taken, or that somebody leaves, to what was said, where keys are commands. Whoever went elsewhere meanwhile
 * stays there.
 */
export function backToThread(form: HTMLElement | null): void {
  const here = document.activeElement
  if (!(here instanceof HTMLElement) || !form?.contains(here)) return
  if (!readThread()) here.blur()
}

type Props = {
  /** Their messages that can be answered, in the order they were said. */
  readonly answerable: readonly string[]
  readonly onGo: (messageId: string) => void
  /** Reads what was said before; undefined where that is all. */
  readonly onEarlier: (() => void) | undefined
}

/** Keys that go from one of their messages to another, the latest first. Reply answers the one that they lead to. */
export function useThreadKeys({ answerable, onGo, onEarlier }: Props): void {
  const go = (step: -1 | 1) => {
    const here = standingOn()
    const place = here === undefined ? -1 : answerable.indexOf(here)
    const to = answerable[(place < 0 ? answerable.length : place) + step]
    if (to !== undefined) onGo(to)
    else if (step < 0) onEarlier?.()
  }
  const none = answerable.length === 0
  useShortcut({ keys: 'p', label: 'Their message before', group: 'Inbox' }, () => go(-1), none)
  useShortcut({ keys: 'shift+p', label: 'Their message after', group: 'Inbox' }, () => go(1), none)
}
