import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { multipart } from '../multipart'
import { call, type Reply } from '../outcome'
import type { AppConfig, MediaFile } from '../platform'

/** Discord's own words for a failure: an API error, a rate limit, or an OAuth error. */
export const Problem = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
  errors: z.unknown().optional(),
  retry_after: z.number().optional(),
  global: z.boolean().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
})
export type Problem = z.output<typeof Problem>

const Id = z.string().regex(/^\d{1,20}$/)
const User = z.object({
  id: Id,
  username: z.string(),
  global_name: z.string().nullish(),
  avatar: z.string().nullish(),
  bot: z.boolean().optional(),
})
export type User = z.output<typeof User>
const Emoji = z.object({ id: Id.nullish(), name: z.string().nullish() })
type Emoji = z.output<typeof Emoji>
const Reaction = z.object({
  count: z.number(),
  /** How many of them are super reactions. */
  count_details: z.object({ burst: z.number() }).optional(),
  emoji: Emoji,
})
export type Reaction = z.output<typeof Reaction>

const Channel = z.object({
  id: Id,
  type: z.number(),
  guild_id: Id.optional(),
  name: z.string().nullish(),
  parent_id: Id.nullish(),
  flags: z.number().optional(),
  available_tags: z.array(z.object({ id: Id, name: z.string() })).optional(),
})
export type Channel = z.output<typeof Channel>

