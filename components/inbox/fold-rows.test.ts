import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cardOf } from './card.test-data'
import { foldsOf, headOf, rowsOf } from './fold-rows'

const nobody: ReadonlySet<string> = new Set()
const calm = { unfolded: nobody, open: null, selected: nobody, drafted: nobody }
const wording = '0a1b2c'
const copy = (id: string) => cardOf(id, { excerpt: 'Your shop is down again', wording })
const alone = (id: string) => cardOf(id)
/** Three copies, the newest first, with something else between them. */
const list = [copy('new'), alone('other'), copy('older'), copy('oldest')]
const folds = foldsOf(list, true)
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

test('a wave is one row that tells how many stand under it, and each a row where one wants to see them', () => {
  const [head, ...rest] = rowsOf(folds, calm)
  expect(head).toMatchObject({ id: 'new', under: ['older', 'oldest'], hidden: ['older', 'oldest'], isUnfolded: false })
  expect(idsOf(rest)).toEqual(['other'])
  const shown = rowsOf(folds, { ...calm, unfolded: new Set(['new']) })
  expect(idsOf(shown)).toEqual(['new', 'older', 'oldest', 'other'])
  expect(shown.map(({ isUnder }) => isUnder)).toEqual([false, true, true, false])
  expect(idsOf(rowsOf(foldsOf(list, false), calm))).toEqual(['new', 'other', 'older', 'oldest'])
})

test('what was unfolded stays so when another copy becomes its head', () => {
  const rows = rowsOf(foldsOf([copy('newest'), ...list], true), { ...calm, unfolded: new Set(['new']) })
  expect(idsOf(rows)).toEqual(['newest', 'new', 'older', 'oldest', 'other'])
})

test('what is open, has a draft, or is selected otherwise than its head is shown', () => {
  expect(idsOf(rowsOf(folds, { ...calm, open: 'oldest' }))).toEqual(['new', 'oldest', 'other'])
  expect(idsOf(rowsOf(folds, { ...calm, drafted: new Set(['older']) }))).toEqual(['new', 'older', 'other'])
  expect(idsOf(rowsOf(folds, { ...calm, selected: new Set(['older']) }))).toEqual(['new', 'older', 'other'])
  const all = new Set(['new', 'older', 'oldest'])
  expect(rowsOf(folds, { ...calm, selected: all })[0]).toMatchObject({ hidden: ['older', 'oldest'] })
})

test('the promise that is due first shows on the head, as long as what it was made to is hidden', () => {
  const owed = (id: string, dueAt: string, state: 'running' | 'met' = 'running') => ({
    ...copy(id),
    sla: { kind: 'first_reply' as const, dueAt, state },
  })
  const wave = [
    owed('new', '2026-01-01T12:00:00Z'),
    owed('older', '2026-01-01T10:00:00Z'),
    owed('oldest', '2026-01-01T09:00:00Z', 'met'),
  ]
  const soonerOf = (unfolded: ReadonlySet<string>) =>
    rowsOf(foldsOf(wave, true), { ...calm, unfolded })[0]?.sooner?.dueAt
  expect(soonerOf(nobody)).toBe('2026-01-01T10:00:00Z')
  expect(soonerOf(new Set(['new']))).toBeUndefined()
  expect(rowsOf(foldsOf(wave.toReversed(), true), calm)[0]?.sooner?.dueAt).toBe('2026-01-01T10:00:00Z')
})

test('each row leads to its head', () => {
  const rows = rowsOf(folds, { ...calm, unfolded: new Set(['oldest']) })
  expect(['new', 'older', 'oldest', 'other', 'nowhere'].map((id) => headOf(rows, id)?.id)).toEqual([
    'new',
    'new',
    'new',
    'other',
    undefined,
  ])
})

test('whatever is unfolded, open, selected or drafted, each conversation is shown or hidden once', () => {
  const some = fc.subarray(Array.from({ length: 12 }, (_, n) => `c${n}`)).map((ids) => new Set(ids))
  const cards = fc
    .array(fc.boolean(), { maxLength: 12 })
    .map((copies) => copies.map((is, n) => (is ? copy(`c${n}`) : alone(`c${n}`))))
  fc.assert(
    fc.property(cards, some, some, some, fc.option(fc.nat(11)), (each, unfolded, selected, drafted, open) => {
      const rows = rowsOf(foldsOf(each, true), { unfolded, selected, drafted, open: open === null ? null : `c${open}` })
      expect(rows.flatMap(({ id, hidden }) => [id, ...hidden]).toSorted()).toEqual(each.map(({ id }) => id).toSorted())
      expect(idsOf(rows)).toEqual(expect.arrayContaining(idsOf(each).filter((id) => id === `c${open}`)))
    }),
  )
})
