import { reports } from '../core/apps'
import { type Call, json, param } from '../core/call'
import { avatarRoute } from '../core/avatar-route'
import { mediaRoute } from '../core/media-route'
import { livingToken } from '../core/living-token'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { snowflake } from './ids'
import { mediaRoutes } from './media'
import { notificationRoutes } from './notifications'
import { oauthRoutes } from './oauth'
import { broken, notFound, tooMany } from './problems'
import { readRoutes } from './reads'
import { speak, verbs } from './speak'
import { statusRoutes, tellChange, textOf } from './statuses'
import { openLines } from './streaming'

const seeds = [
  {
    id: '109000000000000001',
    handle: 'northwind',
    name: 'Northwind Coffee',
    bio: 'Small-batch coffee from the harbour.',
  },
  { id: '109000000000000002', handle: 'nora', name: 'Nora Winter', bio: 'Roaster. Walks in the rain.' },
] as const

function add(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  return addAccount(world, {
    id: q.id ?? snowflake(world),
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
  })
}

export const mastodon: Network = {
  name: 'mastodon',
  label: 'Mastodon',
  port: 7,
  apps: { default: reports },
  demo: [{ door: 'account', choose: 'northwind' }],
  seed: (world) => seeds.forEach((s) => add(world, s)),
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const lines = openLines(world)
  const profilePath = (account: Account) => `/@${account.handle}`
  const permalinkPath = (post: Post) => `/@${accountById(world, post.accountId)?.handle ?? ''}/${post.id}`
  const view = { world, label: 'Mastodon', paths: { profilePath, permalinkPath } }
  const profile = (call: Call) => {
    const account = accountByHandle(world, param(call, 'handle'))
    return account ? accountPage(view, account) : notFound()
  }
  return {
    routes: [
      ...oauthRoutes(world),
      ...statusRoutes(world, lines),
      ...readRoutes(world),
      ...notificationRoutes(world),
      ...mediaRoutes(world),
      ...lines.routes,
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/@:handle', handle: profile },
      {
        method: 'GET',
        path: '/@:handle/:id',
        handle: (call) => postPage(view, world.posts.get(param(call, 'id'))),
      },
    ],
    accountsOf(call) {
      const account = accountById(world, livingToken(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf,
    rateLimited: () => tooMany(),
    internalError: () => broken(),
    notFound: (call) => (call.url.pathname.startsWith('/api/') ? notFound() : json(404, { error: 'Not found' })),
    rateHeaders: (w) => ({
      'x-ratelimit-limit': String(w.limit),
      'x-ratelimit-remaining': String(w.remaining),
      'x-ratelimit-reset': new Date(w.resetAt).toISOString(),
    }),
    profilePath,
    permalinkPath,
    signIn:
      'Any app that registered itself at POST /api/v1/apps; OAuth 2 with PKCE at /oauth/authorize. Tokens do not expire.',
    verbs: () => verbs,
    speak: (spoken) => speak(world, lines, spoken),
    tellChange: (post, how) => tellChange(world, lines, post, how),
  }
}
