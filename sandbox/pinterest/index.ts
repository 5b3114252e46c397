import { appWith } from '../core/apps'
import { type Call, type Reply, json, jsonBody, param } from '../core/call'
import { avatarRoute } from '../core/avatar-route'
import { counted } from '../core/growth'
import { mediaRoute } from '../core/media-route'
import { livingToken } from '../core/living-token'
import {
  type Network,
  type OpenNetwork,
  type World,
  accountByHandle,
  accountById,
  addAccount,
  mediaById,
  show,
} from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import { noFaults } from '../core/serve'
import type { Account, Post } from '../core/state'
import { stranger } from '../core/strangers'
import { type Board, boardById, boardRoutes, boardsOf, newBoard } from './boards'
import { callerOf } from './caller'
import { numericId } from './ids'
import { reads } from './limits'
import { mediaRoutes } from './media'
import { oauthRoutes } from './oauth'
import { NewPin, pinRoutes } from './pins'
import { problem, tooMany } from './problems'
import { recordOf } from './record'

type Seed = {
  readonly handle: string
  readonly name: string
  readonly kind: 'person' | 'page'
  readonly bio?: string
  readonly boards?: readonly (Pick<Board, 'id' | 'name'> & Partial<Board>)[]
}

const seeds: readonly Seed[] = [
  {
    handle: 'northwind',
    name: 'Northwind Coffee',
    kind: 'page',
    bio: 'Small-batch coffee from the harbour.',
    boards: [
      {
        id: '549755885175',
        name: 'Coffee at home',
        sections: [
          { id: '549755885201', name: 'Filter' },
          { id: '549755885202', name: 'Espresso' },
        ],
      },
      { id: '549755885176', name: 'Drafts', privacy: 'SECRET' },
      { id: '549755885177', name: 'Ad-only Pins', privacy: 'PROTECTED', adsOnly: true },
    ],
  },
  { handle: 'sam_okafor', name: 'Sam Okafor', kind: 'person', bio: 'Has no board yet.', boards: [] },
]

function add(world: World, q: Seed): Account {
  const account = addAccount(world, {
    id: numericId(world),
    handle: q.handle,
    name: q.name,
    kind: q.kind,
    bio: q.bio ?? '',
  })
  for (const { name, ...more } of q.boards ?? [{ name: 'Pins' }]) newBoard(world, account, name, more)
  return account
}

export const pinterest: Network = {
  name: 'pinterest',
  label: 'Pinterest',
  port: 10,
  apps: { default: appWith('posthorn-pinterest') },
  demo: [{ door: 'account', choose: 'northwind' }],
  seed: (world) => seeds.forEach((s) => add(world, s)),
  createAccount: (world, wish) => add(world, wish),
  open,
}

function me(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'me')
  if ('refusal' in caller) return caller.refusal
  const { id, handle, name, kind, bio } = caller.account
  return json(200, {
    id,
    username: handle,
    about: bio,
    account_type: kind === 'page' ? 'BUSINESS' : 'PINNER',
    business_name: kind === 'page' ? name : null,
    profile_image: `${world.url()}/avatar/${encodeURIComponent(id)}`,
    website_url: '',
    board_count: boardsOf(world, caller.account).length,
    pin_count: world.posts.of(id).length,
    follower_count: 0,
    following_count: 0,
    monthly_views: 0,
  })
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/${account.handle}`
  const permalinkPath = (post: Post): string => `/pin/${post.rootId ?? post.id}`
  const view = { world, label: 'Pinterest', paths: { profilePath, permalinkPath } }
  const missing = (): Reply => problem(404, 0, 'Not found.')
  const profile = (call: Call): Reply => {
    const account = accountByHandle(world, param(call, 'handle'))
    return account ? accountPage(view, account) : missing()
  }
  const pin = (call: Call): Reply => {
    const found = world.posts.get(param(call, 'pin'))
    const board = boardById(world, (found && recordOf(found)?.board_id) ?? '')
    // Readers do not see what is on a secret board.
    return postPage(view, board && board.privacy !== 'SECRET' ? found : undefined)
  }
  return {
    routes: [
      ...oauthRoutes(world),
      ...boardRoutes(world),
      ...pinRoutes(world),
      ...mediaRoutes(world),
      {
        method: 'GET',
        path: '/v5/user_account',
        operation: 'profile',
        limit: reads,
        handle: (call) => me(world, call),
      },
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it pinned.') },
      { method: 'GET', path: '/pin/:pin', handle: pin },
      { method: 'GET', path: '/:handle', handle: profile },
    ],
    accountsOf(call) {
      const owner = livingToken(world, call)?.accountId ?? mediaById(world, call.params.media ?? '')?.ownerId
      const account = accountById(world, owner ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf: (call) => NewPin.safeParse(jsonBody(call)).data?.description ?? undefined,
    rateLimited: () => tooMany(),
    internalError: () => problem(500, 0, 'Something went wrong on our end. Sorry about that.'),
    notFound: missing,
    rateHeaders: (w) => ({
      'x-ratelimit-limit': String(w.limit),
      'x-ratelimit-remaining': String(w.remaining),
      'x-ratelimit-reset': String(Math.max(1, Math.ceil((w.resetAt - world.now()) / 1000))),
    }),
    profilePath,
    permalinkPath,
    signIn: 'OAuth 2 at /oauth/; any client id, secret sandbox-secret. Each refresh token is good once.',
    verbs: () => ({ comment: 'post', like: 'post' }),
    speak({ by, text, on, kind }) {
      const who = stranger(world, by)
      if (kind !== 'comment' || !on) return counted({ kind, on }, who)
      return show(
        world,
        { faults: noFaults },
        {
          id: numericId(world),
          account: who,
          kind: 'comment',
          text,
          rich: [{ text }],
          record: {},
          parentId: on.id,
          rootId: on.rootId ?? on.id,
        },
      )
    },
  }
}
