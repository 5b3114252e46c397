import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { multipart } from '../multipart'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials, MediaFile } from '../platform'

/** Reddit's own words for a failure that has a status. Most refusals have none: they come with 200, as `Errors`. */
export const Problem = z.object({
  message: z.string().optional(),
  reason: z.string().optional(),
  explanation: z.string().optional(),
  error: z.union([z.string(), z.number()]).optional(),
})
export type Problem = z.output<typeof Problem>

/** `[code, sentence, field]`. */
const Errors = z.array(z.array(z.string().nullable())).default([])
const Submitted = z.object({
  json: z.object({
    errors: Errors,
    /** Seconds, with RATELIMIT. */
    ratelimit: z.number().optional(),
    data: z
      .object({
        id: z.string().optional(),
        name: z.string().optional(),
        url: z.string().optional(),
        websocket_url: z.string().nullish(),
        things: z
          .array(z.object({ data: z.object({ name: z.string(), permalink: z.string().optional() }) }))
          .optional(),
      })
      .optional(),
  }),
})
export type Submitted = z.output<typeof Submitted>['json']

const Me = z.object({
  name: z.string(),
  icon_img: z.string().optional(),
  subreddit: z.object({ title: z.string().optional() }).nullish(),
  is_suspended: z.boolean().optional(),
  has_verified_email: z.boolean().optional(),
})
export type Me = z.output<typeof Me>

/** A post, a comment or a message: Reddit calls all of them things, and each kind fills other fields. */
const Thing = z.object({
  name: z.string(),
  author: z.string().nullish(),
  created_utc: z.number(),
  title: z.string().optional(),
  selftext: z.string().optional(),
  body: z.string().optional(),
  subreddit: z.string().nullish(),
  permalink: z.string().optional(),
  url: z.string().optional(),
  is_self: z.boolean().optional(),
  is_gallery: z.boolean().optional(),
  is_video: z.boolean().optional(),
  post_hint: z.string().optional(),
  parent_id: z.string().nullish(),
  link_id: z.string().optional(),
  context: z.string().optional(),
  type: z.string().optional(),
  was_comment: z.boolean().optional(),
  dest: z.string().optional(),
  first_message_name: z.string().nullish(),
  score: z.number().optional(),
  num_comments: z.number().optional(),
  edited: z.union([z.boolean(), z.number()]).optional(),
  replies: z.unknown().optional(),
})
export type Thing = z.output<typeof Thing>
/** A thing that cannot be read must not look like one that is not there. What is none of the three is left out. */
const Child = z.union([
  z.object({ kind: z.enum(['t1', 't3', 't4']), data: Thing }),
  z.object({ kind: z.string().regex(/^(?!t[134]$)/), data: z.unknown().optional() }).transform(() => undefined),
])
export const Listing = z.object({
  data: z.object({ children: z.array(Child), after: z.string().nullish() }),
})
/** The posts, comments and messages of a listing; what else stands in it (“more”) is left out. */
export const thingsOf = (listing: z.output<typeof Listing>): Thing[] =>
  listing.data.children.flatMap((child) => child?.data ?? [])

/** Is it all there is? A long tree is cut, and “more” stands where it goes on. */
export const isWhole = (listing: z.output<typeof Listing>): boolean =>
  !listing.data.after &&
  listing.data.children.every((child) => {
    if (!child) return false
    // An empty text where there are no replies.
    if (!child.data.replies) return true
    const below = Listing.safeParse(child.data.replies)
    return below.success && isWhole(below.data)
  })

const Subreddit = z.object({
  display_name: z.string(),
  title: z.string().nullish(),
  subscribers: z.number().nullish(),
  submission_type: z.string().nullish(),
  allow_images: z.boolean().nullish(),
  allow_videos: z.boolean().nullish(),
  allow_galleries: z.boolean().nullish(),
  user_is_banned: z.boolean().nullish(),
})
export type Subreddit = z.output<typeof Subreddit>
const Subreddits = z.object({ data: z.object({ children: z.array(z.object({ data: Subreddit })) }) })

const Requirements = z.object({
  title_regexes: z.array(z.string()).nullish(),
  body_regexes: z.array(z.string()).nullish(),
  title_text_min_length: z.number().nullish(),
  title_text_max_length: z.number().nullish(),
  body_text_min_length: z.number().nullish(),
  body_text_max_length: z.number().nullish(),
  title_required_strings: z.array(z.string()).nullish(),
  title_blacklisted_strings: z.array(z.string()).nullish(),
  body_required_strings: z.array(z.string()).nullish(),
  body_blacklisted_strings: z.array(z.string()).nullish(),
  body_restriction_policy: z.string().nullish(),
  link_restriction_policy: z.string().nullish(),
  domain_blacklist: z.array(z.string()).nullish(),
  domain_whitelist: z.array(z.string()).nullish(),
  gallery_min_items: z.number().nullish(),
  gallery_max_items: z.number().nullish(),
  is_flair_required: z.boolean().nullish(),
})
export type Requirements = z.output<typeof Requirements>

type Account = Pick<Credentials, 'accessToken' | 'externalId'>
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

/** Reddit turns away whoever does not say who is calling: `platform:app:version (by /u/name)`. */
const userAgent = (app: AppConfig, name?: string): string =>
  `web:posthorn-${app.clientId ?? 'app'}:1.0 (by /u/${name ?? 'unknown'})`

