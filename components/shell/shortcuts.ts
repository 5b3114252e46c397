'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export type Shortcut = {
  /** `n`, `mod+enter`, `mod+shift+enter`, `left`, or one after the other: `g c`. `mod` is ⌘ or Ctrl. */
  readonly keys: string
  readonly label: string
  /** The heading it stands under in the shortcut sheet. */
  readonly group: string
  /** Also while a dialog or menu is open. */
  readonly everywhere?: boolean
}

type Registered = Shortcut & { readonly run: () => void }

const sequenceMs = 1_000
const empty: readonly Registered[] = []
let registered = empty
const listeners = new Set<() => void>()

function change(next: readonly Registered[]): void {
  registered = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Adds shortcuts until the returned function is called. The newest wins over an older one with the same keys. */
export function addShortcuts(shortcuts: readonly Registered[]): () => void {
  change([...registered, ...shortcuts])
  return () => change(registered.filter((one) => !shortcuts.includes(one)))
}

/** Gives this page a key. `off` takes it away for the time being. */
export function useShortcut({ keys, label, group, everywhere = false }: Shortcut, run: () => void, off = false): void {
  const now = useEffectEvent(run)
  useEffect(() => {
    if (off) return
    return addShortcuts([{ keys, label, group, everywhere, run: () => now() }])
  }, [keys, label, group, everywhere, off])
}

/** Every shortcut that works at this moment, in the order they came. */
export const useShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    subscribe,
    () => registered,
    () => empty,
  )

const names: Readonly<Record<string, string>> = {
  arrowleft: 'left',
  arrowright: 'right',
  arrowup: 'up',
  arrowdown: 'down',
  escape: 'esc',
  ' ': 'space',
}

/** A key press as it is written in `keys`. Where the layout has no Latin letters, the key's place decides. */
function spell(event: KeyboardEvent): string {
  const latin = event.key.length > 1 || event.key.charCodeAt(0) < 128
  const typed = latin ? event.key.toLowerCase() : event.code.replace(/^(Key|Digit)/, '').toLowerCase()
  const key = names[typed] ?? typed
  // Signs such as ? need Shift on one keyboard and not on another; so do digits.
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key))
  return [(event.metaKey || event.ctrlKey) && 'mod', shift && 'shift', event.altKey && 'alt', key]
    .filter(Boolean)
    .join('+')
}

const typing = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]'
/** What answers to Enter and Space itself while it has the focus: these are no commands of the page then. */
const pressable =
  'a[href], button, summary, [role="button"], [role="checkbox"], [role="link"], [role="option"], [role="radio"], [role="switch"], [role="tab"]'
const pressing: ReadonlySet<string> = new Set(['enter', 'space'])
const covering = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

/**
 * Listens for all of them, once, in the shell. Keys without ⌘ or Ctrl do nothing while somebody types.
 * @param singleKeys false turns those off altogether (WCAG 2.1.4), for people who speak to their machine.
 */
export function useShortcutListener(singleKeys: boolean): void {
  useEffect(() => {
    let before = { key: '', at: 0 }
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Meta', 'Control', 'Alt'].includes(event.key)) return
      const target = event.target instanceof Element ? event.target : null
      const key = spell(event)
      const modified = key.startsWith('mod+')
      if (!modified && (!singleKeys || target?.closest(typing))) return
      if (pressing.has(key) && target?.closest(pressable)) return
      const covered = target?.closest(covering) !== null
      const sequence = event.timeStamp - before.at < sequenceMs ? `${before.key} ${key}` : ''
      const last = (keys: string) => registered.findLast((one) => one.keys === keys && (!covered || one.everywhere))
      // Two keys one after the other were meant together, also where the second means something by itself.
      const found = last(sequence) ?? last(key)
      before = { key, at: event.timeStamp }
      if (!found) return
      event.preventDefault()
      before = { key: '', at: 0 }
      found.run()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [singleKeys])
}
