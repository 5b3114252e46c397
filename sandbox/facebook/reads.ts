import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, noSuchObject } from '../core/graph'
import { profileOf } from '../core/graph-messages'
import { edge, node, nodes, parseFields } from '../core/graph-fields'
import { type World, accountById, mediaById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { thingById } from './comments'
import { tellComment } from './events'
import { perVersion } from '../core/graph'
import { ownPage } from './pages'
import { uploaded } from './uploads'
import { commentView, filmView, insightNames, madeOf, pageView, postView } from './views'

export function readRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'GET', path: `/${v}/:page/feed`, operation: 'read', handle: (call) => feed(world, call) },
    { method: 'GET', path: `/${v}/:page/tagged`, operation: 'read', handle: (call) => tagged(world, call) },
    { method: 'GET', path: `/${v}/:page/stories`, operation: 'read', handle: (call) => stories(world, call) },
    { method: 'GET', path: `/${v}`, operation: 'metrics', handle: (call) => several(world, call) },
    {
      method: 'GET',
      path: `/${v}/:object`,
      operation: (call) => (mediaById(world, param(call, 'object')) ? 'media_status' : 'profile'),
      handle: (call) => one(world, call),
    },
    { method: 'DELETE', path: `/${v}/:object`, operation: 'delete', handle: (call) => remove(world, call) },
  ])
}

const listed = (world: World, posts: readonly Post[]) =>
  posts
    .filter((p) => p.kind === 'post' && isVisible(p, world.now()))
    .toReversed()
    .map((p) => ({ at: p.createdAt, view: postView(world, p) }))

function feed(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_read_engagement')
  if ('refusal' in own) return own.refusal
  const posts = world.posts.of(own.page.id).filter((p) => madeOf(p).format !== 'story')
  return edge(call, { url: world.url(), type: 'PagePost' }, listed(world, posts))
}

function tagged(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_read_user_content')
  if ('refusal' in own) return own.refusal
  const posts = world.posts.all.filter((p) => world.state.facts[`mention:${p.id}`] === own.page.id)
  return edge(call, { url: world.url(), type: 'PagePost' }, listed(world, posts))
}

function stories(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_read_engagement')
  if ('refusal' in own) return own.refusal
  const shown = world.posts
    .of(own.page.id)
    .filter((p) => madeOf(p).format === 'story' && isVisible(p, world.now()))
    .toReversed()
  const data = shown.map((p) => ({
    post_id: p.id,
    status: 'published',
    creation_time: String(Math.floor(p.createdAt / 1000)),
    media_type: madeOf(p).video ? 'video' : 'photo',
    media_id: madeOf(p).video ?? madeOf(p).photos?.[0] ?? '',
    url: `${world.url()}/${p.id}`,
  }))
  return json(200, { data })
}

function one(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const id = param(call, 'object')
  const film = uploaded(world, caller.account, id)
  if (film?.kind === 'video') return node(call, filmView(world, film), 'Video')
  const account = id === 'me' ? caller.account : accountById(world, id)
  if (account && account.id !== caller.account.id && account.kind === 'person')
    return profileOf(world, call, caller, account)
  if (account) return node(call, pageView(world, account), account.kind === 'page' ? 'Page' : 'User')
  const thing = thingById(world, id)
  if (!thing || !isVisible(thing, world.now())) return noSuchObject(id)
  return node(call, viewOf(world, thing), thing.kind === 'comment' ? 'Comment' : 'PagePost')
}

const viewOf = (world: World, thing: Post) =>
  thing.kind === 'comment' ? commentView(world, thing) : postView(world, thing)

function several(world: World, call: Call): Reply {
  const figures = parseFields(call.query.get('fields') ?? '').find((f) => f.name === 'insights')
  const caller = callerOf(world, call, figures ? 'read_insights' : 'pages_read_engagement')
  if ('refusal' in caller) return caller.refusal
  const ids = (call.query.get('ids') ?? '').split(',').filter(Boolean)
  if (ids.length === 0 || ids.length > 50)
    return badParameter('Too few or too many IDs. At most 50 may be asked for at once')
  const posts = ids.map((id) => ({ id, post: thingById(world, id) }))
  const gone = posts.find(({ post }) => !post || !isVisible(post, world.now()))
  if (gone) return noSuchObject(gone.id)
  const metrics = figures?.args.metric ?? ''
  const wrong = metrics.split(',').find((m) => m !== '' && !insightNames.some((name) => name === m.trim()))
  if (wrong) return badParameter('The value must be a valid insights metric')
  return nodes(
    call,
    posts.flatMap(({ post }) => (post ? [viewOf(world, post)] : [])),
    'PagePost',
  )
}

function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pages_manage_posts')
  if ('refusal' in caller) return caller.refusal
  const thing = thingById(world, param(call, 'object'))
  if (!thing || thing.deletedAt !== undefined) return noSuchObject(param(call, 'object'), 'delete')
  const isOurs =
    thing.accountId === caller.account.id || world.posts.get(thing.rootId ?? '')?.accountId === caller.account.id
  if (!isOurs) return noSuchObject(thing.id, 'delete')
  thing.deletedAt = world.now()
  if (thing.kind === 'comment') tellComment(world, call, thing, 'remove')
  return json(200, { success: true })
}
