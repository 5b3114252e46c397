import { z } from 'zod'
import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, type Reply, type Route, bearer, formBody, header, jsonBody, param } from '../core/call'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { accountFor } from './caller'
import { mediaRoutes } from './media'
import { oauthRoutes } from './oauth'
import { speak, verbs } from './people'
import { internalError, notFound, rateHeaders, tooMany } from './problems'
import { readRoutes, threadOf } from './reads'
import { submitRoutes } from './submit'
import { permalinkOf } from './views'

const seeds = [
  { id: 't2_northwind', handle: 'northwind', name: 'Northwind Coffee', bio: 'Small-batch coffee from the harbour.' },
  { id: 't2_nora', handle: 'nora_winter', name: 'Nora Winter', bio: 'Roaster. Walks in the rain.' },
] as const

function add(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  const account: Account = {
    id: q.id ?? `t2_${world.serial().toString(36)}`,
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
    password: 'may sign in',
    managers: [],
    createdAt: world.now(),
  }
  world.state.accounts.push(account)
  return account
}

export const reddit: Network = {
  name: 'reddit',
  label: 'Reddit',
  port: 13,
  apps: { default: appWith('posthorn-reddit') },
  demo: [{ door: 'account', choose: 'northwind' }],
  seed: (world) => seeds.forEach((seed) => add(world, seed)),
  createAccount: add,
  open,
}

const Worded = z.object({ title: z.string().optional(), text: z.string().optional() })
const Errors = z.object({ json: z.object({ errors: z.array(z.unknown()), data: z.unknown().optional() }) })

/** A refusal with status 200. With data beside its errors, something was made all the same. */
function isRefusal(reply: Reply): boolean {
  const type = reply.headers['content-type'] ?? ''
  if (!type.startsWith('application/json')) return false
  const said = Errors.safeParse(JSON.parse(String(reply.body)))
  return said.success && said.data.json.errors.length > 0 && said.data.json.data === undefined
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/user/${account.handle}`
  const permalinkPath = (post: Post) => permalinkOf(post)
  const view = { world, label: 'Reddit', paths: { profilePath, permalinkPath } }
  const profile = (call: Call) => {
    const account = accountByHandle(world, param(call, 'name'))
    return account ? accountPage(view, account) : notFound()
  }
  const page = (prefix: 't1' | 't3', name: string) => (call: Call) =>
    postPage(view, world.posts.get(`${prefix}_${param(call, name)}`))
  const pages: readonly Route[] = [
    { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
    { method: 'GET', path: '/@:name', handle: profile },
    { method: 'GET', path: '/user/:name', handle: profile },
    {
      method: 'GET',
      path: '/comments/:id',
      operation: 'read',
      handle: (call) => (bearer(call) === undefined ? page('t3', 'id')(call) : threadOf(world, call)),
    },
    { method: 'GET', path: '/r/:sr/comments/:id', handle: page('t3', 'id') },
    { method: 'GET', path: '/r/:sr/comments/:id/:slug', handle: page('t3', 'id') },
    { method: 'GET', path: '/r/:sr/comments/:id/:slug/:comment', handle: page('t1', 'comment') },
  ]
  return {
    routes: [
      ...oauthRoutes(world),
      ...submitRoutes(world),
      ...readRoutes(world),
      ...mediaRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      ...pages,
    ],
    accountsOf(call) {
      const account = accountFor(world, call)
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const isJson = header(call, 'content-type')?.startsWith('application/json')
      const { title, text } = Worded.safeParse(isJson ? jsonBody(call) : formBody(call)).data ?? {}
      return text || title
    },
    rateLimited: () => tooMany(),
    internalError: () => internalError(),
    notFound: () => notFound(),
    rateHeaders: (window) => rateHeaders(world, window),
    profilePath,
    permalinkPath,
    isRefusal,
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    signIn:
      'OAuth 2 at /api/v1/authorize; any client id, client secret sandbox-secret; a user agent like web:app:1.0 (by /u/name).',
  }
}
