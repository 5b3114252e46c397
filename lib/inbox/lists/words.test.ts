import { expect, test } from 'vitest'
import { tsqueryOf } from './words'

test('all words are wanted, phrases side by side, and a star stands for any ending', () => {
  expect(tsqueryOf('late parcel')).toBe("('late' & 'parcel')")
  expect(tsqueryOf('“money back” refund*')).toBe("('money back' & 'refund':*)")
  expect(tsqueryOf('refund OR "money back"')).toBe("('refund') | ('money back')")
  expect(tsqueryOf('coffee -decaf')).toBe("('coffee' & !'decaf')")
})

test('what Postgres would read as its own is only a word', () => {
  expect(tsqueryOf("it's | a\\b & (c) !d")).toBe("('it''s' & 'a\\\\b' & '(c)' & '!d')")
})

test('without a word to look for there is nothing to look for', () => {
  for (const nothing of ['', ' ', '…', '-spam', '* ?']) expect(tsqueryOf(nothing)).toBeUndefined()
})