const send = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>, asked: Asked): Reply<T, Problem> =>
  call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: `${app.apiUrl}${path}`,
      headers: {
        authorization: `Bearer ${as.accessToken}`,
        'user-agent': userAgent(app, as.externalId),
        ...asked.headers,
      },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )

const read = { method: 'GET', mutation: false } as const
const form = (fields: Readonly<Record<string, string>>): Asked => ({
  method: 'POST',
  mutation: true,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})
const sr = encodeURIComponent

export const getMe = (app: AppConfig, as: Account) => send(app, as, '/api/v1/me', Me, read)

export const submit = (app: AppConfig, as: Account, fields: Readonly<Record<string, string>>) =>
  send(app, as, '/api/submit', Submitted, form(fields))

export const submitGallery = (app: AppConfig, as: Account, post: object) =>
  send(app, as, '/api/submit_gallery_post.json', Submitted, {
    method: 'POST',
    mutation: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(post),
  })

/** An answer to a post (t3), a comment (t1) or a private message (t4). */
export const comment = (app: AppConfig, as: Account, thing: string, text: string) =>
  send(app, as, '/api/comment', Submitted, form({ api_type: 'json', thing_id: thing, text }))

/** Succeeds for what is gone, too. */
export const del = (app: AppConfig, as: Account, name: string) =>
  send(app, as, '/api/del', z.unknown(), form({ id: name }))

/** Newest first. `raw_json`: texts as they were written, not as HTML. */
const listing = (app: AppConfig, as: Account, path: string, after?: string) => {
  const query = new URLSearchParams({ limit: '100', sort: 'new', raw_json: '1', ...(after ? { after } : {}) })
  return send(app, as, `${path}?${query}`, Listing, read)
}
export const listSubmitted = (app: AppConfig, as: Account, after?: string) =>
  listing(app, as, `/user/${sr(as.externalId)}/submitted`, after)
export const listComments = (app: AppConfig, as: Account, after?: string) =>
  listing(app, as, `/user/${sr(as.externalId)}/comments`, after)
export const listInbox = (app: AppConfig, as: Account, after?: string) => listing(app, as, '/message/inbox', after)
export const listSent = (app: AppConfig, as: Account, after?: string) => listing(app, as, '/message/sent', after)

/** The post, and the tree of what was said under it. `post` without its `t3_`. */
export const getThread = (app: AppConfig, as: Account, post: string) =>
  send(
    app,
    as,
    `/comments/${sr(post)}?sort=new&limit=500&raw_json=1`,
    z.tuple([Listing, Listing]).transform(([, comments]) => comments),
    read,
  )

/** At most 100 fullnames. */
export const getInfo = (app: AppConfig, as: Account, names: readonly string[]) =>
  send(app, as, `/api/info?${new URLSearchParams({ id: names.join(','), raw_json: '1' })}`, Listing, read)

export const listSubreddits = (app: AppConfig, as: Account, where: 'moderator' | 'subscriber') =>
  send(app, as, `/subreddits/mine/${where}?limit=100&raw_json=1`, Subreddits, read)

export const getSubreddit = (app: AppConfig, as: Account, name: string) =>
  send(app, as, `/r/${sr(name)}/about?raw_json=1`, z.object({ data: Subreddit }), read)

export const getRequirements = (app: AppConfig, as: Account, name: string) =>
  send(app, as, `/api/v1/${sr(name)}/post_requirements`, Requirements, read)

export const listFlairs = (app: AppConfig, as: Account, name: string) =>
  send(app, as, `/r/${sr(name)}/api/link_flair_v2`, z.array(z.object({ id: z.string(), text: z.string() })), read)

const Lease = z.object({
  args: z.object({ action: z.string(), fields: z.array(z.object({ name: z.string(), value: z.string() })) }),
  asset: z.object({ asset_id: z.string() }),
})
export type Lease = z.output<typeof Lease>
export const leaseMedia = (app: AppConfig, as: Account, filepath: string, mimetype: string) =>
  send(app, as, '/api/media/asset.json', Lease, form({ filepath, mimetype }))

/** What is brought to the store behind Reddit. */
export type Upload = Pick<MediaFile, 'mime' | 'sizeBytes' | 'open'> & { readonly filename: string }

/** The file goes last, behind the fields Reddit signed. The store is not Reddit: it is shown no token. */
export function putMedia(app: AppConfig, { args }: Lease, file: Upload) {
  const { headers, body } = multipart(Object.fromEntries(args.fields.map(({ name, value }) => [name, value])), {
    name: 'file',
    filename: file.filename,
    mime: file.mime,
    sizeBytes: file.sizeBytes,
    open: () => file.open(),
  })
  return call(
    {
      url: new URL(args.action, app.apiUrl),
      method: 'POST',
      mutation: true,
      headers,
      body,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
    },
    { success: z.unknown(), problem: Problem },
  )
}

const Tokens = z.union([
  z.object({
    access_token: z.string().min(1),
    expires_in: z.number(),
    refresh_token: z.string().optional(),
    scope: z.string().default(''),
  }),
  z.object({ error: z.string() }),
])

/** Refusals of a code come with 200. */
export const askForTokens = (app: AppConfig, grant: Readonly<Record<string, string>>) =>
  call(
    {
      url: `${app.webUrl}/api/v1/access_token`,
      method: 'POST',
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': userAgent(app),
        authorization: `Basic ${Buffer.from(`${app.clientId ?? ''}:${app.clientSecret ?? ''}`).toString('base64')}`,
      },
      body: new URLSearchParams(grant).toString(),
    },
    { success: Tokens, problem: Problem },
  )
