import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials } from '../platform'

/** X's own words for a failure: problem JSON, or the older list of errors. */
export const Problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  type: z.string().optional(),
  errors: z.array(z.object({ message: z.string().optional(), detail: z.string().optional() })).optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
})
export type Problem = z.output<typeof Problem>

const Id = z.string().regex(/^\d{1,19}$/)
const data = <T extends z.ZodType>(shape: T) => z.object({ data: shape })

/** The body of `POST /2/tweets`, as far as we use it. */
export type CreatePost = {
  readonly text: string
  readonly reply?: { readonly in_reply_to_tweet_id: string }
  readonly media?: { readonly media_ids: readonly string[] }
  readonly poll?: { readonly options: readonly string[]; readonly duration_minutes: number }
  /** Everyone when absent. */
  readonly reply_settings?: string
  readonly community_id?: string
  readonly made_with_ai?: true
  readonly paid_partnership?: true
}

const Url = z.object({
  url: z.string().nullish(),
  expanded_url: z.string().nullish(),
  media_key: z.string().nullish(),
})
const Entities = z.object({ urls: z.array(Url).nullish() })
const Note = z.object({ text: z.string(), entities: Entities.nullish() })
const References = z.array(z.object({ type: z.string(), id: Id }))

/** A post as read back. Since spec 2.167 some fields say `post` where they said `tweet`; both are read. */
const Post = z.object({
  id: Id,
  text: z.string(),
  lang: z.string().nullish(),
  created_at: z.string().optional(),
  entities: Entities.nullish(),
  note_post: Note.nullish(),
  note_tweet: Note.nullish(),
  referenced_posts: References.nullish(),
  referenced_tweets: References.nullish(),
  attachments: z
    .object({ media_keys: z.array(z.string()).nullish(), poll_ids: z.array(z.string()).nullish() })
    .nullish(),
  public_metrics: z.record(z.string(), z.number()).nullish(),
})
export type Post = z.output<typeof Post>

