'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { mediaKinds } from '@/lib/media/schema'
import { z } from 'zod'

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

/** Keeps words at once, in this browser; no words forget them. */
function keep(key: string, words: string): void {
  typed.set(key, words)
  try {
    if (words === '') localStorage.removeItem(key)
    else localStorage.setItem(key, words)
  } catch {
    // They are kept for as long as this tab is open.
  }
  for (const listener of listeners) listener()
}

/** Where the note that is being written in a conversation is kept, beside its answer. */
export const noteOf = (conversationId: string): string => `${conversationId}.note`

/** What is written to a conversation and not yet sent. */
export const draftOf = (workspace: string, conversationId: string): string => read(keyOf(workspace, conversationId))

/** Keeps words at once, in this browser; no words forget the draft. */
export function keepDraft(workspace: string, conversationId: string, text: string): void {
  keep(keyOf(workspace, conversationId), text)
  keepTo(workspace, conversationId, toOf(workspace, conversationId))
}

/** The draft of a conversation, by itself up to date. Empty on the server. */
export const useDraft = (workspace: string, conversationId: string): string =>
  useSyncExternalStore(
    subscribe,
    () => draftOf(workspace, conversationId),
    () => '',
  )

/** Which message the draft of a conversation answers, and whether its author alone reads that. */
export type DraftTo = { readonly id: string; readonly privately: boolean }

const toKey = (workspace: string, conversationId: string) => `${prefix}to.${workspace}.${conversationId}`
const publicly = 'publicly '
const privately = 'privately '
const toIn = (kept: string): DraftTo | undefined =>
  kept.startsWith(privately)
    ? { id: kept.slice(privately.length), privately: true }
    : kept.startsWith(publicly)
      ? { id: kept.slice(publicly.length), privately: false }
      : undefined

/** Where private drafts alone had their message until 26 November 2026: they must not go out for all to read. */
const oldKey = (workspace: string, conversationId: string) => `${prefix}privately.${workspace}.${conversationId}`

function keptTo(workspace: string, conversationId: string): string {
  const kept = read(toKey(workspace, conversationId))
  const old = kept === '' ? read(oldKey(workspace, conversationId)) : ''
  return old === '' ? kept : `${privately}${old}`
}

/** Keeps whom the draft of a conversation answers. It goes with words and files: without any, there is nothing to keep. */
export function keepTo(workspace: string, conversationId: string, to: DraftTo | undefined): void {
  const isWritten = draftOf(workspace, conversationId) !== '' || read(filesKey(workspace, conversationId)) !== ''
  const kept = to && isWritten ? `${to.privately ? privately : publicly}${to.id}` : ''
  if (kept !== read(toKey(workspace, conversationId))) keep(toKey(workspace, conversationId), kept)
  if (read(oldKey(workspace, conversationId)) !== '') keep(oldKey(workspace, conversationId), '')
}

/** Whom the draft of a conversation answers; undefined while nothing is written. */
export const toOf = (workspace: string, conversationId: string): DraftTo | undefined =>
  toIn(keptTo(workspace, conversationId))

/** The same, by itself up to date. */
export function useTo(workspace: string, conversationId: string): DraftTo | undefined {
  const kept = useSyncExternalStore(
    subscribe,
    () => keptTo(workspace, conversationId),
    () => '',
  )
  return useMemo(() => toIn(kept), [kept])
}

/** The keys under which something is kept in this browser, in this tab or before it. */
function keptKeys(): readonly string[] {
  try {
    return [...new Set([...Object.keys(localStorage), ...typed.keys()])]
  } catch {
    // Nothing was kept.
    return [...typed.keys()]
  }
}

/** The conversations with words that are not yet sent. */
export function useDrafted(workspace: string): ReadonlySet<string> {
  const start = keyOf(workspace, '')
  const ids = useSyncExternalStore(
    subscribe,
    () =>
      keptKeys()
        .flatMap((key) => (key.startsWith(start) && read(key) !== '' ? [key.slice(start.length)] : []))
        .join(' '),
    () => '',
  )
  return useMemo(() => new Set(ids.split(' ')), [ids])
}

/** A file of the library that goes with an answer being written. */
const AttachedFile = z.object({
  id: z.string(),
  name: z.string(),
  thumb: z.string().nullable(),
  kind: z.enum(mediaKinds),
  mime: z.string(),
  sizeBytes: z.number(),
})
export type AttachedFile = Readonly<z.output<typeof AttachedFile>>
const Files = z.array(AttachedFile)
const filesKey = (workspace: string, conversationId: string) => `${prefix}files.${workspace}.${conversationId}`
const filesIn = (kept: string): readonly AttachedFile[] => {
  try {
    return Files.parse(JSON.parse(kept || '[]'))
  } catch {
    // Another version of this page kept them: they are chosen again.
    return []
  }
}

