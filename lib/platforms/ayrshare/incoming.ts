import { z } from 'zod'
import type { Incoming } from '../platform'
import type { Comment } from './api'
import type { Self } from './keys'

/** What is needed to answer a comment: which post it stands under. */
export const AddresseeRef = z.object({ post: z.string(), ayrshare: z.string().optional() })

/** Where a comment stands: under a post, by its network's name and by Ayrshare's. */
export type Under = { readonly post: string; readonly ayrshare?: string }

const nameOf = ({ from, userName, username }: Comment): string =>
  from?.username ?? username ?? userName ?? from?.name ?? ''

/** A comment of the thread `thread`, which is named after its first, and below `parent` where the list says so. */
export function toIncoming(
  comment: Comment,
  { post, ayrshare }: Under,
  { thread, parent }: { readonly thread: string; readonly parent?: string },
  me: Self,
): Incoming {
  const handle = nameOf(comment)
  const id = comment.from?.id
  return {
    externalId: comment.commentId,
    kind: 'comment',
    change: 'new',
    text: comment.comment,
    at: new Date(comment.created).toISOString(),
    author: {
      externalId: id ?? handle,
      handle: handle ? `@${handle}` : '',
      displayName: comment.from?.name ?? handle,
    },
    own: id !== undefined ? id === me.id : handle !== '' && handle === me.username,
    conversation: thread,
    parent: parent ?? comment.parentId ?? post,
    post,
    ...(comment.commentUrl ? { url: comment.commentUrl } : {}),
    media: [],
    ref: { post, ...(ayrshare ? { ayrshare } : {}) },
  }
}

/** X lists answers beside what they answer, and names the post as what its own comments answer. */
export function topsOf(comments: readonly Comment[]) {
  const byName = new Map(comments.map((comment) => [comment.commentId, comment]))
  return (comment: Comment): string => {
    const path = new Set<Comment>()
    for (let one: Comment | undefined = comment; one && !path.has(one); one = byName.get(one.parentId ?? ''))
      path.add(one)
    return [...path].at(-1)?.commentId ?? comment.commentId
  }
}
