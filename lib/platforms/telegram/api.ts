import { z } from 'zod'
import { call, type Reply } from '../outcome'
import type { AppConfig } from '../platform'

/** Telegram's own words for a failure. */
export const Problem = z.object({
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
})
export type Problem = z.output<typeof Problem>

/** Numbers of chats and people have up to 52 bits: a JSON number holds them. */
const Id = z.number().int()

const Chat = z.object({
  id: Id,
  type: z.string(),
  title: z.string().optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
})
export type Chat = z.output<typeof Chat>

const User = z.object({
  id: Id,
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  can_read_all_group_messages: z.boolean().optional(),
})
export type User = z.output<typeof User>

/** A file that is at Telegram: `getFile` says for an hour where it is to be had. */
const File = z.object({
  file_id: z.string().optional(),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
})
export type File = z.output<typeof File>
const Something = z.unknown().optional()

const Origin = z.object({ type: z.string(), chat: Chat.optional(), message_id: Id.optional() })

const BareMessage = z.object({
  message_id: Id,
  message_thread_id: Id.optional(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat: Chat,
  from: User.optional(),
  sender_chat: Chat.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  poll: z.object({ question: z.string() }).optional(),
  link_preview_options: z.object({ url: z.string().optional() }).optional(),
  is_automatic_forward: z.boolean().optional(),
  forward_origin: Origin.optional(),
  media_group_id: z.string().optional(),
  /** The same picture in several sizes, the largest last. */
  photo: z.array(File).optional(),
  video: File.optional(),
  animation: File.optional(),
  document: File.optional(),
  audio: File.optional(),
  voice: File.optional(),
  video_note: File.optional(),
  sticker: z.object({ emoji: z.string().optional() }).optional(),
  location: Something,
  contact: Something,
})
const Message = BareMessage.extend({ reply_to_message: BareMessage.optional() })
export type Message = z.output<typeof Message>

const Reaction = z.object({
  chat: Chat,
  message_id: Id,
  user: User.optional(),
  actor_chat: Chat.optional(),
  date: z.number(),
  old_reaction: z.array(z.unknown()),
  new_reaction: z.array(z.object({ type: z.string(), emoji: z.string().optional() })),
})
export type Reaction = z.output<typeof Reaction>

/** As far as we ask for it by `allowedUpdates`. */
export const Update = z.object({
  update_id: Id,
  message: Message.optional(),
  edited_message: Message.optional(),
  channel_post: Message.optional(),
  edited_channel_post: Message.optional(),
  message_reaction: Reaction.optional(),
  my_chat_member: z.object({ chat: Chat, date: z.number() }).optional(),
})
export type Update = z.output<typeof Update>

/** `linked_chat_id`: of a channel the group where it is discussed, and of that group the channel. */
const FullChat = Chat.extend({ linked_chat_id: Id.optional() })
export type FullChat = z.output<typeof FullChat>
const Member = z.object({ status: z.string(), can_send_messages: z.boolean().optional() }).catchall(z.unknown())
export type Member = z.output<typeof Member>

const WebhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
  allowed_updates: z.array(z.string()).optional(),
})

export const allowedUpdates = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'message_reaction',
  'my_chat_member',
] as const

/** What a call carries: JSON, or a form that is streamed. */
export type Carried =
  | { readonly params: Readonly<Record<string, unknown>> }
  | { readonly form: { readonly headers: Record<string, string>; readonly body: ReadableStream<Uint8Array> } }

/** The token is part of the path: nothing that could lead elsewhere may stand in for one. */
const tokenShape = /^[\w:-]+$/
export const isToken = (token: string): boolean => /^\d{5,}:[\w-]{20,}$/.test(token)

async function ask<T>(
  app: AppConfig,
  token: string,
  method: string,
  shape: z.ZodType<T>,
  carried: Carried,
  mutation: boolean,
): Reply<T, Problem> {
  if (!tokenShape.test(token)) throw new Error('A bot token that is none')
  const content =
    'form' in carried
      ? carried.form
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(carried.params) }
  const answer = await call(
    {
      url: `${app.apiUrl}/bot${token}/${method}`,
      method: 'POST',
      mutation,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
      ...content,
    },
    { success: z.object({ ok: z.literal(true), result: shape }), problem: Problem },
  )
  return answer.ok ? { ok: true, value: { body: answer.value.body.result, headers: answer.value.headers } } : answer
}

const read = <T>(app: AppConfig, token: string, method: string, shape: z.ZodType<T>, params = {}) =>
  ask(app, token, method, shape, { params }, false)
const write = <T>(app: AppConfig, token: string, method: string, shape: z.ZodType<T>, params: object) =>
  ask(app, token, method, shape, { params: { ...params } }, true)

export const getMe = (app: AppConfig, token: string) => read(app, token, 'getMe', User)
export const getChat = (app: AppConfig, token: string, chatId: string) =>
  read(app, token, 'getChat', FullChat, { chat_id: chatId })
export const getMember = (app: AppConfig, token: string, chatId: string, userId: number) =>
  read(app, token, 'getChatMember', Member, { chat_id: chatId, user_id: userId })
export const getWebhookInfo = (app: AppConfig, token: string) => read(app, token, 'getWebhookInfo', WebhookInfo)

/** Where a file is to be had, below `file/bot<token>/`, for at least an hour. */
export const getFile = (app: AppConfig, token: string, fileId: string) =>
  read(app, token, 'getFile', z.object({ file_path: z.string().optional() }), { file_id: fileId })

/** What is older than `offset` is forgotten there. At most 100, oldest first; answers at once. */
export const getUpdates = (app: AppConfig, token: string, offset: number | undefined) =>
  read(app, token, 'getUpdates', z.array(Update), {
    limit: 100,
    timeout: 0,
    allowed_updates: allowedUpdates,
    ...(offset === undefined ? {} : { offset }),
  })

/** From then on `getUpdates` is refused. */
export const setWebhook = (app: AppConfig, token: string, url: string, secretToken: string) =>
  write(app, token, 'setWebhook', z.boolean(), { url, secret_token: secretToken, allowed_updates: allowedUpdates })

/** From then on `getUpdates` is answered, with what was not reported yet. Harmless where there was none. */
export const deleteWebhook = (app: AppConfig, token: string) => write(app, token, 'deleteWebhook', z.boolean(), {})

/** One message, or an album's messages in their order. */
export const send = (app: AppConfig, token: string, method: string, carried: Carried) =>
  ask(app, token, method, z.union([z.array(Message).min(1), Message]), carried, true)

export const pinMessage = (app: AppConfig, token: string, chatId: string, messageId: number, silent: boolean) =>
  write(app, token, 'pinChatMessage', z.boolean(), {
    chat_id: chatId,
    message_id: messageId,
    disable_notification: silent,
  })

export const deleteMessage = (app: AppConfig, token: string, chatId: string, messageId: number) =>
  write(app, token, 'deleteMessage', z.boolean(), { chat_id: chatId, message_id: messageId })

/** Leaves out what is not there (any more). At most 100. */
export const deleteMessages = (app: AppConfig, token: string, chatId: string, messageIds: readonly number[]) =>
  write(app, token, 'deleteMessages', z.boolean(), { chat_id: chatId, message_ids: messageIds })
