import Papa from 'papaparse'

type Cell = string | number | null

/**
 * Where a program may see the beginning of a cell: at its beginning, and after what some take for the end of one, in
 * quotes or not. Where a semicolon parts cells, the quotes of a table with commas are no quotes, and their lines end rows.
 */
const begins = String.raw`(?<=^|[;\t\r\n])`
/** What makes a formula of a cell, and what is overlooked before it: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = String.raw`(?=["' ]*[=+\-@＝＋－＠])`
const overlooked = String.raw`(?='*[\t\r])`

const unmarked = new RegExp(`${begins}${formula}|^${overlooked}`, 'g')
const mark = new RegExp(`${begins}'${formula}|^'${overlooked}`, 'g')

/** The words of a cell of `writeTable`, as they were before. */
export const readCell = (text: string): string => text.replace(mark, '')

/**
 * A table with commas (RFC 4180) of which no program that opens it runs anything: an apostrophe stands before what it could
 * take for a formula, which `readCell` takes away again.
 */
export const writeTable = (fields: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  Papa.unparse(
    {
      fields: [...fields],
      data: rows.map((cells) =>
        cells.map((cell) => (typeof cell === 'string' ? cell.replace(unmarked, "'") : (cell ?? ''))),
      ),
    },
    // Who finds out for themselves what parts the cells must not find it in our words.
    { quotes: (cell) => typeof cell === 'string' && /[;\t]/.test(cell), newline: '\r\n' },
  )
