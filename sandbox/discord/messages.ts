import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, param } from '../core/call'
import { type World, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post, Segment } from '../core/state'
import { asBot } from './caller'
import type { Tell } from './gateway'
import { alreadyCrossposted, notText, notYours, unknownChannel, unknownMessage, wrongChannelType } from './problems'
import {
  type Author,
  type Kept,
  bot,
  channelTypes,
  keptOf,
  messagesIn,
  newId,
  spot,
  theBot,
  threadOf,
  typeOf,
} from './server'
import { channelView, messageView, threadView } from './views'
import { Wish, complaint, keepFiles, readWish } from './wish'

const crossposted = 1 << 0
const nonceMs = 5 * 60_000
export const limit = { name: 'POST messages', max: 100, windowMs: 10_000 }

const links = (text: string): Segment[] =>
  text
    .split(/(https?:\/\/[^\s<>]+)/)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? { text: part, href: part } : { text: part }))

/** Ids of `<@123>` in a text. */
const mentioned = (text: string): string[] => [...text.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? '')

/** Puts a message into a channel or thread. */
export function put(
  world: World,
  call: Pick<Call, 'faults'>,
  tell: Tell,
  q: {
    id?: string
    home: Account
    by?: Account
    channelId: string
    author: Author
    wish: Wish
    files: Kept['files']
    webhookId?: string
  },
): Post {
  const { wish, home, channelId } = q
  const parent = wish.message_reference ? world.posts.get(wish.message_reference.message_id) : undefined
  const thread = threadOf(world, channelId)
  const above = parent?.id ?? (thread && q.id !== thread.id ? thread.id : undefined)
  const embed = wish.embeds?.[0]
  const kept: Kept = {
    channelId,
    author: q.author,
    ...(q.webhookId ? { webhookId: q.webhookId } : {}),
    flags: wish.flags ?? 0,
    embeds: (wish.embeds ?? []).map(({ url, title, description, thumbnail }) => ({
      ...(url ? { url } : {}),
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      ...(thumbnail ? { thumbnail } : {}),
    })),
    files: q.files,
    ...(wish.poll
      ? {
          poll: {
            question: wish.poll.question.text,
            answers: wish.poll.answers.map(({ poll_media }) => poll_media.text),
            hours: wish.poll.duration,
            multiple: wish.poll.allow_multiselect ?? false,
          },
        }
      : {}),
    ...(parent ? { reference: parent.id } : {}),
    mentions: mentioned(wish.content ?? ''),
  }
  const content = (wish.content ?? '').trim()
  const question = wish.poll ? [{ text: `${content ? '\n' : ''}${wish.poll.question.text}` }] : []
  const post = show(world, call, {
    id: q.id ?? newId(world),
    account: q.by ?? home,
    kind: above ? 'reply' : 'post',
    text: content,
    rich: [...links(content), ...question],
    record: kept,
    media: q.files.map(({ blob, mime, title, description }) => ({ blob, mime, alt: description ?? title ?? '' })),
    ...(embed?.url
      ? {
          card: {
            url: embed.url,
            title: embed.title ?? '',
            description: embed.description ?? '',
            ...(embed.thumbnail ? { thumb: embed.thumbnail.url } : {}),
          },
        }
      : {}),
    ...(wish.poll ? { poll: wish.poll.answers.map(({ poll_media }) => poll_media.text) } : {}),
    ...(above ? { parentId: above, rootId: world.posts.get(above)?.rootId ?? above } : {}),
    ...(wish.nonce !== null && wish.nonce !== undefined ? { key: String(wish.nonce) } : {}),
  })
  tell('MESSAGE_CREATE', messageView(world, post, { nonce: true }))
  return post
}

async function create(world: World, call: Call, tell: Tell): Promise<Reply> {
  const place = spot(world, param(call, 'channel'))
  if (!place) return unknownChannel()
  if (!place.thread && typeOf(place.home) === channelTypes.forum) return notText()
  const { body, files } = readWish(call)
  const wish = Wish.safeParse(body)
  if (!wish.success) return complaint(wish.error)
  const channelId = param(call, 'channel')
  const { nonce, enforce_nonce: enforced, message_reference: reference } = wish.data
  const twin =
    enforced && nonce !== null && nonce !== undefined
      ? messagesIn(world, channelId).find(
          (post) =>
            post.key === String(nonce) && world.now() - post.createdAt < nonceMs && post.deletedAt === undefined,
        )
      : undefined
  if (twin) return json(200, messageView(world, twin, { nonce: true }))
  if (reference) {
    const parent = world.posts.get(reference.message_id)
    if (!parent || parent.deletedAt !== undefined || keptOf(parent).channelId !== channelId) return unknownMessage()
  }
  const kept = await keepFiles(world, call, wish.data, files)
  if ('status' in kept) return kept
  const post = put(world, call, tell, { home: place.home, channelId, author: theBot, wish: wish.data, files: kept })
  return json(200, messageView(world, post, { nonce: true }))
}

