import { describe, expect, test } from 'vitest'
import type { TargetAccount } from '@/lib/posts/schema'
import {
  addMediaBefore,
  copyWords,
  differences,
  emptyDraft,
  everyone,
  isBlank,
  moved,
  placeMedia,
  replaceMedia,
  reset,
  takePage,
  toggle,
  toggleInProject,
  wordsIn,
  write,
  writeLink,
  type Draft,
} from './draft'

const forTwo: Draft = ['x', 'bluesky'].reduce(toggle, write(emptyDraft, everyone, { text: 'for all' }))

test('what one account says is its own, and what all say goes on to the others', () => {
  const own = write(forTwo, 'x', { text: 'for X' })
  const later = write(own, everyone, { text: 'for all, later' })
  expect(wordsIn(later, 'x').text).toBe('for X')
  expect(wordsIn(later, 'bluesky').text).toBe('for all, later')
  expect(differences(later, 'x')).toEqual(['text'])
})

test('an account that comes to say what all say follows them again', () => {
  const back = write(write(forTwo, 'x', { text: 'for X' }), 'x', { text: 'for all' })
  expect(back.targets).toEqual(forTwo.targets)
  expect(reset(write(forTwo, 'x', { text: 'for X' }), 'x').targets).toEqual(forTwo.targets)
})

test('an account can leave out the link and the first comment that the others have', () => {
  const shared = write(forTwo, everyone, { link: 'https://northwind.example/', firstComment: 'Ask us' })
  const without = write(shared, 'x', { link: undefined, firstComment: '' })
  expect(wordsIn(without, 'x').link).toBeUndefined()
  expect(wordsIn(without, 'x').firstComment).toBeUndefined()
  expect(wordsIn(without, 'bluesky').link).toBe('https://northwind.example/')
  expect(differences(write(forTwo, 'x', { link: undefined, firstComment: '' }), 'x')).toEqual([])
})

describe('the card of a link', () => {
  const menu = { title: 'Our menu', description: 'What we roast' }
  const [first, second] = ['https://northwind.coffee/menu', 'https://northwind.coffee/jobs']
  const said = (draft: Draft, scope = everyone) => {
    const { link, linkTitle, linkDescription } = wordsIn(draft, scope)
    return [link, linkTitle, linkDescription]
  }
  const linked = (draft: Draft, scope = everyone) =>
    takePage(writeLink(draft, scope, first, undefined), scope, first, menu)

  test('says what the page says, and of another page what that one says', () => {
    expect(said(linked(forTwo))).toEqual([first, 'Our menu', 'What we roast'])
    const other = writeLink(linked(forTwo), everyone, second, menu)
    expect(said(other)).toEqual([second, undefined, undefined])
    expect(said(takePage(other, everyone, second, { title: 'Jobs', description: null }))).toEqual([
      second,
      'Jobs',
      undefined,
    ])
    expect(said(writeLink(linked(forTwo), everyone, undefined, menu))).toEqual([undefined, undefined, undefined])
  })

  test('keeps what the author wrote, and takes nothing of a page that is not linked to any more', () => {
    const own = write(linked(forTwo), everyone, { linkTitle: 'Read this' })
    expect(said(writeLink(own, everyone, second, menu))).toEqual([second, 'Read this', undefined])
    expect(said(takePage(own, everyone, first, { title: 'Changed', description: 'Changed' }))).toEqual([
      first,
      'Read this',
      'What we roast',
    ])
    const late = writeLink(forTwo, everyone, second, undefined)
    expect(takePage(late, everyone, first, menu)).toBe(late)
  })

  test('of an account with another link says nothing of the link of all, and what it says stays its own', () => {
    const other = writeLink(linked(forTwo), 'x', second, menu)
    expect(said(other, 'x')).toEqual([second, undefined, undefined])
    const read = takePage(other, 'x', second, { title: 'Jobs', description: null })
    expect(said(read, 'x')).toEqual([second, 'Jobs', undefined])
    expect(said(read, 'bluesky')).toEqual([first, 'Our menu', 'What we roast'])
    expect(differences(read, 'x')).toEqual(['link', 'linkTitle'])
    // Back at the link of all, it says what all say.
    const back = writeLink(read, 'x', first, { title: 'Jobs', description: null })
    expect(said(takePage(back, 'x', first, menu), 'x')).toEqual([first, 'Our menu', 'What we roast'])
    expect(differences(back, 'x')).toEqual([])
  })

  test('that is read while one account is written for is the card of all, where the link is', () => {
    const shared = writeLink(forTwo, everyone, first, undefined)
    expect(said(takePage(shared, 'x', first, menu), 'bluesky')).toEqual([first, 'Our menu', 'What we roast'])
  })
})

