import { z } from 'zod'
import { avatarUrl } from '../core/avatar-route'
import { countsOf } from '../core/growth'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { planOf } from './plans'
import { type KeptText, told } from './text'

/** Old and new names of the same parameter: the maker's spec says `post.fields`, its clients still send `tweet.fields`. */
export function fields(query: URLSearchParams, kind: 'post' | 'user' | 'media'): ReadonlySet<string> {
  const asked = query.get(`${kind}.fields`) ?? (kind === 'post' ? query.get('tweet.fields') : null)
  const names = new Set(asked?.split(',').map((f) => f.trim()) ?? [])
  if (kind !== 'post') return names
  // An expansion brings the field that it expands.
  for (const expansion of expansionsOf(query)) names.add(expansion.split('.')[0] ?? '')
  for (const [one, other] of [
    ['referenced_posts', 'referenced_tweets'],
    ['referenced_tweets', 'referenced_posts'],
  ] as const) {
    if (names.has(one)) names.add(other)
  }
  return names
}

function expansionsOf(query: URLSearchParams): ReadonlySet<string> {
  return new Set(query.get('expansions')?.split(',').filter(Boolean) ?? [])
}

export function userView(world: World, account: Account, asked: ReadonlySet<string>) {
  const postCount = world.posts.of(account.id).filter((p) => p.kind !== 'comment' && isVisible(p, world.now())).length
  const plan = planOf(world, account)
  const isChecked = plan === 'Premium' || plan === 'PremiumPlus'
  const optional = {
    created_at: new Date(account.createdAt).toISOString(),
    description: account.bio,
    profile_image_url: avatarUrl(world, account.id),
    protected: false,
    verified: isChecked,
    verified_type: isChecked ? 'blue' : 'none',
    subscription_type: plan,
    public_metrics: {
      followers_count: 1_204,
      following_count: 310,
      post_count: postCount,
      tweet_count: postCount,
      listed_count: 9,
      like_count: 87,
      media_count: 0,
    },
  }
  return { id: account.id, name: account.name, username: account.handle, ...pick(optional, asked) }
}

export function mediaUrl(world: World, handle: string, postId: string): string {
  return `${world.url()}/${handle}/status/${postId}/photo/1`
}

/** The post that another quotes. */
export const quotedBy = ({ record }: Post): string | undefined =>
  z.object({ quoted: z.string() }).safeParse(record).data?.quoted

export function postView(world: World, account: Account, post: Post, asked: ReadonlySet<string>) {
  const parent = post.parentId
  const { kept, note } = told(post.text, {
    isReply: parent !== undefined,
    ...(post.media.length ? { mediaUrl: mediaUrl(world, account.handle, post.id) } : {}),
  })
  const figures = countsOf(world, post)
  const replies = world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now())).length
  const quoted = quotedBy(post)
  const referenced = [
    ...(parent === undefined ? [] : [{ type: 'replied_to', id: parent }]),
    ...(quoted === undefined ? [] : [{ type: 'quoted', id: quoted }]),
  ]
  const optional = {
    author_id: post.accountId,
    conversation_id: post.rootId ?? post.id,
    created_at: new Date(post.createdAt).toISOString(),
    lang: 'en',
    possibly_sensitive: false,
    reply_settings: 'everyone',
    source: 'Sandbox',
    ...(parent === undefined ? {} : { in_reply_to_user_id: world.posts.get(parent)?.accountId ?? '' }),
    ...(referenced.length ? { referenced_tweets: referenced, referenced_posts: referenced } : {}),
    ...(post.media.length ? { attachments: { media_keys: post.media.map((_, i) => `3_${post.id}_${i}`) } } : {}),
    ...(post.poll ? { attachments: { poll_ids: [post.id] } } : {}),
    ...entitiesOf(kept),
    // Both names of the same: the maker's spec has the first, its clients the second.
    ...(note
      ? {
          note_post: { text: note.text, ...entitiesOf(note) },
          note_tweet: { text: note.text, ...entitiesOf(note) },
        }
      : {}),
    public_metrics: {
      impression_count: figures.impressions,
      like_count: figures.likes,
      reply_count: replies,
      repost_count: figures.shares,
      retweet_count: figures.shares,
      quote_count: figures.quotes,
      bookmark_count: figures.saves,
    },
    non_public_metrics: {
      impression_count: figures.impressions,
      url_link_clicks: figures.clicks,
      user_profile_clicks: Math.floor(figures.clicks / 4),
    },
    organic_metrics: {
      impression_count: figures.impressions,
      like_count: figures.likes,
      reply_count: replies,
      retweet_count: figures.shares,
      url_link_clicks: figures.clicks,
    },
  }
  return {
    id: post.id,
    text: kept.text,
    edit_history_tweet_ids: [post.id],
    edit_history_post_ids: [post.id],
    ...pick(optional, asked),
  }
}

const entitiesOf = ({ urls, hashtags }: KeptText) =>
  urls.length || hashtags.length
    ? { entities: { ...(urls.length ? { urls } : {}), ...(hashtags.length ? { hashtags } : {}) } }
    : {}

export function includes(world: World, posts: readonly Post[], query: URLSearchParams) {
  const expansions = expansionsOf(query)
  const users = expansions.has('author_id')
    ? world.state.accounts
        .filter((a) => posts.some((p) => p.accountId === a.id))
        .map((a) => userView(world, a, fields(query, 'user')))
    : []
  const asked = fields(query, 'media')
  const media = expansions.has('attachments.media_keys')
    ? posts.flatMap((p) =>
        p.media.map((m, i) => ({
          media_key: `3_${p.id}_${i}`,
          type: m.mime === 'image/gif' ? 'animated_gif' : m.mime.startsWith('image/') ? 'photo' : 'video',
          ...pick({ url: `${world.url()}/media/${m.blob}`, alt_text: m.alt }, asked),
        })),
      )
    : []
  const parents = ['referenced_posts', 'referenced_tweets.id'].some((e) => expansions.has(e))
    ? posts.flatMap((p) => parentView(world, p, query))
    : []
  // Both names again: `posts` in the spec, `tweets` in the clients.
  const found = {
    ...(users.length ? { users } : {}),
    ...(media.length ? { media } : {}),
    ...(parents.length ? { posts: parents, tweets: parents } : {}),
  }
  return Object.keys(found).length ? { includes: found } : {}
}

function parentView(world: World, post: Post, query: URLSearchParams) {
  const parent = post.parentId === undefined ? undefined : world.posts.get(post.parentId)
  const author = parent && accountById(world, parent.accountId)
  return parent && author && isVisible(parent, world.now())
    ? [postView(world, author, parent, fields(query, 'post'))]
    : []
}

function pick(from: Record<string, unknown>, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.has(name)))
}
