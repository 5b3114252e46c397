import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, json, param } from '../core/call'
import { appRoutes, hookApp } from '../core/graph-hooks'
import { graphProblem, internalProblem, newId, paramsOf, tokenOf, unknownPath, usageHeaders } from '../core/graph'
import { setHidden } from '../core/hiding'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import { noFaults } from '../core/serve'
import type { Account, Post } from '../core/state'
import { commentRoutes, tellHidden, thingById } from './comments'
import { tellComment, tellMention } from './events'
import { messageRoutes } from './messages'
import { oauthRoutes } from './oauth'
import { pageRoutes } from './pages'
import { publishRoutes } from './publish'
import { readRoutes } from './reads'
import { reviewRoutes } from './reviews'
import { speak, verbs } from './speak'
import { videoRoutes } from './videos'
import { permalinkOf } from './views'

type Wish = {
  id?: string
  handle: string
  name: string
  kind: 'person' | 'page'
  bio?: string
  managers?: readonly string[]
}

function add(world: World, wish: Wish): Account {
  const everybody = world.state.accounts.filter((a) => a.kind === 'person').map((a) => a.id)
  return addAccount(world, {
    id: wish.id ?? newId(world, wish.kind === 'page' ? '6155' : '1000'),
    handle: wish.handle,
    name: wish.name,
    kind: wish.kind,
    bio: wish.bio ?? '',
    managers: wish.kind === 'page' ? (wish.managers ?? everybody) : [],
  })
}

export const facebook: Network = {
  name: 'facebook',
  label: 'Facebook',
  port: 4,
  apps: { default: appWith('posthorn-facebook') },
  demo: [{ door: 'pages', choose: 'nora.winter' }],
  seed(world) {
    const nora = add(world, {
      id: '100000000000001',
      handle: 'nora.winter',
      name: 'Nora Winter',
      kind: 'person',
      bio: 'Founder of Northwind Coffee.',
    })
    add(world, {
      id: '100000000000002',
      handle: 'sam.okafor',
      name: 'Sam Okafor',
      kind: 'person',
      bio: 'Runs no page.',
    })
    const managers = [nora.id]
    add(world, {
      id: '61550000000001',
      handle: 'northwindcoffee',
      name: 'Northwind Coffee',
      kind: 'page',
      bio: 'Small-batch coffee from the harbour.',
      managers,
    })
    add(world, {
      id: '61550000000002',
      handle: 'northwindroastery',
      name: 'Northwind Roastery',
      kind: 'page',
      bio: 'Where the beans are roasted.',
      managers,
    })
  },
  /** A page is managed by every person there is. */
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/${account.handle}`
  const permalinkPath = (post: Post) => permalinkOf(post)
  const view = { world, label: 'Facebook', paths: { profilePath, permalinkPath } }
  const profileOf = (name: string) => accountByHandle(world, name) ?? accountById(world, name)
  const seen = (call: Call, id: string) => postPage(view, thingById(world, commented(call, id)))
  return {
    routes: [
      ...oauthRoutes(world),
      ...appRoutes(world),
      ...pageRoutes(world),
      ...publishRoutes(world),
      ...videoRoutes(world),
      ...commentRoutes(world),
      ...messageRoutes(world),
      ...reviewRoutes(world),
      ...readRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/latest/inbox', handle: () => frontPage(view, 'Chats are not shown here.') },
      { method: 'GET', path: '/reel/:id', handle: (call) => seen(call, param(call, 'id')) },
      { method: 'GET', path: '/:page/videos/:id', handle: (call) => seen(call, param(call, 'id')) },
      {
        method: 'GET',
        path: '/@:name',
        handle: (call) => {
          const account = profileOf(param(call, 'name'))
          return account ? accountPage(view, account) : unknownPath(call)
        },
      },
      {
        method: 'GET',
        path: '/:name',
        handle: (call) => {
          const account = profileOf(param(call, 'name'))
          return account ? accountPage(view, account) : seen(call, param(call, 'name'))
        },
      },
    ],
    accountsOf(call) {
      const account = accountById(world, tokenOf(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const { message, description } = paramsOf(call)
      const text =
        typeof message === 'object' && message !== null && 'text' in message ? message.text : (message ?? description)
      return typeof text === 'string' ? text : undefined
    },
    // The page's own limit (80001), as Graph answers it: not with 429.
    rateLimited: () =>
      graphProblem({
        code: 80_001,
        subcode: 2446079,
        message: '(#80001) There have been too many calls to this Page account. Wait a bit and try again.',
      }),
    internalError: () => internalProblem(),
    notFound: (call) => (call.method === 'GET' ? json(404, { error: 'Not Found' }) : unknownPath(call)),
    rateHeaders: (window) =>
      usageHeaders(window, { id: world.state.accounts[2]?.id ?? '0', type: 'pages', now: world.now() }),
    profilePath,
    permalinkPath,
    verbs,
    speak: (spoken) => speak(world, spoken),
    tellChange(post, how) {
      const mentioned = world.state.facts[`mention:${post.id}`]
      if (mentioned === undefined) tellComment(world, { faults: noFaults }, post, how)
      else tellMention(world, { faults: noFaults }, mentioned, post, how)
    },
    hide(post, hidden) {
      setHidden(world, post.id, hidden)
      tellHidden(world, { faults: noFaults }, post, hidden)
    },
    portal: (wish) => hookApp(world, wish, 'feed,mention,messages,message_reactions,ratings'),
    signIn:
      'Facebook Login at /v26.0/dialog/oauth; any app id, app secret sandbox-secret (it signs webhooks, too); pages come with the person who runs them.',
  }
}

/** A comment's address is its post's, with the comment named beside it. */
const commented = (call: Call, id: string): string => {
  const comment = call.query.get('comment_id')
  return comment === null ? id : `${id.slice(id.indexOf('_') + 1)}_${comment}`
}
