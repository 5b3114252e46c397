import { z } from 'zod'
import { doing, Done, edgeOf, graph, GraphId, withQuery } from '../graph'
import { fileName } from '../file-names'
import { typeOf } from '../graph-files'
import { Sent, type SendMessage } from '../graph-answers'
import { messageFields, Messages, perThread, Thread, threadFields } from '../graph-chats'
import { Profile } from '../graph-people'
import { multipart } from '../multipart'
import type { AppConfig, Credentials, MediaFile } from '../platform'
import { apiVersion } from './place'

export type Account = Pick<Credentials, 'accessToken'>

export const { version } = apiVersion
const at = (app: AppConfig, path: string): string => `${app.apiUrl}/${version}/${path}`
export const ask = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>) =>
  graph(app, as.accessToken, at(app, path), shape)
export const make = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>, body: unknown) =>
  graph(app, as.accessToken, at(app, path), shape, doing(body))
const id = encodeURIComponent

const Tokens = z.object({ access_token: z.string().min(1), expires_in: z.number().optional() })

/** Meta takes a code, and the token it gave, by GET and in the address. Nothing logs addresses here. */
export const spendCode = (app: AppConfig, q: { code: string; redirectUri: string }) =>
  grant(app, { redirect_uri: q.redirectUri, code: q.code })
export const lengthen = (app: AppConfig, token: string) =>
  grant(app, { grant_type: 'fb_exchange_token', fb_exchange_token: token })
const grant = (app: AppConfig, q: Readonly<Record<string, string>>) =>
  graph(
    app,
    undefined,
    at(
      app,
      withQuery('oauth/access_token', { client_id: app.clientId ?? '', client_secret: app.clientSecret ?? '', ...q }),
    ),
    Tokens,
  )

export const listPermissions = (app: AppConfig, as: Account) =>
  ask(app, as, 'me/permissions', z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) }))

const Page = z.object({
  id: GraphId,
  name: z.string(),
  access_token: z.string().optional(),
  username: z.string().optional(),
  tasks: z.array(z.string()).optional(),
  picture: z.object({ data: z.object({ url: z.string() }) }).optional(),
})
export type Page = z.output<typeof Page>

/** The pages that a person runs, each with a token of its own. */
export const listPages = (app: AppConfig, as: Account, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery('me/accounts', { fields: 'id,name,access_token,username,tasks,picture{url}', limit: '100' }, after),
    edgeOf(Page),
  )

export const getPage = (app: AppConfig, as: Account, page: string) =>
  ask(app, as, withQuery(id(page), { fields: 'id,name' }), Page)

export const subscribe = (app: AppConfig, as: Account, page: string, fields: readonly string[]) =>
  make(app, as, `${id(page)}/subscribed_apps`, Done, { subscribed_fields: fields })

export const listSubscribed = (app: AppConfig, as: Account, page: string) =>
  ask(
    app,
    as,
    `${id(page)}/subscribed_apps`,
    z.object({ data: z.array(z.object({ id: z.string(), subscribed_fields: z.array(z.string()).optional() })) }),
  )

/** What Meta knows of a token. Asked as the app itself. */
export const examineToken = (app: AppConfig, token: string) =>
  graph(
    app,
    `${app.clientId}|${app.clientSecret}`,
    at(app, withQuery('debug_token', { input_token: token })),
    z.object({
      data: z.object({ is_valid: z.boolean(), data_access_expires_at: z.number().optional() }),
    }),
  )

export type FeedPost = {
  readonly message?: string
  readonly link?: string
  readonly attached_media?: readonly { readonly media_fbid: string }[]
  readonly published: true
}
export const createPost = (app: AppConfig, as: Account, page: string, post: FeedPost) =>
  make(app, as, `${id(page)}/feed`, z.object({ id: GraphId }), post)

/** A photo that shows nowhere until a post names it. */
export function createPhoto(app: AppConfig, as: Account, page: string, file: MediaFile) {
  const form = multipart(
    { published: 'false', ...(file.alt ? { alt_text_custom: file.alt } : {}) },
    { name: 'source', mime: file.mime, sizeBytes: file.sizeBytes, open: () => file.open() },
  )
  const shape = z.object({ id: GraphId })
  return graph(app, as.accessToken, at(app, `${id(page)}/photos`), shape, { method: 'POST', ...form })
}

export const StoryMade = z.object({
  success: z.boolean().optional(),
  post_id: z.union([z.string(), z.number()]).optional(),
})
export const publishPhotoStory = (app: AppConfig, as: Account, page: string, photo: string) =>
  make(app, as, `${id(page)}/photo_stories`, StoryMade, { photo_id: photo })

/** What stands in a post or a comment, by the names of Meta's SDKs (StoryAttachment): unverified. */
const Attached = z.object({
  target: z.object({ id: z.string().optional() }).optional(),
  /** Of a comment. */
  type: z.string().optional(),
  /** Of a post. */
  media_type: z.string().optional(),
  media: z.object({ image: z.object({ src: z.string() }).optional(), source: z.string().optional() }).optional(),
})
export type Attached = z.output<typeof Attached>
const Post = z.object({
  id: GraphId,
  message: z.string().optional(),
  created_time: z.string(),
  from: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  permalink_url: z.string().optional(),
  attachments: z
    .object({
      data: z.array(
        Attached.extend({
          subattachments: z.object({ data: z.array(Attached) }).optional(),
        }),
      ),
    })
    .optional(),
})
export type Post = z.output<typeof Post>
const seconds = (time: Date): string => String(Math.floor(time.getTime() / 1000))
const postFields = 'id,message,created_time,from,permalink_url,attachments{media_type,target,subattachments}'
export const listFeed = (app: AppConfig, as: Account, page: string, since: Date, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(`${id(page)}/feed`, { fields: postFields, since: seconds(since), limit: '100' }, after),
    edgeOf(Post),
  )

