import type { ReactNode } from 'react'
import type { Result } from '@/lib/core/result'

/** A row of a file, before anything of it is written. Only `ready` ones are imported, and the others of a kind’s `also`. */
export type FileRow = { readonly row: number; readonly state: 'ready' | 'doubtful' | 'done' | 'blocked' }

export type Seen<Row> = {
  readonly rows: readonly Row[]
  /** About the file as a whole. */
  readonly notes: readonly string[]
}

export type Chosen = { readonly name: string; readonly type: string; readonly text: string }

/** What is seen of a row. */
export type Look<Row> = {
  readonly words: (row: Row) => ReactNode
  readonly problems: (row: Row) => readonly { readonly message: string; readonly isRefusal: boolean }[]
  /** What stands beside its words. */
  readonly columns: readonly { readonly name: string; readonly of: (row: Row) => ReactNode }[]
}

/** What became of some rows. */
export type Brought = {
  readonly fresh: number
  /** How many of those that were here are no longer what they were. */
  readonly changed: number
  readonly refused: readonly { readonly row: number; readonly message: string }[]
}

/** What an import brings in: how its file is read, what its rows look like, and how they are written. */
export type Kind<Choices, Question extends { readonly format: string }, Row extends FileRow, Of extends Seen<Row>> = {
  /** What a row is: its plural adds an s. */
  readonly thing: string
  readonly file: {
    readonly accept: string
    readonly hint: ReactNode
    readonly sample: string
    readonly mostBytes: number
  }
  /** The address that says what would become of a file. */
  readonly previewAt: string
  /** What it is asked; undefined while a choice is still to be made. */
  readonly question: (file: Chosen, choices: Choices) => Question | undefined
  readonly look: Look<Row>
  /** What has to be known about the file before it is imported. */
  readonly aside?: (seen: Of) => ReactNode
  /** Rows that are imported only where a person says so. */
  readonly also: {
    readonly state: 'doubtful' | 'done'
    readonly label: (count: number) => string
    readonly hint: string
  }
  /** So many rows go in one request: what is done is seen, and a lost connection loses little. */
  readonly atOnce: number
  readonly bring: (rows: readonly Row[], question: Question) => Promise<Result<Brought>>
  /** The row, with what kept it out. */
  readonly refused: (row: Row, why: string) => Row
  /** Where what came in is seen. */
  readonly seeAll: { readonly href: string; readonly label: string }
}
