import type { SampleFile } from '../core/sample-files'
import { give } from '../core/growth'
import { type World, type Spoken, type Verbs, accountById, addAccount } from '../core/network'
import type { Account } from '../core/state'
import { noFaults } from '../core/serve'
import type { Tell } from './gateway'
import { put } from './messages'
import { bot, channelTypes, emojiOf, keepThread, keptOf, newId, spot, threadOf, typeOf } from './server'
import { threadView, userView } from './views'

/** A member of the server, who is one from their first word on. */
function member(world: World, { id, handle, name }: Spoken['by']): Account {
  const known = world.state.accounts.find((account) => account.kind === 'person' && account.handle === handle)
  if (known) return known
  const numeric = /^\d+$/.test(id) ? id : newId(world)
  return addAccount(world, {
    id: numeric,
    handle,
    name,
    kind: 'person',
  })
}

const authorOf = ({ id, handle, name }: Account) => ({ id, username: handle, name, isBot: false })

/** Where people would say it: under the message, in its thread where there is one, or in the channel. */
function roomFor({ on, account }: Spoken): string {
  return on ? keptOf(on).channelId : account.id
}

/** Whatever has words is a message in a channel. Discord has no reviews. */
export const verbs = ({ kind }: Account): Verbs =>
  kind === 'page'
    ? { comment: 'nothing', mention: 'nothing', dm: 'nothing', share: 'nothing', like: 'post', reaction: 'post' }
    : {}

export function speak(world: World, tell: Tell, spoken: Spoken): { readonly id: string } | undefined {
  const by = member(world, spoken.by)
  switch (spoken.kind) {
    case 'reaction':
    case 'like':
      return react(world, tell, spoken, by)
    case 'comment':
    case 'mention':
    case 'dm':
    case 'share':
      return say(world, tell, spoken, by)
    case 'review':
      return undefined
  }
}

function react(world: World, tell: Tell, spoken: Spoken, by: Account): { readonly id: string } | undefined {
  const { on } = spoken
  if (!on) return undefined
  const named = spoken.text || '👍'
  give(on, 'likes', `${by.id}:${named}`)
  tell('MESSAGE_REACTION_ADD', {
    user_id: by.id,
    channel_id: keptOf(on).channelId,
    message_id: on.id,
    message_author_id: keptOf(on).author.id,
    emoji: emojiOf(named),
    burst: false,
    type: 0,
    member: { user: userView(authorOf(by)) },
  })
  return { id: `reaction:${on.id}:${by.id}:${named}` }
}

/** A file that somebody sends along. */
const keep = (world: World, { name, mime, bytes }: SampleFile) => ({
  id: newId(world),
  filename: name,
  mime,
  size: bytes.length,
  blob: world.blobs.put(bytes),
})

/** Whatever people mean by it, on Discord it is a message: pointing at another, or naming the bot. */
function say(world: World, tell: Tell, spoken: Spoken, by: Account): { id: string } {
  const text = spoken.kind === 'mention' ? `<@${bot.id}> ${spoken.text}` : spoken.text
  const room = roomFor(spoken)
  const place = spot(world, room)
  if (!place) throw new Error(`There is no channel ${room}`)
  const isForum = !place.thread && typeOf(place.home) === channelTypes.forum
  const id = newId(world)
  if (isForum) {
    const thread = {
      id,
      parent: place.home.id,
      name: text.slice(0, 100),
      owner: by.id,
      createdAt: world.now(),
      tags: [],
    }
    keepThread(world, thread)
    tell('THREAD_CREATE', threadView(world, thread))
  }
  const channelId = isForum ? id : room
  const reference = spoken.on && threadOf(world, channelId)?.id !== spoken.on.id ? spoken.on.id : undefined
  const post = put(world, { faults: noFaults }, tell, {
    id,
    home: place.home,
    by,
    channelId,
    author: authorOf(accountById(world, by.id) ?? by),
    wish: { content: text, ...(reference ? { message_reference: { message_id: reference } } : {}) },
    files: spoken.file ? [keep(world, spoken.file)] : [],
  })
  return { id: post.id }
}
