import { avatarUrl } from '../core/avatar-route'
import { type Field, graphTime, select, type View } from '../core/graph-fields'
import { isHidden } from '../core/hiding'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Attachment, Post } from '../core/state'
import type { Wish } from './wish'

export type Made = {
  readonly type: 'TEXT_POST' | 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM'
  readonly topic?: string
  readonly audience: Wish['reply_control']
  readonly link?: string
  readonly isSpoiler: boolean
  readonly isGhost: boolean
}
/** Written by this network alone, when the post was made. */
const madeOf = (post: Post): Made => post.record as Made

/** A post's short name, in its address. */
export const shortcode = (id: string): string => BigInt(id).toString(36)

export const permalinkOf = (world: World, post: Post): string =>
  `/@${accountById(world, post.accountId)?.handle ?? 'i'}/post/${shortcode(post.id)}`

export const repliesTo = (world: World, post: Post): readonly Post[] =>
  world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now()))

const rootOf = (world: World, post: Post) => {
  const root = world.posts.get(post.rootId ?? '')
  return root && { id: root.id, owner_id: root.accountId, username: accountById(world, root.accountId)?.handle }
}

/** What stands below something hidden is hidden with it. */
const isHiddenThere = (world: World, post: Post): boolean => {
  const parent = world.posts.get(post.parentId ?? '')
  return isHidden(world, post.id) || (parent !== undefined && isHiddenThere(world, parent))
}

/** One file of a carousel. */
const childView = (world: World, { id }: Post, { blob, mime }: Attachment, nth: number, field: Field) =>
  select(
    {
      id: `${id}${nth}`,
      media_type: mime.startsWith('video/') ? 'VIDEO' : 'IMAGE',
      media_url: `${world.url()}/media/${blob}`,
    },
    field.inner,
  )

/** `me` is who asks. */
export function postView(world: World, post: Post, me: string): View {
  const made = madeOf(post)
  const [first] = post.media
  const root = rootOf(world, post)
  return {
    id: post.id,
    media_product_type: 'THREADS',
    media_type: made.type,
    media_url: first ? `${world.url()}/media/${first.blob}` : undefined,
    permalink: world.url() + permalinkOf(world, post),
    owner: post.accountId === me ? { id: me } : undefined,
    username: accountById(world, post.accountId)?.handle,
    text: post.text || undefined,
    timestamp: graphTime(post.createdAt),
    shortcode: shortcode(post.id),
    alt_text: first?.alt || undefined,
    link_attachment_url: made.link,
    topic_tag: made.topic,
    reply_audience: made.audience.toUpperCase(),
    is_spoiler_media: made.isSpoiler,
    poll_attachment: post.poll && { option_a: post.poll[0], option_b: post.poll[1], total_votes: 0 },
    is_quote_post: false,
    has_replies: repliesTo(world, post).length > 0,
    is_reply: post.kind === 'reply',
    is_reply_owned_by_me: post.kind === 'reply' ? post.accountId === me : undefined,
    root_post: root && { id: root.id },
    replied_to: post.parentId ? { id: post.parentId } : undefined,
    hide_status: isHiddenThere(world, post) ? 'HIDDEN' : 'NOT_HUSHED',
    children: (field: Field) =>
      post.media.length > 1
        ? { data: post.media.map((file, nth) => childView(world, post, file, nth, field)) }
        : undefined,
  }
}

/** As a webhook tells it. */
export const reported = (world: World, post: Post): Record<string, unknown> => ({
  id: post.id,
  username: accountById(world, post.accountId)?.handle,
  text: post.text,
  media_type: madeOf(post).type,
  permalink: world.url() + permalinkOf(world, post),
  ...(post.parentId ? { replied_to: { id: post.parentId }, root_post: rootOf(world, post) } : {}),
  shortcode: shortcode(post.id),
  timestamp: graphTime(post.createdAt),
})

export const userView = (world: World, account: Account): View => ({
  id: account.id,
  username: account.handle,
  name: account.name,
  threads_profile_picture_url: avatarUrl(world, account.id),
  threads_biography: account.bio,
  is_verified: false,
})
