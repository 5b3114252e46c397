import Papa from 'papaparse'
import type { ImportedRow, ImportOutcome, ImportPreview } from '@/lib/posts/schema'

/** What of a file is in no post yet after an import, each row with the reason that counts now, in the file's order. */
export function leftOver({ rows }: ImportPreview, { imported, skipped }: ImportOutcome): readonly ImportedRow[] {
  const isIn = new Set(imported.map(({ row }) => row))
  const whyNot = new Map(skipped.map(({ row, message }) => [row, message]))
  return rows
    .filter(({ row, state }) => state !== 'done' && !isIn.has(row))
    .map((row) => {
      const message = whyNot.get(row.row) ?? (row.state === 'ready' ? 'The import stopped before this row.' : undefined)
      return message ? { ...row, state: 'blocked', problems: [{ severity: 'refusal', message }] } : row
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
