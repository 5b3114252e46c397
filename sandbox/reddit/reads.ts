import { type Call, type Reply, type Route, json, param } from '../core/call'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { caller } from './caller'
import { aboutView, placeOf, placesOf, requirementsView } from './places'
import { forbidden, notFound } from './problems'
import { keptOf } from './kept'
import { listing, thing, treeOf } from './views'

/** Newest first, a page after the thing that is named. Nothing comes after what is not there (any more). */
function pageOf(world: World, call: Call, all: readonly Post[]): Reply {
  const shown = all.filter((post) => isVisible(post, world.now())).toReversed()
  const after = call.query.get('after')
  const from = after ? shown.findIndex(({ id }) => id === after) + 1 || shown.length : 0
  const count = Math.min(100, Number(call.query.get('limit') ?? 25) || 25)
  const page = shown.slice(from, from + count)
  const last = from + count < shown.length ? (page.at(-1)?.id ?? null) : null
  return json(
    200,
    listing(
      page.map((post) => thing(world, post)),
      last,
    ),
  )
}

/** Who answered whom: what others said under things of this account, and what was sent to it. */
function inboxOf(world: World, account: Account): Post[] {
  return world.posts.all.filter((post) => {
    if (post.accountId === account.id) return false
    const kept = keptOf(post)
    if (kept.kind === 'message') return kept.dest === account.handle
    if (kept.type === 'username_mention')
      return kept.dest === account.handle || post.text.includes(`u/${account.handle}`)
    return kept.kind === 'comment' && world.posts.get(kept.parent ?? '')?.accountId === account.id
  })
}

const meView = (account: Account) => ({
  name: account.handle,
  id: account.id,
  icon_img: '',
  subreddit: { title: account.name, display_name: `u_${account.handle}` },
  is_suspended: false,
  has_verified_email: true,
  link_karma: 120,
  comment_karma: 340,
})

export function readRoutes(world: World): readonly Route[] {
  const limit = { name: 'api', max: 1_000, windowMs: 600_000 }
  const get = (
    path: string,
    scope: string,
    operation: 'read' | 'profile' | 'metrics',
    then: (call: Call, account: Account) => Reply,
  ): Route => ({
    method: 'GET',
    path,
    operation,
    limit,
    handle(call) {
      const who = caller(world, call, scope)
      return 'refusal' in who ? who.refusal : then(call, who.account)
    },
  })
  const byAuthor = (call: Call): readonly Post[] =>
    world.posts.of(world.state.accounts.find(({ handle }) => handle === param(call, 'name'))?.id ?? '')
  const subreddits = (where: 'moderators' | 'members') => (_call: Call, account: Account) =>
    json(200, listing(placesOf(account, where).map((place) => ({ kind: 't5', data: aboutView(place) }))))
  const named = (call: Call, then: (place: NonNullable<ReturnType<typeof placeOf>>) => Reply): Reply => {
    const place = placeOf(world, param(call, 'sr'))
    return place ? then(place) : notFound()
  }
  return [
    get('/api/v1/me', 'identity', 'profile', (_call, account) => json(200, meView(account))),
    get('/user/:name/submitted', 'history', 'read', (call) =>
      pageOf(
        world,
        call,
        byAuthor(call).filter(({ id }) => id.startsWith('t3_')),
      ),
    ),
    get('/user/:name/comments', 'history', 'read', (call) =>
      pageOf(
        world,
        call,
        byAuthor(call).filter(({ id }) => id.startsWith('t1_')),
      ),
    ),
    get('/message/inbox', 'privatemessages', 'read', (call, account) => pageOf(world, call, inboxOf(world, account))),
    get('/message/sent', 'privatemessages', 'read', (call, account) =>
      pageOf(
        world,
        call,
        world.posts.of(account.id).filter(({ id }) => id.startsWith('t4_')),
      ),
    ),
    get('/api/info', 'read', 'metrics', (call) => {
      const names = (call.query.get('id') ?? '').split(',')
      const found = names.flatMap((name) => world.posts.get(name) ?? []).filter((post) => isVisible(post, world.now()))
      return json(200, listing(found.map((post) => thing(world, post))))
    }),
    get('/subreddits/mine/moderator', 'mysubreddits', 'profile', subreddits('moderators')),
    get('/subreddits/mine/subscriber', 'mysubreddits', 'profile', subreddits('members')),
    get('/r/:sr/about', 'read', 'profile', (call) =>
      named(call, (place) => json(200, { kind: 't5', data: aboutView(place) })),
    ),
    get('/api/v1/:sr/post_requirements', 'submit', 'profile', (call) =>
      named(call, (place) => json(200, requirementsView(place))),
    ),
    get('/r/:sr/api/link_flair_v2', 'flair', 'profile', (call) =>
      named(call, (place) =>
        place.flairs.length === 0
          ? forbidden()
          : json(
              200,
              place.flairs.map((flair) => ({ ...flair, type: 'text', text_editable: false, mod_only: false })),
            ),
      ),
    ),
  ]
}

/** The post and its comments as JSON, for callers with a token; readers get a page at the same address. */
export function threadOf(world: World, call: Call): Reply {
  const who = caller(world, call, 'read')
  if ('refusal' in who) return who.refusal
  const post = world.posts.get(`t3_${param(call, 'id')}`)
  if (!post || !isVisible(post, world.now())) return notFound()
  const answers = world.posts.answersTo(post.id).flatMap((each) => treeOf(world, each))
  return json(200, [listing([thing(world, post)]), listing(answers)])
}
