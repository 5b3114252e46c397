import { z } from 'zod'
import { reports } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, bearer, jsonBody, param } from '../core/call'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountById, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { chatRoutes } from './chat'
import { didOf } from './cid'
import { feedRoutes } from './feed'
import { announce, openJetstream } from './jetstream'
import { notificationRoutes } from './notifications'
import { internalError, problem } from './problems'
import { accountOf, repoRoutes } from './repo'
import { sessionRoutes } from './session'
import { speak, verbs } from './speak'
import { videoRoutes } from './video'

const seeds = [
  {
    handle: 'northwind.sandbox',
    name: 'Northwind Coffee',
    bio: 'Small-batch coffee from the harbour.',
    password: 'app-pass-northwind',
  },
  { handle: 'alice.sandbox', name: 'Alice', bio: 'Reads on trains.', password: 'app-pass-alice' },
  // `.sandbox` is no real top-level domain, so the makers' client finds no mention of such a handle; `.test` it knows.
  { handle: 'rosa.test', name: 'Rosa', bio: 'Asks before she buys.', password: 'app-pass-rosa' },
  { handle: 'bob.sandbox', name: 'Bob', bio: 'Bread, bicycles.', password: 'app-pass-bob' },
] as const

const Identified = z.object({ identifier: z.string() })
const Written = z.union([
  z.object({ record: z.object({ text: z.string() }) }),
  z.object({ message: z.object({ text: z.string() }) }).transform(({ message }) => ({ record: message })),
])

function add(world: World, q: { handle: string; name: string; bio?: string; password?: string }): Account {
  return addAccount(world, {
    id: didOf(q.handle),
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
    password: q.password ?? `app-pass-${q.handle.split('.')[0] ?? ''}`,
  })
}

export const bluesky: Network = {
  name: 'bluesky',
  label: 'Bluesky',
  port: 3,
  apps: { default: reports },
  hosts: ['jetstream'],
  demo: [{ door: 'password', fillIn: { handle: 'northwind.sandbox', password: 'app-pass-northwind' } }],
  seed: (world) => seeds.forEach((s) => add(world, s)),
  createAccount: add,
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/profile/${account.handle}`
  const permalinkPath = (post: Post) =>
    `/profile/${accountById(world, post.accountId)?.handle ?? post.accountId}/post/${post.key ?? ''}`
  const view = { world, label: 'Bluesky', paths: { profilePath, permalinkPath } }
  const missing = (call: Call) => problem(404, 'XRPCNotSupported', `Not found: ${call.url.pathname}`)
  const profile = (call: Call) => {
    const account = accountOf(world, param(call, 'handle'))
    return account ? accountPage(view, account) : missing(call)
  }
  return {
    routes: [
      ...sessionRoutes(world),
      ...repoRoutes(world),
      ...feedRoutes(world),
      ...notificationRoutes(world),
      ...chatRoutes(world),
      ...videoRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/@:handle', handle: profile },
      { method: 'GET', path: '/messages/:convo', handle: () => frontPage(view, 'Chats are not shown here.') },
      { method: 'GET', path: '/profile/:handle', handle: profile },
      {
        method: 'GET',
        path: '/profile/:handle/post/:rkey',
        handle: (call) =>
          postPage(
            view,
            world.posts.get(
              `at://${accountOf(world, param(call, 'handle'))?.id ?? ''}/app.bsky.feed.post/${param(call, 'rkey')}`,
            ),
          ),
      },
    ],
    accountsOf(call) {
      const signingIn = Identified.safeParse(call.url.pathname.endsWith('.createSession') ? jsonBody(call) : undefined)
      const account = signingIn.success
        ? accountOf(world, signingIn.data.identifier)
        : accountById(world, world.tokens.withAccess(bearer(call) ?? '')?.accountId ?? '')
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const written = Written.safeParse(jsonBody(call))
      return written.success ? written.data.record.text : undefined
    },
    rateLimited: () => problem(429, 'RateLimitExceeded', 'Rate Limit Exceeded'),
    internalError: () => internalError(),
    notFound: missing,
    rateHeaders: (w) => ({
      'RateLimit-Limit': String(w.limit),
      'RateLimit-Remaining': String(w.remaining),
      'RateLimit-Reset': String(Math.ceil(w.resetAt / 1000)),
      'RateLimit-Policy': `${w.limit};w=${Math.floor(w.windowMs / 1000)}`,
    }),
    profilePath,
    permalinkPath,
    signIn: 'Handle and app password; one with “-plain” behind it may not read messages.',
    upgrade: openJetstream(world),
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    tellChange(post, how) {
      // Its app lets nobody change a post; chats are told of to nobody but their members.
      if (how === 'remove' && post.id.startsWith('at://')) announce(world, post, 'delete')
    },
  }
}
