import { expect, test } from 'vitest'
import { cutText, excerptOf } from './excerpt'

test('an excerpt is one line of the first words', () => {
  expect(excerptOf('  Where is\n\n my   order? ')).toBe('Where is my order?')
  expect(excerptOf('abc', 2)).toBe('ab')
})

test('an excerpt never ends in half a character', () => {
  const cut = excerptOf(`a${'😀'.repeat(150)}`)
  expect(cut).toBe(`a${'😀'.repeat(99)}`)
  expect(cut.isWellFormed()).toBe(true)
  expect(excerptOf('😀'.repeat(150))).toBe('😀'.repeat(100))
})

test('what a reader sees as one is not cut: a family, a flag, a letter with its mark', () => {
  for (const one of ['👨‍👩‍👧', '🇨🇭', 'e\u0301', '\r\n']) {
    expect(cutText(`ab${one}c`, 2 + one.length)).toBe(`ab${one}`)
    for (let short = 1; short < one.length; short++) expect(cutText(`ab${one}c`, 2 + short)).toBe('ab')
  }
  expect(cutText('short', 5)).toBe('short')
})

test('marks without end are cut all the same', () => {
  const piled = `e${'\u0301'.repeat(5_000)}`
  expect(cutText(piled, 100)).toHaveLength(100)
  expect(cutText(`a${piled}`, 3_000)).toHaveLength(3_000)
})
