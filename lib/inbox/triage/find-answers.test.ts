import { expect, test } from 'vitest'
import { findAnswers, type Said } from './find-answers'

const said = (id: string, minute: number, more: Partial<Said> = {}): Said => ({
  id,
  externalId: id,
  at: new Date(minute * 60_000),
  needAt: null,
  own: false,
  isChat: false,
  counts: true,
  parent: 'post',
  identityId: 'rosa',
  names: ['Rosa Lind', 'rosa'],
  words: '',
  meant: undefined,
  ...more,
})
const ours = (id: string, minute: number, parent: string, byProgram?: boolean): Said =>
  said(id, minute, {
    own: true,
    identityId: null,
    names: [],
    parent,
    meant: byProgram === undefined ? undefined : { messageId: parent, byProgram },
  })
const waiting = (all: readonly Said[]) =>
  [...findAnswers(all)].flatMap(([id, { at }]) => (at === null ? [id] : [])).sort()

test('messages that are said to answer each other are a thread all the same', () => {
  const round = [said('a', 1, { parent: 'b' }), said('b', 2, { parent: 'a' }), said('c', 3)]
  expect(waiting([...round, ours('o', 4, 'b')])).toEqual(['c'])
})

test('what a program answers is answered, and a person’s answer is noted beside it', () => {
  const asked = [said('a', 1), said('b', 2, { parent: 'a' })]
  const [early, late] = [new Date(3 * 60_000), new Date(5 * 60_000)]
  const byBoth = findAnswers([...asked, ours('program', 3, 'a', true), ours('person', 5, 'b', false)])
  expect(byBoth.get('a')).toEqual({ at: early, byPersonAt: late })
  expect(byBoth.get('b')).toEqual({ at: early, byPersonAt: late })
  expect(byBoth.has('program')).toBe(false)
})

test('whom nobody knows is answered by what names their words alone', () => {
  const strangers = [said('a', 1, { identityId: null }), said('b', 2, { identityId: null, parent: 'a' })]
  expect(waiting([...strangers, ours('o', 3, 'a')])).toEqual(['b'])
})

test('an answer that hangs at the top of its thread is for whom it names first', () => {
  const ben = { identityId: 'ben', names: ['Ben Hart', 'ben.h'], parent: 'a' }
  const sam = { identityId: 'sam', names: ['Ben', 'sam'], parent: 'a' }
  const asked = [said('a', 1), said('b', 2, ben), said('c', 3, sam), said('d', 4, { ...ben, parent: 'elsewhere' })]
  const answered = (words: string) => waiting([...asked, { ...ours('o', 5, 'a'), words }])
  expect(answered('Ben Hart, on Sunday too')).toEqual(['a', 'c', 'd'])
  expect(answered('@ben.h: on Sunday too')).toEqual(['a', 'c', 'd'])
  expect(answered('Ben! On Sunday too')).toEqual(['a', 'b', 'd'])
  expect(answered('On Sunday too, Ben Hart')).toEqual(['b', 'c', 'd'])
  expect(waiting([...asked, { ...ours('o', 1.5, 'a'), words: 'Ben Hart' }])).toEqual(['b', 'c', 'd'])
  expect(waiting([...asked, { ...ours('o', 5, 'b'), words: 'Rosa Lind says so too' }])).toEqual(['a', 'c', 'd'])
})

test('in a group an answer to one’s last line is to all of theirs until then, and to nobody else', () => {
  const alone = { parent: null }
  const ben = { identityId: 'ben', names: ['Ben'] }
  const lines = [said('a', 1, alone), said('b', 2, { ...alone, ...ben }), said('c', 3, alone), said('d', 6, alone)]
  expect(waiting([...lines, ours('o', 5, 'c')])).toEqual(['b', 'd'])
  // Quoting somebody else is no thread of its own.
  expect(waiting([...lines, said('e', 4, { parent: 'b' }), ours('o', 5, 'e')])).toEqual(['b', 'd'])
  // Under a post each who comments anew asks anew.
  expect(waiting([said('a', 1), said('c', 3), ours('o', 5, 'c')])).toEqual(['a'])
})
