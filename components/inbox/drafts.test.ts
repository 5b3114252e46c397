import { expect, test, vi } from 'vitest'
import { carryDrafts, draftOf, earlierOf, keepChanged, keepDraft, keepTo, noteOf, putBack, toOf } from './drafts'

/** What an earlier version of this page left in the browser. */
function leave(kept: Readonly<Record<string, string>>) {
  const store = new Map(Object.entries(kept))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, words: string) => store.set(key, words),
    removeItem: (key: string) => store.delete(key),
  })
  return store
}

test('words that were written for one person before an update stay for them alone', () => {
  const store = leave({ 'posthorn.reply.w.c': 'Your parcel', 'posthorn.reply.privately.w.c': 'm' })
  expect(toOf('w', 'c')).toEqual({ id: 'm', privately: true })
  keepDraft('w', 'c', 'Your parcel is here')
  expect(toOf('w', 'c')).toEqual({ id: 'm', privately: true })
  expect([...store.keys()]).toEqual(['posthorn.reply.w.c', 'posthorn.reply.to.w.c'])
  keepTo('w', 'c', { id: 'm', privately: false })
  expect(toOf('w', 'c')).toEqual({ id: 'm', privately: false })
  keepDraft('w', 'c', '')
  expect([toOf('w', 'c'), [...store.keys()]]).toEqual([undefined, []])
})

test('what was made of a draft is kept beside a newer one, is put back, and goes once that is decided', () => {
  const store = leave({})
  keepChanged('w', 'c', 'first', 'My careful words')
  expect([earlierOf('w', 'c', 'first'), earlierOf('w', 'c', 'second')]).toEqual(['', 'My careful words'])
  keepChanged('w', 'c', 'second', 'Hm')
  keepChanged('w', 'c', 'second', 'Hmm')
  expect(earlierOf('w', 'c', 'second')).toBe('My careful words')
  putBack('w', 'c', 'second')
  expect(store.get('posthorn.reply.changed.w.c')).toBe('second My careful words')
  expect(earlierOf('w', 'c', 'second')).toBe('')
  keepChanged('w', 'c', 'third', 'Anew')
  keepChanged('w', 'c', 'third', undefined)
  expect([...store.keys()]).toEqual([])
})

test('words written in a conversation that joined another go on there, below those that were there', () => {
  leave({})
  keepDraft('v', 'c', 'Your parcel')
  keepTo('v', 'c', { id: 'm', privately: true })
  keepDraft('v', noteOf('c'), 'She called')
  carryDrafts('v', 'c', 'thread')
  expect([draftOf('v', 'c'), toOf('v', 'c'), draftOf('v', noteOf('c'))]).toEqual(['', undefined, ''])
  expect([draftOf('v', 'thread'), toOf('v', 'thread')]).toEqual(['Your parcel', { id: 'm', privately: true }])
  expect(draftOf('v', noteOf('thread'))).toBe('She called')
  keepDraft('v', 'd', 'Yours, too')
  keepTo('v', 'd', { id: 'n', privately: false })
  for (let twice = 0; twice < 2; twice++) carryDrafts('v', 'd', 'thread')
  expect(draftOf('v', 'thread')).toBe('Your parcel\n\nYours, too')
  expect(toOf('v', 'thread')).toEqual({ id: 'm', privately: true })
  keepDraft('v', 'e', 'For all to read')
  keepTo('v', 'e', { id: 'n', privately: false })
  carryDrafts('v', 'thread', 'e')
  expect(toOf('v', 'e')).toEqual({ id: 'm', privately: true })
})
