import { expect, test } from 'vitest'
import { writtenFields } from './written-fields'

const rows = (...all: readonly (readonly [name: string, value: string])[]) =>
  all.map(([name, value], key) => ({ key, name, value }))

test('a second field of one name takes nothing from the first, and its row says what to do', () => {
  const { fields, problems } = writtenFields(
    rows(['Customer number', '4711'], ['City', 'Bern'], [' Customer number ', '9']),
  )
  expect(fields).toEqual({ 'Customer number': '4711', City: 'Bern' })
  expect([...problems]).toEqual([[2, expect.stringContaining('“Customer number”')]])
})

test('a value without a name is not dropped in silence: its row asks for one', () => {
  expect([...writtenFields(rows(['', '4711'])).problems]).toEqual([[0, expect.stringContaining('Name this field')]])
})

test('rows that say nothing are no trouble, and a name without a value is kept', () => {
  const { fields, problems } = writtenFields(rows([' ', ''], [' VIP ', ' ']))
  expect(fields).toEqual({ VIP: '' })
  expect(problems.size).toBe(0)
})
