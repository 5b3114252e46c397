import { expect, test } from 'vitest'
import { cardOf } from './card.test-data'
import { lastWords } from './inbox-looks'

test('a row says what was said last, what kind it is where that had no words, and that all of it was taken away', () => {
  expect(lastWords(cardOf('a', { excerpt: 'Where is it?' }))).toBe('Where is it?')
  expect(lastWords(cardOf('a', { excerpt: '', kind: 'reaction', messageCount: 1 }))).toBe('Reaction')
  expect(lastWords(cardOf('a', { excerpt: '', kind: 'comment', messageCount: 0 }))).toBe('Taken away at the network.')
})
