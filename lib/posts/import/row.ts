/** What is written of one post in a table or a calendar. Files go by their ids, names or addresses. */
export type WrittenPost = {
  /** `2026-11-30`; empty for a draft. */
  readonly date: string
  /** `09:30` */
  readonly time: string
  /** An IANA zone; empty for the workspace's. */
  readonly zone: string
  /** An RRULE (RFC 5545); empty for a post that comes once. */
  readonly recurrence: string
  readonly accounts: readonly string[]
  readonly text: string
  readonly title: string
  readonly link: string
  readonly linkTitle: string
  readonly linkDescription: string
  readonly media: readonly string[]
  /** By the file's name. */
  readonly alts: Words
  /** `network.field` to what was written there. */
  readonly options: Words
  readonly firstComment: string
  readonly thread: readonly string[]
  /** The files of each part of the thread, in their order. */
  readonly threadMedia: readonly (readonly string[])[]
  readonly poll: WrittenPoll | undefined
  /** `source` and the like to what links are tagged with. */
  readonly utm: Words
  /** By the account's name: what it says differently, as `PostOverride` has it. */
  readonly byAccount: Readonly<Record<string, unknown>>
}
export type Words = Readonly<Record<string, string>>
export type WrittenPoll = { readonly options: readonly string[]; readonly minutes: number; readonly multiple: boolean }

/** One post of a file, as it was written there. `row` is where people find it: a line of the table, a place in the calendar. */
export type ImportRow = WrittenPost & {
  readonly row: number
  /** What could not be read of it, in sentences. */
  readonly unread: readonly string[]
}

export const emptyRow: Omit<ImportRow, 'row'> = {
  date: '',
  time: '',
  zone: '',
  recurrence: '',
  accounts: [],
  text: '',
  title: '',
  link: '',
  linkTitle: '',
  linkDescription: '',
  media: [],
  alts: {},
  options: {},
  firstComment: '',
  thread: [],
  threadMedia: [],
  poll: undefined,
  utm: {},
  byAccount: {},
  unread: [],
}

/** What a file holds, with what was not understood of it as a whole. */
export type ReadFile = { readonly rows: readonly ImportRow[]; readonly notes: readonly string[] }

/** More posts at once are more than anybody looks through. */
export const mostRows = 1_000
