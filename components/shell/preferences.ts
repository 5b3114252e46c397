'use client'

import { useSyncExternalStore } from 'react'

/** What a person chose for this browser. The root layout reads the same cookies, so a page comes already as chosen. */
const choices = {
  density: ['comfortable', 'compact'],
  sidebar: ['open', 'collapsed'],
  keys: ['on', 'off'],
} as const

type Name = keyof typeof choices
type Choice<N extends Name> = (typeof choices)[N][number]

const yearSeconds = 31_536_000
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read<N extends Name>(name: N): Choice<N> {
  const kept = document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1]
  const known: readonly Choice<N>[] = choices[name]
  return known.find((choice) => choice === kept) ?? first(name)
}

/** The first of each list is what holds until somebody chooses. */
function first<N extends Name>(name: N): Choice<N> {
  const known: readonly Choice<N>[] = choices[name]
  const [start] = known
  if (start === undefined) throw new Error(`The preference ${name} has no choices`)
  return start
}

/** A choice and how to change it; it takes effect at once and is kept for a year. */
export function usePreference<N extends Name>(name: N): readonly [Choice<N>, (choice: Choice<N>) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => first(name),
  )
  return [value, (choice) => keep(name, choice)]
}

function keep<N extends Name>(name: N, choice: Choice<N>): void {
  document.cookie = `${name}=${choice}; path=/; max-age=${yearSeconds}; samesite=lax`
  document.documentElement.dataset[name] = choice
  for (const listener of listeners) listener()
}
