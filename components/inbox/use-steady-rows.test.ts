import { describe, expect, test } from 'vitest'
import { cardOf } from './card.test-data'
import { foldsOf, rowsOf, type ListRow } from './fold-rows'
import { placeToShow, rowHeight, shiftOf } from './use-steady-rows'

const nobody: ReadonlySet<string> = new Set()
const names = [...'abcdefghijklmnopqrstuvwxyz']
const at = (hour: number) => `2026-11-27T${String(hour).padStart(2, '0')}:00:00.000Z`
const rowsOfCards = (cards: readonly ReturnType<typeof cardOf>[]): readonly ListRow[] =>
  rowsOf(foldsOf(cards, false), { unfolded: nobody, open: null, selected: nobody, drafted: nobody })
const card = (id: string, hour = 8) => cardOf(id, { lastMessageAt: at(hour) })
const was = { rows: rowsOfCards(names.map((id) => card(id))), above: 0 }
/** Row n is the first in sight, with 8 pixels of it. */
const scrollTop = 14 * rowHeight - 8
const shift = (cards: readonly ReturnType<typeof cardOf>[], above = 0) =>
  shiftOf(was, { rows: rowsOfCards(cards), above }, scrollTop)
const without = (...gone: readonly string[]) => names.filter((id) => !gone.includes(id)).map((id) => card(id))

describe('who reads in the middle of the list goes on reading there', () => {
  test('when something new comes, or what is above has news', () => {
    expect(shift([card('new', 9), ...without()])).toBe(rowHeight)
    expect(shift([card('c', 9), ...without('c')])).toBe(0)
    expect(shift(without('c'))).toBe(-rowHeight)
  })

  test('when what is below has news', () => {
    expect(shift([card('t', 9), ...without('t')])).toBe(rowHeight)
  })

  test('when the very row at the upper edge has news: it goes to the top, and nobody is taken along', () => {
    expect(shift([card('n', 9), ...without('n')])).toBe(0)
  })

  test('when rows above are left out, and when all that was in sight is gone', () => {
    expect(shift(without().slice(5), 5)).toBe(0)
    expect(shift([card('z', 9)])).toBe(-25 * rowHeight)
    expect(shift([])).toBe(0)
  })
})

test('what is opened comes into sight, unless the list has given way to it: on the way back it is as it was', () => {
  expect(placeToShow(was.rows, 'n', 600)).toBe(13)
  expect(placeToShow(was.rows, 'n', 0)).toBeUndefined()
  expect(placeToShow(was.rows, 'elsewhere', 600)).toBeUndefined()
  expect(placeToShow(was.rows, null, 600)).toBeUndefined()
})
