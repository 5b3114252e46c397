import type { Draft } from './draft'

/** What this browser keeps of a draft until the server has it. */
export type LocalCopy = {
  readonly draft: Draft
  /** The revision it was written on; undefined when the server has nothing of it yet. */
  readonly revision?: number | undefined
  /** Saves of it that nobody answered, and that may have been carried out: see `useAutosave`. */
  readonly unanswered?: readonly string[] | undefined
  /** Milliseconds since 1970. */
  readonly at: number
}

/** `postId` is undefined for a post that was never saved. */
const keyOf = (workspace: string, postId: string | undefined): string =>
  `posthorn.draft.${workspace}.${postId ?? 'new'}`

/** False when the browser keeps nothing: private windows, a full disk. */
export function keepLocally(workspace: string, postId: string | undefined, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(keyOf(workspace, postId), JSON.stringify(copy))
    return true
  } catch {
    // The draft is saved at the server all the same.
    return false
  }
}

export function forgetLocally(workspace: string, postId: string | undefined): void {
  try {
    localStorage.removeItem(keyOf(workspace, postId))
  } catch {
    // Nothing was kept either.
  }
}

export function localCopy(workspace: string, postId: string | undefined): LocalCopy | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(workspace, postId)) ?? 'null')
    return isCopy(kept) ? kept : undefined
  } catch {
    // Kept by an older version of us, or by nobody.
    return undefined
  }
}

/** We wrote it ourselves; what another version wrote is left alone. */
const isCopy = (kept: unknown): kept is LocalCopy =>
  typeof kept === 'object' && kept !== null && 'at' in kept && 'draft' in kept && isDraft(kept.draft)
const isDraft = (draft: unknown): boolean =>
  typeof draft === 'object' && draft !== null && 'content' in draft && 'targets' in draft && 'aside' in draft
