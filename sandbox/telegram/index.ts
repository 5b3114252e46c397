import { randomBytes } from 'node:crypto'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { avatarRoute } from '../core/avatar-route'
import { mediaRoute } from '../core/media-route'
import { type Network, type OpenNetwork, type World, accountByHandle, accountById } from '../core/network'
import { accountPage, frontPage, postPage } from '../core/reader'
import type { Account, Post } from '../core/state'
import { isBot, setKind } from './chats'
import { wordsIn } from './fields'
import { fileRoute } from './files'
import { methods, run } from './methods'
import { broken, noSuchMethod, tooMany, unauthorized } from './problems'
import { speak, verbs } from './speak'
import { openQueue } from './updates'
import { chatIdOf } from './views'

/** Bots have their number before the colon. */
const northwindToken = '4100000001:AAsandbox-token-of-the-northwind-bot'

const bot: Account = {
  id: '4100000001',
  handle: 'northwind_bot',
  name: 'Northwind Bot',
  kind: 'person',
  bio: 'Posts for Northwind Coffee.',
  password: northwindToken,
  managers: [],
  createdAt: 0,
}
const chats = [
  {
    id: '-1001500000001',
    handle: 'northwind_coffee',
    name: 'Northwind Coffee',
    bio: 'Small-batch coffee from the harbour.',
    kind: { type: 'channel', linked: '-1001500000002' },
  },
  {
    id: '-1001500000002',
    handle: 'northwind_talk',
    name: 'Northwind Talk',
    bio: 'Where the posts are talked about.',
    kind: { type: 'supergroup', linked: '-1001500000001' },
  },
  {
    id: '-1001500000003',
    handle: 'northwind_news',
    name: 'Northwind News',
    bio: 'A channel without a discussion group, whose bot may only post.',
    kind: { type: 'channel', deletes: false },
  },
] as const

function seed(world: World): void {
  world.state.accounts.push({ ...bot, createdAt: world.now() })
  for (const { kind, ...chat } of chats) {
    const account: Account = { ...chat, kind: 'page', password: '', managers: [bot.id], createdAt: world.now() }
    world.state.accounts.push(account)
    setKind(world, account, kind)
  }
}

/** A page is a channel with every bot for an administrator; a person with a password is a bot with that token. */
function createAccount(
  world: World,
  wish: { handle: string; name: string; kind: 'person' | 'page'; password?: string },
): Account {
  const serial = world.serial()
  const bots = world.state.accounts.filter(isBot).map(({ id }) => id)
  const account: Account = {
    id:
      wish.kind === 'page'
        ? `-10016${String(serial).padStart(8, '0')}`
        : (wish.password?.split(':')[0] ?? `42${serial}`),
    handle: wish.handle,
    name: wish.name,
    kind: wish.kind,
    bio: '',
    password: wish.kind === 'page' ? '' : (wish.password ?? ''),
    managers: wish.kind === 'page' ? bots : [],
    createdAt: world.now(),
  }
  world.state.accounts.push(account)
  if (wish.kind === 'page') setKind(world, account, { type: 'channel' })
  return account
}

export const telegram: Network = {
  name: 'telegram',
  label: 'Telegram',
  port: 12,
  // Without a secret its bots are asked: where they would report to may be another port at the next start.
  apps: { default: {} },
  demo: [{ door: 'bot', fillIn: { token: northwindToken, chat: '@northwind_coffee' } }],
  seed,
  createAccount,
  open,
}

const botOf = (world: World, call: Call): Account | undefined =>
  world.state.accounts.find((account) => isBot(account) && account.password === call.params.token)

/** BotFather takes a token back by making another. */
function replaceToken(world: World, account: Account): void {
  const at = world.state.accounts.indexOf(account)
  world.state.accounts[at] = { ...account, password: `${account.id}:AA${randomBytes(24).toString('base64url')}` }
}

function open(world: World): OpenNetwork {
  const queue = openQueue(world)
  const profilePath = (account: Account) => `/${account.handle}`
  const permalinkPath = (post: Post) => {
    const chat = accountById(world, chatIdOf(post))
    return `/${chat?.handle ?? ''}/${post.id.split('/')[1]}`
  }
  const view = { world, label: 'Telegram', paths: { profilePath, permalinkPath } }
  const profile = (call: Call) => {
    const account = accountByHandle(world, param(call, 'handle'))
    return account ? accountPage(view, account) : noSuchMethod()
  }
  const postAt = (chat: Account | undefined, call: Call) =>
    postPage(view, world.posts.get(`${chat?.id}/${param(call, 'id')}`))
  const nameOf = (call: Call): string => param(call, 'method')

  function answer(call: Call): Reply | Promise<Reply> {
    const caller = botOf(world, call)
    if (!caller) return unauthorized()
    if (call.faults.has('expired_token')) {
      replaceToken(world, caller)
      return unauthorized()
    }
    return run(world, queue, call, caller, nameOf(call))
  }

  const method: Omit<Route, 'method'> = {
    path: '/bot:token/:method',
    operation: (call) => methods[nameOf(call).toLowerCase()]?.operation ?? 'profile',
    limit: { name: 'bot', max: 30, windowMs: 1_000 },
    handle: answer,
  }
  return {
    routes: [
      { method: 'GET', ...method },
      { method: 'POST', ...method },
      fileRoute(world, (call) => botOf(world, call) !== undefined),
      mediaRoute(world),
      avatarRoute(world),
      { method: 'GET', path: '/', handle: () => frontPage(view, 'Choose a channel to see what was posted.') },
      { method: 'GET', path: '/@:handle', handle: profile },
      { method: 'GET', path: '/s/:handle', handle: profile },
      {
        method: 'GET',
        path: '/c/:chat/:id',
        handle: (call) => postAt(accountById(world, `-100${param(call, 'chat')}`), call),
      },
      {
        method: 'GET',
        path: '/:handle/:id',
        handle: (call) => postAt(accountByHandle(world, param(call, 'handle')), call),
      },
      { method: 'GET', path: '/:handle', handle: profile },
    ],
    accountsOf(call) {
      const caller = botOf(world, call)
      return caller ? [caller.id, caller.handle] : []
    },
    textOf: (call) => wordsIn(call, 'text') ?? wordsIn(call, 'caption') ?? wordsIn(call, 'question'),
    rateLimited: (_call, window) => tooMany(window.resetAt - world.now()),
    internalError: () => broken(),
    notFound: () => json(404, { ok: false, error_code: 404, description: 'Not Found' }),
    rateHeaders: () => ({}),
    profilePath,
    permalinkPath,
    signIn: `Bot token ${northwindToken}; administrator of ${chats.map(({ handle }) => `@${handle}`).join(', ')}.`,
    verbs: (account) => verbs(world, account),
    speak: (spoken) => speak(world, queue, spoken),
  }
}
