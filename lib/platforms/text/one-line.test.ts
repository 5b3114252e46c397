import { expect, test } from 'vitest'
import { oneLine } from './one-line'

test('texts that differ in white space and in how accents are composed are the same, others are not', () => {
  expect(oneLine(' Cafe\u0301\n\n at  eight\t')).toBe('Café at eight')
  expect(oneLine('Cafe at eight')).not.toBe(oneLine('Café at eight'))
  expect([oneLine(undefined), oneLine(null), oneLine(' \n')]).toEqual(['', '', ''])
})