test('the words of an account that is taken off come back with it', () => {
  const off = toggle(write(forTwo, 'x', { text: 'for X' }), 'x')
  expect(off.targets.map(({ accountId }) => accountId)).toEqual(['bluesky'])
  expect(wordsIn(toggle(off, 'x'), 'x').text).toBe('for X')
})

test('the words of one account can be given to others', () => {
  const given = copyWords(write(forTwo, 'x', { text: 'for X' }), 'x', ['bluesky'])
  expect(wordsIn(given, 'bluesky').text).toBe('for X')
})

test('files go to the post they were added to, and keep their order', () => {
  const thread = write(forTwo, everyone, { thread: [{ text: 'more', mediaIds: [] }] })
  const placed = placeMedia(thread, { scope: everyone, part: 0 }, moved(['a', 'b', 'c'], 2, 0))
  expect(placed.content.thread[0]?.mediaIds).toEqual(['c', 'a', 'b'])
  expect(placed.content.mediaIds).toEqual([])
})

test('a file that arrives late comes before those that were chosen after it', () => {
  const first = { scope: everyone, part: 'first' } as const
  const before = addMediaBefore(forTwo, first, 'old', [])
  const two = addMediaBefore(addMediaBefore(before, first, 'small-3', []), first, 'small-2', ['small-3'])
  const all = addMediaBefore(two, first, 'large-1', ['small-3', 'small-2'])
  expect(all.content.mediaIds).toEqual(['old', 'large-1', 'small-2', 'small-3'])
  expect(addMediaBefore(all, first, 'old', []).content.mediaIds).toEqual(all.content.mediaIds)
})

test('a file made for one account stands in the first one’s stead there alone, with its words', () => {
  const shared = write(forTwo, everyone, { mediaIds: ['a', 'b'], thread: [{ text: 'more', mediaIds: ['a'] }] })
  const described = { ...shared, content: { ...shared.content, alts: { a: 'A lake' } } }
  const fitted = replaceMedia(described, 'x', 'a', 'a-as-jpeg')
  expect(wordsIn(fitted, 'x').mediaIds).toEqual(['a-as-jpeg', 'b'])
  expect(wordsIn(fitted, 'x').thread[0]?.mediaIds).toEqual(['a-as-jpeg'])
  expect(wordsIn(fitted, 'bluesky').mediaIds).toEqual(['a', 'b'])
  expect(fitted.content.alts).toEqual({ a: 'A lake', 'a-as-jpeg': 'A lake' })
})

test('a post is of the project that its accounts share, until somebody chooses another', () => {
  // Only what is read: a whole account is a page of limits.
  const accounts = [
    { id: 'a', projectId: 'winter' },
    { id: 'b', projectId: 'winter' },
    { id: 'c', projectId: null },
  ] as TargetAccount[]
  const after = (draft: Draft, ...ids: string[]) => ids.reduce((d, id) => toggleInProject(d, id, accounts), draft)
  expect(after(emptyDraft, 'a', 'b').projectId).toBe('winter')
  expect(after(emptyDraft, 'a', 'c').projectId).toBeNull()
  expect(after(emptyDraft, 'a', 'c', 'c').projectId).toBe('winter')
  expect(after({ ...after(emptyDraft, 'a'), projectId: 'other' }, 'b', 'c').projectId).toBe('other')
  expect(after({ ...after(emptyDraft, 'a'), projectId: null }, 'b').projectId).toBeNull()
})

test('choosing accounts alone makes nothing that would be a loss', () => {
  expect(isBlank(toggle(emptyDraft, 'x'))).toBe(true)
  expect(isBlank(forTwo)).toBe(false)
})
