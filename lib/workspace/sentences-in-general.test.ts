import { expect, test } from 'vitest'
import { eventTypes } from './sentences'
import { sentenceInGeneral } from './sentences-in-general'

test('every type of event has words of its own that are whole without particulars', () => {
  const words = eventTypes.map(sentenceInGeneral)
  expect(new Set(words).size).toBe(eventTypes.length)
  const broken = words.filter((said) => / {2}|\s$|\(|’s$|^$|undefined| (?:as|for|of)$/.test(said))
  expect(broken).toEqual([])
})

test('a filter says what entries say, and not what a type is called', () => {
  expect(sentenceInGeneral('account.foundUnreadable')).toBe('could not read what people write to an account')
  expect(sentenceInGeneral('conversation.assigned')).toBe('assigned a conversation, or took it from somebody')
})