const taggedFields =
  'id,message,created_time,from,permalink_url,attachments{media_type,media,subattachments{media_type,media}}'
/** Posts of others that name the page. */
export const listTagged = (app: AppConfig, as: Account, page: string, since: Date, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(`${id(page)}/tagged`, { fields: taggedFields, since: seconds(since), limit: '100' }, after),
    edgeOf(Post),
  )

export const listStories = (app: AppConfig, as: Account, page: string, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(`${id(page)}/stories`, { limit: '100' }, after),
    edgeOf(z.object({ post_id: GraphId, media_id: z.string(), status: z.string(), url: z.string().optional() })),
  )

const Comment = z.object({
  id: GraphId,
  message: z.string().default(''),
  created_time: z.string(),
  from: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  parent: z.object({ id: z.string() }).optional(),
  permalink_url: z.string().optional(),
  is_hidden: z.boolean().optional(),
  attachment: Attached.optional(),
})
export type Comment = z.output<typeof Comment>
/** `photo` is one that was brought and shows nowhere yet. */
export const createComment = (app: AppConfig, as: Account, on: string, message: string, photo?: string) =>
  make(app, as, `${id(on)}/comments`, z.object({ id: GraphId }), {
    message,
    ...(photo === undefined ? {} : { attachment_id: photo }),
  })
export const listComments = (
  app: AppConfig,
  as: Account,
  on: string,
  q: { since: Date; order: 'chronological' | 'reverse_chronological' },
  after: URLSearchParams,
) =>
  ask(
    app,
    as,
    withQuery(
      `${id(on)}/comments`,
      {
        fields: 'id,message,created_time,from,parent{id},permalink_url,is_hidden,attachment{type,media}',
        filter: 'stream',
        order: q.order,
        since: seconds(q.since),
        limit: '100',
      },
      after,
    ),
    edgeOf(Comment),
  )

export const hideComment = (app: AppConfig, as: Account, comment: string, hidden: boolean) =>
  make(app, as, id(comment), Done, { is_hidden: hidden })

/** Comments, or posts of others, which have the same fields. At most 50. Those that are gone make the whole call fail. */
export const getSaid = (app: AppConfig, as: Account, ids: readonly string[]) =>
  ask(
    app,
    as,
    withQuery('', { ids: ids.join(','), fields: 'id,message,created_time,is_hidden' }),
    z.record(z.string(), Comment),
  )

export const remove = (app: AppConfig, as: Account, object: string) =>
  graph(app, as.accessToken, at(app, id(object)), Done, { method: 'DELETE' })

const total = z.object({ summary: z.object({ total_count: z.number() }) }).optional()
const Value = z.object({ name: z.string(), values: z.array(z.object({ value: z.unknown() })) })
const Figures = z.object({
  id: GraphId,
  shares: z.object({ count: z.number() }).optional(),
  comments: total,
  reactions: total,
  insights: z.object({ data: z.array(Value) }).optional(),
})
export type Figures = z.output<typeof Figures>
const insights = 'post_media_view,post_total_media_view_unique,post_clicks'
/** At most 50 posts. Those that are gone make the whole call fail: ask one by one then. */
export const getFigures = (app: AppConfig, as: Account, ids: readonly string[]) =>
  ask(
    app,
    as,
    withQuery('', {
      ids: ids.join(','),
      fields: `id,shares,comments.summary(total_count).limit(0),reactions.summary(total_count).limit(0),insights.metric(${insights}).period(lifetime)`,
    }),
    z.record(z.string(), Figures),
  )

/** Chats, the most recently used first, each with its latest messages, newest first. `with` asks for one person's alone. */
export const listThreads = (app: AppConfig, as: Account, page: string, after: URLSearchParams, person?: string) =>
  ask(
    app,
    as,
    withQuery(
      `${id(page)}/conversations`,
      {
        platform: 'messenger',
        fields: threadFields,
        limit: '25',
        ...(person ? { user_id: person } : {}),
      },
      after,
    ),
    edgeOf(Thread),
  )

/** Messages of one chat, beyond those that came with it. */
export const listMessages = (app: AppConfig, as: Account, thread: string, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(`${id(thread)}/messages`, { fields: messageFields, limit: String(perThread) }, after),
    Messages,
  )

/** Who writes to the page (developers.facebook.com/docs/messenger-platform/identity/user-profile, through clients). */
export const getProfile = (app: AppConfig, as: Account, person: string) =>
  ask(app, as, withQuery(id(person), { fields: 'first_name,last_name,profile_pic' }), Profile)

export const sendMessage = (app: AppConfig, as: Account, page: string, message: SendMessage) =>
  make(app, as, `${id(page)}/messages`, Sent, message)

/** A file that a message may name. Nobody sees it before (developers.facebook.com/docs/messenger-platform/send-messages/saving-assets, through clients). */
export function createAttachment(app: AppConfig, as: Account, page: string, file: MediaFile) {
  const message = { attachment: { type: typeOf(file.kind), payload: { is_reusable: true } } }
  const form = multipart(
    { message: JSON.stringify(message) },
    {
      name: 'filedata',
      filename: fileName(file, file.kind),
      mime: file.mime,
      sizeBytes: file.sizeBytes,
      open: () => file.open(),
    },
  )
  const shape = z.object({ attachment_id: GraphId })
  return graph(app, as.accessToken, at(app, `${id(page)}/message_attachments`), shape, { method: 'POST', ...form })
}
