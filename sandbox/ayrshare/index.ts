import { z } from 'zod'
import { reports } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, type Route, formBody, json, jsonBody, param } from '../core/call'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { commentRoutes, speak, verbs } from './comments'
import { hookRoutes, hookUp } from './hooks'
import { fault, notFound, problem } from './problems'
import { type Linked, callerOf, expire, link, linkedBy, profileKeys, unlink } from './profiles'
import { postElsewhere, publishRoutes } from './publish'
import { readRoutes } from './reads'

/** www.ayrshare.com/docs/errors/errors-http, through a mirror: 300 calls in 5 minutes for each profile. */
const limit = { name: 'profile', max: 300, windowMs: 300_000 }

type Wish = { readonly handle: string; readonly name: string; readonly kind: 'person' | 'page'; readonly bio?: string }

/** An account of a network, linked in a profile. Its handle names the network, too: a name may be on several. */
function add(world: World, { handle, name, kind, bio = '' }: Wish, linked: Linked): Account {
  const account: Account = {
    id: `${linked.platform}:${linked.socialId}`,
    handle,
    name,
    kind,
    bio,
    password: '',
    managers: [],
    createdAt: world.now(),
  }
  link(world, account, linked)
  return account
}

const [primary = '', roastery = ''] = profileKeys

const Written = z.looseObject({ platforms: z.array(z.string()), post: z.string(), comment: z.string() }).partial()

export const ayrshare: Network = {
  name: 'ayrshare',
  label: 'Ayrshare',
  port: 11,
  apps: { default: reports },
  // The roastery's profile: what is linked there beside X, which wants an app of one's own.
  demo: [{ door: 'ayrshare', fillIn: { apiKey: 'SANDBOX-AYRSHARE-KEY-0001', profileKey: roastery } }],
  seed(world) {
    const coffee = { name: 'Northwind Coffee', bio: 'Small-batch coffee from the harbour, linked in Ayrshare.' }
    const beans = { name: 'Northwind Roastery', bio: 'Where the beans are roasted, linked in Ayrshare.' }
    const at = (profile: string, platform: Linked['platform'], socialId: string): Linked => ({
      profile,
      platform,
      socialId,
    })
    add(world, { handle: 'northwind/facebook', kind: 'page', ...coffee }, at(primary, 'facebook', '104619420979033'))
    add(
      world,
      { handle: 'northwind/linkedin', kind: 'page', ...coffee },
      at(primary, 'linkedin', 'urn:li:organization:90000077'),
    )
    add(
      world,
      { handle: 'northwind.example/bluesky', kind: 'person', ...coffee },
      at(primary, 'bluesky', 'did:plc:sandboxnorthwind'),
    )
    add(
      world,
      { handle: 'northwind_roastery/twitter', kind: 'person', ...beans },
      at(roastery, 'twitter', '1288968500063775749'),
    )
    add(
      world,
      { handle: 'northwind.roastery/instagram', kind: 'person', ...beans },
      at(roastery, 'instagram', '17841400000000077'),
    )
    add(world, { handle: 'northwind_roastery/tiktok', kind: 'person', ...beans }, at(roastery, 'tiktok', 'sbx77'))
  },
  /** What is made for tests is linked in the primary profile, in the place of what was. */
  createAccount(world, wish) {
    const platform = wish.kind === 'page' ? 'facebook' : 'twitter'
    for (const one of linkedBy(world, primary)) if (one.platform === platform) unlink(world, one.account)
    return add(world, wish, { profile: primary, platform, socialId: String(2_000_000 + world.serial()) })
  },
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) => `/@${encodeURIComponent(account.handle)}`
  const permalinkPath = (post: Post) => `/p/${encodeURIComponent(post.rootId ?? post.id)}`
  const view = { world, label: 'Ayrshare', paths: { profilePath, permalinkPath } }
  const written = (call: Call) => Written.safeParse(jsonBody(call)).data ?? {}
  const counted = (routes: readonly Route[]) => routes.map((route) => ({ ...route, limit }))
  return {
    routes: [
      ...counted([...publishRoutes(world), ...readRoutes(world), ...commentRoutes(world), ...hookRoutes(world)]),
      mediaRoute(world),
      avatarRoute(world),
      {
        method: 'GET',
        path: '/',
        handle: () => frontPage(view, 'Choose an account to see what Ayrshare brought to its network.'),
      },
      {
        method: 'GET',
        path: '/@:handle',
        handle: (call) => {
          const account = accountByHandle(world, param(call, 'handle'))
          return account ? accountPage(view, account) : notFound('The account was not found.')
        },
      },
      {
        method: 'POST',
        path: '/@:handle',
        handle(call) {
          const account = accountByHandle(world, param(call, 'handle'))
          if (!account) return notFound('The account was not found.')
          return json(201, { id: postElsewhere(world, call, account, formBody(call).text ?? '').id })
        },
      },
      { method: 'GET', path: '/p/:id', handle: (call) => postPage(view, world.posts.get(param(call, 'id'))) },
    ],
    accountsOf(call) {
      const caller = callerOf(world, call)
      if ('refusal' in caller) return []
      const { platforms } = written(call)
      return linkedBy(world, caller.profile)
        .filter(({ platform }) => platforms === undefined || platforms.includes(platform))
        .flatMap(({ account }) => [account.id, account.handle])
    },
    textOf(call) {
      const { post, comment } = written(call)
      return post ?? comment
    },
    rateLimited: (_call, window, explicit) => {
      const refusal = problem(429, fault('request', 'Rate limit exceeded. Please slow down your requests.'))
      // Ayrshare does not say until when; the knob does.
      const seconds = Math.max(1, Math.ceil((window.resetAt - world.now()) / 1_000))
      return explicit ? { ...refusal, headers: { ...refusal.headers, 'retry-after': String(seconds) } } : refusal
    },
    internalError: () => problem(500, fault('request', 'An internal error occurred. Please try again.')),
    notFound: () => notFound('The resource was not found.'),
    rateHeaders: ({ limit: max, remaining }) => ({
      'x-ratelimit-max': String(max),
      'x-ratelimit-count': String(max - remaining),
    }),
    profilePath,
    permalinkPath,
    expire: (call) => expire(world, call),
    verbs: (account) => verbs(world, account),
    speak: (spoken) => speak(world, spoken),
    // The dashboard's own page of webhooks, profile by profile.
    portal: async ({ url }) => {
      for (const profile of profileKeys) hookUp(world, profile, url)
      return undefined
    },
    signIn:
      'API key SANDBOX-AYRSHARE-KEY-0001 (any four digits); profile key SANDBOX-PROFILE-KEY-ROASTERY for the second profile. Any two keys will do for X.',
  }
}
