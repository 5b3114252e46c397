import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { type World, accountByHandle, accountById } from '../core/network'
import type { Post } from '../core/state'
import { userOf } from './caller'
import { instance } from './instance'
import { invalid, notFound } from './problems'
import { maySee } from './statuses'
import { StatusRecord, accountView, credentialView, viewOf } from './views'

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(40).default(20),
  max_id: z.string().regex(/^\d+$/).optional(),
  since_id: z.string().regex(/^\d+$/).optional(),
  min_id: z.string().regex(/^\d+$/).optional(),
  exclude_replies: z.enum(['true', 'false']).default('false'),
})
/** `GET /api/v1/statuses` takes this many. */
const mostAtOnce = 20

export function readRoutes(world: World): readonly Route[] {
  const every = { name: 'account', max: 300, windowMs: 5 * 60_000 }
  const route = (path: string, operation: Route['operation'], handle: (world: World, call: Call) => Reply): Route => ({
    method: 'GET',
    path,
    ...(operation ? { operation } : {}),
    limit: every,
    handle: (call) => handle(world, call),
  })
  return [
    { method: 'GET', path: '/api/v2/instance', operation: 'profile', handle: () => instance(world) },
    route('/api/v1/accounts/verify_credentials', 'profile', me),
    route('/api/v1/accounts/lookup', 'profile', lookup),
    route('/api/v1/accounts/:id/statuses', 'read', statusesOf),
    route('/api/v1/accounts/:id', 'profile', byId),
    route('/api/v1/statuses', 'metrics', several),
    route('/api/v1/statuses/:id', 'read', one),
    route('/api/v1/statuses/:id/context', 'read', context),
  ]
}

function me(world: World, call: Call): Reply {
  const caller = userOf(world, call, 'read:accounts')
  return 'refusal' in caller ? caller.refusal : json(200, credentialView(world, caller.account))
}

function lookup(world: World, call: Call): Reply {
  const found = accountByHandle(world, (call.query.get('acct') ?? '').split('@')[0] ?? '')
  return found ? json(200, accountView(world, found)) : notFound()
}

function byId(world: World, call: Call): Reply {
  const found = accountById(world, param(call, 'id'))
  return found ? json(200, accountView(world, found)) : notFound()
}

/** Newest first. */
function statusesOf(world: World, call: Call): Reply {
  const caller = userOf(world, call, 'read:statuses')
  if ('refusal' in caller) return caller.refusal
  const asked = Page.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return invalid('Limit is invalid')
  const { limit, max_id, since_id, min_id, exclude_replies } = asked.data
  const account = accountById(world, param(call, 'id'))
  if (!account) return notFound()
  const after = BigInt(min_id ?? since_id ?? '0')
  const found = world.posts
    .of(account.id)
    .filter((p) => maySee(world, p, caller.account) && BigInt(p.id) > after)
    .filter((p) => max_id === undefined || BigInt(p.id) < BigInt(max_id))
    .filter((p) => exclude_replies === 'false' || p.kind === 'post')
  const page = min_id === undefined ? found.slice(-limit) : found.slice(0, limit)
  return json(
    200,
    page.toReversed().map((p) => viewOf(world, p)),
  )
}

function seen(world: World, call: Call, id: string): { post: Post } | { refusal: Reply } {
  const caller = userOf(world, call, 'read:statuses')
  if ('refusal' in caller) return caller
  const post = world.posts.get(id)
  return post && maySee(world, post, caller.account) ? { post } : { refusal: notFound() }
}

function one(world: World, call: Call): Reply {
  const found = seen(world, call, param(call, 'id'))
  return 'refusal' in found ? found.refusal : json(200, viewOf(world, found.post))
}

function several(world: World, call: Call): Reply {
  const caller = userOf(world, call, 'read:statuses')
  if ('refusal' in caller) return caller.refusal
  const ids = call.query.getAll('id[]')
  if (ids.length > mostAtOnce) return invalid(`Cannot ask for more than ${mostAtOnce} statuses`)
  const found = ids.flatMap((id) => world.posts.get(id) ?? []).filter((p) => maySee(world, p, caller.account))
  return json(
    200,
    found.map((p) => viewOf(world, p)),
  )
}

function context(world: World, call: Call): Reply {
  const found = seen(world, call, param(call, 'id'))
  if ('refusal' in found) return found.refusal
  const ancestors: Post[] = []
  for (let at = above(world, found.post); at; at = above(world, at)) ancestors.unshift(at)
  const below = (post: Post): Post[] => world.posts.answersTo(post.id).flatMap((p) => [p, ...below(p)])
  const shown = (posts: readonly Post[]) =>
    posts
      .filter((p) => p.deletedAt === undefined && StatusRecord.safeParse(p.record).success)
      .map((p) => viewOf(world, p))
  return json(200, { ancestors: shown(ancestors), descendants: shown(below(found.post)) })
}

const above = (world: World, { parentId }: Post): Post | undefined =>
  parentId === undefined ? undefined : world.posts.get(parentId)
