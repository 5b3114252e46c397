import { z } from 'zod'
import { appWith } from '../core/apps'
import { type Call, jsonBody, param } from '../core/call'
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
import { badParams, refuse } from './answers'
import { postId } from './ids'
import { oauthRoutes } from './oauth'
import { publishRoutes } from './publish'
import { readRoutes, recordOf } from './reads'
import { planOf } from './sending'
import { hookApp, webhookRoutes } from './webhooks'

const seeds = [
  { handle: 'northwind', name: 'Northwind Coffee', bio: 'Small-batch coffee from the harbour.' },
  { handle: 'private_nora', name: 'Nora Winter', bio: 'Roaster. Friends only.' },
] as const

const Worded = z.object({ post_info: z.object({ title: z.string().optional(), description: z.string().optional() }) })

function add(world: World, q: { handle: string; name: string; bio?: string }): Account {
  return addAccount(world, {
    id: `-000sandbox-${q.handle}`,
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
  })
}

export const tiktok: Network = {
  name: 'tiktok',
  label: 'TikTok',
  port: 5,
  apps: { default: appWith('posthorn-tiktok') },
  demo: [{ door: 'account', choose: 'northwind' }],
  seed: (world) => seeds.forEach((s) => add(world, s)),
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/@${account.handle}`
  const permalinkPath = (post: Post): string => {
    const root = post.rootId === undefined ? post : (world.posts.get(post.rootId) ?? post)
    const kind = root.kind === 'post' && recordOf(root).photo ? 'photo' : 'video'
    return `/@${accountById(world, root.accountId)?.handle ?? ''}/${kind}/${root.id}`
  }
  const view = { world, label: 'TikTok', paths: { profilePath, permalinkPath } }
  const post = (call: Call) => {
    const found = world.posts.get(param(call, 'id'))
    // Readers see what is for everyone.
    return postPage(view, found && recordOf(found).audience === 'PUBLIC_TO_EVERYONE' ? found : undefined)
  }
  const uploadOf = (call: Call) => mediaById(world, call.params.id ?? '')
  return {
    routes: [
      ...oauthRoutes(world),
      ...publishRoutes(world),
      ...readRoutes(world),
      ...webhookRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/@:handle/video/:id', handle: post },
      { method: 'GET', path: '/@:handle/photo/:id', handle: post },
      {
        method: 'GET',
        path: '/@:handle',
        handle: (call) => {
          const account = accountByHandle(world, param(call, 'handle'))
          return account ? accountPage(view, account) : badParams('There is no such account.')
        },
      },
    ],
    accountsOf(call) {
      const account = accountById(world, livingToken(world, call)?.accountId ?? uploadOf(call)?.ownerId ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const upload = uploadOf(call)
      if (upload) return planOf(world, upload.id)?.text
      const body = Worded.safeParse(jsonBody(call))
      return body.success ? (body.data.post_info.description ?? body.data.post_info.title) : undefined
    },
    rateLimited: () => refuse('rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.'),
    internalError: () => refuse('internal_error', 'Something went wrong. Please try again later.'),
    notFound: () => badParams('Unsupported path(Janus)'),
    // TikTok names no moment at which a limit ends.
    rateHeaders: () => ({}),
    profilePath,
    permalinkPath,
    signIn:
      'Login Kit with a hex PKCE challenge at /v2/auth/authorize/; any client key, secret sandbox-secret (also that of webhooks); keys that begin with “unaudited” are of apps TikTok has not audited.',
    portal: async (wish) => {
      hookApp(world, wish)
      return undefined
    },
    verbs: () => ({ comment: 'post', like: 'post', share: 'post' }),
    speak({ by, text, on, kind }) {
      const who = stranger(world, by)
      if (kind !== 'comment' || !on) return counted({ kind, on }, who)
      return show(
        world,
        { faults: noFaults },
        {
          id: postId(world),
          account: who,
          kind: 'comment',
          text,
          rich: [{ text }],
          record: { audience: 'PUBLIC_TO_EVERYONE', photo: false },
          parentId: on.id,
          rootId: on.rootId ?? on.id,
        },
      )
    },
  }
}
