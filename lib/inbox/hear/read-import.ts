import Papa from 'papaparse'
import { fail, ok, type Result } from '@/lib/core/result'
import { explainIssues } from '@/lib/workspace'
import { ImportedMessage, mostImported } from '../schema'

/** One message of a file, as far as it could be read. */
export type ReadRow = {
  /** Its line of the table, which counts the one with the names, or its place in the list. */
  readonly row: number
  readonly message: ImportedMessage | null
  /** What is wrong, in sentences. Empty where there is a message. */
  readonly problems: readonly string[]
  /** As it was written, to know it again by. */
  readonly written: { readonly text: string; readonly author: string; readonly at: string }
}
export type ReadMessages = { readonly rows: readonly ReadRow[]; readonly notes: readonly string[] }

const columns = [
  'id',
  'kind',
  'text',
  'at',
  'authorId',
  'authorHandle',
  'authorName',
  'own',
  'conversation',
  'parent',
  'post',
  'url',
  'rating',
] as const
const letters = (name: string): string => name.replaceAll(/[^a-z]/gi, '').toLowerCase()
const byLetters = new Map(columns.map((name) => [letters(name), name]))
/** `author id`, `Author_ID` and `authorId` are one column. */
const columnOf = (name: string): string => byLetters.get(letters(name)) ?? name.replace(/^\uFEFF/, '').trim()

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })
const tooMany = (count: number) =>
  refused(`This file has ${count} messages; ${mostImported} are taken at once. Split it.`)

/** Reads a table of messages (RFC 4180, or with semicolons or tabs). Its first line names the columns. */
export function readCsv(text: string): Result<ReadMessages> {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, { header: true, transformHeader: columnOf })
  const broken = errors.find(({ type }) => type === 'Quotes')
  // Of quotation marks it counts the line with the names, too.
  if (broken) return refused(`Line ${(broken.row ?? 0) + 1} has a quotation mark that is never closed. Correct it.`)
  const names = (meta.fields ?? []).filter((name) => name !== '')
  const isColumn = (name: string) => columns.some((column) => column === name)
  if (!names.some(isColumn))
    return refused(`The first line must name the columns: ${columns.join(', ')}. Add it, and choose the file again.`)
  const tooLong = new Set(errors.flatMap(({ code, row }) => (code === 'TooManyFields' ? [row] : [])))
  // Numbered before empty rows are left out, so that people find them.
  const filled = data
    .map((cells, place) => ({ cells, place }))
    .filter(({ cells }) =>
      Object.values(cells)
        .flat()
        .some((cell) => cell.trim() !== ''),
    )
  if (filled.length > mostImported) return tooMany(filled.length)
  const rows = filled.map(({ cells, place }) => {
    const read = readOne(place + 2, asMessage(cells), (path) => columnOf(path.join('')))
    return tooLong.has(place) ? { ...read, message: null, problems: [overfull, ...read.problems] } : read
  })
  return ok({ rows, notes: unknownNote(names.filter((name) => !isColumn(name))) })
}

const overfull = 'It has more cells than the first line has names: put texts with commas in quotation marks.'

/** Reads a list of messages as the API takes them, by itself or as `messages` of an object. */
export function readJson(text: string): Result<ReadMessages> {
  const given = parsed(text)
  const list = isObject(given) ? given.messages : given
  if (!Array.isArray(list)) return refused('This is not a JSON list of messages. Choose one, or a table (CSV).')
  const names = new Set(list.flatMap((one: unknown) => (isObject(one) ? Object.keys(one) : [])))
  const unknown = [...names].filter((name) => !Object.hasOwn(ImportedMessage.shape, name))
  const read = readList(list, ImportedMessage)
  return read.ok ? ok({ ...read.value, notes: unknownNote(unknown) }) : read
}

/** Reads a list of messages, each by itself, numbered from 1. */
export function readList(list: readonly unknown[], shape: typeof ImportedMessage): Result<ReadMessages> {
  if (list.length > mostImported) return tooMany(list.length)
  return ok({ rows: list.map((one, place) => readOne(place + 1, one, (path) => path.join('.'), shape)), notes: [] })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const unknownNote = (names: readonly string[]): readonly string[] =>
  names.length > 0 ? [`Not understood and left out: ${names.join(', ')}.`] : []

const ownWords = new Map([
  ...['1', 'true', 'yes'].map((word) => [word, true] as const),
  ...['0', 'false', 'no'].map((word) => [word, false] as const),
])

/** Empty cells count as not given. */
function asMessage(row: Readonly<Record<string, string | readonly string[]>>): unknown {
  const cells = Object.fromEntries(
    Object.entries(row).flatMap(([name, cell]) =>
      typeof cell === 'string' && cell.trim() !== '' ? [[name, cell] as const] : [],
    ),
  )
  const { authorId, authorHandle, authorName, own, rating, ...rest } = cells
  return {
    ...rest,
    // A review may be stars alone.
    ...(row.text === undefined ? {} : { text: row.text }),
    author: { id: authorId, handle: authorHandle, name: authorName },
    ...(own === undefined ? {} : { own: ownWords.get(own.trim().toLowerCase()) ?? own }),
    ...(rating === undefined ? {} : { rating: Number(rating) }),
  }
}

/** `named` says how the file calls what is at a path of the message. */
function readOne(
  row: number,
  given: unknown,
  named: (path: readonly string[]) => string,
  shape: typeof ImportedMessage = ImportedMessage,
): ReadRow {
  const read = shape.safeParse(given)
  if (read.success) return { row, message: read.data, problems: [], written: writtenOf(given) }
  const problems = Object.entries(explainIssues(read.error).fields ?? {}).flatMap(([path, all]) =>
    all.map((problem) => `${named(path.split('.'))}: ${problem}.`),
  )
  return { row, message: null, problems, written: writtenOf(given) }
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '')

function writtenOf(given: unknown): ReadRow['written'] {
  const { text, at, author } = isObject(given) ? given : {}
  const { id, handle, name } = isObject(author) ? author : {}
  return { text: wordsOf(text), at: wordsOf(at), author: wordsOf(name) || wordsOf(handle) || wordsOf(id) }
}
