import { z } from 'zod'
import { type World, accountById } from '../core/network'
import type { Account, Post } from '../core/state'
import { kindOf } from './chats'

/** What a message has beside its text, as kept with it. */
export const MessageRecord = z.object({
  messageIds: z.array(z.number()),
  /** The bot or person who wrote it; a channel speaks for itself. */
  from: z.string().optional(),
  markup: z.array(z.object({ type: z.string(), offset: z.number(), length: z.number(), url: z.string().optional() })),
  files: z.array(
    z.object({
      kind: z.enum(['photo', 'video', 'animation', 'document']),
      blob: z.string(),
      mime: z.string(),
      bytes: z.number(),
      width: z.number(),
      height: z.number(),
      duration: z.number(),
      name: z.string(),
    }),
  ),
  poll: z.object({ options: z.array(z.string()), multiple: z.boolean(), openSeconds: z.number() }).optional(),
  preview: z.record(z.string(), z.unknown()).optional(),
  protected: z.boolean(),
  thread: z.number().optional(),
})
export type MessageRecord = z.infer<typeof MessageRecord>

/** Drops what is not there: JSON of the Bot API has no null. */
const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

export const chatView = (world: World, chat: Account) => {
  const { type } = kindOf(world, chat)
  return type === 'private' ? privateView(chat) : { id: Number(chat.id), type, title: chat.name, username: chat.handle }
}

export const privateView = (person: Account) => ({
  id: Number(person.id),
  type: 'private',
  first_name: person.name,
  username: person.handle,
})

export const userView = (account: Pick<Account, 'id' | 'name' | 'handle' | 'kind' | 'password'>) => ({
  id: Number(account.id),
  is_bot: account.kind === 'person' && account.password !== '',
  first_name: account.name,
  username: account.handle,
})

/** Whom Telegram names, for old programs, in the place of a chat that speaks in a group. */
const speaksAsChat = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' }

export const botView = (account: Account) => ({
  ...userView(account),
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
})

type File = MessageRecord['files'][number]

const fileId = (file: File) => ({
  file_id: `file-${file.blob}`,
  file_unique_id: file.blob.slice(0, 16),
  file_size: file.bytes,
})

function fileView(file: File): Record<string, unknown> {
  const shape = { width: file.width, height: file.height }
  switch (file.kind) {
    case 'photo':
      return { photo: [{ ...fileId(file), ...shape }] }
    case 'video':
      return {
        video: { ...fileId(file), ...shape, duration: file.duration, mime_type: file.mime, file_name: file.name },
      }
    case 'animation':
      return {
        animation: { ...fileId(file), ...shape, duration: file.duration, mime_type: file.mime, file_name: file.name },
        document: { ...fileId(file), mime_type: file.mime, file_name: file.name },
      }
    case 'document':
      return { document: { ...fileId(file), mime_type: file.mime, file_name: file.name } }
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** A post as the messages it is: one, or an album's. `below` leaves out what it answers. */
export function messagesOf(world: World, post: Post, below = true): Record<string, unknown>[] {
  const record = MessageRecord.parse(post.record)
  const chat = accountById(world, chatIdOf(post))
  if (!chat) throw new Error(`Message ${post.id} has no chat`)
  const from = record.from === undefined ? undefined : accountById(world, record.from)
  const isChannel = kindOf(world, chat).type === 'channel'
  const parent = post.parentId === undefined ? undefined : world.posts.get(post.parentId)
  const album = record.files.length > 1 ? `1${post.id.replaceAll(/\D/g, '')}` : undefined
  return record.messageIds.map((message_id, index) => {
    const file = record.files[index]
    const isFirst = index === 0
    const entities = isFirst && record.markup.length > 0 ? record.markup : undefined
    return defined({
      message_id,
      message_thread_id: record.thread,
      date: seconds(post.createdAt),
      chat: chatView(world, chat),
      sender_chat: isChannel ? chatView(world, chat) : from?.kind === 'page' ? chatView(world, from) : undefined,
      from: !isChannel && from ? (from.kind === 'page' ? speaksAsChat : userView(from)) : undefined,
      media_group_id: album,
      has_protected_content: record.protected || undefined,
      reply_to_message: below && parent ? replied(world, post, parent) : undefined,
      ...(record.poll
        ? { poll: pollView(post, record.poll) }
        : file
          ? { ...fileView(file), caption: isFirst && post.text ? post.text : undefined, caption_entities: entities }
          : { text: post.text, entities, link_preview_options: record.preview }),
    })
  })
}

/** The chat a message is in: readers' words are under their own name, but in a group. */
export const chatIdOf = (post: Pick<Post, 'id'>): string => post.id.split('/')[0] ?? ''

/** What a message answers; in a discussion group, the copy of the channel's post. */
function replied(world: World, post: Post, parent: Post): Record<string, unknown> | undefined {
  return chatIdOf(parent) === chatIdOf(post)
    ? messagesOf(world, parent, false)[0]
    : copiesOf(world, parent, chatIdOf(post))[0]
}

/** A channel's post as Telegram copied it into the group, each message of an album. */
export function copiesOf(world: World, post: Post, groupId: string): Record<string, unknown>[] {
  const first = world.state.facts[`copy:${groupId}:${post.id}`]
  const group = accountById(world, groupId)
  const channel = accountById(world, chatIdOf(post))
  if (first === undefined || !group || !channel) return []
  return messagesOf(world, post, false).map((original, index) => ({
    ...original,
    message_id: Number(first) + index,
    chat: chatView(world, group),
    sender_chat: chatView(world, channel),
    from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
    is_automatic_forward: true,
    forward_origin: {
      type: 'channel',
      chat: chatView(world, channel),
      message_id: original.message_id,
      date: original.date,
    },
  }))
}

function pollView(post: Post, poll: NonNullable<MessageRecord['poll']>) {
  return {
    id: post.id.replaceAll(/\D/g, ''),
    question: post.text,
    options: poll.options.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: poll.multiple,
    allows_revoting: true,
    members_only: false,
    open_period: poll.openSeconds,
  }
}

const rights = {
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: true,
  can_edit_stories: true,
  can_delete_stories: true,
}

export function memberView(world: World, chat: Account, member: Account) {
  const user = userView(member)
  if (!chat.managers.includes(member.id)) return { status: 'left', user }
  const more =
    kindOf(world, chat).type === 'channel'
      ? { can_post_messages: true, can_edit_messages: true }
      : { can_pin_messages: true, can_manage_topics: false }
  const granted = { ...rights, can_delete_messages: kindOf(world, chat).deletes }
  return { status: 'administrator', user, can_be_edited: false, is_anonymous: false, ...granted, ...more }
}

export function fullChatView(world: World, chat: Account) {
  const { linked } = kindOf(world, chat)
  return defined({
    ...chatView(world, chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    active_usernames: [chat.handle],
    description: chat.bio || undefined,
    linked_chat_id: linked === undefined ? undefined : Number(linked),
  })
}
