import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { asBot } from './caller'
import type { Tell } from './gateway'
import { limit, put } from './messages'
import { threadExists, unknownChannel, unknownMessage, wrongChannelType } from './problems'
import {
  type Author,
  type Thread,
  bot,
  channelOf,
  channelTypes,
  dropThread,
  keepThread,
  messagesIn,
  newId,
  spot,
  theBot,
  threadOf,
  threads,
  typeOf,
} from './server'
import { messageView, threadView } from './views'
import { Wish, complaint, keepFiles, readWish } from './wish'

const NewThread = z.object({
  name: z.string().min(1).max(100),
  applied_tags: z.array(z.string()).max(5).nullish(),
  message: Wish,
})

/** Starts a post in a forum; its first message has the thread's id. */
export async function startPost(
  world: World,
  call: Call,
  tell: Tell,
  q: { home: Account; body: unknown; files: ReadonlyMap<string, Buffer>; author: Author; webhookId?: string },
): Promise<{ thread: Thread; post: Post } | Reply> {
  const wish = NewThread.safeParse(q.body)
  if (!wish.success) return complaint(wish.error)
  const kept = await keepFiles(world, call, wish.data.message, q.files)
  if ('status' in kept) return kept
  const id = newId(world)
  const thread: Thread = {
    id,
    parent: q.home.id,
    name: wish.data.name.trim(),
    owner: q.author.id,
    createdAt: world.now(),
    tags: wish.data.applied_tags ?? [],
  }
  keepThread(world, thread)
  tell('THREAD_CREATE', threadView(world, thread))
  const { author, webhookId, home } = q
  const post = put(world, call, tell, {
    id,
    home,
    channelId: id,
    author,
    wish: wish.data.message,
    files: kept,
    ...(webhookId ? { webhookId } : {}),
  })
  return { thread, post }
}

async function createInForum(world: World, call: Call, tell: Tell): Promise<Reply> {
  const home = channelOf(world, param(call, 'channel'))
  if (!home) return unknownChannel()
  if (typeOf(home) !== channelTypes.forum) return wrongChannelType()
  const { body, files } = readWish(call)
  const made = await startPost(world, call, tell, { home, body, files, author: theBot })
  if ('status' in made) return made
  return json(201, { ...threadView(world, made.thread), message: messageView(world, made.post) })
}

function startThread(world: World, call: Call, tell: Tell): Reply {
  const place = spot(world, param(call, 'channel'))
  const post = world.posts.get(param(call, 'message'))
  if (!place) return unknownChannel()
  if (!post || post.deletedAt !== undefined) return unknownMessage()
  if (threadOf(world, post.id)) return threadExists()
  if (place.thread) return wrongChannelType()
  const wish = NewThread.pick({ name: true }).safeParse(readWish(call).body)
  if (!wish.success) return complaint(wish.error)
  const thread: Thread = {
    id: post.id,
    parent: place.home.id,
    name: wish.data.name,
    owner: bot.id,
    createdAt: world.now(),
    tags: [],
  }
  keepThread(world, thread)
  tell('THREAD_CREATE', threadView(world, thread))
  return json(201, threadView(world, thread))
}

/** A thread goes with everything in it. Channels stay: the sandbox has no others to offer. */
function removeThread(world: World, call: Call, tell: Tell): Reply {
  const id = param(call, 'channel')
  const thread = threadOf(world, id)
  if (!thread) return channelOf(world, id) ? wrongChannelType() : unknownChannel()
  const shown = threadView(world, thread)
  for (const post of messagesIn(world, id)) post.deletedAt ??= world.now()
  dropThread(world, id)
  tell('THREAD_DELETE', { id, parent_id: thread.parent })
  return json(200, shown)
}

export function threadRoutes(world: World, tell: Tell): readonly Route[] {
  const path = '/api/v10/channels/:channel'
  const by = (then: (call: Call) => Reply | Promise<Reply>) => (call: Call) => asBot(world, call) ?? then(call)
  return [
    { method: 'DELETE', path, operation: 'delete', handle: by((call) => removeThread(world, call, tell)) },
    {
      method: 'POST',
      path: `${path}/threads`,
      operation: 'publish',
      limit,
      handle: by((call) => createInForum(world, call, tell)),
    },
    {
      method: 'POST',
      path: `${path}/messages/:message/threads`,
      operation: 'edit',
      handle: by((call) => startThread(world, call, tell)),
    },
    {
      method: 'GET',
      path: '/api/v10/guilds/:guild/threads/active',
      operation: 'read',
      handle: by(() => json(200, { threads: activeThreads(world), members: [], has_more: false })),
    },
  ]
}

const activeThreads = (world: World) =>
  threads(world)
    .filter(({ id, parent }) => {
      const first = world.posts.get(id)
      return channelOf(world, parent) && first && isVisible(first, world.now())
    })
    .map((thread) => threadView(world, thread))
