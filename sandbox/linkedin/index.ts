import { z } from 'zod'
import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, jsonBody, param } from '../core/call'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { accountOfUrn, tokenOf } from './caller'
import { commentRoutes } from './comments'
import { newId } from './ids'
import { readLittleText } from './little-text'
import { mediaRoutes } from './media'
import { oauthRoutes } from './oauth'
import { organizationRoutes } from './organizations'
import { postRoutes } from './posts'
import { internalProblem, notFoundProblem, throttled } from './problems'
import { speak, verbs } from './speak'
import { statisticsRoutes } from './statistics'
import { webhookRoutes } from './webhooks'

const Written = z
  .object({ author: z.string(), actor: z.string(), commentary: z.string(), message: z.object({ text: z.string() }) })
  .partial()

function person(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  return addAccount(world, {
    id: q.id ?? `Sbx${newId(world)}`,
    handle: q.handle,
    name: q.name,
    kind: 'person',
    bio: q.bio ?? '',
  })
}

function page(
  world: World,
  q: { id?: string; handle: string; name: string; bio?: string; managers: readonly string[] },
): Account {
  return addAccount(world, {
    id: q.id ?? String(91_000_000 + world.serial()),
    handle: q.handle,
    name: q.name,
    kind: 'page',
    bio: q.bio ?? '',
    managers: q.managers,
  })
}

export const linkedin: Network = {
  name: 'linkedin',
  label: 'LinkedIn',
  port: 2,
  // For people, and for pages: LinkedIn lets no app be both.
  apps: { default: appWith('posthorn-linkedin'), page: appWith('posthorn-linkedin-page') },
  demo: [
    { door: 'person', choose: 'nora-winter' },
    { door: 'page', choose: 'nora-winter' },
  ],
  seed(world) {
    const nora = person(world, {
      id: 'SbxNoraWinter',
      handle: 'nora-winter',
      name: 'Nora Winter',
      bio: 'Founder of Northwind Coffee.',
    })
    person(world, { id: 'SbxSamOkafor', handle: 'sam-okafor', name: 'Sam Okafor', bio: 'Runs the roastery.' })
    page(world, {
      id: '90000001',
      handle: 'northwind-coffee',
      name: 'Northwind Coffee',
      bio: 'Small-batch coffee from the harbour.',
      managers: [nora.id],
    })
    page(world, {
      id: '90000002',
      handle: 'northwind-roastery',
      name: 'Northwind Roastery',
      bio: 'Where the beans are roasted.',
      managers: [nora.id],
    })
  },
  /** A page is managed by every person there is. */
  createAccount(world, wish) {
    if (wish.kind === 'person') return person(world, wish)
    return page(world, { ...wish, managers: world.state.accounts.filter((a) => a.kind === 'person').map((a) => a.id) })
  },
  open,
}

function open(world: World): OpenNetwork {
  const profilePath = (account: Account) =>
    account.kind === 'page' ? `/company/${account.handle}` : `/in/${account.handle}`
  const permalinkPath = (post: Post) => `/feed/update/${encodeURIComponent(post.rootId ?? post.id)}`
  const view = { world, label: 'LinkedIn', paths: { profilePath, permalinkPath } }
  const profile = (call: Call) => {
    const name = param(call, 'handle')
    const account = accountByHandle(world, name) ?? accountById(world, name)
    return account ? accountPage(view, account) : notFoundProblem()
  }
  return {
    routes: [
      ...oauthRoutes(world),
      ...organizationRoutes(world),
      ...postRoutes(world),
      ...mediaRoutes(world),
      ...commentRoutes(world),
      ...statisticsRoutes(world),
      ...webhookRoutes(world),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/@:handle', handle: profile },
      // The sandbox keeps no browser sessions: it does not know who “me” is.
      { method: 'GET', path: '/in/me', handle: () => frontPage(view, 'Choose an account to see what it posted.') },
      { method: 'GET', path: '/in/:handle', handle: profile },
      { method: 'GET', path: '/company/:handle', handle: profile },
      {
        method: 'GET',
        path: '/feed/update/:urn',
        handle: (call) => postPage(view, world.posts.get(param(call, 'urn'))),
      },
    ],
    accountsOf(call) {
      const written = Written.safeParse(jsonBody(call))
      const author = written.success ? accountOfUrn(world, written.data.author ?? written.data.actor ?? '') : undefined
      const member = accountById(world, tokenOf(world, call)?.accountId ?? '')
      return [author, member].flatMap((a) => (a ? [a.id, a.handle] : []))
    },
    textOf(call) {
      const written = Written.safeParse(jsonBody(call))
      if (!written.success) return undefined
      return written.data.commentary === undefined
        ? written.data.message?.text
        : readLittleText(written.data.commentary).text
    },
    // LinkedIn documents no header for its limits. `Retry-After` comes only when the knob named a time.
    rateLimited: (_call, window, explicit) => {
      const refusal = throttled()
      const seconds = Math.max(1, Math.ceil((window.resetAt - world.now()) / 1000))
      return explicit ? { ...refusal, headers: { ...refusal.headers, 'retry-after': String(seconds) } } : refusal
    },
    internalError: () => internalProblem(),
    notFound: (call) => notFoundProblem(`No virtual resource found for ${call.url.pathname}`),
    rateHeaders: () => ({}),
    profilePath,
    permalinkPath,
    verbs: () => verbs,
    speak: (spoken) => speak(world, spoken),
    signIn:
      'OAuth 2 at /oauth/v2/authorization; any client id, client secret sandbox-secret; one client id for people, another for pages.',
  }
}
