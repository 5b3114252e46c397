import { expect, test } from 'vitest'
import { inbox } from './inbox'

test('a comment that is hidden, and shown again, keeps its words, and is told of as such; one that is removed is taken away', () => {
  const eventOf = (verb: string) => {
    const value = {
      item: 'comment',
      verb,
      post_id: '7_1',
      comment_id: '1_2',
      parent_id: '7_1',
      ...(verb === 'remove' ? {} : { message: 'When do you open?' }),
      created_time: 1_763_719_000,
      from: { id: '9', name: 'Ben' },
    }
    const raw = { time: 1_763_719_100, field: 'feed', value }
    return { externalId: verb, type: 'feed', accountExternalId: '7', raw }
  }
  const heard = (verb: string) =>
    (inbox.read?.(eventOf(verb)) ?? []).map(({ externalId, change, text }) => ({ externalId, change, text }))
  const hidings = (verb: string) => inbox.readHidings?.(eventOf(verb))
  expect(heard('add')).toEqual([{ externalId: '1_2', change: 'new', text: 'When do you open?' }])
  expect(heard('hide')).toEqual([])
  expect(heard('unhide')).toEqual([])
  const at = new Date(1_763_719_100_000).toISOString()
  expect(hidings('hide')).toEqual([{ externalId: '1_2', hidden: true, at }])
  expect(hidings('unhide')).toEqual([{ externalId: '1_2', hidden: false, at }])
  expect([hidings('add'), hidings('remove')]).toEqual([[], []])
  expect(heard('remove')).toEqual([{ externalId: '1_2', change: 'deleted', text: '' }])
})
