import { z } from 'zod'
import { type World, accountById } from '../core/network'
import type { Account, Post } from '../core/state'

/** The one server there is, and the bot of the one application. */
export const guild = { id: '1100000000000000001', name: 'Northwind Coffee' } as const
export const bot = { id: '1100000000000000002', username: 'posthorn', name: 'Posthorn' } as const
export const applicationId = '1100000000000000003'

export const botToken = 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token'

/** Any ending of digits is a token that was reset; an earlier one goes on until a fault withdraws it. */
export const botTokenPattern = /^MTEwMDAwMDAwMDAwMDAwMDAwMg\.sandbox\.bot-token(-\d+)?$/

export const channelTypes = { text: 0, announcement: 5, publicThread: 11, forum: 15 } as const

export const seeds = [
  {
    id: '1100000000000000011',
    handle: 'announcements',
    name: 'announcements',
    type: channelTypes.announcement,
    bio: 'What is new at Northwind.',
  },
  { id: '1100000000000000012', handle: 'general', name: 'general', type: channelTypes.text, bio: 'Coffee, mostly.' },
  {
    id: '1100000000000000013',
    handle: 'ideas',
    name: 'ideas',
    type: channelTypes.forum,
    bio: 'A forum: each post is a thread.',
  },
] as const

export const forumTags = [
  { id: '1100000000000000031', name: 'Roasts' },
  { id: '1100000000000000032', name: 'Shop' },
] as const

const epochMs = 1_420_070_400_000

/** Discord's ids: milliseconds since 2015 and a running number. They order messages, so none may equal another. */
export const newId = (world: World): string =>
  ((BigInt(world.now() - epochMs) << 22n) | BigInt(world.serial() % 4_194_304)).toString()

export function channelOf(world: World, id: string): Account | undefined {
  const found = accountById(world, id)
  return found?.kind === 'page' ? found : undefined
}

export const typeOf = (channel: Account): number => seeds.find(({ id }) => id === channel.id)?.type ?? channelTypes.text

/** A thread of a channel, or a post of a forum, under the id of the message that began it. */
export const Thread = z.object({
  id: z.string(),
  parent: z.string(),
  name: z.string(),
  owner: z.string(),
  createdAt: z.number(),
  tags: z.array(z.string()),
})
export type Thread = z.output<typeof Thread>

const key = (id: string): string => `thread:${id}`

export function threadOf(world: World, id: string): Thread | undefined {
  const kept = world.state.facts[key(id)]
  return kept === undefined ? undefined : Thread.parse(JSON.parse(kept))
}

export function keepThread(world: World, thread: Thread): void {
  world.state.facts[key(thread.id)] = JSON.stringify(thread)
}

export function dropThread(world: World, id: string): void {
  delete world.state.facts[key(id)]
}

export const threads = (world: World): Thread[] =>
  Object.keys(world.state.facts).flatMap((name) =>
    name.startsWith('thread:') ? (threadOf(world, name.slice('thread:'.length)) ?? []) : [],
  )

const Author = z.object({ id: z.string(), username: z.string(), name: z.string(), isBot: z.boolean() })
export type Author = z.output<typeof Author>
export const theBot: Author = { id: bot.id, username: bot.username, name: bot.name, isBot: true }

/** Discord's own facts of a message, beside what the sandbox keeps of every post. */
const Kept = z.object({
  channelId: z.string(),
  author: Author,
  webhookId: z.string().optional(),
  flags: z.number(),
  embeds: z.array(z.record(z.string(), z.unknown())),
  files: z.array(
    z.object({
      id: z.string(),
      filename: z.string(),
      title: z.string().optional(),
      description: z.string().optional(),
      mime: z.string(),
      size: z.number(),
      blob: z.string(),
    }),
  ),
  poll: z
    .object({
      question: z.string(),
      answers: z.array(z.string()),
      hours: z.number(),
      multiple: z.boolean(),
    })
    .optional(),
  /** The message it answers. */
  reference: z.string().optional(),
  /** Ids of people the text mentions. */
  mentions: z.array(z.string()),
  editedAt: z.number().optional(),
})
export type Kept = z.output<typeof Kept>

export const keptOf = (post: Post): Kept => Kept.parse(post.record)

type Emoji = { readonly id: string | null; readonly name: string }

/** An emoji by what stands for it in addresses: itself, or the name and id of one that the server made. */
export function emojiOf(named: string): Emoji {
  const [, name, id] = /^(\w+):(\d+)$/.exec(named) ?? []
  return name !== undefined && id !== undefined ? { id, name } : { id: null, name: named }
}

/** Who reacted to a message, by what stands for the emoji; people by their ids, which rise. */
export function reactionsOf({ given }: Post): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [, by = '', named = ''] of (given?.likes ?? []).map((like) => /^(\d+):([^]*)$/.exec(like) ?? []))
    found.set(named, [...(found.get(named) ?? []), by])
  for (const people of found.values()) people.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  return found
}

/** Everything said in a channel or thread, oldest first, gone and hidden ones included. People are accounts of their own. */
export function messagesIn(world: World, channelId: string): Post[] {
  const home = threadOf(world, channelId)?.parent ?? channelId
  const people = world.state.accounts.filter(({ kind }) => kind === 'person')
  return [home, ...people.map(({ id }) => id)]
    .flatMap((id) => world.posts.of(id))
    .filter((post) => keptOf(post).channelId === channelId)
    .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
}

/** A channel, or a thread and the channel it belongs to. */
export function spot(world: World, id: string): { home: Account; thread?: Thread } | undefined {
  const thread = threadOf(world, id)
  const home = channelOf(world, thread?.parent ?? id)
  return home && { home, ...(thread ? { thread } : {}) }
}
