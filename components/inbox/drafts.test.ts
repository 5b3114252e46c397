import { expect, test, vi } from 'vitest'
import { keepDraft, keepTo, toOf } from './drafts'

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
