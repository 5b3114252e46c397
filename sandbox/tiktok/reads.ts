import { z } from 'zod'
import { type Call, type Reply, type Route, jsonBody } from '../core/call'
import { countsOf } from '../core/growth'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { answer, badParams } from './answers'
import { callerOf } from './caller'

const userFields = {
  open_id: 'user.info.basic',
  union_id: 'user.info.basic',
  display_name: 'user.info.basic',
  avatar_url: 'user.info.basic',
  username: 'user.info.profile',
  bio_description: 'user.info.profile',
  profile_deep_link: 'user.info.profile',
  is_verified: 'user.info.profile',
  follower_count: 'user.info.stats',
  following_count: 'user.info.stats',
  likes_count: 'user.info.stats',
  video_count: 'user.info.stats',
} as const

const Query = z.strictObject({ filters: z.strictObject({ video_ids: z.array(z.string()).min(1).max(20) }) })
const List = z.strictObject({
  max_count: z.number().int().min(1).max(20).default(10),
  cursor: z.number().int().optional(),
})

export function readRoutes(world: World): readonly Route[] {
  const limit = { name: 'reads', max: 600, windowMs: 60_000 }
  return [
    { method: 'GET', path: '/v2/user/info', operation: 'profile', limit, handle: (call) => me(world, call) },
    { method: 'POST', path: '/v2/video/query', operation: 'metrics', limit, handle: (call) => query(world, call) },
    { method: 'POST', path: '/v2/video/list', operation: 'read', limit, handle: (call) => list(world, call) },
  ]
}

const asked = (call: Call): readonly string[] => (call.query.get('fields') ?? '').split(',').filter(Boolean)

/** Each field has a scope of its own. */
function me(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['user.info.basic'])
  if ('refusal' in caller) return caller.refusal
  const wanted = asked(call)
  const unknown = wanted.find((name) => !(name in userFields))
  if (wanted.length === 0 || unknown !== undefined) return badParams(`Fields are invalid: ${unknown ?? '(none)'}`)
  const missing = Object.entries(userFields).find(
    ([name, scope]) => wanted.includes(name) && !caller.token.scopes.includes(scope),
  )
  const refusal = missing && callerOf(world, call, [missing[1]])
  if (refusal && 'refusal' in refusal) return refusal.refusal
  const user = userView(world, caller.account)
  return answer({ user: Object.fromEntries(Object.entries(user).filter(([name]) => wanted.includes(name))) })
}

const userView = (world: World, account: Account): Record<keyof typeof userFields, unknown> => ({
  open_id: account.id,
  union_id: `union-${account.id}`,
  display_name: account.name,
  avatar_url: `${world.url()}/avatar/${encodeURIComponent(account.id)}`,
  username: account.handle,
  bio_description: account.bio,
  profile_deep_link: `${world.url()}/@${account.handle}`,
  is_verified: false,
  follower_count: 1_280,
  following_count: 64,
  likes_count: 4_096,
  video_count: world.posts.of(account.id).filter((p) => p.deletedAt === undefined).length,
})

const Kept = z.object({ audience: z.string(), photo: z.boolean() })
export const recordOf = (post: Post) => Kept.parse(post.record)

/** Only what everyone may see. */
const publicPosts = (world: World, account: Account): readonly Post[] =>
  world.posts
    .of(account.id)
    .filter((p) => p.kind === 'post' && isVisible(p, world.now()) && recordOf(p).audience === 'PUBLIC_TO_EVERYONE')
    .toReversed()

function videoView(world: World, account: Account, post: Post, wanted: readonly string[]) {
  const figures = countsOf(world, post)
  const comments = world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now())).length
  const view: Record<string, unknown> = {
    // In answers to questions about videos ids are texts; only the status has them as numbers.
    id: post.id,
    create_time: Math.floor(post.createdAt / 1000),
    title: post.text.slice(0, 150),
    video_description: post.text,
    share_url: `${world.url()}/@${account.handle}/${recordOf(post).photo ? 'photo' : 'video'}/${post.id}`,
    view_count: figures.impressions,
    like_count: figures.likes,
    comment_count: comments,
    share_count: figures.shares,
  }
  return Object.fromEntries(Object.entries(view).filter(([name]) => wanted.includes(name)))
}

function query(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['video.list'])
  if ('refusal' in caller) return caller.refusal
  const wish = Query.safeParse(jsonBody(call))
  if (!wish.success) return badParams(z.prettifyError(wish.error))
  const videos = publicPosts(world, caller.account).filter((p) => wish.data.filters.video_ids.includes(p.id))
  return answer({ videos: videos.map((p) => videoView(world, caller.account, p, asked(call))) })
}

/** The cursor is the moment, in milliseconds, before which the next page begins. */
function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['video.list'])
  if ('refusal' in caller) return caller.refusal
  const wish = List.safeParse(jsonBody(call) ?? {})
  if (!wish.success) return badParams(z.prettifyError(wish.error))
  const { cursor = Number.POSITIVE_INFINITY, max_count } = wish.data
  const rest = publicPosts(world, caller.account).filter((p) => p.createdAt < cursor)
  const page = rest.slice(0, max_count)
  return answer({
    videos: page.map((p) => videoView(world, caller.account, p, asked(call))),
    cursor: page.at(-1)?.createdAt ?? world.now(),
    has_more: rest.length > page.length,
  })
}
