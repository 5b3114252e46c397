import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials } from '../platform'
import { apiVersion } from './place'

/** LinkedIn's own words for a failure. Which fields are filled depends on the service behind the call. */
export const Problem = z.object({
  message: z.string().optional(),
  code: z.string().optional(),
  serviceErrorCode: z.number().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
  errorDetails: z
    .object({
      inputErrors: z
        .array(
          z.object({
            code: z.string().optional(),
            description: z.string().optional(),
            input: z.object({ inputPath: z.object({ fieldPath: z.string() }).optional() }).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
})
export type Problem = z.output<typeof Problem>

type Account = Pick<Credentials, 'accessToken'>
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

/** Calls under `/rest` are versioned; `/v2/userinfo` is not, and ignores the header. */
const send = <T>(app: AppConfig, as: Account, url: string, shape: z.ZodType<T>, asked: Asked): Reply<T, Problem> =>
  call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: url.startsWith('/') ? `${app.apiUrl}${url}` : url,
      headers: {
        authorization: `Bearer ${as.accessToken}`,
        'linkedin-version': apiVersion.version,
        'x-restli-protocol-version': '2.0.0',
        ...asked.headers,
      },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )

const read = { method: 'GET', mutation: false } as const
const write = (body: unknown) =>
  ({
    method: 'POST',
    mutation: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }) as const
const urn = encodeURIComponent
const elements = <T extends z.ZodType>(shape: T) => z.object({ elements: z.array(shape) })

/** The body of `POST /rest/posts`, as far as we use it. */
export type CreatePost = {
  readonly author: string
  /** Little text. */
  readonly commentary: string
  readonly visibility: string
  readonly distribution: {
    readonly feedDistribution: 'MAIN_FEED'
    readonly targetEntities: readonly []
    readonly thirdPartyDistributionChannels: readonly []
  }
  readonly lifecycleState: 'PUBLISHED'
  readonly isReshareDisabledByAuthor: boolean
  readonly content?:
    | { readonly media: { readonly id: string; readonly altText?: string; readonly title?: string } }
    | { readonly multiImage: { readonly images: readonly { readonly id: string; readonly altText?: string }[] } }
    | {
        readonly article: {
          readonly source: string
          readonly title: string
          readonly description?: string
          readonly thumbnail?: string
        }
      }
    | {
        readonly poll: {
          readonly question: string
          readonly options: readonly { readonly text: string }[]
          readonly settings: { readonly duration: string }
        }
      }
}

const Post = z.object({
  id: z.string(),
  commentary: z.string().nullish(),
  createdAt: z.number().optional(),
  publishedAt: z.number().optional(),
  lifecycleState: z.string().optional(),
  content: z
    .object({
      media: z.object({ id: z.string() }).nullish(),
      multiImage: z.object({ images: z.array(z.object({ id: z.string() })) }).nullish(),
      article: z.object({ source: z.string() }).nullish(),
      poll: z.object({ question: z.string() }).nullish(),
    })
    .nullish(),
})
export type Post = z.output<typeof Post>

const Comment = z.object({
  id: z.string(),
  /** `urn:li:comment:(urn:li:activity:…,…)`. */
  commentUrn: z.string().optional(),
  actor: z.string(),
  message: z.object({ text: z.string() }),
  created: z.object({ time: z.number() }).optional(),
  lastModified: z.object({ time: z.number() }).optional(),
  parentComment: z.string().nullish(),
  commentsSummary: z.object({ totalFirstLevelComments: z.number().optional() }).nullish(),
})
export type Comment = z.output<typeof Comment>

export const getMember = (app: AppConfig, as: Account) =>
  send(app, as, '/v2/userinfo', z.object({ sub: z.string(), name: z.string(), picture: z.string().optional() }), read)

/** The pages this person administers. */
export const listPages = (app: AppConfig, as: Account) =>
  send(
    app,
    as,
    '/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=100',
    elements(z.object({ organization: z.string().optional(), organizationTarget: z.string().optional() })),
    { ...read, headers: { 'x-restli-method': 'FINDER' } },
  )

export const getPage = (app: AppConfig, as: Account, id: string) =>
  send(
    app,
    as,
    `/rest/organizations/${urn(id)}`,
    z.object({
      id: z.union([z.number(), z.string()]).optional(),
      localizedName: z.string(),
      vanityName: z.string().optional(),
    }),
    read,
  )

/** The new post's URN comes in the header `x-restli-id`; the body is empty. */
export const createPost = (app: AppConfig, as: Account, post: CreatePost) =>
  send(app, as, '/rest/posts', z.unknown(), write(post))

export const deletePost = (app: AppConfig, as: Account, id: string) =>
  send(app, as, `/rest/posts/${urn(id)}`, z.unknown(), {
    method: 'DELETE',
    mutation: true,
    headers: { 'x-restli-method': 'DELETE' },
  })

/** One post; nothing is read of it but that it is there. */
export const getPost = (app: AppConfig, as: Account, id: string) =>
  send(app, as, `/rest/posts/${urn(id)}`, z.unknown(), read)

/** A page's posts, newest first. Needs `r_organization_social`; closed for members. */
export const listPosts = (app: AppConfig, as: Account, author: string, start: number, count: number) =>
  send(
    app,
    as,
    `/rest/posts?q=author&author=${urn(author)}&start=${start}&count=${count}&sortBy=CREATED`,
    elements(Post),
    {
      ...read,
      headers: { 'x-restli-method': 'FINDER' },
    },
  )

/** One comment under the post `on`, however deep it stands. */
export const getComment = (app: AppConfig, as: Account, on: string, id: string) =>
  send(app, as, `/rest/socialActions/${urn(on)}/comments/${urn(id)}`, Comment, read)

/** Plain text, unlike a post's. `under` is the comment that it answers. */
export const createComment = (
  app: AppConfig,
  as: Account,
  { on, under, actor, text }: { on: string; under?: string | undefined; actor: string; text: string },
) =>
  send(
    app,
    as,
    `/rest/socialActions/${urn(under ?? on)}/comments`,
    z.object({ id: z.string().optional() }).optional(),
    write({ actor, object: on, message: { text }, ...(under ? { parentComment: under } : {}) }),
  )

export const listComments = (app: AppConfig, as: Account, on: string, start: number, count: number) =>
  send(app, as, `/rest/socialActions/${urn(on)}/comments?start=${start}&count=${count}`, elements(Comment), read)

const Decorated = z.object({ entity: z.string(), owner: z.string(), text: z.string().nullish() })
/** Something that happened to a page, as LinkedIn lists and reports it. */
export const Notification = z.object({
  organizationalEntity: z.string(),
  action: z.string(),
  sourcePost: z.string().nullish(),
  generatedActivity: z.string().nullish(),
  decoratedGeneratedActivity: z
    .object({ comment: Decorated.nullish(), share: Decorated.nullish(), like: Decorated.nullish() })
    .nullish(),
  lastModifiedAt: z.number(),
})
export type Notification = z.output<typeof Notification>

/** What happened to a page from `since` on (both times unix ms). Kept for 60 days. Needs `rw_organization_admin`. */
export const listNotifications = (
  app: AppConfig,
  as: Account,
  page: string,
  q: { actions: readonly string[]; since: number; until: number; start: number; count: number },
) =>
  send(
    app,
    as,
    `/rest/organizationalEntityNotifications?q=criteria&organizationalEntity=${urn(page)}` +
      `&actions=List(${q.actions.join(',')})&timeRange=(start:${q.since},end:${q.until})&start=${q.start}&count=${q.count}`,
    elements(Notification),
    { ...read, headers: { 'x-restli-method': 'FINDER' } },
  )

export const deleteComment = (app: AppConfig, as: Account, on: string, id: string, actor: string) =>
  send(app, as, `/rest/socialActions/${urn(on)}/comments/${urn(id)}?actor=${urn(actor)}`, z.unknown(), {
    method: 'DELETE',
    mutation: true,
  })

export const startImage = (app: AppConfig, as: Account, owner: string) =>
  send(
    app,
    as,
    '/rest/images?action=initializeUpload',
    z.object({ value: z.object({ uploadUrl: z.url(), image: z.string() }) }),
    write({ initializeUploadRequest: { owner } }),
  )

export const startDocument = (app: AppConfig, as: Account, owner: string) =>
  send(
    app,
    as,
    '/rest/documents?action=initializeUpload',
    z.object({ value: z.object({ uploadUrl: z.url(), document: z.string() }) }),
    write({ initializeUploadRequest: { owner } }),
  )

export const startVideo = (app: AppConfig, as: Account, owner: string, fileSizeBytes: number) =>
  send(
    app,
    as,
    '/rest/videos?action=initializeUpload',
    z.object({
      value: z.object({
        video: z.string(),
        uploadToken: z.string().default(''),
        uploadInstructions: z
          .array(z.object({ uploadUrl: z.url(), firstByte: z.number(), lastByte: z.number() }))
          .min(1),
      }),
    }),
    write({ initializeUploadRequest: { owner, fileSizeBytes, uploadCaptions: false, uploadThumbnail: false } }),
  )

/** Brings bytes to an address LinkedIn gave. The part's `etag` is in the answer's headers. */
export const putBytes = (
  app: AppConfig,
  as: Account,
  url: string,
  body: Uint8Array | ReadableStream<Uint8Array>,
  sizeBytes: number,
) =>
  send(app, as, url, z.unknown(), {
    method: 'PUT',
    mutation: true,
    body,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(sizeBytes) },
  })

export const finishVideo = (
  app: AppConfig,
  as: Account,
  video: string,
  uploadToken: string,
  uploadedPartIds: readonly string[],
) =>
  send(
    app,
    as,
    '/rest/videos?action=finalizeUpload',
    z.unknown(),
    write({ finalizeUploadRequest: { video, uploadToken, uploadedPartIds } }),
  )

/** How LinkedIn comes on with a video or a document. */
export const getFile = (app: AppConfig, as: Account, kind: 'videos' | 'documents', id: string) =>
  send(app, as, `/rest/${kind}/${urn(id)}`, z.object({ status: z.string() }), read)

const Statistics = z.object({
  share: z.string().optional(),
  ugcPost: z.string().optional(),
  totalShareStatistics: z.record(z.string(), z.number()),
})
export type Statistics = z.output<typeof Statistics>

/** All `posts` must be of one kind: `urn:li:share:…` or `urn:li:ugcPost:…`. */
export function getStatistics(
  app: AppConfig,
  as: Account,
  page: string,
  kind: 'shares' | 'ugcPosts',
  posts: readonly string[],
) {
  const query = `q=organizationalEntity&organizationalEntity=${urn(page)}&${kind}=List(${posts.map(urn).join(',')})`
  return send(app, as, `/rest/organizationalEntityShareStatistics?${query}`, elements(Statistics), read)
}
