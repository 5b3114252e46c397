import Papa from 'papaparse'
import { fail, ok, type Result } from '@/lib/core/result'
import { emptyRow, mostRows, type ImportRow, type ReadFile } from './row'

/** The columns, in the order in which they are exported. */
const columns = [
  'date',
  'time',
  'zone',
  'accounts',
  'text',
  'title',
  'link',
  'media',
  'options',
  'first comment',
  'thread',
] as const
type Column = (typeof columns)[number]

/** `First_Comment`, `firstComment` and `first comment` are one column. */
const plain = (name: string): string =>
  name
    .replace(/^\uFEFF/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
const isColumn = (name: string): name is Column => columns.some((column) => column === name)

/** Parts of a thread stand below each other, with a line of three dashes between them. */
const partBreak = '\n---\n'

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })

/** Reads a table of posts (RFC 4180, or with semicolons or tabs). Its first line names the columns. */
export function readCsv(text: string): Result<ReadFile> {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    transformHeader: plain,
  })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) return refused(`Line ${(broken.row ?? 0) + 2} has a quotation mark that is never closed. Correct it.`)
  const names = (meta.fields ?? []).filter((name) => name !== '')
  if (!names.some(isColumn))
    return refused(`The first line must name the columns: ${columns.join(', ')}. Add it, and choose the file again.`)
  // Numbered before empty rows are left out, so that people find them.
  const rows = data
    .map((cells, place) => ({ cells, row: place + 2 }))
    .filter(({ cells }) =>
      Object.values(cells)
        .flat()
        .some((cell) => cell.trim() !== ''),
    )
  if (rows.length > mostRows)
    return refused(`This file has ${rows.length} posts; ${mostRows} are taken at once. Split it.`)
  const unknown = names.filter((name) => !isColumn(name))
  return ok({
    rows: rows.map(({ cells, row }) => rowOf(cells, row)),
    notes: unknown.length > 0 ? [`Not understood and left out: ${unknown.join(', ')}.`] : [],
  })
}

function rowOf(cells: Readonly<Record<string, string | undefined>>, row: number): ImportRow {
  const cell = (name: Column) => cells[name]?.trim() ?? ''
  // A spreadsheet may write both into one cell.
  const [date = '', within = ''] = cell('date').split(/[T ]/)
  return {
    ...emptyRow,
    row,
    date,
    time: cell('time') || within,
    zone: cell('zone'),
    accounts: listIn(cell('accounts')),
    text: unescaped(cell('text')),
    title: unescaped(cell('title')),
    link: cell('link'),
    media: listIn(cell('media')),
    options: optionsIn(cell('options')),
    firstComment: unescaped(cell('first comment')),
    thread: unescaped(cell('thread'))
      .replaceAll('\r\n', '\n')
      .split(partBreak)
      .flatMap((part) => part.trim() || []),
  }
}

export const listIn = (text: string): readonly string[] => text.split(/[;\n]/).flatMap((one) => one.trim() || [])

/** `tiktok.privacy=public; reddit.subreddit=coffee` */
export const optionsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listIn(text).map((one) => {
      const at = one.indexOf('=')
      return at < 0 ? [one, 'yes'] : [one.slice(0, at).trim(), one.slice(at + 1).trim()]
    }),
  )

/** What a spreadsheet would take for a formula is written with a mark before it, which is not part of it. */
const formula = /^'*[=+\-@\t\r]/
const unescaped = (text: string): string => (text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text)

export type ExportRow = Omit<ImportRow, 'row' | 'recurrence'>

/** Writes posts as a table that `readCsv` reads again. */
export const writeCsv = (rows: readonly ExportRow[]): string =>
  Papa.unparse(
    {
      fields: [...columns],
      data: rows.map((row) => [
        row.date,
        row.time,
        row.zone,
        row.accounts.join('; '),
        row.text,
        row.title,
        row.link,
        row.media.join('; '),
        Object.entries(row.options)
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
        row.firstComment,
        row.thread.join(partBreak),
      ]),
    },
    { escapeFormulae: formula, newline: '\r\n' },
  )
