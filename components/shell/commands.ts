'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

/** One line of the command menu: a place to go, or something to do. */
export type Command = {
  readonly id: string
  readonly label: string
  readonly group: string
  readonly shortcut?: string
  /** Other words people search it by. */
  readonly keywords?: readonly string[]
} & (
  | { readonly href: string; readonly action?: never }
  | { readonly action: () => void | Promise<void>; readonly href?: never }
)

const empty: readonly Command[] = []
let added = empty
const listeners = new Set<() => void>()

function change(next: readonly Command[]): void {
  added = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What pages have added to the menu. */
export const useAddedCommands = (): readonly Command[] =>
  useSyncExternalStore(
    subscribe,
    () => added,
    () => empty,
  )

/** Adds something to do to the command menu, and its key, while this page is open. `off` takes it away for now. */
export function useCommand(
  { id, label, group, shortcut }: Omit<Command, 'action' | 'href' | 'keywords'>,
  run: () => void | Promise<void>,
  off = false,
): void {
  const now = useEffectEvent(run)
  useEffect(() => {
    if (off) return
    const command: Command = { id, label, group, ...(shortcut && { shortcut }), action: () => now() }
    change([...added, command])
    return () => change(added.filter((one) => one !== command))
  }, [id, label, group, shortcut, off])
}
