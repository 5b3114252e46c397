import { expect, test } from 'vitest'
import { cardOf } from './card.test-data'
import { isByUs, kindLabel, lastWords } from './inbox-looks'

test('a row says what was said last, what kind it is where that had no words, and that all of it was taken away', () => {
  expect(lastWords(cardOf('a', { excerpt: 'Where is it?' }))).toBe('Where is it?')
  expect(lastWords(cardOf('a', { excerpt: '', kind: 'reaction', messageCount: 1 }))).toBe('Reaction')
  expect(lastWords(cardOf('a', { excerpt: '', kind: 'comment', messageCount: 0 }))).toBe('Taken away at the network.')
})

test('what is said in a group of WhatsApp is no comment, and what is said to the number alone is a message', () => {
  const inGroup = cardOf('a', { platform: 'whatsapp', kind: 'comment' })
  expect(lastWords(inGroup)).toBe('Group message')
  expect([kindLabel('comment', 'whatsapp'), kindLabel('dm', 'whatsapp')]).toEqual(['Group message', 'Message'])
  expect([kindLabel('comment', 'x'), kindLabel('comment'), kindLabel('comment', 'constructor')]).toEqual(
    Array(3).fill('Comment'),
  )
})

test('a row says of our last words that they are ours, but of a reaction, which says so itself', () => {
  expect(isByUs(cardOf('a', { excerpt: 'On its way.', lastIsOwn: true }))).toBe(true)
  expect(isByUs(cardOf('a', { excerpt: 'Where is it?' }))).toBe(false)
  expect(isByUs(cardOf('a', { excerpt: 'We reacted ❤', lastIsOwn: true }))).toBe(false)
})
