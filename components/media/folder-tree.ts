import type { FolderCard } from '@/lib/media/schema'

export type Placed = FolderCard & { readonly depth: number }

/** Folders as a person reads them: each under the one it lies in, by name. */
export function inTree(folders: readonly FolderCard[], parentId: string | null = null, depth = 0): readonly Placed[] {
  return folders
    .filter((folder) => folder.parentId === parentId)
    .flatMap((folder) => [{ ...folder, depth }, ...inTree(folders, folder.id, depth + 1)])
}

/** A folder and all that lie in it: where it cannot be moved to. */
export const within = (folders: readonly FolderCard[], id: string): ReadonlySet<string> =>
  new Set([id, ...inTree(folders, id).map((folder) => folder.id)])
