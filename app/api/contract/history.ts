import { z } from 'zod'
import { Slot } from './desk-shapes'
import { endpoint, exactly } from './endpoint'
import { cursor, limit } from './posts'
import { PostVersion, SavedPost } from './post-shapes'
import { Id, OneId } from './words'

export const listVersions = endpoint({
  id: 'listPostVersions',
  method: 'GET',
  path: '/api/posts/{id}/versions',
  tag: 'Posts',
  summary: 'Read a post’s history',
  description: 'Its versions, newest first: what it said at each revision, and who wrote it.',
  scope: 'post.read',
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({ versions: z.array(PostVersion), next: z.string().nullable() }),
  failures: ['NOT_FOUND'],
  isPaged: true,
})

export const restoreVersion = endpoint({
  id: 'restorePostVersion',
  method: 'POST',
  path: '/api/posts/{id}/versions/{versionId}/restore',
  tag: 'Posts',
  summary: 'Write a post as it was',
  description:
    'As a new revision; what was written in between stays in the history. `revision` is the one that was read: a post that was saved since is left alone. A scheduled post needs the scope `post.schedule` too.',
  scope: 'post.update',
  params: exactly({ id: Id, versionId: Id }),
  body: exactly({ revision: z.number().int().positive() }),
  example: { revision: 2 },
  answer: z.object({ post: SavedPost }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day, like 09:30')

export const readSlots = endpoint({
  id: 'readAccountSlots',
  method: 'GET',
  path: '/api/accounts/{id}/slots',
  tag: 'Accounts',
  summary: 'Read an account’s queue slots',
  description:
    'The times of the week at which the account likes to post, on the workspace’s clock: `"scheduledAt": "next_slot"` takes the next free one.',
  scope: 'account.read',
  params: OneId,
  answer: z.object({ slots: z.array(Slot) }),
  failures: ['NOT_FOUND'],
})

export const setSlots = endpoint({
  id: 'setAccountSlots',
  method: 'PUT',
  path: '/api/accounts/{id}/slots',
  tag: 'Accounts',
  summary: 'Set an account’s queue slots',
  description: 'Replaces all of them. What is scheduled already stays where it is.',
  scope: 'post.schedule',
  params: OneId,
  body: exactly({
    slots: z.array(exactly({ weekday: z.number().int().min(0).max(6), time: Time })).max(168),
  }),
  example: { slots: [{ weekday: 1, time: '09:30' }] },
  answer: z.object({ slots: z.array(Slot) }),
  failures: ['NOT_FOUND'],
})
