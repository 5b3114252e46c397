import { z } from 'zod'
import { type Call, type Reply, type Route, json } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account, Post } from '../core/state'
import { userOf } from './caller'
import { snowflake } from './ids'
import { invalid } from './problems'
import type { Lines } from './streaming'
import { accountView, viewOf } from './views'

const Kept = z.object({
  id: z.string(),
  type: z.enum(['mention', 'quote', 'favourite', 'reblog']),
  to: z.string(),
  by: z.string(),
  status: z.string(),
  at: z.number(),
})
type Kept = z.infer<typeof Kept>

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(80).default(40),
  min_id: z.string().regex(/^\d+$/).optional(),
  since_id: z.string().regex(/^\d+$/).optional(),
  max_id: z.string().regex(/^\d+$/).optional(),
})

export const notificationRoutes = (world: World): readonly Route[] => [
  {
    method: 'GET',
    path: '/api/v1/notifications',
    operation: 'read',
    handle: (call) => list(world, call),
  },
]

/** Notes that somebody did something to an account, and tells it when it listens. */
export function notify(world: World, lines: Lines, type: Kept['type'], to: Account, by: Account, post: Post): string {
  const kept: Kept = { id: snowflake(world), type, to: to.id, by: by.id, status: post.id, at: world.now() }
  world.state.facts[`notification:${kept.id}`] = JSON.stringify(kept)
  const view = viewOfKept(world, kept)
  if (view) lines.tell(to.id, 'notification', view)
  return kept.id
}

function viewOfKept(world: World, kept: Kept) {
  const by = accountById(world, kept.by)
  const post = world.posts.get(kept.status)
  if (!by || !post || post.deletedAt !== undefined) return undefined
  return {
    id: kept.id,
    type: kept.type,
    group_key: `ungrouped-${kept.id}`,
    created_at: new Date(kept.at).toISOString(),
    account: accountView(world, by),
    status: viewOf(world, post),
  }
}

/** Newest first. `min_id` gives the page right after it, `since_id` the newest ones after it. */
function list(world: World, call: Call): Reply {
  const caller = userOf(world, call, 'read:notifications')
  if ('refusal' in caller) return caller.refusal
  const asked = Page.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return invalid('Limit is invalid')
  const { limit, min_id, since_id, max_id } = asked.data
  const types = call.query.getAll('types[]')
  const excluded = call.query.getAll('exclude_types[]')
  const after = BigInt(min_id ?? since_id ?? '0')
  const oldestFirst = Object.entries(world.state.facts)
    .filter(([key]) => key.startsWith('notification:'))
    .map(([, kept]) => Kept.parse(JSON.parse(kept)))
    .filter(({ to, type }) => to === caller.account.id && (types.length === 0 || types.includes(type)))
    .filter(({ type, id }) => !excluded.includes(type) && BigInt(id) > after)
    .filter(({ id }) => max_id === undefined || BigInt(id) < BigInt(max_id))
    .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    .flatMap((kept) => viewOfKept(world, kept) ?? [])
  const page = min_id === undefined ? oldestFirst.slice(-limit) : oldestFirst.slice(0, limit)
  return json(200, page.toReversed())
}
