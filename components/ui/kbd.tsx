'use client'

import { useSyncExternalStore } from 'react'
import { cn } from './cn'

const apple: Readonly<Record<string, string>> = {
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  enter: '↵',
  esc: 'Esc',
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
}
const others: Readonly<Record<string, string>> = { ...apple, mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter' }

const never = () => () => {}

/** Whether this is a Mac or an iPad; false on the server and until the page is alive. */
function useApple(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  )
}

type Props = {
  /** `mod+shift+enter` for keys together, `g c` for one after the other. `mod` is ⌘ on Apple's machines, Ctrl elsewhere. */
  readonly keys: string
  /** On a dark ground, as in tooltips. */
  readonly inverted?: boolean
  readonly className?: string
}

/** Keys to press, written as this person's keyboard writes them. */
export function Kbd({ keys, inverted = false, className }: Props) {
  const names = useApple() ? apple : others
  return (
    <kbd className={cn('inline-flex shrink-0 gap-1 font-sans text-meta', className)}>
      {keys.split(/[+ ]/).map((key, place) => (
        <span
          key={`${place}-${key}`}
          className={cn(
            'grid h-5 min-w-5 place-items-center rounded-[4px] border px-1 leading-none',
            inverted ? 'border-current/30 text-current' : 'border-line bg-sunken text-text-2',
          )}
        >
          {names[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </span>
      ))}
    </kbd>
  )
}