const Page = z.object({
  data: z.array(Post).optional(),
  meta: z.object({ next_token: z.string().optional() }).optional(),
})
const User = z.object({
  id: Id,
  name: z.string(),
  username: z.string(),
  profile_image_url: z.string().optional(),
  public_metrics: z.object({ followers_count: z.number() }).optional(),
})
export const Includes = z.object({
  users: z.array(User).optional(),
  media: z
    .array(
      z.object({
        media_key: z.string(),
        type: z.string(),
        url: z.string().optional(),
        variants: z
          .array(
            z.object({
              content_type: z.string().nullish(),
              bit_rate: z.number().nullish(),
              url: z.string().nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .optional(),
})
export type Includes = z.output<typeof Includes>
/** Somebody's post that names the account. */
export const Mention = Post.extend({
  author_id: Id,
  created_at: z.string(),
  conversation_id: Id.optional(),
  in_reply_to_user_id: Id.optional(),
})
export type Mention = z.output<typeof Mention>
const Mentions = z.object({
  data: z.array(Mention).optional(),
  includes: Includes.optional(),
  meta: z.object({ next_token: z.string().optional() }).optional(),
})
/** A message, as it is listed. */
const DmEvent = z.object({
  id: Id,
  event_type: z.string(),
  text: z.string().default(''),
  created_at: z.string(),
  dm_conversation_id: z.string(),
  sender_id: Id,
  entities: Entities.nullish(),
  attachments: z.object({ media_keys: z.array(z.string()).nullish() }).nullish(),
})
export type DmEvent = z.output<typeof DmEvent>
const DmEvents = z.object({
  data: z.array(DmEvent).optional(),
  includes: Includes.optional(),
  meta: z.object({ next_token: z.string().optional() }).optional(),
})
const Me = data(
  z.object({
    id: Id,
    name: z.string(),
    username: z.string(),
    profile_image_url: z.string().optional(),
    subscription_type: z.string().optional(),
    verified_type: z.string().optional(),
  }),
)
export type Me = z.output<typeof Me>['data']
const Media = data(
  z.object({
    id: Id,
    processing_info: z
      .object({
        state: z.string(),
        check_after_secs: z.number().optional(),
        error: z.object({ message: z.string().optional() }).optional(),
      })
      .nullish(),
  }),
)
export type Media = z.output<typeof Media>['data']

type Account = Pick<Credentials, 'accessToken'>
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

const send = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>, asked: Asked): Reply<T, Problem> =>
  call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: `${app.apiUrl}${path}`,
      headers: { authorization: `Bearer ${as.accessToken}`, accept: 'application/json', ...asked.headers },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )

const json = { 'content-type': 'application/json' }
const read = { method: 'GET', mutation: false } as const
const write = (body: unknown) =>
  ({ method: 'POST', mutation: true, headers: json, body: JSON.stringify(body) }) as const

export const getMe = (app: AppConfig, as: Account) =>
  send(app, as, '/2/users/me?user.fields=profile_image_url,subscription_type,verified_type', Me, read)

export const createPost = (app: AppConfig, as: Account, post: CreatePost) =>
  send(app, as, '/2/tweets', data(z.object({ id: Id, text: z.string() })), write(post))

export const deletePost = (app: AppConfig, as: Account, id: string) =>
  send(app, as, `/2/tweets/${encodeURIComponent(id)}`, data(z.object({ deleted: z.boolean() })), {
    method: 'DELETE',
    mutation: true,
  })

/** In conversations that the account began. Doing it twice does it once (docs.x.com/x-api/posts/hide-replies, read 2026-11-27). */
export const hideReply = (app: AppConfig, as: Account, id: string, hidden: boolean) =>
  send(app, as, `/2/tweets/${encodeURIComponent(id)}/hidden`, data(z.object({ hidden: z.boolean() })), {
    ...write({ hidden }),
    method: 'PUT',
  })

/** One page of an account's posts, newest first. `since` is to the second; X rounds down. */
export function listPosts(app: AppConfig, as: Account, userId: string, q: { since: Date; nextToken?: string }) {
  const query = new URLSearchParams({
    max_results: '100',
    start_time: `${q.since.toISOString().slice(0, 19)}Z`,
    'post.fields': 'created_at,entities,attachments,note_post',
    expansions: 'referenced_posts,attachments.media_keys',
    ...(q.nextToken ? { pagination_token: q.nextToken } : {}),
  })
  return send(app, as, `/2/users/${encodeURIComponent(userId)}/tweets?${query}`, Page, read)
}

/** One page of the posts that name an account, newest first, later than `sinceId`. */
export function listMentions(app: AppConfig, as: Account, userId: string, q: { sinceId?: string; nextToken?: string }) {
  const query = new URLSearchParams({
    max_results: '100',
    'post.fields': 'created_at,entities,attachments,note_post,conversation_id,lang',
    'user.fields': 'name,username,profile_image_url,public_metrics',
    'media.fields': 'url,variants',
    expansions: 'author_id,in_reply_to_user_id,referenced_posts,attachments.media_keys',
    ...(q.sinceId ? { since_id: q.sinceId } : {}),
    ...(q.nextToken ? { pagination_token: q.nextToken } : {}),
  })
  return send(app, as, `/2/users/${encodeURIComponent(userId)}/mentions?${query}`, Mentions, read)
}

/** One page of messages, newest first: of one chat, or of all. X charges for each that it shows. */
export function listMessages(
  app: AppConfig,
  as: Account,
  q: { readonly chat?: string; readonly most: number; readonly nextToken?: string | undefined },
) {
  const query = new URLSearchParams({
    max_results: String(q.most),
    event_types: 'MessageCreate',
    'dm_event.fields': 'attachments,created_at,dm_conversation_id,entities,event_type,id,text',
    'user.fields': 'name,username,profile_image_url,public_metrics',
    'media.fields': 'url,variants',
    expansions: 'sender_id,attachments.media_keys',
    ...(q.nextToken ? { pagination_token: q.nextToken } : {}),
  })
  const path = q.chat ? `/2/dm_conversations/${encodeURIComponent(q.chat)}/dm_events` : '/2/dm_events'
  return send(app, as, `${path}?${query}`, DmEvents, read)
}

export const sendMessage = (app: AppConfig, as: Account, chat: string, text: string) =>
  send(
    app,
    as,
    `/2/dm_conversations/${encodeURIComponent(chat)}/messages`,
    data(z.object({ dm_conversation_id: z.string(), dm_event_id: Id })),
    write({ text }),
  )

/** At most 100 ids. Posts that are gone are left out. */
export const getPosts = (app: AppConfig, as: Account, ids: readonly string[]) =>
  send(app, as, `/2/tweets?${new URLSearchParams({ ids: ids.join(','), 'post.fields': 'public_metrics' })}`, Page, read)

/** Why a post is not among those that were asked for. */
const Missing = z.object({ resource_id: Id.optional(), value: Id.optional(), type: z.string().optional() })
/** At most 100 ids. No expansions: X charges for each thing it shows. */
export const lookUpPosts = (app: AppConfig, as: Account, ids: readonly string[]) =>
  send(
    app,
    as,
    `/2/tweets?${new URLSearchParams({ ids: ids.join(','), 'post.fields': 'attachments,entities,note_post' })}`,
    z.object({ data: z.array(Post).optional(), errors: z.array(Missing).optional() }),
    read,
  )

export const startUpload = (
  app: AppConfig,
  as: Account,
  file: { media_type: string; total_bytes: number; media_category: string },
) => send(app, as, '/2/media/upload/initialize', Media, write(file))

/** Sends one segment, numbered from 0. The whole segment is in memory: keep it to a few MiB. */
export function appendSegment(app: AppConfig, as: Account, id: string, index: number, segment: Uint8Array) {
  const boundary = `posthorn-${id}-${index}`
  const part = (name: string, more = '') => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`
  const body = Buffer.concat([
    Buffer.from(`${part('segment_index')}\r\n${index}\r\n`),
    Buffer.from(`${part('media', '; filename="segment"')}content-type: application/octet-stream\r\n\r\n`),
    segment,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return send(app, as, `/2/media/upload/${encodeURIComponent(id)}/append`, z.unknown(), {
    method: 'POST',
    mutation: true,
    headers,
    body,
  })
}

export const finishUpload = (app: AppConfig, as: Account, id: string) =>
  send(app, as, `/2/media/upload/${encodeURIComponent(id)}/finalize`, Media, { method: 'POST', mutation: true })

export const uploadStatus = (app: AppConfig, as: Account, id: string) =>
  send(app, as, `/2/media/upload?${new URLSearchParams({ command: 'STATUS', media_id: id })}`, Media, read)

export const describeMedia = (app: AppConfig, as: Account, id: string, alt: string) =>
  send(app, as, '/2/media/metadata', z.unknown(), write({ id, metadata: { alt_text: { text: alt } } }))
