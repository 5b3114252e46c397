import type { youtube_v3 } from '@googleapis/youtube'
import { expect, test } from 'vitest'
import type { NewReply, NewThread } from './comment-api'
import type { NewPlaylistItem } from './list-api'
import type { NewVideo } from './video-api'
import { toNewThread, toNewVideo } from './translate'

type Plain<T> = Exclude<T, null | undefined>
/** What ours has and theirs does not, through all levels: every field of a resource is optional there, so a name that is not known would pass. */
type Strange<Ours, Theirs> =
  Plain<Ours> extends readonly unknown[]
    ? never
    : Plain<Ours> extends object
      ? {
          [K in keyof Plain<Ours>]-?: K extends keyof Plain<Theirs> ? Strange<Plain<Ours>[K], Plain<Theirs>[K]> : K
        }[keyof Plain<Ours>]
      : never
type Known<Ours extends Theirs, Theirs> = [Strange<Ours, Theirs>] extends [never] ? true : Strange<Ours, Theirs>

const known = {
  video: true satisfies Known<NewVideo, youtube_v3.Schema$Video>,
  thread: true satisfies Known<NewThread, youtube_v3.Schema$CommentThread>,
  reply: true satisfies Known<NewReply, youtube_v3.Schema$Comment>,
  playlistItem: true satisfies Known<NewPlaylistItem, youtube_v3.Schema$PlaylistItem>,
}

test('what is sent is a resource as Google’s own client types it, each field by its name', () => {
  // The proof is the compiler's: an unknown field or a wrong type does not get past `tsc`.
  const part = { kind: 'post', text: 'Hello', title: 'Title', media: [], key: { createdAt: '' } } as const
  const video = toNewVideo({ ...part, options: { tags: ['one'] } }) satisfies youtube_v3.Schema$Video
  const thread = toNewThread('UC', 'v', 'First') satisfies youtube_v3.Schema$CommentThread
  expect(Object.values(known)).toEqual([true, true, true, true])
  expect(Object.keys(video)).toEqual(['snippet', 'status'])
  expect(thread.snippet.topLevelComment.snippet.textOriginal).toBe('First')
})
