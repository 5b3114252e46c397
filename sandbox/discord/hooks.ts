import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, param } from '../core/call'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import { secret } from '../core/tokens'
import type { Tell } from './gateway'
import { messageAt, put } from './messages'
import {
  forumNeedsName,
  invalidWebhookToken,
  onlyForums,
  unknownChannel,
  unknownMessage,
  unknownWebhook,
} from './problems'
import {
  type Author,
  applicationId,
  channelOf,
  channelTypes,
  guild,
  keptOf,
  newId,
  seeds,
  spot,
  typeOf,
} from './server'
import { startPost } from './threads'
import { messageView } from './views'
import { Wish, complaint, keepFiles, readWish } from './wish'

const Hook = z.object({ id: z.string(), channel: z.string(), token: z.string(), name: z.string() })
type Hook = z.output<typeof Hook>

const key = (id: string): string => `hook:${id}`

function keepHook(world: World, hook: Hook): Hook {
  world.state.facts[key(hook.id)] = JSON.stringify(hook)
  return hook
}

/** Every channel has one from the start: its id with a 2 in the place of the 1, its secret `sandbox-webhook-` and the name. */
export function seedHooks(world: World): void {
  for (const { id, handle } of seeds)
    keepHook(world, {
      id: id.replace(/1(\d)$/, '2$1'),
      channel: id,
      token: `sandbox-webhook-${handle}`,
      name: 'Northwind',
    })
}

export const newHook = (world: World, channel: string): Hook =>
  keepHook(world, { id: newId(world), channel, token: secret(), name: 'Posthorn' })

export const hookView = (world: World, hook: Hook) => ({
  type: 1,
  id: hook.id,
  name: hook.name,
  avatar: null,
  channel_id: hook.channel,
  guild_id: guild.id,
  application_id: applicationId,
  token: hook.token,
  url: `${world.url()}/api/webhooks/${hook.id}/${hook.token}`,
})

function hookById(world: World, id: string): Hook | undefined {
  const kept = world.state.facts[key(id)]
  return kept === undefined ? undefined : Hook.parse(JSON.parse(kept))
}

/** The webhook of a path, when the secret in it is right. */
function hookOf(world: World, call: Call): Hook | Reply {
  const hook = hookById(world, param(call, 'hook'))
  if (!hook) return unknownWebhook()
  const given = param(call, 'token')
  return given === hook.token && world.state.facts[`spent:${given}`] === undefined ? hook : invalidWebhookToken()
}

const Named = z.object({
  thread_name: z.string().max(100).nullish(),
  applied_tags: z.array(z.string()).max(5).nullish(),
  username: z.string().min(1).max(80).nullish(),
})

/** Without `wait` Discord answers 204 and nothing about the message. */
async function execute(world: World, call: Call, tell: Tell): Promise<Reply> {
  const hook = hookOf(world, call)
  if ('status' in hook) return hook
  const threadId = call.query.get('thread_id')
  const place = spot(world, threadId ?? hook.channel)
  if (!place || place.home.id !== hook.channel) return unknownChannel()
  const { body, files } = readWish(call)
  const named = Named.safeParse(body)
  if (!named.success) return complaint(named.error)
  const wish = Wish.omit({ nonce: true, enforce_nonce: true, message_reference: true }).safeParse(body)
  if (!wish.success) return complaint(wish.error)
  const isForum = typeOf(place.home) === channelTypes.forum && !place.thread
  const { thread_name: name, applied_tags: tags, username } = named.data
  if (isForum && !name) return forumNeedsName()
  if (!isForum && name) return onlyForums()
  const author: Author = { id: hook.id, username: username ?? hook.name, name: hook.name, isBot: true }
  const by = { home: place.home, author, webhookId: hook.id }
  const answer = (post: Parameters<typeof messageView>[1]) =>
    call.query.get('wait') === 'true' ? json(200, messageView(world, post)) : empty(204)
  if (isForum) {
    const wished = { name, applied_tags: tags, message: wish.data }
    const made = await startPost(world, call, tell, { ...by, body: wished, files })
    return 'status' in made ? made : answer(made.post)
  }
  const kept = await keepFiles(world, call, wish.data, files)
  if ('status' in kept) return kept
  return answer(put(world, call, tell, { ...by, channelId: threadId ?? hook.channel, wish: wish.data, files: kept }))
}

function message(world: World, call: Call, then: (post: NonNullable<ReturnType<typeof messageAt>>) => Reply): Reply {
  const hook = hookOf(world, call)
  if ('status' in hook) return hook
  const post = messageAt(world, call.query.get('thread_id') ?? hook.channel, param(call, 'message'))
  return post && keptOf(post).webhookId === hook.id ? then(post) : unknownMessage()
}

export function hookRoutes(world: World, tell: Tell): readonly Route[] {
  const limit = { name: 'execute webhook', max: 100, windowMs: 10_000 }
  return ['/api/v10/webhooks/:hook/:token', '/api/webhooks/:hook/:token'].flatMap((path): Route[] => [
    { method: 'POST', path, operation: 'publish', limit, handle: (call) => execute(world, call, tell) },
    {
      method: 'GET',
      path,
      operation: 'profile',
      handle(call) {
        const hook = hookOf(world, call)
        return 'status' in hook ? hook : json(200, hookView(world, hook))
      },
    },
    {
      method: 'DELETE',
      path,
      operation: 'webhook',
      handle(call) {
        const hook = hookOf(world, call)
        if ('status' in hook) return hook
        delete world.state.facts[key(hook.id)]
        return empty(204)
      },
    },
    {
      method: 'GET',
      path: `${path}/messages/:message`,
      operation: 'metrics',
      handle: (call) =>
        message(world, call, (post) =>
          isVisible(post, world.now()) ? json(200, messageView(world, post)) : unknownMessage(),
        ),
    },
    {
      method: 'DELETE',
      path: `${path}/messages/:message`,
      operation: 'delete',
      handle: (call) =>
        message(world, call, (post) => {
          post.deletedAt = world.now()
          tell('MESSAGE_DELETE', { id: post.id, channel_id: keptOf(post).channelId })
          return empty(204)
        }),
    },
  ])
}

/** The channel a webhook's call is about. */
export const channelOfHook = (world: World, id: string) => channelOf(world, hookById(world, id)?.channel ?? '')
