import type { Incoming, IncomingFile } from '../platform'
import type { Chat, File, Message, Reaction, Update, User } from './api'
import type { AskedFile } from './files'
import { isLinkedTo } from './rights'
import { linkOf, nameOf } from './translate'

/** What is needed to answer a message. */
export type AnswerTo = { readonly chatId: number; readonly messageId: number }

/** The chat that an update is about. A copy of a channel's post is about the channel. */
export function chatOf(update: Update): Chat | undefined {
  const message = update.message ?? update.edited_message ?? update.channel_post ?? update.edited_channel_post
  if (message) return echoOf(message)?.chat ?? message.chat
  return update.message_reaction?.chat ?? update.my_chat_member?.chat
}

const saidIn = (update: Update): number | undefined => {
  const message = update.message ?? update.edited_message ?? update.channel_post ?? update.edited_channel_post
  return message?.edit_date ?? message?.date
}

/** When it happened, in unix seconds. */
export const dateOf = (update: Update): number =>
  saidIn(update) ?? update.message_reaction?.date ?? update.my_chat_member?.date ?? 0

/** A channel's post as it was copied into its discussion group: the channel, and its number there. */
export function echoOf(message: Pick<Message, 'is_automatic_forward' | 'forward_origin'>) {
  const { chat, message_id, type } = message.forward_origin ?? {}
  return message.is_automatic_forward && type === 'channel' && chat && message_id !== undefined
    ? { chat, messageId: message_id }
    : undefined
}

/** A message's words as readers see them. */
export const textOf = ({ text, caption, poll }: Message): string => text ?? caption ?? poll?.question ?? ''

/** A message's words as its author wrote them, without a link that was put behind them. */
export function wordsOf(message: Message): string {
  const words = textOf(message)
  const { link_preview_options } = message
  const behind = link_preview_options?.url ? `\n\n${link_preview_options.url}` : undefined
  return behind && words.endsWith(behind) ? words.slice(0, -behind.length) : words
}

const personOf = (user: User): Incoming['author'] => ({
  externalId: String(user.id),
  handle: user.username ? `@${user.username}` : user.first_name,
  displayName: [user.first_name, user.last_name].filter(Boolean).join(' '),
})
const chatPerson = (chat: Chat): Incoming['author'] => ({
  externalId: String(chat.id),
  handle: chat.username ? `@${chat.username}` : (chat.title ?? ''),
  displayName: chat.title ?? '',
})
const nobody: Incoming['author'] = { externalId: '', handle: '', displayName: '' }

const shown = {
  photo: 'photo',
  video: 'video',
  animation: 'GIF',
  audio: 'sound file',
  voice: 'voice message',
  video_note: 'video message',
  // An animation is a document, too.
  document: 'file',
  location: 'place',
  contact: 'contact',
} as const satisfies Partial<Record<keyof Message, string>>

/** What can be brought of what a message shows. An animation is a film without sound, and a document, too. */
function filesOf(message: Message): readonly IncomingFile[] {
  const { photo, video, video_note, animation, audio, voice, document } = message
  const film = video ?? video_note ?? animation
  const sound = audio ?? voice
  const found = film
    ? toFile('video', film)
    : sound
      ? toFile('audio', sound)
      : toFile(photo ? 'image' : 'file', photo?.at(-1) ?? document)
  return found ? [found] : []
}

function toFile(kind: IncomingFile['kind'], file: File | undefined): IncomingFile | undefined {
  if (!file?.file_id) return undefined
  const { file_id, file_size, file_name, mime_type = '' } = file
  const ask: AskedFile = { file: file_id, ...(file_size === undefined ? {} : { sizeBytes: file_size }) }
  // Pictures are also sent as documents, so that they are not made smaller.
  return {
    kind: kind === 'file' && mime_type.startsWith('image/') ? 'image' : kind,
    ask,
    ...(file_name ? { name: file_name } : {}),
  }
}

