import { z } from 'zod'
import { now } from '@/lib/core/clock'
import type { Incoming } from '../platform'
import { Message } from './api'
import { nameOfEmoji, toDeleted, toIncoming, toReaction, type Listener } from './incoming'

const ThreadOf = z.object({ id: z.string(), parent_id: z.string().nullish() })
const Guild = z.object({ threads: z.array(ThreadOf).default([]) })
const Gone = z.object({ id: z.string(), channel_id: z.string() })
const Purged = z.object({ ids: z.array(z.string()), channel_id: z.string() })
const Emoji = z.object({ id: z.string().nullish(), name: z.string().nullish() })
const Stripped = z.object({ channel_id: z.string(), message_id: z.string(), emoji: Emoji.optional() })
const Reacted = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  message_id: z.string(),
  message_author_id: z.string().optional(),
  emoji: Emoji,
  member: z.object({ user: Message.shape.author }).optional(),
})

/** `at`: the newest message of the channel itself, which is what is asked for after a gap. */
export type Heard = { readonly items: readonly Incoming[]; readonly at?: string }

/** A message lost all its reactions, or all of one emoji. Discord does not say whose they were. */
export type Stripped = {
  readonly message: string
  readonly channel: string
  /** As it stands in the names of reactions. */
  readonly emoji?: string
  readonly at: Date
}

/** Which channel each thread is under, as the Gateway tells it. */
export type Threads = {
  learn(type: string, data: unknown): void
  parentOf(thread: string): string | undefined
}
export function learningThreads(): Threads {
  const parents = new Map<string, string>()
  const learn = (thread: z.output<typeof ThreadOf> | undefined): void => {
    if (thread?.parent_id) parents.set(thread.id, thread.parent_id)
  }
  return {
    learn(type, data) {
      if (type === 'GUILD_CREATE') for (const thread of Guild.safeParse(data).data?.threads ?? []) learn(thread)
      if (type === 'THREAD_CREATE') learn(ThreadOf.safeParse(data).data)
    },
    parentOf: (thread) => parents.get(thread),
  }
}

/** Understands the Gateway's events about one channel and the threads under it. */
export function hearing(
  listener: Listener,
  threads: Threads,
): (type: string, data: unknown) => Heard | Stripped | undefined {
  const isOurs = (channel: string): boolean => [channel, threads.parentOf(channel)].includes(listener.channel)

  return (type, data) => {
    switch (type) {
      case 'MESSAGE_CREATE':
      case 'MESSAGE_UPDATE': {
        const message = Message.safeParse(data).data
        const item = message && isOurs(message.channel_id) ? toIncoming(message, listener) : undefined
        if (!message || !item) return undefined
        return { items: [item], ...(message.channel_id === listener.channel ? { at: message.id } : {}) }
      }
      case 'MESSAGE_DELETE': {
        const gone = Gone.safeParse(data).data
        return gone && isOurs(gone.channel_id) ? { items: [toDeleted(gone, listener, now())] } : undefined
      }
      case 'MESSAGE_DELETE_BULK': {
        const { ids = [], channel_id = '' } = Purged.safeParse(data).data ?? {}
        if (!isOurs(channel_id)) return undefined
        const at = now()
        return { items: ids.map((id) => toDeleted({ id, channel_id }, listener, at)) }
      }
      case 'MESSAGE_REACTION_ADD':
      case 'MESSAGE_REACTION_REMOVE': {
        const { member, ...reacted } = Reacted.safeParse(data).data ?? {}
        if (!('channel_id' in reacted) || !isOurs(reacted.channel_id)) return undefined
        const isNew = type === 'MESSAGE_REACTION_ADD'
        // Only an addition names the message's author; reactions to others are nobody's business here.
        if (isNew && reacted.message_author_id !== listener.me) return undefined
        const change = isNew ? 'new' : 'deleted'
        return { items: [toReaction({ ...reacted, user: member?.user }, change, listener, now())] }
      }
      case 'MESSAGE_REACTION_REMOVE_ALL':
      case 'MESSAGE_REACTION_REMOVE_EMOJI': {
        const { message_id: message, channel_id: channel, emoji } = Stripped.safeParse(data).data ?? {}
        if (!message || !channel || !isOurs(channel)) return undefined
        return { message, channel, ...(emoji ? { emoji: nameOfEmoji(emoji) } : {}), at: now() }
      }
      default:
        return undefined
    }
  }
}
