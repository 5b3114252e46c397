import { expect, test } from 'vitest'
import type { FileRow } from './kind'
import { leftOver, rowsAsCsv } from './left-over'
import { partsOf } from './parts'

type Row = FileRow & { readonly why?: string }
const row = (n: number, state: FileRow['state']): Row => ({
  row: n,
  state,
  ...(state === 'blocked' && { why: 'There is no account “nobody” here' }),
})
const blocked = ({ row: n }: Row, why: string): Row => ({ row: n, state: 'blocked', why })
const rows = [
  row(2, 'ready'),
  row(3, 'blocked'),
  row(4, 'done'),
  row(5, 'ready'),
  row(6, 'doubtful'),
  row(7, 'ready'),
  row(8, 'done'),
]
const of = (...wanted: readonly number[]) => rows.filter((one) => wanted.includes(one.row))

test('what an import left out is kept with its reason, and what is in is not', () => {
  const refused = [{ row: 5, message: 'A file could not be fetched from example.com.' }]
  const left = leftOver({ rows, taken: of(2, 5, 7), sent: of(2, 5), refused }, blocked)
  expect(left.map(({ row: n, state, why }) => [n, state, why])).toEqual([
    [3, 'blocked', 'There is no account “nobody” here'],
    [5, 'blocked', 'A file could not be fetched from example.com.'],
    [6, 'doubtful', undefined],
    [7, 'blocked', 'The import stopped before this row.'],
  ])
})

test('what was here already is left out only where it was to be imported again', () => {
  const left = leftOver({ rows, taken: of(2, 4, 5, 6, 7, 8), sent: of(2, 4, 5, 6), refused: [] }, blocked)
  expect(left.map(({ row: n, why }) => [n, why])).toEqual([
    [3, 'There is no account “nobody” here'],
    [7, 'The import stopped before this row.'],
    [8, 'The import stopped before this row.'],
  ])
})

test('rows go in parts that one request takes, in their order, and none is lost', () => {
  const long = 'é'.repeat(150_000)
  const many = [
    ...Array.from({ length: 130 }, (_, n) => ({ n, text: 'short' })),
    { n: 130, text: long },
    { n: 131, text: long },
  ]
  const parts = partsOf(many, 100)
  expect(parts.map((part) => part.length)).toEqual([100, 31, 1])
  expect(parts.flat()).toEqual(many)
})

test.for([',', ';', '\t'])('rows are saved as they were written, also with “%s” between cells', (mark) => {
  const line = (...cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(mark)
  const text = [
    `\uFEFF${['date', 'accounts', 'text'].join(mark)}`,
    line('2031-03-03', 'x', 'In a post'),
    '',
    line('', 'nobody', 'Two\nlines, “quoted” and "so"'),
    line('', 'x', '=SUM(A1)'),
  ].join('\r\n')
  expect(rowsAsCsv(text, [4]).split('\r\n')[0]?.replace('\uFEFF', '')).toBe(['date', 'accounts', 'text'].join(mark))
  expect(rowsAsCsv(text, [4])).toContain('"Two\nlines, “quoted” and ""so"""')
  expect(rowsAsCsv(text, [4])).not.toContain('In a post')
  expect(rowsAsCsv(text, [5])).toContain(`x${mark}=SUM(A1)`)
})
