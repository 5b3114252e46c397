import type { Armed, FaultName } from '../core/faults'
import { give } from '../core/growth'
import { type Spoken, type Verbs, type World, accountByHandle, accountById, show } from '../core/network'
import type { Account, Post } from '../core/state'
import { botsIn, discussionOf, kindOf, meet, nextMessageId } from './chats'
import { rich, withAddresses } from './markup'
import { sentView } from './files'
import type { Queue } from './updates'
import { type MessageRecord, chatIdOf, chatView, messagesOf, privateView, userView } from './views'

const noFaults: ReadonlyMap<FaultName, Armed> = new Map()
const quiet = { faults: noFaults }

type Said = { readonly id: string } | undefined

/** Somebody who speaks; made when they are new. By the name of a channel or a group it is an administrator who speaks as that. */
function reader(world: World, by: Spoken['by']): Account {
  const chat = accountByHandle(world, by.handle)
  const known = chat?.kind === 'page' ? chat : accountById(world, by.id)
  if (known) return known
  const account: Account = {
    id: by.id,
    handle: by.handle,
    name: by.name,
    kind: 'person',
    bio: '',
    password: '',
    managers: [],
    createdAt: world.now(),
  }
  world.state.accounts.push(account)
  return account
}

/** Telegram has no reviews, and tells no bot of shares. What is said in the open wants a group, and all of it a bot that hears. */
export function verbs(world: World, account: Account): Verbs {
  if (botsIn(world, account).length === 0) return {}
  const alone: Verbs = { dm: 'nothing', like: 'post', reaction: 'post' }
  return groupOf(world, account) ? { ...alone, comment: 'nothing', mention: 'nothing' } : alone
}

/** Where people talk: in the group itself, or in that of a channel. */
const groupOf = (world: World, account: Account): Account | undefined =>
  kindOf(world, account).type === 'channel' ? discussionOf(world, account) : account

/** A reader comments in the discussion group, writes in a group, writes to the bot, or reacts. */
export function speak(world: World, queue: Queue, spoken: Spoken): Said {
  const by = reader(world, spoken.by)
  switch (spoken.kind) {
    case 'dm':
      return writeToBot(world, queue, spoken, by)
    case 'like':
    case 'reaction':
      return react(world, queue, spoken, by)
    case 'comment':
    case 'mention':
      return writeInGroup(world, queue, spoken, by)
    case 'review':
    case 'share':
      return undefined
  }
}

function writeInGroup(world: World, queue: Queue, { account, text, on }: Spoken, by: Account): Said {
  const group = groupOf(world, account)
  if (!group) return undefined
  const messageId = nextMessageId(world, group.id)
  const marked = withAddresses({ text, entities: [] })
  const record: MessageRecord = {
    messageIds: [messageId],
    from: by.id,
    markup: [...marked.entities],
    files: [],
    protected: false,
    ...threadOf(world, group, on),
  }
  const post = show(world, quiet, {
    id: `${group.id}/${messageId}`,
    account: by,
    kind: 'comment',
    text,
    rich: rich(marked),
    record,
    ...(on ? { parentId: on.id, rootId: on.rootId ?? on.id } : {}),
  })
  for (const bot of botsIn(world, group)) queue.tell(quiet, bot, 'message', messagesOf(world, post)[0])
  return { id: post.id }
}

/** What is said below a copied post belongs to its thread, by the copy's number. */
function threadOf(world: World, group: Account, on: Post | undefined): { thread?: number } {
  const root = on && world.posts.get(on.rootId ?? on.id)
  const copy = root && world.state.facts[`copy:${group.id}:${root.id}`]
  return copy === undefined ? {} : { thread: Number(copy) }
}

function writeToBot(world: World, queue: Queue, { account, text, file }: Spoken, by: Account): Said {
  const bots = botsIn(world, account)
  if (bots.length === 0) return undefined
  const messageId = nextMessageId(world, by.id)
  const message = {
    message_id: messageId,
    date: Math.floor(world.now() / 1000),
    chat: privateView(by),
    from: userView(by),
    ...(file ? { ...sentView(world, file), ...(text ? { caption: text } : {}) } : { text }),
  }
  for (const bot of bots) {
    meet(world, by, bot, text)
    queue.tell(quiet, bot, 'message', message)
  }
  return { id: `${by.id}/${messageId}` }
}

/** Named in groups; in a channel only how many there are. */
function react(world: World, queue: Queue, { account, text, on }: Spoken, by: Account): Said {
  if (!on) return undefined
  const chat = accountById(world, chatIdOf(on)) ?? account
  const emoji = { type: 'emoji', emoji: text || '👍' }
  give(on, 'likes', `${by.id}:${emoji.emoji}`)
  const about = {
    chat: chatView(world, chat),
    message_id: Number(on.id.split('/')[1]),
    date: Math.floor(world.now() / 1000),
  }
  const isChannel = kindOf(world, chat).type === 'channel'
  for (const bot of botsIn(world, chat)) {
    if (isChannel) queue.tell(quiet, bot, 'message_reaction_count', { ...about, reactions: reactionsTo(on) })
    else
      queue.tell(quiet, bot, 'message_reaction', {
        ...about,
        user: userView(by),
        old_reaction: [],
        new_reaction: [emoji],
      })
  }
  return { id: `reaction:${on.id}:${by.id}` }
}

/** How many there are of each, as a channel tells it. */
const reactionsTo = ({ given }: Post) =>
  [...Map.groupBy(given?.likes ?? [], (like) => like.slice(like.indexOf(':') + 1))].map(([emoji, all]) => ({
    type: { type: 'emoji', emoji },
    total_count: all.length,
  }))
