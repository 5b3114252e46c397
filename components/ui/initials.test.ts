import { expect, test } from 'vitest'
import { initials } from './initials'

test.for([
  ['Ada Lovelace', 'AL'],
  ['Ada (the second)', 'AS'],
  ['Anna (she/her)', 'AH'],
  ['@northwind_help', 'NH'],
  ['Élodie', 'É'],
  ['☕', '☕'],
  ['', ''],
] as const)('the initials of “%s” are “%s”', ([name, letters]) => expect(initials(name)).toBe(letters))
