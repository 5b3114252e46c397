import { z } from 'zod'
import { Done, edgeOf, graph, GraphId, withQuery } from '../graph'
import { ContainerStatus } from '../graph-containers'
import { codeForm, longTokens } from '../graph-tokens'
import type { AppConfig, Credentials } from '../platform'
import { apiVersion } from './place'

type Account = Pick<Credentials, 'accessToken'>

const { version } = apiVersion
const at = (app: AppConfig, path: string): string => `${app.apiUrl}/${version}/${path}`
const ask = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>) =>
  graph(app, as.accessToken, at(app, path), shape)
/** Threads documents its parameters as a form. */
const make = <T>(
  app: AppConfig,
  as: Account,
  path: string,
  shape: z.ZodType<T>,
  fields: Readonly<Record<string, string>>,
) =>
  graph(app, as.accessToken, at(app, path), shape, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
const id = encodeURIComponent

/** A code works once. The `user_id` beside the token is a number beyond 2^53: the profile tells it as a text. */
export const spendCode = (app: AppConfig, q: { code: string; redirectUri: string }) =>
  graph(
    app,
    undefined,
    `${app.apiUrl}/oauth/access_token`,
    z.object({ access_token: z.string().min(1) }),
    codeForm(app, q),
  )

export const { lengthen, renew } = longTokens({ lengthen: 'th_exchange_token', renew: 'th_refresh_token' })

/** What was allowed, and whether the token still works. */
const Inspected = z.object({
  data: z.object({ is_valid: z.boolean().optional(), scopes: z.array(z.string()).default([]) }),
})
export const inspectToken = (app: AppConfig, as: Account) =>
  ask(app, as, withQuery('debug_token', { input_token: as.accessToken }), Inspected)

const Me = z.object({
  id: GraphId,
  username: z.string(),
  name: z.string().optional(),
  threads_profile_picture_url: z.string().optional(),
})
export const getMe = (app: AppConfig, as: Account) =>
  ask(app, as, withQuery('me', { fields: 'id,username,name,threads_profile_picture_url' }), Me)

/** What a container is made of (developers.facebook.com/documentation/threads/reference/publishing, read 2026-11-25). */
export type NewContainer = {
  readonly media_type: 'TEXT' | 'IMAGE' | 'VIDEO' | 'CAROUSEL'
  readonly text?: string
  readonly image_url?: string
  readonly video_url?: string
  readonly alt_text?: string
  readonly is_carousel_item?: 'true'
  /** Ids with commas between. */
  readonly children?: string
  readonly reply_to_id?: string
  readonly reply_control?: string
  readonly topic_tag?: string
  readonly link_attachment?: string
  /** JSON: `option_a` to `option_d`. */
  readonly poll_attachment?: string
  readonly is_spoiler_media?: 'true'
  readonly is_ghost_post?: 'true'
}
export const createContainer = (app: AppConfig, as: Account, user: string, container: NewContainer) =>
  make(app, as, `${id(user)}/threads`, z.object({ id: GraphId }), container)

export const getContainer = (app: AppConfig, as: Account, container: string) =>
  ask(
    app,
    as,
    withQuery(id(container), { fields: 'id,status,error_message' }),
    z.object({ status: ContainerStatus, error_message: z.string().optional() }),
  )

export const publishContainer = (app: AppConfig, as: Account, user: string, container: string) =>
  make(app, as, `${id(user)}/threads_publish`, z.object({ id: GraphId }), { creation_id: container })

/** What stands below an answer is hidden with it. */
export const hideReply = (app: AppConfig, as: Account, reply: string, hidden: boolean) =>
  make(app, as, `${id(reply)}/manage_reply`, Done, { hide: String(hidden) })

/** A text under a post, in one call: `auto_publish_text` makes the container and publishes it. */
export const sayUnder = (
  app: AppConfig,
  as: Account,
  user: string,
  q: { readonly under: string; readonly text: string },
) =>
  make(app, as, `${id(user)}/threads`, z.object({ id: GraphId }), {
    media_type: 'TEXT',
    text: q.text,
    reply_to_id: q.under,
    auto_publish_text: 'true',
  })

const Named = z.object({ id: GraphId })
const File = z.object({ media_type: z.string().optional(), media_url: z.string().optional() })
export type File = z.output<typeof File>
const Post = z.object({
  id: GraphId,
  text: z.string().default(''),
  timestamp: z.string(),
  username: z.string().optional(),
  ...File.shape,
  /** Of a carousel: all that is in it. */
  children: z.object({ data: z.array(File) }).optional(),
  permalink: z.string().optional(),
  root_post: Named.optional(),
  replied_to: Named.optional(),
  is_reply_owned_by_me: z.boolean().optional(),
  hide_status: z.string().optional(),
})
export type Post = z.output<typeof Post>
const postFields = 'id,text,timestamp,username,media_type,media_url,permalink,children{media_type,media_url}'
const replyFields = `${postFields},root_post,replied_to,is_reply_owned_by_me`
export const getPost = (app: AppConfig, as: Account, post: string) =>
  ask(app, as, withQuery(id(post), { fields: postFields }), Post)

/** The account's own, newest first: what begins a thread, or what answers. */
export const listOwn = (
  app: AppConfig,
  as: Account,
  user: string,
  edge: 'threads' | 'replies',
  after: URLSearchParams,
) =>
  ask(
    app,
    as,
    withQuery(`${id(user)}/${edge}`, { fields: edge === 'replies' ? replyFields : postFields, limit: '100' }, after),
    edgeOf(Post),
  )
/** Everything said under a post, however deep. */
export const listConversation = (app: AppConfig, as: Account, post: string, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(`${id(post)}/conversation`, { fields: `${replyFields},hide_status`, limit: '100' }, after),
    edgeOf(Post),
  )
/** Public posts that name the account. */
export const listMentions = (app: AppConfig, as: Account, user: string, after: URLSearchParams) =>
  ask(app, as, withQuery(`${id(user)}/mentions`, { fields: replyFields, limit: '100' }, after), edgeOf(Post))

export const deletePost = (app: AppConfig, as: Account, post: string) =>
  graph(app, as.accessToken, at(app, id(post)), Done, { method: 'DELETE' })

const Value = z.object({
  name: z.string(),
  values: z.array(z.object({ value: z.unknown() })).optional(),
  total_value: z.object({ value: z.unknown() }).optional(),
})
export type Insight = z.output<typeof Value>
export const getInsights = (app: AppConfig, as: Account, post: string, metrics: readonly string[]) =>
  ask(app, as, withQuery(`${id(post)}/insights`, { metric: metrics.join(',') }), z.object({ data: z.array(Value) }))

const Config = z.object({ quota_total: z.number(), quota_duration: z.number() })
export const getPublishingLimit = (app: AppConfig, as: Account, user: string) =>
  ask(
    app,
    as,
    withQuery(`${id(user)}/threads_publishing_limit`, {
      fields: 'quota_usage,config,reply_quota_usage,reply_config,delete_quota_usage,delete_config',
    }),
    z.object({
      data: z.array(
        z.object({
          quota_usage: z.number().optional(),
          config: Config.optional(),
          reply_quota_usage: z.number().optional(),
          reply_config: Config.optional(),
          delete_quota_usage: z.number().optional(),
          delete_config: Config.optional(),
        }),
      ),
    }),
  )
