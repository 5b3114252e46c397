import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, json, param } from '../core/call'
import { graphProblem, internalProblem, newId, paramsOf, tokenOf, unknownPath, usageHeaders } from '../core/graph'
import { appRoutes, hookApp } from '../core/graph-hooks'
import { longLoginRoutes } from '../core/graph-tokens'
import { setHidden } from '../core/hiding'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { version } from './caller'
import { containerRoutes } from './containers'
import { login } from './oauth'
import { publishRoutes } from './publish'
import { readRoutes } from './reads'
import { speak, verbs } from './speak'
import { permalinkOf, shortcode } from './views'
import { containers } from './wish'

function add(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  const account: Account = {
    id: q.id ?? newId(world, '25000000'),
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
    password: '',
    managers: [],
    createdAt: world.now(),
  }
  world.state.accounts.push(account)
  return account
}

export const threads: Network = {
  name: 'threads',
  label: 'Threads',
  port: 14,
  apps: { default: appWith('posthorn-threads') },
  demo: [{ door: 'account', choose: 'northwindcoffee' }],
  seed(world) {
    // Beyond 2^53, as the real ones are.
    add(world, {
      id: '25000000000000001',
      handle: 'northwindcoffee',
      name: 'Northwind Coffee',
      bio: 'Small-batch coffee from the harbour.',
    })
    add(world, { id: '25000000000000003', handle: 'rosa.test', name: 'Rosa Test', bio: 'Tries everything.' })
  },
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/@${account.handle}`
  const permalinkPath = (post: Post) => permalinkOf(world, post)
  const view = { world, label: 'Threads', paths: { profilePath, permalinkPath } }
  return {
    routes: [
      ...longLoginRoutes(world, login),
      ...appRoutes(world, [version]),
      ...containerRoutes(world),
      ...publishRoutes(world),
      ...readRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose a profile to see what it posted.') },
      {
        method: 'GET',
        path: '/@:handle/post/:code',
        handle: (call) =>
          postPage(
            view,
            world.posts.all.find((p) => shortcode(p.id) === param(call, 'code')),
          ),
      },
      {
        method: 'GET',
        path: '/@:handle',
        handle(call) {
          const account = accountByHandle(world, param(call, 'handle'))
          return account ? accountPage(view, account) : unknownPath(call)
        },
      },
    ],
    accountsOf(call: Call) {
      const account = accountById(world, tokenOf(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    /** Publishing names a container: its words are what will be seen. */
    textOf(call) {
      const { creation_id, text } = paramsOf(call)
      return typeof text === 'string' ? text : containers.get(world, String(creation_id ?? ''))?.wish.text
    },
    rateLimited: () => graphProblem({ code: 4, message: '(#4) Application request limit reached' }),
    internalError: () => internalProblem(),
    notFound: (call) => (call.method === 'GET' ? json(404, { error: 'Not Found' }) : unknownPath(call)),
    rateHeaders: (window) =>
      usageHeaders(window, { id: world.state.accounts[0]?.id ?? '0', type: 'threads', now: world.now() }),
    profilePath,
    permalinkPath,
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    hide: (post, hidden) => setHidden(world, post.id, hidden),
    portal: (wish) => hookApp(world, wish, 'replies,mentions'),
    signIn:
      'Threads login at /oauth/authorize; any app id, app secret sandbox-secret (it signs webhooks, too); tokens are renewed from their second day on.',
  }
}