/** Keeps which files go with the answer of a conversation, as its words are kept. */
export function keepFiles(
  workspace: string,
  conversationId: string,
  change: (before: readonly AttachedFile[]) => readonly AttachedFile[],
): void {
  const key = filesKey(workspace, conversationId)
  const files = change(filesIn(read(key))).map((file) => AttachedFile.parse(file))
  keep(key, files.length === 0 ? '' : JSON.stringify(files))
  keepTo(workspace, conversationId, toOf(workspace, conversationId))
}

export function useFiles(workspace: string, conversationId: string): readonly AttachedFile[] {
  const kept = useSyncExternalStore(
    subscribe,
    () => read(filesKey(workspace, conversationId)),
    () => '',
  )
  return useMemo(() => filesIn(kept), [kept])
}

/** What is being written in a conversation goes to the one that it joined, below what is being written there. */
export function carryDrafts(workspace: string, from: string, to: string): void {
  const both = [toOf(workspace, to), toOf(workspace, from)].flatMap((one) => one ?? [])
  // What was meant for one person must not go out for all to read.
  const addressee = both.find(({ privately: isPrivate }) => isPrivate) ?? both[0]
  const files = filesIn(read(filesKey(workspace, from)))
  for (const [left, here] of [[from, to] as const, [noteOf(from), noteOf(to)] as const]) {
    const words = [draftOf(workspace, here), draftOf(workspace, left)].filter((some) => some !== '').join('\n\n')
    if (words !== draftOf(workspace, here)) keepDraft(workspace, here, words)
    if (draftOf(workspace, left) !== '') keepDraft(workspace, left, '')
  }
  if (files.length > 0) {
    keepFiles(workspace, to, (before) => [...before, ...files])
    keepFiles(workspace, from, () => [])
  }
  keepTo(workspace, to, addressee)
}

/** A thread has many drafts: each goes with what it answers. */
const changedKey = (workspace: string, messageId: string) => `${prefix}changed.${workspace}.${messageId}`

/** What they had made of the draft before that, until it is put back or that one is decided. */
const earlierKey = (workspace: string, messageId: string) => `${prefix}earlier.${workspace}.${messageId}`
const wordsOf = (kept: string): string => kept.slice(kept.indexOf(' ') + 1)

/**
 * Keeps how a person left the draft of an answer to a message; `undefined` forgets it. A new draft begins anew, and what was made
 * of the one before is kept beside it.
 */
export function keepChanged(workspace: string, messageId: string, draftId: string, text: string | undefined): void {
  const kept = read(changedKey(workspace, messageId))
  const isOfEarlier = kept !== '' && !kept.startsWith(`${draftId} `)
  if (text === undefined) keep(earlierKey(workspace, messageId), '')
  else if (isOfEarlier) keep(earlierKey(workspace, messageId), wordsOf(kept))
  keep(changedKey(workspace, messageId), text === undefined ? '' : `${draftId} ${text}`)
}

/** Puts back what a person had made of the draft before this one. */
export function putBack(workspace: string, messageId: string, draftId: string): void {
  const words = earlierOf(workspace, messageId, draftId)
  keep(earlierKey(workspace, messageId), '')
  keep(changedKey(workspace, messageId), `${draftId} ${words}`)
}

/** What a person had made of the draft before this one; empty where that is nothing. */
export function earlierOf(workspace: string, messageId: string, draftId: string): string {
  const kept = read(changedKey(workspace, messageId))
  const isOfEarlier = kept !== '' && !kept.startsWith(`${draftId} `)
  return isOfEarlier ? wordsOf(kept) : read(earlierKey(workspace, messageId))
}

export const useEarlier = (workspace: string, messageId: string, draftId: string): string =>
  useSyncExternalStore(
    subscribe,
    () => earlierOf(workspace, messageId, draftId),
    () => '',
  )

/** A draft as a person left it, also emptied; as it was made when nobody changed it. */
export function useChanged(
  workspace: string,
  messageId: string,
  draft: { readonly id: string; readonly text: string },
) {
  const kept = useSyncExternalStore(
    subscribe,
    () => read(changedKey(workspace, messageId)),
    () => '',
  )
  const mark = `${draft.id} `
  return kept.startsWith(mark) ? kept.slice(mark.length) : draft.text
}
