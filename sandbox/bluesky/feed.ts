import { type Call, type Reply, type Route, json } from '../core/call'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { invalidRequest, problem } from './problems'
import { accountOf } from './repo'
import { postView, profileView, visibleAnswers } from './views'

const maxPosts = 25

export function feedRoutes(world: World): readonly Route[] {
  return [
    { method: 'GET', path: '/xrpc/app.bsky.feed.getPosts', operation: 'metrics', handle: (call) => posts(world, call) },
    {
      method: 'GET',
      path: '/xrpc/app.bsky.feed.getAuthorFeed',
      operation: 'read',
      handle: (call) => feed(world, call),
    },
    {
      method: 'GET',
      path: '/xrpc/app.bsky.feed.getPostThread',
      operation: 'read',
      handle: (call) => thread(world, call),
    },
    {
      method: 'GET',
      path: '/xrpc/app.bsky.actor.getProfile',
      operation: 'profile',
      handle: (call) => profile(world, call),
    },
  ]
}

function posts(world: World, call: Call): Reply {
  const uris = call.query.getAll('uris')
  if (uris.length < 1 || uris.length > maxPosts)
    return invalidRequest(`Error: Params/uris must not have more than ${maxPosts} elements`)
  return json(200, { posts: uris.flatMap((uri) => postView(world, world.posts.get(uri)) ?? []) })
}

/** Newest first. The cursor is the instant of the last post shown. */
function feed(world: World, call: Call): Reply {
  const account = accountOf(world, call.query.get('actor') ?? '')
  if (!account) return invalidRequest('Profile not found')
  const limit = Number(call.query.get('limit') ?? 50)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    return invalidRequest('Error: Params/limit must be from 1 to 100')
  const cursor = Date.parse(call.query.get('cursor') ?? '')
  const noReplies = call.query.get('filter') === 'posts_no_replies'
  const all = world.posts
    .of(account.id)
    .filter(
      (p) =>
        isVisible(p, world.now()) &&
        !(noReplies && p.kind === 'reply') &&
        (Number.isNaN(cursor) || p.createdAt < cursor),
    )
    .toReversed()
  const shown = all.slice(0, limit)
  const last = shown.at(-1)
  const items = shown.flatMap((p) => {
    const post = postView(world, p)
    const reply = replyView(world, p)
    return post ? [{ post, ...(reply ? { reply } : {}) }] : []
  })
  return json(200, {
    feed: items,
    ...(last && all.length > shown.length ? { cursor: new Date(last.createdAt).toISOString() } : {}),
  })
}

function replyView(world: World, post: Post) {
  const typed = (uri: string) => {
    const view = postView(world, world.posts.get(uri))
    return view
      ? { $type: 'app.bsky.feed.defs#postView', ...view }
      : { $type: 'app.bsky.feed.defs#notFoundPost', uri, notFound: true }
  }
  return post.parentId === undefined || post.rootId === undefined
    ? undefined
    : { root: typed(post.rootId), parent: typed(post.parentId) }
}

function thread(world: World, call: Call): Reply {
  const uri = call.query.get('uri') ?? ''
  const post = world.posts.get(uri)
  if (!post || !postView(world, post)) return problem(400, 'NotFound', `Post not found: ${uri}`)
  const depth = Number(call.query.get('depth') ?? 6)
  const height = Number(call.query.get('parentHeight') ?? 80)
  return json(200, { thread: { ...threadView(world, post, depth), ...above(world, post, height) } })
}

function threadView(world: World, post: Post, depth: number): object {
  const replies = depth > 0 ? visibleAnswers(world, post).map((p) => threadView(world, p, depth - 1)) : []
  return { $type: 'app.bsky.feed.defs#threadViewPost', post: postView(world, post), replies }
}

function above(world: World, post: Post, height: number): object {
  if (post.parentId === undefined || height < 1) return {}
  const parent = world.posts.get(post.parentId)
  const view = postView(world, parent)
  if (!parent || !view)
    return { parent: { $type: 'app.bsky.feed.defs#notFoundPost', uri: post.parentId, notFound: true } }
  return { parent: { $type: 'app.bsky.feed.defs#threadViewPost', post: view, ...above(world, parent, height - 1) } }
}

function profile(world: World, call: Call): Reply {
  const account = accountOf(world, call.query.get('actor') ?? '')
  return account ? json(200, profileView(world, account)) : invalidRequest('Profile not found')
}
