import Papa from 'papaparse'
import type { Brought, FileRow } from './kind'

type Went<Row> = {
  readonly rows: readonly Row[]
  readonly taken: readonly Row[]
  /** Those of the taken that were answered for. */
  readonly sent: readonly Row[]
  readonly refused: Brought['refused']
}

/** What of a file an import left out, each row with the reason that counts now, in the file's order. */
export function leftOver<Row extends FileRow>(
  { rows, taken, sent, refused }: Went<Row>,
  blocked: (row: Row, why: string) => Row,
): readonly Row[] {
  const whyNot = new Map(refused.map(({ row, message }) => [row, message]))
  const isTaken = new Set(taken)
  const isSent = new Set(sent)
  return rows.flatMap((row) => {
    if (!isTaken.has(row)) return row.state === 'done' ? [] : [row]
    const why = isSent.has(row) ? whyNot.get(row.row) : 'The import stopped before this row.'
    return why ? [blocked(row, why)] : []
  })
}

/** Those rows of a table, as they were written, under its own first line. A row's number counts that line as the first. */
export function rowsAsCsv(text: string, rows: readonly number[]): string {
  const { data, meta } = Papa.parse<string[]>(text)
  const [head] = data
  const chosen = rows.flatMap((row) => {
    const cells = data[row - 1]
    return cells ? [cells] : []
  })
  return Papa.unparse(head ? [head, ...chosen] : chosen, { delimiter: meta.delimiter, newline: '\r\n' })
}