export const Message = z.object({
  id: Id,
  channel_id: Id,
  guild_id: Id.optional(),
  type: z.number().default(0),
  author: User,
  webhook_id: Id.nullish(),
  content: z.string(),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
  flags: z.number().default(0),
  nonce: z.union([z.string(), z.number()]).nullish(),
  attachments: z
    .array(
      z.object({
        id: Id,
        filename: z.string(),
        url: z.string(),
        content_type: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .default([]),
  embeds: z.array(z.object({ type: z.string().nullish(), url: z.string().nullish() })).default([]),
  mentions: z.array(User).default([]),
  message_reference: z.object({ message_id: Id.nullish(), channel_id: Id.nullish() }).nullish(),
  referenced_message: z.object({ author: User, type: z.number().optional() }).nullish(),
  poll: z.object({ question: z.object({ text: z.string().nullish() }) }).nullish(),
  reactions: z.array(Reaction).optional(),
  thread: z.object({ id: Id, name: z.string() }).nullish(),
})
export type Message = z.output<typeof Message>

const Thread = z.object({
  id: Id,
  name: z.string(),
  parent_id: Id.nullish(),
  owner_id: Id.nullish(),
  last_message_id: Id.nullish(),
  message: Message.optional(),
})
export type Thread = z.output<typeof Thread>

/** A message as Discord takes it, as far as we use it. */
export type NewMessage = {
  readonly content?: string
  readonly nonce?: string
  readonly enforce_nonce?: true
  readonly flags?: number
  readonly embeds?: readonly {
    readonly url: string
    readonly title: string
    readonly description?: string
    readonly thumbnail?: { readonly url: string }
  }[]
  readonly attachments?: readonly {
    readonly id: string
    readonly filename: string
    readonly title?: string
    readonly description?: string
  }[]
  readonly allowed_mentions: { readonly parse: readonly string[]; readonly replied_user?: boolean }
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists: boolean }
  readonly poll?: {
    readonly question: { readonly text: string }
    readonly answers: readonly { readonly poll_media: { readonly text: string } }[]
    readonly duration: number
    readonly allow_multiselect: boolean
  }
}

/** Bytes that go out with a message, by the order of its `attachments`. */
export type Attached = readonly { readonly file: MediaFile; readonly filename: string }[]

type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

/** `token` is a bot's; an incoming webhook proves itself by its address. Discord refuses calls without a user agent of this form. */
function send<T>(
  app: AppConfig,
  token: string | undefined,
  path: string,
  shape: z.ZodType<T>,
  asked: Asked,
): Reply<T, Problem> {
  const headers = {
    accept: 'application/json',
    'user-agent': 'DiscordBot (https://github.com/posthorn/posthorn, 10)',
    ...(token ? { authorization: `Bot ${token}` } : {}),
    ...asked.headers,
  }
  return call(
    { timeoutMs: app.timeoutMs, ...asked, url: `${app.apiUrl}/api/v10${path}`, headers, allow: 'networks' },
    { success: shape, problem: Problem },
  )
}

const read = { method: 'GET', mutation: false } as const
const drop = { method: 'DELETE', mutation: true } as const
const id = encodeURIComponent
const write = (body: unknown): Asked => ({
  method: 'POST',
  mutation: true,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** JSON alone, or `payload_json` and the files behind it. The boundary comes from the message's own key. */
function writeMessage(body: unknown, files: Attached, key: string): Asked {
  if (files.length === 0) return write(body)
  const { headers, body: stream } = multipart(
    { payload_json: JSON.stringify(body) },
    files.map(({ file, filename }, at) => ({
      name: `files[${at}]`,
      filename,
      mime: file.mime,
      sizeBytes: file.sizeBytes,
      open: () => file.open(),
    })),
    `posthorn-${key}`,
  )
  return { method: 'POST', mutation: true, headers, body: stream }
}

export const getMe = (app: AppConfig, token: string) => send(app, token, '/users/@me', User, read)

const Application = z.object({
  id: Id,
  flags: z.number(),
  event_webhooks_url: z.string().nullish(),
  event_webhooks_status: z.number().optional(),
})
export const getApplication = (app: AppConfig, token: string) =>
  send(app, token, '/applications/@me', Application, read)

export const getChannel = (app: AppConfig, token: string, channel: string) =>
  send(app, token, `/channels/${id(channel)}`, Channel, read)

const Hook = z.object({ id: Id, name: z.string().nullish(), channel_id: Id, guild_id: Id })
export const getWebhook = (app: AppConfig, hook: string, secret: string) =>
  send(app, undefined, `/webhooks/${id(hook)}/${id(secret)}`, Hook, read)

export const deleteWebhook = (app: AppConfig, hook: string, secret: string) =>
  send(app, undefined, `/webhooks/${id(hook)}/${id(secret)}`, z.unknown(), drop)

export const createMessage = (app: AppConfig, token: string, channel: string, message: NewMessage, files: Attached) =>
  send(
    app,
    token,
    `/channels/${id(channel)}/messages`,
    Message,
    writeMessage(message, files, message.nonce ?? 'message'),
  )

/** A post in a forum: a thread and its first message, whose ids are the same. */
export const createForumPost = (
  app: AppConfig,
  token: string,
  channel: string,
  post: { readonly name: string; readonly applied_tags?: readonly string[]; readonly message: NewMessage },
  files: Attached,
  key: string,
) => send(app, token, `/channels/${id(channel)}/threads`, Thread, writeMessage(post, files, key))

/** `threadId`: into a thread that exists; `thread_name` in the message starts one in a forum. */
export function executeWebhook(
  app: AppConfig,
  hook: string,
  secret: string,
  message: NewMessage & { readonly thread_name?: string },
  files: Attached,
  q: { readonly threadId?: string; readonly key: string },
) {
  const query = new URLSearchParams({ wait: 'true', ...(q.threadId ? { thread_id: q.threadId } : {}) })
  return send(
    app,
    undefined,
    `/webhooks/${id(hook)}/${id(secret)}?${query}`,
    Message,
    writeMessage(message, files, q.key),
  )
}

/** At most one thread can stand under a message: a second try is refused with 160004. */
export const startThread = (app: AppConfig, token: string, channel: string, message: string, name: string) =>
  send(app, token, `/channels/${id(channel)}/messages/${id(message)}/threads`, Thread, write({ name }))

/** Brings a message to the servers that follow an announcement channel. A second try is refused with 40033. */
export const crosspost = (app: AppConfig, token: string, channel: string, message: string) =>
  send(app, token, `/channels/${id(channel)}/messages/${id(message)}/crosspost`, Message, {
    method: 'POST',
    mutation: true,
  })

/** At most 100 messages, newest first. With `after`, those that follow it at once; without, the newest. */
export function listMessages(app: AppConfig, token: string, channel: string, q: { after?: string; limit: number }) {
  const query = new URLSearchParams({ limit: String(q.limit), ...(q.after ? { after: q.after } : {}) })
  return send(app, token, `/channels/${id(channel)}/messages?${query}`, z.array(Message), read)
}

export const listActiveThreads = (app: AppConfig, token: string, guild: string) =>
  send(app, token, `/guilds/${id(guild)}/threads/active`, z.object({ threads: z.array(Thread) }), read)

export const getMessage = (app: AppConfig, token: string, channel: string, message: string) =>
  send(app, token, `/channels/${id(channel)}/messages/${id(message)}`, Message, read)

/** One that a server made is named together with its id, by which alone Discord knows it. */
const inAddress = ({ id: number, name }: Emoji): string => (number ? `${name ?? '_'}:${number}` : (name ?? ''))

/** At most 100 people who reacted with an emoji, by their ids, those behind `after`. Super reactions are listed by themselves. */
export function listReactions(
  app: AppConfig,
  token: string,
  at: { readonly channel: string; readonly message: string; readonly emoji: Emoji },
  q: { readonly type: 'normal' | 'super'; readonly after: string | undefined; readonly limit: number },
) {
  const query = new URLSearchParams({
    type: q.type === 'super' ? '1' : '0',
    limit: String(q.limit),
    ...(q.after === undefined ? {} : { after: q.after }),
  })
  const path = `/channels/${id(at.channel)}/messages/${id(at.message)}/reactions/${id(inAddress(at.emoji))}?${query}`
  return send(app, token, path, z.array(User), read)
}

const inThread = (threadId: string | undefined): string => (threadId ? `?thread_id=${id(threadId)}` : '')

export const getWebhookMessage = (app: AppConfig, hook: string, secret: string, message: string, threadId?: string) =>
  send(
    app,
    undefined,
    `/webhooks/${id(hook)}/${id(secret)}/messages/${id(message)}${inThread(threadId)}`,
    Message,
    read,
  )

export const deleteMessage = (app: AppConfig, token: string, channel: string, message: string) =>
  send(app, token, `/channels/${id(channel)}/messages/${id(message)}`, z.unknown(), drop)

export const deleteWebhookMessage = (
  app: AppConfig,
  hook: string,
  secret: string,
  message: string,
  threadId?: string,
) =>
  send(
    app,
    undefined,
    `/webhooks/${id(hook)}/${id(secret)}/messages/${id(message)}${inThread(threadId)}`,
    z.unknown(),
    drop,
  )

/** Takes a whole thread away. Needs the permission to manage threads. */
export const deleteThread = (app: AppConfig, token: string, thread: string) =>
  send(app, token, `/channels/${id(thread)}`, z.unknown(), drop)

const Tokens = z.object({
  access_token: z.string(),
  scope: z.string().default(''),
  guild: z.object({ id: Id, name: z.string() }).optional(),
  webhook: z.object({ id: Id, token: z.string(), channel_id: Id, guild_id: Id.nullish() }).optional(),
})

/** Whose consent a token is; without the scope `identify` Discord names nobody. */
export const getGrant = (app: AppConfig, accessToken: string) =>
  send(app, undefined, '/oauth2/@me', z.object({ user: User.optional() }), {
    ...read,
    headers: { authorization: `Bearer ${accessToken}` },
  })

/** Trades a code for what the person chose: the server the bot was added to, and the channel. */
export const exchangeCode = (app: AppConfig, code: string, redirectUri: string) =>
  send(app, undefined, '/oauth2/token', Tokens, {
    method: 'POST',
    mutation: true,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${app.clientId ?? ''}:${app.clientSecret ?? ''}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }).toString(),
  })
