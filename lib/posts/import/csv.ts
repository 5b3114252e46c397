import Papa from 'papaparse'
import { fail, ok, type Result } from '@/lib/core/result'
import { readCell, writeTable } from '@/lib/core/table'
import { columns, readCells, writeCells, type Column } from './cells'
import { mostRows, type ReadFile, type WrittenPost } from './row'

/** `First_Comment`, `firstComment` and `first comment` are one column. */
const plain = (name: string): string =>
  name
    .replace(/^\uFEFF/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
const isColumn = (name: string): name is Column => columns.some((column) => column === name)

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })

/** With the empty ones, of which a spreadsheet may leave many. */
const mostLines = 10_000

/** Reads a table of posts (RFC 4180, or with semicolons or tabs). Its first line names the columns. */
export function readCsv(text: string): Result<ReadFile> {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    transformHeader: plain,
    preview: mostLines + 1,
  })
  if (data.length > mostLines)
    return refused(`This file has more than ${mostLines} lines; ${mostRows} posts are taken at once. Split it.`)
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
    rows: rows.map(({ cells, row }) =>
      readCells(Object.fromEntries(columns.map((name) => [name, readCell(cells[name] ?? '')])), row),
    ),
    notes: unknown.length > 0 ? [`Not understood and left out: ${unknown.join(', ')}.`] : [],
  })
}

/** Writes posts as a table that `readCsv` reads again. */
export const writeCsv = (rows: readonly WrittenPost[]): string =>
  writeTable(
    columns,
    rows.map((row) => {
      const cells = writeCells(row)
      return columns.map((name) => cells[name])
    }),
  )
