import { z } from 'zod'
import { appWith } from '../core/apps'
import { type Reply, jsonBody, param } from '../core/call'
import { avatarRoute } from '../core/avatar-route'
import { counted } from '../core/growth'
import { setHidden } from '../core/hiding'
import { mediaRoute } from '../core/media-route'
import { livingToken } from '../core/living-token'
import {
  type Network,
  type OpenNetwork,
  type World,
  accountByHandle,
  accountById,
  addAccount,
  show,
} from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import { noFaults } from '../core/serve'
import type { Account, Post } from '../core/state'
import { stranger } from '../core/strangers'
import { commentOf, commentRoutes } from './comments'
import { channelId } from './ids'
import { oauthRoutes } from './oauth'
import { notFound, problem, quotaExceeded } from './problems'
import { readRoutes } from './reads'
import { recordOf } from './record'
import { sessionOf, uploadRoutes } from './uploads'
import { hubRoutes } from './websub'

const seeds = [
  { handle: 'northwind', name: 'Northwind Coffee', kind: 'page', bio: 'Small-batch coffee from the harbour.' },
  { handle: 'roastery_new', name: 'Northwind Roastery', kind: 'page', bio: 'A channel that was not verified yet.' },
  { handle: 'sam.okafor', name: 'Sam Okafor', kind: 'person', bio: 'A Google account without a channel.' },
] as const

const Worded = z.object({
  snippet: z.object({
    description: z.string().optional(),
    textOriginal: z.string().optional(),
    topLevelComment: z.object({ snippet: z.object({ textOriginal: z.string() }) }).optional(),
  }),
})

function add(world: World, q: { handle: string; name: string; kind: 'person' | 'page'; bio?: string }): Account {
  const account = addAccount(world, {
    id: channelId(q.handle),
    handle: q.handle,
    name: q.name,
    kind: q.kind,
    bio: q.bio ?? '',
  })
  if (q.handle.endsWith('_new')) world.state.facts[`unverified:${account.id}`] = '1'
  return account
}

export const youtube: Network = {
  name: 'youtube',
  label: 'YouTube',
  port: 9,
  apps: { default: appWith('posthorn-youtube') },
  demo: [{ door: 'channel', choose: 'northwind' }],
  seed: (world) => seeds.forEach((s) => add(world, s)),
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/channel/${account.id}`
  const permalinkPath = (post: Post): string =>
    post.kind === 'post' ? `/watch?v=${post.id}` : `/watch?v=${post.rootId ?? ''}&lc=${post.id}`
  const view = { world, label: 'YouTube', paths: { profilePath, permalinkPath } }
  const video = (id: string): Reply => {
    const found = world.posts.get(id)
    // Readers see what is not private.
    return postPage(
      view,
      found?.kind === 'post' && recordOf(found).status.privacyStatus !== 'private' ? found : undefined,
    )
  }
  const channel = (account: Account | undefined): Reply =>
    account ? accountPage(view, account) : notFound('channelNotFound', 'There is no such channel.')
  return {
    routes: [
      ...oauthRoutes(world),
      ...uploadRoutes(world),
      ...readRoutes(world),
      ...commentRoutes(world),
      ...hubRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose a channel to see what it posted.') },
      { method: 'GET', path: '/watch', handle: (call) => video(call.query.get('v') ?? '') },
      { method: 'GET', path: '/shorts/:id', handle: (call) => video(param(call, 'id')) },
      { method: 'GET', path: '/channel/:id', handle: (call) => channel(accountById(world, param(call, 'id'))) },
      { method: 'GET', path: '/@:handle', handle: (call) => channel(accountByHandle(world, param(call, 'handle'))) },
    ],
    accountsOf(call) {
      const account = accountById(world, livingToken(world, call)?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    // A project's quota is shared by all channels that it acts for.
    countedOn: (call) => livingToken(world, call)?.clientId,
    textOf(call) {
      const session = sessionOf(world, call.query.get('upload_id') ?? '')
      if (session) return session.wish.snippet.description
      const body = Worded.safeParse(jsonBody(call))
      if (!body.success) return undefined
      const { snippet } = body.data
      return snippet.topLevelComment?.snippet.textOriginal ?? snippet.textOriginal ?? snippet.description
    },
    rateLimited: (call, window, explicit) => {
      if (!call.faults.has('429_until')) return quotaExceeded()
      const reply = problem(429, 'rateLimitExceeded', 'Resource has been exhausted (e.g. check quota).', 'global')
      const seconds = String(Math.max(1, Math.ceil((window.resetAt - world.now()) / 1000)))
      return explicit ? { ...reply, headers: { ...reply.headers, 'retry-after': seconds } } : reply
    },
    internalError: () => problem(500, 'backendError', 'Backend Error', 'global'),
    notFound: () => problem(404, 'notFound', 'Not Found', 'global'),
    // Google tells in no header how much is left.
    rateHeaders: () => ({}),
    profilePath,
    permalinkPath,
    signIn:
      'Google’s OAuth at /o/oauth2/v2/auth; any client id, secret sandbox-secret. A refresh token comes with access_type=offline and prompt=consent.',
    verbs: () => ({ comment: 'post', like: 'post' }),
    tellChange(post, how) {
      if (how === 'edited' && post.kind === 'comment') post.record = { editedAt: world.now() }
    },
    hide: (post, hidden) => setHidden(world, post.id, hidden),
    speak({ by, text, on, kind }) {
      const who = stranger(world, by)
      return kind === 'comment' && on
        ? show(world, { faults: noFaults }, commentOf(world, who, text, on))
        : counted({ kind, on }, who)
    },
  }
}
