import { expect, test } from 'vitest'
import type { ImportedRow } from '@/lib/posts/schema'
import { leftOver, rowsAsCsv } from './left-over'

const row = (n: number, state: ImportedRow['state']): ImportedRow => ({
  row: n,
  state,
  excerpt: `Post ${n}`,
  wallTime: null,
  timeZone: 'UTC',
  accounts: [],
  problems: state === 'blocked' ? [{ severity: 'refusal', message: 'There is no account “nobody” here' }] : [],
})
const preview = {
  rows: [row(2, 'ready'), row(3, 'blocked'), row(4, 'done'), row(5, 'ready'), row(6, 'doubtful'), row(7, 'ready')],
  notes: [],
  foreseen: [],
}

test('what an import left out is kept with its reason, and what is in a post is not', () => {
  const left = leftOver(preview, {
    imported: [{ row: 2, postId: 'p' }],
    skipped: [{ row: 5, message: 'A file could not be fetched from example.com.' }],
  })
  expect(left.map(({ row, state, problems }) => [row, state, problems.map(({ message }) => message)])).toEqual([
    [3, 'blocked', ['There is no account “nobody” here']],
    [5, 'blocked', ['A file could not be fetched from example.com.']],
    [6, 'doubtful', []],
    [7, 'blocked', ['The import stopped before this row.']],
  ])
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