/** What a message says: its words, or what it shows instead. Undefined for what the chat itself says: who came, what was pinned. */
function contentOf(message: Message): string | undefined {
  const words = wordsOf(message)
  if (words) return words
  if (message.sticker) return message.sticker.emoji ?? '[sticker]'
  if (filesOf(message).length > 0) return ''
  // The keys of a constant, which their type forgets.
  const what = (Object.keys(shown) as (keyof typeof shown)[]).find((name) => message[name] !== undefined)
  return what && `[${shown[what]}]`
}

/**
 * What people said to the bot, or in a group it is in. Empty for all else. `webUrl` makes the links; `scopes` are those of
 * the account that hears it.
 */
export function fromUpdate(update: Update, webUrl: string, scopes: readonly string[]): readonly Incoming[] {
  if (update.message_reaction) return [fromReaction(update.message_reaction, webUrl)]
  const message = update.message ?? update.edited_message
  // A channel's own posts are nobody's words to it; their copies in the group are no comments.
  if (!message || message.is_automatic_forward) return []
  const text = contentOf(message)
  return text === undefined ? [] : [fromMessage(message, text, webUrl, scopes)]
}

function fromMessage(message: Message, text: string, webUrl: string, scopes: readonly string[]): Incoming {
  const { chat, message_id: id, reply_to_message: above, sender_chat: as, from } = message
  const isPrivate = chat.type === 'private'
  const named = message.message_thread_id ?? above?.message_thread_id
  const thread = named ?? above?.message_id ?? id
  // Groups that are no supergroups name no threads: nothing but the message right above.
  const hangs = !isPrivate && named === undefined && above !== undefined
  const post = above && echoOf(above)
  const ref: AnswerTo = { chatId: chat.id, messageId: id }
  return {
    externalId: nameOf(chat.id, id),
    kind: isPrivate ? 'dm' : 'comment',
    change: message.edit_date === undefined ? 'new' : 'edited',
    text,
    at: new Date((message.edit_date ?? message.date) * 1000).toISOString(),
    author: as ? chatPerson(as) : from ? personOf(from) : nobody,
    // Administrators may speak as their group, or as the channel it belongs to: right below its post that is seen anyway.
    own: as !== undefined && (as.id === chat.id || as.id === post?.chat.id || isLinkedTo(as.id, scopes)),
    conversation: isPrivate ? String(chat.id) : nameOf(chat.id, thread),
    ...(hangs ? { conversationOf: 'parent' } : {}),
    ...(above ? { parent: nameOf(chat.id, above.message_id) } : {}),
    ...(post ? { post: nameOf(post.chat.id, post.messageId) } : {}),
    ...(isPrivate ? {} : { url: linkOf(webUrl, chat, id) }),
    media: filesOf(message),
    ref,
  }
}

function fromReaction(
  { chat, message_id, user, actor_chat, date, old_reaction, new_reaction }: Reaction,
  webUrl: string,
): Incoming {
  const author = user ? personOf(user) : actor_chat ? chatPerson(actor_chat) : nobody
  const given = new_reaction.at(-1)
  const isPrivate = chat.type === 'private'
  const ref: AnswerTo = { chatId: chat.id, messageId: message_id }
  return {
    externalId: `reaction:${nameOf(chat.id, message_id)}:${author.externalId}`,
    kind: 'reaction',
    change: !given ? 'deleted' : old_reaction.length > 0 ? 'edited' : 'new',
    text: '',
    at: new Date(date * 1000).toISOString(),
    author,
    own: false,
    conversation: isPrivate ? String(chat.id) : nameOf(chat.id, message_id),
    parent: nameOf(chat.id, message_id),
    ...(isPrivate ? {} : { url: linkOf(webUrl, chat, message_id) }),
    ...(given ? { reaction: given.emoji ?? given.type } : {}),
    media: [],
    ref,
  }
}
