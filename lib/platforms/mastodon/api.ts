import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials } from '../platform'

/** A server's own words for a failure. Some answer with an empty body. */
export const Problem = z.object({ error: z.string().optional(), error_description: z.string().nullish() })
export type Problem = z.output<typeof Problem>

const Id = z.string().min(1)

const Account = z.object({
  id: Id,
  username: z.string(),
  acct: z.string(),
  display_name: z.string(),
  url: z.string().nullish(),
  uri: z.string().nullish(),
  avatar: z.string().nullish(),
  followers_count: z.number().nullish(),
  suspended: z.boolean().nullish(),
  limited: z.boolean().nullish(),
  moved: z.object({ acct: z.string() }).nullish(),
})
export type Account = z.output<typeof Account>

const Attachment = z.object({
  id: Id,
  type: z.string(),
  /** Null until the file is processed. */
  url: z.string().nullish(),
})
export type Attachment = z.output<typeof Attachment>

const Status = z.object({
  id: Id,
  uri: z.string(),
  url: z.string().nullish(),
  created_at: z.string(),
  edited_at: z.string().nullish(),
  content: z.string(),
  spoiler_text: z.string(),
  visibility: z.string(),
  language: z.string().nullish(),
  account: Account,
  in_reply_to_id: z.string().nullish(),
  in_reply_to_account_id: z.string().nullish(),
  media_attachments: z.array(Attachment),
  poll: z.object({ options: z.array(z.object({ title: z.string() })) }).nullish(),
  reblog: z.object({ id: Id }).nullish(),
  favourites_count: z.number(),
  reblogs_count: z.number(),
  replies_count: z.number(),
  /** Since 4.5. */
  quotes_count: z.number().nullish(),
  /** Its status is there where the quote is allowed; only its number is where that stands in a quote itself. */
  quote: z
    .object({ quoted_status: z.object({ id: Id, account: z.object({ id: Id }) }).nullish() })
    .nullish()
    .catch(undefined),
})
export type Status = z.output<typeof Status>

const Notification = z.object({
  id: Id,
  type: z.string(),
  created_at: z.string(),
  account: Account,
  status: Status.nullish(),
})
export type Notification = z.output<typeof Notification>

/** What a server says of itself, as far as our limits hang on it. Forks leave parts of it out. */
export const Configuration = z.object({
  urls: z.object({ streaming: z.string().nullish() }).nullish(),
  statuses: z
    .object({
      max_characters: z.number(),
      max_media_attachments: z.number(),
      characters_reserved_per_url: z.number(),
    })
    .partial()
    .nullish(),
  media_attachments: z
    .object({
      supported_mime_types: z.array(z.string()),
      image_size_limit: z.number(),
      image_matrix_limit: z.number(),
      video_size_limit: z.number(),
      video_matrix_limit: z.number(),
      video_frame_rate_limit: z.number(),
      description_limit: z.number(),
    })
    .partial()
    .nullish(),
  polls: z
    .object({
      max_options: z.number(),
      max_characters_per_option: z.number(),
      min_expiration: z.number(),
      max_expiration: z.number(),
    })
    .partial()
    .nullish(),
})
export type Configuration = z.output<typeof Configuration>
const Instance = z.object({
  domain: z.string(),
  title: z.string().nullish(),
  version: z.string(),
  configuration: Configuration.nullish(),
})

const Application = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) })
const Tokens = z.object({ access_token: z.string().min(1), scope: z.string().default('') })
const Context = z.object({ ancestors: z.array(Status) })

/** The body of `POST /api/v1/statuses`, as far as we use it. */
export type CreateStatus = {
  readonly status: string
  readonly media_ids?: readonly string[]
  readonly poll?: { readonly options: readonly string[]; readonly expires_in: number; readonly multiple: boolean }
  readonly in_reply_to_id?: string
  readonly sensitive?: boolean
  readonly spoiler_text?: string
  readonly visibility?: string
  readonly language?: string
  readonly quote_approval_policy?: string
}

/** Whoever asks: an account at its server, or nobody yet. */
type Caller = { readonly accessToken?: string; readonly server?: string }
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

/** The server's own number of an account; `externalId` says the server, too. */
export const accountIdOf = (as: Pick<Credentials, 'externalId'>): string => as.externalId.split('@')[0] ?? ''

export const serverOf = (app: AppConfig, as: Pick<Credentials, 'server'>): string => as.server ?? app.apiUrl