function crosspost(world: World, call: Call): Reply {
  const place = spot(world, param(call, 'channel'))
  const post = world.posts.get(param(call, 'message'))
  if (!place) return unknownChannel()
  if (!post || post.deletedAt !== undefined) return unknownMessage()
  if (typeOf(place.home) !== channelTypes.announcement || place.thread) return wrongChannelType()
  const kept = keptOf(post)
  if (kept.author.id !== bot.id) return notYours()
  if ((kept.flags & crossposted) !== 0) return alreadyCrossposted()
  post.record = { ...kept, flags: kept.flags | crossposted }
  return json(200, messageView(world, post))
}

const Page = z.object({
  after: z.string().regex(/^\d+$/).optional(),
  before: z.string().regex(/^\d+$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Newest first. `after` takes those that follow it at once, not the newest of all. */
function list(world: World, call: Call): Reply {
  const channelId = param(call, 'channel')
  const place = spot(world, channelId)
  if (!place) return unknownChannel()
  if (!place.thread && typeOf(place.home) === channelTypes.forum) return notText()
  const asked = Page.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return complaint(asked.error)
  const { after, before, limit: count } = asked.data
  const all = messagesIn(world, channelId).filter((post) => isVisible(post, world.now()))
  const page =
    after === undefined
      ? all.filter(({ id }) => before === undefined || BigInt(id) < BigInt(before)).slice(-count)
      : all.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, count)
  return json(
    200,
    page.toReversed().map((post) => messageView(world, post)),
  )
}

/** The message of a path, when it stands in the channel of that path. */
export function messageAt(world: World, channelId: string, id: string): Post | undefined {
  const post = world.posts.get(id)
  return post && post.deletedAt === undefined && keptOf(post).channelId === channelId ? post : undefined
}

function get(world: World, call: Call): Reply {
  const post = messageAt(world, param(call, 'channel'), param(call, 'message'))
  return post && isVisible(post, world.now()) ? json(200, messageView(world, post)) : unknownMessage()
}

function remove(world: World, call: Call, tell: Tell): Reply {
  const channelId = param(call, 'channel')
  if (!spot(world, channelId)) return unknownChannel()
  const post = messageAt(world, channelId, param(call, 'message'))
  if (!post) return unknownMessage()
  post.deletedAt = world.now()
  tell('MESSAGE_DELETE', { id: post.id, channel_id: channelId })
  return empty(204)
}

function channel(world: World, call: Call): Reply {
  const place = spot(world, param(call, 'channel'))
  if (!place) return unknownChannel()
  const position = world.state.accounts.indexOf(place.home)
  return json(200, place.thread ? threadView(world, place.thread) : channelView(place.home, position))
}

export function messageRoutes(world: World, tell: Tell): readonly Route[] {
  const path = '/api/v10/channels/:channel'
  const by = (then: (call: Call) => Reply | Promise<Reply>) => (call: Call) => asBot(world, call) ?? then(call)
  return [
    { method: 'GET', path, operation: 'profile', handle: by((call) => channel(world, call)) },
    { method: 'GET', path: `${path}/messages`, operation: 'read', limit, handle: by((call) => list(world, call)) },
    {
      method: 'POST',
      path: `${path}/messages`,
      operation: 'publish',
      limit,
      handle: by((call) => create(world, call, tell)),
    },
    {
      method: 'GET',
      path: `${path}/messages/:message`,
      operation: 'metrics',
      handle: by((call) => get(world, call)),
    },
    {
      method: 'DELETE',
      path: `${path}/messages/:message`,
      operation: 'delete',
      handle: by((call) => remove(world, call, tell)),
    },
    {
      method: 'POST',
      path: `${path}/messages/:message/crosspost`,
      operation: 'edit',
      handle: by((call) => crosspost(world, call)),
    },
  ]
}
