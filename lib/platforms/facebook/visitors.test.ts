import { expect, test } from 'vitest'
import { inbox } from './inbox'

const heard = (item: string, from: { id: string; name: string } | undefined, verb = 'add') => {
  const value = { item, verb, post_id: '7_1', message: 'Your shop lost my order!', created_time: 1_763_719_000, from }
  const raw = { time: 1_763_719_100, field: 'feed', value }
  return (inbox.read?.({ externalId: item, type: 'feed', accountExternalId: '7', raw }) ?? []).map(
    ({ kind, externalId, conversation, ref, change }) => ({ kind, externalId, conversation, ref, change }),
  )
}
const visitor = { id: '9', name: 'Ben' }
/** Where it is answered, and where Facebook lists it. */
const left = { on: '7_1', listed: 'feed' }
const place = { externalId: '7_1', conversation: '7_1' }

test.each(['post', 'status', 'photo', 'video'])(
  'a %s of a visitor on the page is a mention; our own is none',
  (item) => {
    expect(heard(item, visitor)).toEqual([{ kind: 'mention', change: 'new', ...place, ref: left }])
    expect(heard(item, visitor, 'remove')).toEqual([{ kind: 'mention', change: 'deleted', ...place, ref: left }])
    expect(heard(item, { id: '7', name: 'The page' })).toEqual([])
    expect(heard(item, undefined)).toEqual([])
  },
)

test('what somebody shares of ours is a share, and our own shares are nothing said to us', () => {
  expect(heard('share', visitor)).toEqual([{ kind: 'share', change: 'new', ...place, ref: { on: '7_1' } }])
  expect(heard('share', { id: '7', name: 'The page' })).toEqual([])
})