const send = <T>(app: AppConfig, as: Caller, path: string, shape: z.ZodType<T>, asked: Asked): Reply<T, Problem> =>
  call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: `${serverOf(app, as)}${path}`,
      headers: {
        accept: 'application/json',
        ...(as.accessToken ? { authorization: `Bearer ${as.accessToken}` } : {}),
        ...asked.headers,
      },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )

const read = { method: 'GET', mutation: false } as const
const write = (body: unknown, headers: Record<string, string> = {}) =>
  ({
    method: 'POST',
    mutation: true,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }) as const

/** `redirect_uris` is a list since 4.3, and was one text before. */
export const registerApp = (
  app: AppConfig,
  wish: { client_name: string; redirect_uris: string | readonly string[]; scopes: string },
) => send(app, {}, '/api/v1/apps', Application, write(wish))

export const grantToken = (app: AppConfig, grant: Readonly<Record<string, string>>) =>
  send(app, {}, '/oauth/token', Tokens, write(grant))

export const getInstance = (app: AppConfig, as: Caller) => send(app, as, '/api/v2/instance', Instance, read)

export const whoAmI = (app: AppConfig, as: Caller) =>
  send(app, as, '/api/v1/accounts/verify_credentials', Account, read)

/** Sent again with the same key within an hour, it answers with the status that is there. */
export const createStatus = (app: AppConfig, as: Credentials, status: CreateStatus, idempotencyKey: string) =>
  send(app, as, '/api/v1/statuses', Status, write(status, { 'idempotency-key': idempotencyKey }))

export const deleteStatus = (app: AppConfig, as: Credentials, id: string) =>
  send(app, as, `/api/v1/statuses/${encodeURIComponent(id)}`, z.unknown(), { method: 'DELETE', mutation: true })

/** One page of the account's own statuses, newest first: those before `maxId`, and after `sinceId`. */
export function listStatuses(
  app: AppConfig,
  as: Credentials,
  q: { maxId?: string; sinceId?: string | undefined; limit: number },
) {
  const query = new URLSearchParams({
    limit: String(q.limit),
    exclude_reblogs: 'true',
    ...(q.maxId ? { max_id: q.maxId } : {}),
    ...(q.sinceId ? { since_id: q.sinceId } : {}),
  })
  return send(
    app,
    as,
    `/api/v1/accounts/${encodeURIComponent(accountIdOf(as))}/statuses?${query}`,
    z.array(Status),
    read,
  )
}

/** Since 4.3. Statuses that are gone are left out. */
export const getStatuses = (app: AppConfig, as: Credentials, ids: readonly string[]) =>
  send(app, as, `/api/v1/statuses?${new URLSearchParams(ids.map((id) => ['id[]', id]))}`, z.array(Status), read)

export const getStatus = (app: AppConfig, as: Credentials, id: string) =>
  send(app, as, `/api/v1/statuses/${encodeURIComponent(id)}`, Status, read)

export const getContext = (app: AppConfig, as: Credentials, id: string) =>
  send(app, as, `/api/v1/statuses/${encodeURIComponent(id)}/context`, Context, read)

/** The page right after `minId`, or the newest; newest first either way. */
export function listNotifications(
  app: AppConfig,
  as: Credentials,
  q: { minId?: string; limit: number; types: readonly string[] },
) {
  const query = new URLSearchParams([
    ['limit', String(q.limit)],
    ...q.types.map((type) => ['types[]', type]),
    ...(q.minId ? [['min_id', q.minId]] : []),
  ])
  return send(app, as, `/api/v1/notifications?${query}`, z.array(Notification), read)
}

/** Answers 200 with the finished file, or 202 with one whose `url` is null. */
export const uploadFile = (
  app: AppConfig,
  as: Credentials,
  form: { readonly headers: Record<string, string>; readonly body: ReadableStream<Uint8Array> },
) => send(app, as, '/api/v2/media', Attachment, { method: 'POST', mutation: true, ...form })

/** Answers 206 until the file is processed. */
export const getFile = (app: AppConfig, as: Credentials, id: string) =>
  send(app, as, `/api/v1/media/${encodeURIComponent(id)}`, Attachment, read)

/** What a streamed event carries, by its name (docs.joinmastodon.org/methods/streaming/#events). */
export const streamed = { notification: Notification, 'status.update': Status, update: Status, delete: Id } as const
