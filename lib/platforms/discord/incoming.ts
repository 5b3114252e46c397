import type { AskedAddress } from '../fetch-file'
import type { Incoming, Person } from '../platform'
import type { Message, User } from './api'
import { timeOf, type Place } from './translate'

/** `guild` and `channel` of the account, and who speaks for it there. */
export type Listener = Place & { readonly me: string; readonly webUrl: string }

const toPerson = (user: Pick<User, 'id' | 'username' | 'global_name' | 'avatar'>): Person => ({
  externalId: user.id,
  handle: `@${user.username}`,
  displayName: user.global_name ?? user.username,
  ...(user.avatar ? { avatarUrl: `https://cdn.discordapp.com/avatars/${user.id}/${user.avatar}.png` } : {}),
})

/** The type of a message that answers another. */
const answering = 19
/** Plain messages and replies; the rest is Discord's own news (somebody joined, a message was pinned). */
const saidByPeople: ReadonlySet<number> = new Set([0, answering])

const kindOfFile = (mime: string | null | undefined) =>
  mime === 'image/gif'
    ? 'gif'
    : mime?.startsWith('image/')
      ? 'image'
      : mime?.startsWith('video/')
        ? 'video'
        : mime?.startsWith('audio/')
          ? 'audio'
          : ('file' as const)

/**
 * A message of a channel or of one of its threads. What stands in a thread belongs to the message that began it, which
 * has the thread's id.
 */
export function toIncoming(message: Message, listener: Listener): Incoming | undefined {
  if (!saidByPeople.has(message.type)) return undefined
  const thread = message.channel_id === listener.channel ? undefined : message.channel_id
  const answers = message.message_reference?.message_id ?? undefined
  const own = message.author.id === listener.me
  const toUs = message.referenced_message?.author.id === listener.me
  const isPost = toUs && message.referenced_message?.type !== answering
  const post = thread ?? (isPost ? answers : undefined)
  const isMention = message.mentions.some(({ id }) => id === listener.me) && !toUs
  return {
    externalId: message.id,
    kind: isMention ? 'mention' : 'comment',
    change: message.edited_timestamp ? 'edited' : 'new',
    text: own ? message.content : withNames(message),
    at: new Date(message.edited_timestamp ?? message.timestamp).toISOString(),
    author: toPerson(message.author),
    own,
    // Discord names the message right above, and never the first of them.
    conversation: thread ?? answers ?? message.id,
    ...(answers && !thread ? { conversationOf: 'parent' } : {}),
    ...(answers ? { parent: answers } : {}),
    ...(post ? { post } : {}),
    url: `${listener.webUrl}/channels/${listener.guild}/${message.channel_id}/${message.id}`,
    // Addresses of attachments are signed, and end after a day (discord.com/developers/docs/reference#signed-attachment-cdn-urls).
    media: message.attachments.map(({ url, content_type, filename: name, description }) => ({
      kind: kindOfFile(content_type),
      ask: { url } satisfies AskedAddress,
      name,
      ...(description ? { alt: description } : {}),
    })),
    ref: { channel: message.channel_id, ...(thread ? { thread } : {}) },
  }
}

/** Discord writes whom a message calls by their ids, and says beside it who they are. */
function withNames({ content, mentions }: Message): string {
  const names = new Map(mentions.map((user) => [user.id, toPerson(user).displayName]))
  return content.replaceAll(/<@!?(\d+)>/g, (as, id: string) => {
    const name = names.get(id)
    return name === undefined ? as : `@${name}`
  })
}

/** Only who, what and where are known of a message that is gone. */
export function toDeleted(gone: { id: string; channel_id: string }, listener: Listener, at: Date): Incoming {
  const thread = gone.channel_id === listener.channel ? undefined : gone.channel_id
  return {
    externalId: gone.id,
    kind: 'comment',
    change: 'deleted',
    text: '',
    at: at.toISOString(),
    author: { externalId: '', handle: '', displayName: '' },
    own: false,
    conversation: thread ?? gone.id,
    media: [],
    ref: { channel: gone.channel_id, ...(thread ? { thread } : {}) },
  }
}

export type Reacted = {
  readonly user_id: string
  readonly channel_id: string
  readonly message_id: string
  readonly emoji: Emoji
  readonly user?: User | undefined
}
type Emoji = { readonly id?: string | null | undefined; readonly name?: string | null | undefined }

/** An emoji of a server has a number, which stays when it is renamed. */
export const nameOfEmoji = ({ id, name }: Emoji): string => id ?? name ?? ''

/** The same out of a reaction's name. */
export const emojiOfName = (name: string): string => name.split('/')[2] ?? ''

/** Discord gives a reaction neither an id nor a time: who, on what and with which emoji name it. */
export function toReaction(reacted: Reacted, change: 'new' | 'deleted', listener: Listener, at: Date): Incoming {
  const { user_id: person, message_id: message, channel_id: channel, emoji, user } = reacted
  const reaction = emoji.name ?? emoji.id ?? ''
  return {
    externalId: `${message}/${person}/${nameOfEmoji(emoji)}`,
    kind: 'reaction',
    change,
    text: '',
    at: at.toISOString(),
    author: user ? toPerson(user) : { externalId: person, handle: person, displayName: person },
    own: person === listener.me,
    conversation: message,
    conversationOf: 'parent',
    parent: message,
    post: message,
    url: `${listener.webUrl}/channels/${listener.guild}/${channel}/${message}`,
    media: [],
    reaction,
    ref: { channel },
  }
}

/** Those of these reactions that went when a message was stripped, by our names for them. */
export const toTakenBack = (
  names: readonly string[],
  { channel, emoji, at }: { readonly channel: string; readonly emoji?: string; readonly at: Date },
  listener: Listener,
): readonly Incoming[] =>
  names.flatMap((name) => {
    const [message_id = '', user_id = '', given = ''] = name.split('/')
    if (emoji !== undefined && given !== emoji) return []
    return [toReaction({ user_id, channel_id: channel, message_id, emoji: { name: given } }, 'deleted', listener, at)]
  })

/** Oldest first: by the ids, which rise with time. */
export const oldestFirst = <T extends { readonly id: string }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => timeOf(a.id).getTime() - timeOf(b.id).getTime() || (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
