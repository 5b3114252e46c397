import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, graphProblem, noSuchObject } from '../core/graph'
import { statusOf } from '../core/graph-containers'
import { edge, node } from '../core/graph-fields'
import { countsOf } from '../core/growth'
import { type World, mediaById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { own, version } from './caller'
import { containers } from './wish'
import { debugToken } from './oauth'
import { dayMs, quotas, usedOf } from './publish'
import { names } from './text'
import { postView, repliesTo, userView } from './views'

export function readRoutes(world: World): readonly Route[] {
  const get = (path: string, operation: 'read' | 'profile' | 'metrics', handle: Route['handle']): Route => ({
    method: 'GET',
    path: `/${version}/${path}`,
    operation,
    handle,
  })
  return [
    get('debug_token', 'profile', (call) => debugToken(world, call)),
    get(':user/threads', 'read', (call) => mine(world, call, 'post')),
    get(':user/mentions', 'read', (call) => mentions(world, call)),
    get(':user/threads_publishing_limit', 'profile', (call) => limit(world, call)),
    get(':user/replies', 'read', (call) =>
      world.posts.get(param(call, 'user'))
        ? under(world, call, param(call, 'user'), repliesTo)
        : mine(world, call, 'reply'),
    ),
    get(':object/conversation', 'read', (call) => under(world, call, param(call, 'object'), everythingUnder)),
    get(':object/insights', 'metrics', (call) => insights(world, call)),
    {
      method: 'GET',
      path: `/${version}/:object`,
      // A container is asked both while its file is processed and to learn whether it was published.
      operation: (call) => (mediaById(world, param(call, 'object')) ? 'read' : 'profile'),
      handle: (call) => one(world, call),
    },
    {
      method: 'DELETE',
      path: `/${version}/:object`,
      operation: 'delete',
      handle: (call) => remove(world, call),
    },
  ]
}

function listed(world: World, call: Call, posts: readonly Post[], me: string): Reply {
  return edge(
    call,
    { url: world.url(), type: 'ThreadsMedia' },
    posts
      .filter((p) => isVisible(p, world.now()))
      .toReversed()
      .map((p) => ({ at: p.createdAt, view: postView(world, p, me) })),
  )
}

function mine(world: World, call: Call, kind: 'post' | 'reply'): Reply {
  const found = own(world, call)
  if ('refusal' in found) return found.refusal
  const { id } = found.account
  return listed(
    world,
    call,
    world.posts.of(id).filter((p) => p.kind === kind),
    id,
  )
}

function mentions(world: World, call: Call): Reply {
  const found = own(world, call, 'threads_manage_mentions')
  if ('refusal' in found) return found.refusal
  const { id, handle } = found.account
  return listed(
    world,
    call,
    world.posts.all.filter((p) => p.accountId !== id && names(p.text, handle)),
    id,
  )
}

const everythingUnder = (world: World, root: Post): readonly Post[] =>
  world.posts.all.filter((p) => p.rootId === root.id)

/** What was answered to a post that the profile may look below: its own, and what stands in its threads. */
function under(world: World, call: Call, id: string, find: (world: World, post: Post) => readonly Post[]): Reply {
  const caller = callerOf(world, call, 'threads_read_replies')
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(id)
  const isOurs = post && [post.accountId, world.posts.get(post.rootId ?? '')?.accountId].includes(caller.account.id)
  if (!post || !isOurs || !isVisible(post, world.now())) return noSuchObject(id)
  return listed(world, call, find(world, post), caller.account.id)
}

function limit(world: World, call: Call): Reply {
  const found = own(world, call)
  if ('refusal' in found) return found.refusal
  const { account } = found
  const config = (quota_total: number) => ({ quota_total, quota_duration: dayMs / 1000 })
  const deleted = world.posts
    .of(account.id)
    .filter(({ deletedAt }) => deletedAt !== undefined && world.now() - deletedAt < dayMs)
  return json(200, {
    data: [
      {
        quota_usage: usedOf(world, account, 'post'),
        config: config(quotas.posts),
        reply_quota_usage: usedOf(world, account, 'reply'),
        reply_config: config(quotas.replies),
        delete_quota_usage: deleted.length,
        delete_config: config(quotas.deletes),
      },
    ],
  })
}

function one(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'threads_basic')
  if ('refusal' in caller) return caller.refusal
  const id = param(call, 'object')
  const { account } = caller
  if (id === 'me' || id === account.id) return node(call, userView(world, account), 'ThreadsUser')
  const media = mediaById(world, id)
  const container = containers.get(world, id)
  if (media && container && media.ownerId === account.id) {
    const status = statusOf(world, media, container)
    return node(call, { id, status, error_message: status === 'ERROR' ? container.failure : undefined }, 'Container')
  }
  const post = world.posts.get(id)
  return post && isVisible(post, world.now())
    ? node(call, postView(world, post, account.id), 'ThreadsMedia')
    : noSuchObject(id)
}

/** Numbers of the profile's own posts and answers. */
function insights(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'threads_manage_insights')
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(param(call, 'object'))
  if (post?.accountId !== caller.account.id || !isVisible(post, world.now())) return noSuchObject(param(call, 'object'))
  const g = countsOf(world, post)
  const values: Readonly<Record<string, number>> = {
    views: g.impressions,
    likes: g.likes,
    replies: everythingUnder(world, post).length,
    reposts: g.shares,
    quotes: g.quotes,
    shares: Math.floor(g.shares / 2),
  }
  const asked = (call.query.get('metric') ?? '').split(',').map((m) => m.trim())
  if (asked.some((name) => values[name] === undefined))
    return badParameter(`metric[0] must be one of the following values: ${Object.keys(values).join(', ')}`)
  return json(200, {
    data: asked.map((name) => ({
      name,
      period: 'lifetime',
      values: [{ value: values[name] }],
      title: name,
      description: name,
      id: `${post.id}/insights/${name}/lifetime`,
    })),
  })
}

function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'threads_delete')
  if ('refusal' in caller) return caller.refusal
  const id = param(call, 'object')
  const post = world.posts.get(id)
  if (post?.accountId !== caller.account.id || post.deletedAt !== undefined) return noSuchObject(id, 'delete')
  const today = world.posts
    .of(caller.account.id)
    .filter(({ deletedAt }) => deletedAt !== undefined && world.now() - deletedAt < dayMs)
  if (world.settings.rateLimits && today.length >= quotas.deletes)
    return graphProblem({ code: 4, message: '(#4) Application request limit reached' })
  post.deletedAt = world.now()
  return json(200, { success: true, deleted_id: id })
}
