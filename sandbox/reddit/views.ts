import { countsOf } from '../core/growth'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { authorOf } from './places'
import { keptOf } from './kept'

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** Comments that readers can see under a thing, and under those. */
function below(world: World, id: string): Post[] {
  const here = world.posts.answersTo(id).filter((post) => isVisible(post, world.now()))
  return here.flatMap((post) => [post, ...below(world, post.id)])
}

export const permalinkOf = (post: Post): string => {
  const kept = keptOf(post)
  const root = (kept.link ?? post.id).slice(3)
  return kept.kind === 'message'
    ? `/message/messages/${post.id.slice(3)}`
    : `/r/${kept.sr}/comments/${root}/post/${kept.kind === 'comment' ? `${post.id.slice(3)}/` : ''}`
}

const common = (world: World, post: Post) => ({
  name: post.id,
  id: post.id.slice(3),
  author: authorOf(world, post.accountId),
  created_utc: seconds(post.createdAt),
  score: 1 + countsOf(world, post).likes,
  edited: false,
})

function postView(world: World, post: Post) {
  const kept = keptOf(post)
  const isSelf = kept.kind === 'self'
  const [file] = post.media
  return {
    ...common(world, post),
    title: kept.title,
    selftext: kept.body ?? '',
    over_18: kept.nsfw ?? false,
    spoiler: kept.spoiler ?? false,
    link_flair_text: kept.flair ?? null,
    subreddit: kept.sr,
    permalink: permalinkOf(post),
    url: kept.url ?? (file ? `${world.url()}/media/${file.blob}` : `${world.url()}${permalinkOf(post)}`),
    is_self: isSelf,
    is_gallery: kept.kind === 'gallery' ? true : undefined,
    is_video: kept.kind === 'video',
    post_hint: kept.kind === 'image' ? 'image' : kept.kind === 'video' ? 'hosted:video' : undefined,
    num_comments: below(world, post.id).length,
    upvote_ratio: 0.94,
    view_count: null,
  }
}

/** A comment or a private message. In the inbox it says why it is there. */
export function commentView(world: World, post: Post): object {
  const kept = keptOf(post)
  const isMessage = kept.kind === 'message'
  return {
    ...common(world, post),
    body: post.text,
    parent_id: kept.parent ?? null,
    ...(isMessage
      ? { dest: kept.dest, first_message_name: post.rootId ?? null, was_comment: false, subreddit: null, context: '' }
      : {
          link_id: kept.link,
          subreddit: kept.sr,
          permalink: permalinkOf(post),
          context: `${permalinkOf(post)}?context=3`,
          was_comment: true,
          type: kept.type ?? (kept.parent === kept.link ? 'post_reply' : 'comment_reply'),
        }),
    replies: '',
  }
}

export const thing = (world: World, post: Post) => ({
  kind: post.id.slice(0, 2),
  data: post.id.startsWith('t3_') ? postView(world, post) : commentView(world, post),
})

/** A comment with everything under it. One that was deleted keeps its place, without author and words, where others answered it. */
export function treeOf(world: World, post: Post): readonly object[] {
  const below = world.posts.answersTo(post.id).flatMap((each) => treeOf(world, each))
  const isThere = isVisible(post, world.now())
  if (!isThere && (below.length === 0 || post.deletedAt === undefined)) return []
  const replies = below.length === 0 ? '' : listing(below)
  const emptied = isThere ? {} : { author: '[deleted]', body: '[deleted]' }
  return [{ kind: 't1', data: { ...commentView(world, post), ...emptied, replies } }]
}

export const listing = (children: readonly object[], after: string | null = null) => ({
  kind: 'Listing',
  data: { after, before: null, dist: children.length, modhash: '', children },
})
