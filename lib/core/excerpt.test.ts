import { expect, test } from 'vitest'
import { excerptOf } from './excerpt'

test('an excerpt is one line of the first words', () => {
  expect(excerptOf('  Where is\n\n my   order? ')).toBe('Where is my order?')
  expect(excerptOf('abc', 2)).toBe('ab')
})

test('an excerpt never ends in half a character, which the database would refuse', () => {
  const cut = excerptOf(`a${'😀'.repeat(150)}`)
  expect(cut).toBe(`a${'😀'.repeat(99)}`)
  expect(cut.isWellFormed()).toBe(true)
  expect(excerptOf('😀'.repeat(150))).toBe('😀'.repeat(100))
})
