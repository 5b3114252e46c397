import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, json, param } from '../core/call'
import { appRoutes, hookApp } from '../core/graph-hooks'
import { graphProblem, internalProblem, newId, paramsOf, tokenOf, unknownPath, usageHeaders } from '../core/graph'
import { longLoginRoutes } from '../core/graph-tokens'
import { setHidden } from '../core/hiding'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account } from '../core/state'
import { commentRoutes } from './comments'
import { containerRoutes, containers } from './containers'
import { login } from './oauth'
import { publishRoutes } from './publish'
import { permalinkOf, readRoutes, shortcode } from './reads'
import { speak, verbs } from './speak'

/** Every account here is a professional one: nobody else may use the API. */
function add(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  return addAccount(world, {
    id: q.id ?? newId(world, '17841400'),
    handle: q.handle,
    name: q.name,
    kind: 'page',
    bio: q.bio ?? '',
  })
}

export const instagram: Network = {
  name: 'instagram',
  label: 'Instagram',
  port: 6,
  apps: { default: appWith('posthorn-instagram') },
  demo: [{ door: 'account', choose: 'northwindcoffee' }],
  seed(world) {
    add(world, {
      id: '17841400000000001',
      handle: 'northwindcoffee',
      name: 'Northwind Coffee',
      bio: 'Small-batch coffee from the harbour.',
    })
    add(world, {
      id: '17841400000000002',
      handle: 'northwindroastery',
      name: 'Northwind Roastery',
      bio: 'Where the beans are roasted.',
    })
  },
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/${account.handle}/`
  const view = {
    world,
    label: 'Instagram',
    paths: { profilePath, permalinkPath: (post: Parameters<typeof permalinkOf>[1]) => permalinkOf(world, post) },
  }
  const byCode = (code: string) => world.posts.all.find((p) => p.kind === 'post' && shortcode(p.id) === code)
  const profile = (call: Call) => {
    const account = accountByHandle(world, param(call, 'handle'))
    return account ? accountPage(view, account) : unknownPath(call)
  }
  return {
    routes: [
      ...longLoginRoutes(world, login),
      ...appRoutes(world),
      ...containerRoutes(world),
      ...publishRoutes(world),
      ...commentRoutes(world),
      ...readRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/direct/inbox', handle: () => frontPage(view, 'Chats are not shown here.') },
      ...['/p/:code', '/reel/:code'].map((path) => ({
        method: 'GET',
        path,
        handle: (call: Call) => postPage(view, byCode(param(call, 'code'))),
      })),
      {
        method: 'GET',
        path: '/stories/:handle/:id',
        handle: (call) => postPage(view, world.posts.get(param(call, 'id'))),
      },
      { method: 'GET', path: '/@:handle', handle: profile },
      { method: 'GET', path: '/:handle', handle: profile },
    ],
    accountsOf(call) {
      const account = accountById(world, tokenOf(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    /** Publishing names a container: its words are what will be seen. */
    textOf(call) {
      const { creation_id, message } = paramsOf(call)
      const text = typeof message === 'object' && message !== null && 'text' in message ? message.text : message
      return typeof text === 'string' ? text : containers.get(world, String(creation_id ?? ''))?.wish.caption
    },
    // The account's own limit (80002), as Graph answers it: not with 429.
    rateLimited: () =>
      graphProblem({
        code: 80_002,
        subcode: 2446079,
        message: '(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.',
      }),
    internalError: () => internalProblem(),
    notFound: (call) => (call.method === 'GET' ? json(404, { error: 'Not Found' }) : unknownPath(call)),
    rateHeaders: (window) =>
      usageHeaders(window, { id: world.state.accounts[0]?.id ?? '0', type: 'instagram', now: world.now() }),
    profilePath,
    permalinkPath: (post) => permalinkOf(world, post),
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    hide: (post, hidden) => setHidden(world, post.id, hidden),
    portal: (wish) => hookApp(world, wish, 'comments,mentions,messages,message_reactions'),
    signIn:
      'Instagram Login at /oauth/authorize; any app id, app secret sandbox-secret (it signs webhooks, too); tokens are renewed from their second day on.',
  }
}
