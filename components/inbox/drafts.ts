'use client'

import { useSyncExternalStore } from 'react'

const prefix = 'posthorn.reply.'
const keyOf = (workspace: string, conversationId: string) => `${prefix}${workspace}.${conversationId}`
const listeners = new Set<() => void>()
/** What is being typed, also where the browser keeps nothing: private windows, a full disk. */
const typed = new Map<string, string>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab wrote; what is typed here stands for this tab.
  const elsewhere = ({ key }: StorageEvent) => key?.startsWith(prefix) && listener()
  window.addEventListener('storage', elsewhere)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', elsewhere)
  }
}

function stored(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    // Nothing was kept.
    return ''
  }
}

const read = (key: string): string => typed.get(key) ?? stored(key)

/** What is written to a conversation and not yet sent. */
export const draftOf = (workspace: string, conversationId: string): string => read(keyOf(workspace, conversationId))

/** Keeps words at once, in this browser; no words forget the draft. */
export function keepDraft(workspace: string, conversationId: string, text: string): void {
  const key = keyOf(workspace, conversationId)
  typed.set(key, text)
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // They are kept for as long as this tab is open.
  }
  for (const listener of listeners) listener()
}

/** The draft of a conversation, by itself up to date. Empty on the server. */
export const useDraft = (workspace: string, conversationId: string): string =>
  useSyncExternalStore(
    subscribe,
    () => draftOf(workspace, conversationId),
    () => '',
  )
