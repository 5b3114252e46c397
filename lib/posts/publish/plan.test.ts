import { expect, test } from 'vitest'
import { platforms, type PlatformName } from '@/lib/platforms'
import { draftPart } from '../write/draft-part'
import { planSteps } from './plan'
import { PostContent, PostOverride } from '../schema'

type Options = NonNullable<PostOverride['options']>
const board = '549755885175'

test.for<{ platform: PlatformName; given: Options; sent: Options }>([
  {
    platform: 'instagram',
    given: { format: 'post', trial: 'MANUAL', cover_at: '2' },
    sent: { format: 'post', cover_at: '2' },
  },
  { platform: 'instagram', given: { trial: 'MANUAL' }, sent: {} },
  { platform: 'instagram', given: { format: 'reel', trial: 'MANUAL' }, sent: { format: 'reel', trial: 'MANUAL' } },
  { platform: 'pinterest', given: { board, format: 'video', cover: 'later' }, sent: { board, format: 'video' } },
  { platform: 'pinterest', given: { board, cover: '3' }, sent: { board, cover: '3' } },
  { platform: 'tiktok', given: { format: 'inbox', privacy: 'SELF_ONLY' }, sent: { format: 'inbox' } },
])('of $given $platform gets what is asked in its format alone', ({ platform, given, sent }) => {
  const content = PostContent.parse({ text: 'Asked', thread: [{ text: 'More' }] })
  const [override, adapter, at] = [{ options: given }, platforms[platform], new Date()]
  expect(planSteps(content, override, new Map(), adapter, at).map(({ options }) => options)).toEqual([sent, sent])
  expect(draftPart(content, override, [], adapter, at).options).toEqual(sent)
})

test('a first comment of nothing but spaces is not sent', () => {
  const kinds = (given: object, override?: object) =>
    planSteps(
      PostContent.parse({ text: 'Hello', ...given }),
      override && PostOverride.parse(override),
      new Map(),
      platforms.linkedin,
      new Date(),
    ).map(({ kind, text }) => `${kind}: ${text}`)
  expect(kinds({ firstComment: ' \n ' })).toEqual(['post: Hello'])
  expect(kinds({ firstComment: 'Ask us' }, { firstComment: '  ' })).toEqual(['post: Hello'])
  expect(kinds({ firstComment: ' Ask us ' })).toEqual(['post: Hello', 'comment: Ask us'])
})
