import { expect, test } from 'vitest'
import { tsqueryOf, waysOf } from './words'

const asked = (words: string) => tsqueryOf(waysOf(words), (text) => text.toLowerCase())

test('all words are wanted, phrases side by side, and a star stands for any ending', () => {
  expect(asked('late parcel')).toBe("('late' & 'parcel')")
  expect(asked('“money back” refund*')).toBe("('money back' & 'refund':*)")
  expect(asked('Refund OR "money back"')).toBe("('refund') | ('money back')")
  expect(asked('coffee -decaf')).toBe("('coffee' & !'decaf')")
})

test('“or” stands between ways, and is a word in a phrase and where there is nothing beside it', () => {
  expect(asked('"sink or swim"')).toBe("('sink or swim')")
  expect(asked('late or “now or never” or lost')).toBe("('late') | ('now or never') | ('lost')")
  expect(asked('or coffee')).toBe("('or' & 'coffee')")
  expect(asked('tea or -coffee')).toBe("('tea')")
})

test('what Postgres would read as its own is only a word', () => {
  expect(asked("it's | a\\b & (c) !d")).toBe("('it''s' & 'a\\\\b' & '(c)' & '!d')")
})

test('without a word to look for there is nothing to look for', () => {
  for (const nothing of ['', ' ', '…', '-spam', '* ?']) expect(asked(nothing)).toBeUndefined()
})

test('of what folding leaves nothing of, nothing is looked for', () => {
  expect(tsqueryOf(waysOf('ـ parcel'), (text) => text.replace('ـ', ''))).toBe("('parcel')")
  expect(tsqueryOf(waysOf('ـ -parcel'), (text) => text.replace('ـ', ''))).toBeUndefined()
})
