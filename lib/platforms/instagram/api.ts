import { z } from 'zod'
import { call } from '../outcome'
import { doing, Done, edgeOf, graph, GraphId, withQuery } from '../graph'
import { codeForm, longTokens } from '../graph-tokens'
import { ContainerStatus } from '../graph-containers'
import { Sent, type SendMessage } from '../graph-answers'
import { messageFields, Messages, perThread, Thread, threadFields } from '../graph-chats'
import { Profile } from '../graph-people'
import type { AppConfig, Credentials } from '../platform'
import type { UserTag } from './people'
import { apiVersion } from './place'

type Account = Pick<Credentials, 'accessToken'>

const { version } = apiVersion
const at = (app: AppConfig, path: string): string => `${app.apiUrl}/${version}/${path}`
const ask = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>) =>
  graph(app, as.accessToken, at(app, path), shape)
const make = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>, body: unknown) =>
  graph(app, as.accessToken, at(app, path), shape, doing(body))
const id = encodeURIComponent

const Short = z.object({
  access_token: z.string().min(1),
  permissions: z.union([z.string().transform((text) => text.split(',')), z.array(z.string())]).default([]),
})
/** The host for codes has errors of its own form, without the numbers of Graph. */
const TokenProblem = z.object({ error_type: z.string().optional(), error_message: z.string().optional() })

/** A code works once. Meta shows the answer flat in one place and within `data` in another: both are read. */
export const spendCode = (app: AppConfig, q: { code: string; redirectUri: string }) =>
  call(
    {
      url: `${app.hosts.token}/oauth/access_token`,
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
      ...codeForm(app, q),
    },
    {
      success: z.union([Short, z.object({ data: z.tuple([Short]) }).transform(({ data }) => data[0])]),
      problem: TokenProblem,
    },
  )

export const { lengthen, renew } = longTokens({ lengthen: 'ig_exchange_token', renew: 'ig_refresh_token' })

/** `user_id` is the account's own number; `id` is another for each app. */
const Me = z.object({
  user_id: z.union([z.string(), z.number()]).transform(String),
  username: z.string(),
  name: z.string().optional(),
  account_type: z.string().optional(),
  profile_picture_url: z.string().optional(),
})
export const getMe = (app: AppConfig, as: Account) =>
  ask(app, as, withQuery('me', { fields: 'user_id,username,name,account_type,profile_picture_url' }), Me)

export const subscribe = (app: AppConfig, as: Account, fields: readonly string[]) =>
  make(app, as, 'me/subscribed_apps', Done, { subscribed_fields: fields.join(',') })
export const listSubscribed = (app: AppConfig, as: Account) =>
  ask(
    app,
    as,
    'me/subscribed_apps',
    z.object({
      data: z.array(z.object({ id: z.string().optional(), subscribed_fields: z.array(z.string()).optional() })),
    }),
  )

/** What a container is made of (developers.facebook.com/docs/instagram-platform/content-publishing, read 2026-11-25). */
export type NewContainer = {
  readonly media_type?: 'REELS' | 'STORIES' | 'VIDEO' | 'CAROUSEL'
  readonly image_url?: string
  readonly video_url?: string
  readonly upload_type?: 'resumable'
  readonly is_carousel_item?: true
  readonly children?: readonly string[]
  readonly caption?: string
  readonly alt_text?: string
  readonly collaborators?: readonly string[]
  readonly share_to_feed?: boolean
  readonly thumb_offset?: string
  readonly cover_url?: string
  readonly location_id?: string
  readonly user_tags?: readonly UserTag[]
  readonly trial_params?: { readonly graduation_strategy: string }
}
export const createContainer = (app: AppConfig, as: Account, user: string, container: NewContainer) =>
  make(app, as, `${id(user)}/media`, z.object({ id: GraphId, uri: z.string().optional() }), container)

const Container = z.object({
  id: GraphId,
  status_code: ContainerStatus,
  status: z.string().optional(),
})
export const getContainer = (app: AppConfig, as: Account, container: string) =>
  ask(app, as, withQuery(id(container), { fields: 'id,status_code,status' }), Container)

/** How many bytes of a film have arrived. */
export const getUpload = (app: AppConfig, as: Account, container: string) =>
  ask(
    app,
    as,
    withQuery(id(container), { fields: 'id,video_status' }),
    z.object({
      video_status: z
        .object({
          uploading_phase: z.object({ status: z.string(), bytes_transferred: z.coerce.number().optional() }).optional(),
        })
        .optional(),
    }),
  )

export const publishContainer = (app: AppConfig, as: Account, user: string, container: string) =>
  make(app, as, `${id(user)}/media_publish`, z.object({ id: GraphId }), { creation_id: container })

const Media = z.object({
  id: GraphId,
  caption: z.string().optional(),
  timestamp: z.string(),
  media_type: z.string(),
  media_product_type: z.string().optional(),
  permalink: z.string().optional(),
})
export type Media = z.output<typeof Media>
const mediaFields = 'id,caption,timestamp,media_type,media_product_type,permalink'
export const getMedia = (app: AppConfig, as: Account, media: string) =>
  ask(app, as, withQuery(id(media), { fields: mediaFields }), Media)
