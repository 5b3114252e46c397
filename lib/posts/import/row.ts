/** One post of a file, as it was written there. `row` is where people find it: a line of the table, a place in the calendar. */
export type ImportRow = {
  readonly row: number
  /** `2026-11-30`; empty for a draft. */
  readonly date: string
  /** `09:30` */
  readonly time: string
  /** An IANA zone; empty for the workspace's. */
  readonly zone: string
  readonly accounts: readonly string[]
  readonly text: string
  readonly title: string
  readonly link: string
  readonly media: readonly string[]
  /** `network.field` to what was written there. */
  readonly options: Readonly<Record<string, string>>
  readonly firstComment: string
  readonly thread: readonly string[]
  readonly recurrence: string
}

export const emptyRow: Omit<ImportRow, 'row'> = {
  date: '',
  time: '',
  zone: '',
  accounts: [],
  text: '',
  title: '',
  link: '',
  media: [],
  options: {},
  firstComment: '',
  thread: [],
  recurrence: '',
}

/** What a file holds, with what was not understood of it as a whole. */
export type ReadFile = { readonly rows: readonly ImportRow[]; readonly notes: readonly string[] }

/** More posts at once are more than anybody looks through. */
export const mostRows = 1_000
