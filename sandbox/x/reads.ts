import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { type World, accountByHandle, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { readerOf, userOf } from './caller'
import { invalidRequest, notFoundProblem } from './problems'
import { mentions } from './text'
import { fields, includes, postView, userView } from './views'

const quarterHourMs = 15 * 60_000
const id = z.string().regex(/^[0-9]{1,19}$/)
const Timeline = z.object({
  max_results: z.coerce.number().int().min(5).max(100).default(10),
  pagination_token: z.string().min(1).optional(),
  start_time: z.iso.datetime({ offset: true }).optional(),
  end_time: z.iso.datetime({ offset: true }).optional(),
  since_id: id.optional(),
  until_id: id.optional(),
  exclude: z.string().optional(),
})

export function readRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/2/users/me',
      operation: 'profile',
      limit: { name: 'GET /2/users/me', max: 75, windowMs: quarterHourMs },
      handle: (call) => me(world, call),
    },
    {
      method: 'GET',
      path: '/2/users/by/username/:username',
      operation: 'profile',
      limit: { name: 'GET /2/users/by', max: 900, windowMs: quarterHourMs },
      handle: (call) => byName(world, call),
    },
    {
      method: 'GET',
      path: '/2/users/:id/tweets',
      operation: 'read',
      limit: { name: 'GET /2/users/:id/tweets', max: 900, windowMs: quarterHourMs },
      handle: (call) => timeline(world, call),
    },
    {
      method: 'GET',
      path: '/2/users/:id/mentions',
      operation: 'read',
      limit: { name: 'GET /2/users/:id/mentions', max: 300, windowMs: quarterHourMs },
      handle: (call) => mentionsOf(world, call),
    },
    {
      method: 'GET',
      path: '/2/tweets',
      operation: 'metrics',
      limit: { name: 'GET /2/tweets', max: 5000, windowMs: quarterHourMs },
      handle: (call) => several(world, call),
    },
    {
      method: 'GET',
      path: '/2/tweets/:id',
      operation: 'read',
      limit: { name: 'GET /2/tweets/:id', max: 900, windowMs: quarterHourMs },
      handle: (call) => one(world, call),
    },
  ]
}

function me(world: World, call: Call): Reply {
  const caller = userOf(world, call, ['tweet.read', 'users.read'])
  return 'refusal' in caller
    ? caller.refusal
    : json(200, { data: userView(world, caller.account, fields(call.query, 'user')) })
}

function byName(world: World, call: Call): Reply {
  const caller = readerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const name = param(call, 'username')
  const account = accountByHandle(world, name)
  return json(
    200,
    account
      ? { data: userView(world, account, fields(call.query, 'user')) }
      : { errors: [notFoundProblem('user', name)] },
  )
}

const timeline = (world: World, call: Call): Reply => listed(world, call, (account) => world.posts.of(account.id))

const mentionsOf = (world: World, call: Call): Reply =>
  listed(world, call, ({ id: me, handle }) =>
    world.posts.all.filter(
      (p) => p.accountId !== me && mentions(p.text).some((m) => m.toLowerCase() === handle.toLowerCase()),
    ),
  )

/** Newest first. `start_time` is inclusive, `end_time` and the ids are exclusive. */
function listed(world: World, call: Call, of: (account: Account) => readonly Post[]): Reply {
  const caller = readerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Timeline.safeParse(Object.fromEntries(call.query))
  if (!parsed.success)
    return invalidRequest(
      parsed.error.issues.map((i) => `The \`${i.path.join('.')}\` query parameter value is not valid: ${i.message}`),
    )
  const q = parsed.data
  const account = accountById(world, param(call, 'id'))
  if (!account) return json(200, { errors: [notFoundProblem('user', param(call, 'id'))] })
  const fits = (p: Post) =>
    p.kind !== 'comment' &&
    isVisible(p, world.now()) &&
    (q.start_time === undefined || p.createdAt >= Date.parse(q.start_time)) &&
    (q.end_time === undefined || p.createdAt < Date.parse(q.end_time)) &&
    (q.since_id === undefined || BigInt(p.id) > BigInt(q.since_id)) &&
    (q.until_id === undefined || BigInt(p.id) < BigInt(q.until_id)) &&
    (q.pagination_token === undefined || BigInt(p.id) < BigInt(before(q.pagination_token))) &&
    !(q.exclude?.split(',').includes('replies') && p.kind === 'reply')
  const found = of(account).filter(fits).toReversed()
  const shown = found.slice(0, q.max_results)
  const last = shown.at(-1)
  const more = found.length > shown.length && last ? { next_token: token(last.id) } : {}
  const back = q.pagination_token === undefined ? {} : { previous_token: q.pagination_token }
  const asked = fields(call.query, 'post')
  const ends = last && shown[0] ? { newest_id: shown[0].id, oldest_id: last.id } : {}
  return json(200, {
    ...(shown.length
      ? { data: shown.map((p) => postView(world, accountById(world, p.accountId) ?? account, p, asked)) }
      : {}),
    ...includes(world, shown, call.query),
    meta: { result_count: shown.length, ...ends, ...more, ...back },
  })
}

function several(world: World, call: Call): Reply {
  const caller = readerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const ids = (call.query.get('ids') ?? '').split(',').filter(Boolean)
  if (ids.length < 1 || ids.length > 100 || !ids.every((i) => id.safeParse(i).success)) {
    return invalidRequest(
      [`The number of values in the \`ids\` query parameter list [${ids.length}] is not between 1 and 100`],
      { ids },
    )
  }
  const found: Post[] = []
  const errors: unknown[] = []
  for (const wanted of ids) {
    const post = world.posts.get(wanted)
    if (post && isVisible(post, world.now())) found.push(post)
    else errors.push({ ...notFoundProblem('tweet', wanted), parameter: 'ids' })
  }
  const asked = fields(call.query, 'post')
  const data = found.flatMap((p) => {
    const account = accountById(world, p.accountId)
    return account ? [postView(world, account, p, asked)] : []
  })
  return json(200, {
    ...(data.length ? { data } : {}),
    ...includes(world, found, call.query),
    ...(errors.length ? { errors } : {}),
  })
}

function one(world: World, call: Call): Reply {
  const caller = readerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const wanted = param(call, 'id')
  const post = world.posts.get(wanted)
  const account = post && accountById(world, post.accountId)
  if (!post || !account || !isVisible(post, world.now()))
    return json(200, { errors: [notFoundProblem('tweet', wanted)] })
  return json(200, {
    data: postView(world, account, post, fields(call.query, 'post')),
    ...includes(world, [post], call.query),
  })
}

function token(id: string): string {
  return BigInt(id).toString(32)
}

/** The id in a page token; an unreadable one begins at the newest. */
function before(pageToken: string): string {
  let id = 0n
  for (const digit of pageToken) {
    const value = Number.parseInt(digit, 32)
    if (Number.isNaN(value)) return '9999999999999999999'
    id = id * 32n + BigInt(value)
  }
  return id.toString()
}