/** Newest first. Stories have a list of their own, of those that still show. */
export const listMedia = (
  app: AppConfig,
  as: Account,
  user: string,
  edge: 'media' | 'stories',
  after: URLSearchParams,
) => ask(app, as, withQuery(`${id(user)}/${edge}`, { fields: mediaFields, limit: '100' }, after), edgeOf(Media))

const Value = z.object({
  name: z.string(),
  values: z.array(z.object({ value: z.unknown() })).optional(),
  total_value: z.object({ value: z.unknown() }).optional(),
})
export type Insight = z.output<typeof Value>
export const getInsights = (app: AppConfig, as: Account, media: string, metrics: readonly string[]) =>
  ask(app, as, withQuery(`${id(media)}/insights`, { metric: metrics.join(',') }), z.object({ data: z.array(Value) }))

export const getPublishingLimit = (app: AppConfig, as: Account, user: string) =>
  ask(
    app,
    as,
    withQuery(`${id(user)}/content_publishing_limit`, { fields: 'quota_usage,config' }),
    z.object({
      data: z.array(
        z.object({
          quota_usage: z.number(),
          config: z.object({ quota_total: z.number(), quota_duration: z.number() }).optional(),
        }),
      ),
    }),
  )

const Comment = z.object({
  id: GraphId,
  text: z.string().default(''),
  timestamp: z.string(),
  username: z.string().optional(),
  from: z.object({ id: z.string(), username: z.string().optional() }).optional(),
  parent_id: z.string().optional(),
  hidden: z.boolean().optional(),
})
export type Comment = z.output<typeof Comment>
const named = { username: z.string().optional() }
const commentFields = 'id,text,timestamp,username,from,parent_id,hidden'
const CommentWithReplies = Comment.extend({ replies: edgeOf(Comment).optional() })
export type CommentWithReplies = z.output<typeof CommentWithReplies>
export const listComments = (app: AppConfig, as: Account, media: string, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(`${id(media)}/comments`, { fields: `${commentFields},replies{${commentFields}}`, limit: '50' }, after),
    edgeOf(CommentWithReplies),
  )
export const listReplies = (app: AppConfig, as: Account, comment: string, after: URLSearchParams) =>
  ask(app, as, withQuery(`${id(comment)}/replies`, { fields: commentFields, limit: '50' }, after), edgeOf(Comment))
export const createComment = (app: AppConfig, as: Account, media: string, message: string) =>
  make(app, as, `${id(media)}/comments`, z.object({ id: GraphId }), { message })
export const hideComment = (app: AppConfig, as: Account, comment: string, hidden: boolean) =>
  make(app, as, id(comment), Done, { hide: hidden })

export const deleteComment = (app: AppConfig, as: Account, comment: string) =>
  graph(app, as.accessToken, at(app, id(comment)), Done, { method: 'DELETE' })

export const createReply = (app: AppConfig, as: Account, comment: string, message: string) =>
  make(app, as, `${id(comment)}/replies`, z.object({ id: GraphId }), { message })
/** A post of somebody else that mentions the account, by its number. */
export const getMentioningMedia = (app: AppConfig, as: Account, media: string) =>
  ask(
    app,
    as,
    withQuery('me', { fields: `mentioned_media.media_id(${id(media)}){id,caption,timestamp,permalink,username}` }),
    z.object({ mentioned_media: Media.pick({ caption: true, permalink: true }).extend(named).optional() }),
  )
/** A comment of somebody else that mentions the account, by its number. */
export const getMentioningComment = (app: AppConfig, as: Account, comment: string) =>
  ask(
    app,
    as,
    withQuery('me', { fields: `mentioned_comment.comment_id(${id(comment)}){id,text,timestamp,username}` }),
    z.object({ mentioned_comment: Comment.pick({ text: true }).extend(named).optional() }),
  )
/** Answers a mention in somebody else's post: under it, or under the comment that mentions. */
export const answerMention = (
  app: AppConfig,
  as: Account,
  user: string,
  q: { media_id: string; comment_id?: string; message: string },
) => make(app, as, `${id(user)}/mentions`, z.object({ id: GraphId }), q)

/** Chats, the most recently used first. `person` asks for one person's alone. */
export const listThreads = (app: AppConfig, as: Account, after: URLSearchParams, person?: string) =>
  ask(
    app,
    as,
    withQuery(
      'me/conversations',
      { platform: 'instagram', fields: threadFields, limit: '25', ...(person ? { user_id: person } : {}) },
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
/** Who writes to the account (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api, through clients). */
export const getProfile = (app: AppConfig, as: Account, person: string) =>
  ask(app, as, withQuery(id(person), { fields: 'name,username,profile_pic' }), Profile)
export const sendMessage = (app: AppConfig, as: Account, message: SendMessage) =>
  make(app, as, 'me/messages', Sent, message)
