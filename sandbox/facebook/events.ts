import type { Call } from '../core/call'
import { hidesAuthor } from '../core/graph-addressee'
import { tellHub } from '../core/graph-hooks'
import { type World } from '../core/network'
import type { Post } from '../core/state'
import { feedId, madeOf, nameOf, permalinkOf } from './views'

type Quiet = Pick<Call, 'faults'>
const seconds = (ms: number): number => Math.floor(ms / 1000)

/** Tells a page's listeners of a change in its feed. */
function tell(
  world: World,
  call: Quiet,
  pageId: string,
  field: 'feed' | 'mention',
  value: Readonly<Record<string, unknown>>,
): void {
  tellHub(world, call, { object: 'page', accountId: pageId, field, entry: { changes: [{ field, value }] } })
}

/** A page's own new post comes back to it, too. */
export function tellFeed(world: World, call: Quiet, post: Post): void {
  const { photos, video, link } = madeOf(post)
  tell(world, call, post.accountId, 'feed', {
    from: nameOf(world, post.accountId),
    item: video ? 'video' : photos ? 'photo' : 'status',
    verb: 'add',
    post_id: feedId(post),
    published: 1,
    created_time: seconds(post.createdAt),
    ...(post.text ? { message: post.text } : {}),
    ...(link ? { link } : {}),
  })
}

const fileOf = (world: World, { media: [file] }: Post) =>
  file ? { [file.mime.startsWith('video/') ? 'video' : 'photo']: `${world.url()}/media/${file.blob}` } : {}

type CommentVerb = 'add' | 'edited' | 'remove' | 'hide' | 'unhide'
export function tellComment(world: World, call: Quiet, comment: Post, verb: CommentVerb = 'add'): void {
  const root = world.posts.get(comment.rootId ?? '')
  if (!root) return
  tell(world, call, root.accountId, 'feed', {
    ...(hidesAuthor(world, comment) ? {} : { from: nameOf(world, comment.accountId) }),
    item: 'comment',
    verb,
    post_id: feedId(root),
    comment_id: comment.id,
    parent_id: comment.parentId === root.id ? feedId(root) : comment.parentId,
    permalink_url: world.url() + permalinkOf(comment),
    created_time: seconds(comment.createdAt),
    ...(verb === 'remove' ? {} : { message: comment.text, ...fileOf(world, comment) }),
  })
}

export function tellReaction(world: World, call: Quiet, q: { post: Post; by: string; type: string }): void {
  tell(world, call, q.post.accountId, 'feed', {
    from: nameOf(world, q.by),
    item: 'reaction',
    verb: 'add',
    reaction_type: q.type,
    post_id: feedId(q.post),
    parent_id: feedId(q.post),
    created_time: seconds(world.now()),
  })
}

export function tellShare(world: World, call: Quiet, q: { post: Post; by: string; text: string; id: string }): void {
  tell(world, call, q.post.accountId, 'feed', {
    from: nameOf(world, q.by),
    item: 'share',
    verb: 'add',
    post_id: q.id,
    link: world.url() + permalinkOf(q.post),
    message: q.text,
    created_time: seconds(world.now()),
  })
}

export function tellMention(
  world: World,
  call: Quiet,
  pageId: string,
  post: Post,
  verb: 'add' | 'edited' | 'remove' = 'add',
): void {
  tell(world, call, pageId, 'mention', {
    from: nameOf(world, post.accountId),
    item: 'post',
    verb,
    post_id: feedId(post),
    ...(verb === 'remove' ? {} : { message: post.text }),
    created_time: seconds(post.createdAt),
  })
}
