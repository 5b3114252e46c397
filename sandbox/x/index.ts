import { z } from 'zod'
import { appWith } from '../core/apps'
import { type Call, json, jsonBody, param } from '../core/call'
import { avatarRoute } from '../core/avatar-route'
import { setHidden } from '../core/hiding'
import { mediaRoute } from '../core/media-route'
import { livingToken } from '../core/living-token'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { snowflake } from './ids'
import { mediaRoutes } from './media'
import { messageRoutes } from './messages'
import { oauthRoutes } from './oauth'
import { planRoutes, subscribe } from './plans'
import { internalProblem, noSuchPath, tooManyRequests } from './problems'
import { publishRoutes } from './publish'
import { readRoutes } from './reads'
import { speak, verbs } from './speak'
import { webhookRoutes } from './webhooks'

const seeds = [
  {
    id: '1500000000000000001',
    handle: 'northwind',
    name: 'Northwind Coffee',
    bio: 'Small-batch coffee from the harbour.',
  },
  {
    id: '1500000000000000002',
    handle: 'northwind_help',
    name: 'Northwind Help',
    bio: 'Questions about your order? Ask here.',
  },
  { id: '1500000000000000003', handle: 'nora_winter', name: 'Nora Winter', bio: 'Roaster. Walks in the rain.' },
  {
    id: '1500000000000000004',
    handle: 'northwind_long',
    name: 'Northwind Journal',
    bio: 'Long reads about coffee.',
    plan: 'Premium',
  },
] as const

const Worded = z.object({ text: z.string() })

function add(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  return addAccount(world, {
    id: q.id ?? snowflake(world),
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
  })
}

export const x: Network = {
  name: 'x',
  label: 'X',
  port: 1,
  apps: { default: appWith('posthorn-x') },
  demo: [{ door: 'account', choose: 'northwind' }],
  seed: (world) =>
    seeds.forEach((seed) => {
      const account = add(world, seed)
      if ('plan' in seed) subscribe(world, account, seed.plan)
    }),
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/${account.handle}`
  const permalinkPath = (post: Post) => `/${accountById(world, post.accountId)?.handle ?? 'i'}/status/${post.id}`
  const view = { world, label: 'X', paths: { profilePath, permalinkPath } }
  const profile = (call: Call) => {
    const account = accountByHandle(world, param(call, 'handle'))
    return account ? accountPage(view, account) : noSuchPath()
  }
  return {
    routes: [
      ...oauthRoutes(world),
      ...publishRoutes(world),
      ...readRoutes(world),
      ...messageRoutes(world),
      ...mediaRoutes(world),
      ...planRoutes(world),
      ...webhookRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/@:handle', handle: profile },
      { method: 'GET', path: '/messages/:chat', handle: () => frontPage(view, 'Chats are not shown here.') },
      ...['/:handle/status/:id', '/i/web/status/:id'].map((path) => ({
        method: 'GET',
        path,
        handle: (call: Call) => postPage(view, world.posts.get(param(call, 'id'))),
      })),
      { method: 'GET', path: '/:handle', handle: profile },
    ],
    accountsOf(call) {
      const account = accountById(world, livingToken(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const body = Worded.safeParse(jsonBody(call))
      return body.success ? body.data.text : undefined
    },
    rateLimited: () => tooManyRequests(),
    internalError: () => internalProblem(),
    notFound: (call) => (call.url.pathname.startsWith('/2/') ? noSuchPath() : json(404, { message: 'Not Found' })),
    rateHeaders: (w) => ({
      'x-rate-limit-limit': String(w.limit),
      'x-rate-limit-remaining': String(w.remaining),
      'x-rate-limit-reset': String(Math.ceil(w.resetAt / 1000)),
    }),
    profilePath,
    permalinkPath,
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    hide: (post, hidden) => setHidden(world, post.id, hidden),
    signIn:
      'OAuth 2 with PKCE at /i/oauth2/authorize; any client id, client secret sandbox-secret (also the consumer secret).',
  }
}
