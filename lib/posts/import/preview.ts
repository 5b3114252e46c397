import type { Foreseen, Problem } from '../rules/judgement'

/** One post of a file, before anything is written. */
export type ImportedRow = {
  /** Where it stands in the file: a line of the table, or a place in the calendar. */
  readonly row: number
  /**
   * `blocked`: it cannot be imported as it is. `doubtful`: it can, and its network says that it would refuse it.
   * `done`: this row of this very file was imported before.
   */
  readonly state: 'ready' | 'doubtful' | 'blocked' | 'done'
  readonly excerpt: string
  /** `2026-11-30T09:30` on the wall of `timeZone`; what was written when that is no time; null for drafts. */
  readonly wallTime: string | null
  readonly timeZone: string
  readonly accounts: readonly { readonly id: string; readonly platform: string; readonly handle: string }[]
  readonly problems: readonly { readonly severity: Problem['severity']; readonly message: string }[]
}

export type ImportPreview = {
  readonly rows: readonly ImportedRow[]
  /** About the file as a whole. */
  readonly notes: readonly string[]
  /** What its scheduled posts mean together with what is queued: costs, quotas, duties. */
  readonly foreseen: readonly Foreseen[]
}

export type ImportOutcome = {
  readonly imported: readonly { readonly row: number; readonly postId: string }[]
  readonly skipped: readonly { readonly row: number; readonly message: string }[]
}

export type ExportedPosts = {
  readonly name: string
  readonly type: string
  readonly text: string
  /** How many posts are in the file. The posts of a series that its rule makes again are one. */
  readonly posts: number
  /** What the file cannot hold, in sentences; empty when it is all there. */
  readonly leftOut: readonly string[]
}
