import { z } from 'zod'
import { appWith } from '../core/apps'
import { avatarRoute } from '../core/avatar-route'
import { type Call, type Route, json, param } from '../core/call'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, addAccount } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { asBot, expire } from './caller'
import { applicationRoutes, publicKey, setEventsUrl } from './events'
import { openGateway } from './gateway'
import { channelOfHook, hookRoutes, seedHooks } from './hooks'
import { messageRoutes } from './messages'
import { moderationRoutes, tellChange } from './moderate'
import { oauthRoutes } from './oauth'
import { speak, verbs } from './people'
import { internalError, notFound, rateHeaders, rateLimited } from './problems'
import { botToken, channelOf, guild, keptOf, newId, seeds, spot, threadOf } from './server'
import { reactionRoutes } from './reactions'
import { threadRoutes } from './threads'
import { meView } from './views'
import { readWish } from './wish'

const Worded = z.object({
  content: z.string().optional(),
  message: z.object({ content: z.string().optional() }).optional(),
})

function channel(world: World, q: { id?: string; handle: string; name: string; bio?: string }): Account {
  return addAccount(world, {
    id: q.id ?? newId(world),
    handle: q.handle,
    name: q.name,
    kind: 'page',
    bio: q.bio ?? '',
  })
}

export const discord: Network = {
  name: 'discord',
  label: 'Discord',
  port: 8,
  apps: {
    default: { ...appWith('posthorn-discord'), botToken, webhookPublicKey: publicKey },
  },
  demo: [{ door: 'bot', choose: 'announcements' }],
  examples: [
    {
      door: 'token',
      fillIn: { token: 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token', channel: '1100000000000000013' },
    },
    {
      door: 'webhook',
      fillIn: { url: 'https://discord.com/api/webhooks/1100000000000000022/sandbox-webhook-general' },
    },
  ],
  seed(world) {
    for (const seed of seeds) channel(world, seed)
    seedHooks(world)
  },
  createAccount: channel,
  open,
}

function permalink(world: World, post: Post): string {
  const { channelId } = keptOf(post)
  return threadOf(world, post.id)?.id === channelId
    ? `/channels/${guild.id}/${channelId}`
    : `/channels/${guild.id}/${channelId}/${post.id}`
}

function open(world: World): OpenNetwork {
  const gateway = openGateway(world)
  const { tell } = gateway
  const profilePath = (account: Account) => `/channels/${guild.id}/${account.id}`
  const permalinkPath = (post: Post) => permalink(world, post)
  const view = { world, label: 'Discord', paths: { profilePath, permalinkPath } }
  const pages: readonly Route[] = [
    { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose a channel to see what was said there.') },
    {
      method: 'GET',
      path: '/@:handle',
      handle(call) {
        const account = accountByHandle(world, param(call, 'handle'))
        return account ? accountPage(view, account) : notFound()
      },
    },
    {
      method: 'GET',
      path: `/channels/${guild.id}/:channel`,
      handle(call) {
        const account = channelOf(world, param(call, 'channel'))
        return account ? accountPage(view, account) : postPage(view, world.posts.get(param(call, 'channel')))
      },
    },
    {
      method: 'GET',
      path: `/channels/${guild.id}/:channel/:message`,
      handle: (call) => postPage(view, world.posts.get(param(call, 'message'))),
    },
  ]
  /** The channel a call is about. */
  const channelIn = (call: Call): Account | undefined => {
    const { channel: id, hook } = call.params
    return id === undefined ? channelOfHook(world, hook ?? '') : spot(world, id)?.home
  }
  return {
    routes: [
      ...oauthRoutes(world),
      ...messageRoutes(world, tell),
      ...threadRoutes(world, tell),
      ...hookRoutes(world, tell),
      ...moderationRoutes(world, tell),
      ...reactionRoutes(world, tell),
      ...applicationRoutes(world),
      {
        method: 'GET',
        path: '/api/v10/users/@me',
        operation: 'profile',
        handle: (call) => asBot(world, call) ?? json(200, meView()),
      },
      {
        method: 'GET',
        path: '/api/v10/gateway/bot',
        operation: 'profile',
        handle: (call) =>
          asBot(world, call) ??
          json(200, {
            url: world.url().replace(/^http/, 'ws'),
            shards: 1,
            session_start_limit: gateway.startLimit(),
          }),
      },
      mediaRoute(world),
      avatarRoute(world),
      ...pages,
    ],
    accountsOf(call) {
      const account = channelIn(call)
      return account ? [account.id, account.handle] : []
    },
    textOf(call) {
      const worded = Worded.safeParse(readWish(call).body)
      return worded.success ? (worded.data.content ?? worded.data.message?.content) : undefined
    },
    rateLimited: (_call, window) => rateLimited(world, window),
    internalError: () => internalError(),
    notFound: () => notFound(),
    rateHeaders: (window) => rateHeaders(world, window),
    profilePath,
    permalinkPath,
    expire: (call) => expire(world, call),
    portal: ({ url }) => setEventsUrl(world, url),
    upgrade: gateway.upgrade,
    verbs,
    speak: (spoken) => speak(world, tell, spoken),
    tellChange: (post, how) => tellChange(world, tell, post, how),
    signIn: `OAuth 2 at /oauth2/authorize with scope bot and webhook.incoming, any client id, client secret sandbox-secret; bot token ${botToken}; webhooks /api/webhooks/110000000000000002N/sandbox-webhook-NAME.`,
  }
}
