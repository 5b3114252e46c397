import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { readCell, writeTable } from './table'

const pieces = ['a', ' ', '\n', '\r', '\t', '=', '=1+1', '+', '-', '@', '＝1', "'", '"', ';', ',', '|']
const words = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((some) => some.join(''))
const isFormula = (cell: string): boolean => /^["' ]*[=+\-@＝＋－＠]/.test(cell) && !cell.startsWith("'")

/** As programs read it that part cells by what ours are not parted by, and know quotes only around whole cells, or not at all. */
const naively = (table: string): readonly string[] => table.split(/[;\t\r\n]/).map((cell) => cell.replaceAll('""', '"'))

test('words are read back as they were, and whoever opens them sees no formula', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 3 }), (rows) => {
      const table = writeTable(['one', 'two'], rows)
      const [, ...read] = Papa.parse<string[]>(table, { delimiter: ',', newline: '\r\n' }).data
      expect(read.map((cells) => cells.map(readCell))).toEqual(rows)
      expect(read.flat().filter(isFormula)).toEqual([])
      // The first cell of a row may begin with a quote of the table's own.
      expect(naively(table.replaceAll(/(^|\r\n|,)"/g, '$1')).filter(isFormula)).toEqual([])
    }),
  )
})

test('a formula after a semicolon, a tab or a line is none', () => {
  const written = writeTable(['text'], [['x;=1+1;'], ['x\t=1+1'], ['x\n@SUM(A1)'], ['x;"=1+1'], ['x; +1']])
  expect(written.split('\r\n').slice(1)).toEqual([
    `"x;'=1+1;"`,
    `"x\t'=1+1"`,
    `"x\n'@SUM(A1)"`,
    `"x;'""=1+1"`,
    `"x;' +1"`,
  ])
})

test('words that hold what parts cells elsewhere do not make a table of semicolons', () => {
  const table = writeTable(['text'], [['a;b;c'], ['d;e;f'], ['g;h;i']])
  expect(Papa.parse<string[]>(table).data).toEqual([['text'], ['a;b;c'], ['d;e;f'], ['g;h;i']])
})

test('a number below nothing stays a number', () => {
  expect(writeTable(['n', 'text'], [[-0.5, null]])).toBe('n,text\r\n-0.5,')
})
