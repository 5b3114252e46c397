import { z } from 'zod'
import { fail, ok } from '@/lib/core/result'
import { call, type Reply } from '../outcome'
import type { AppConfig } from '../platform'
import type { Keys } from './keys'
import type { TheirName } from './names'

/** Shapes as www.ayrshare.com/docs shows them, through mirrors of 2026-10-04: Ayrshare publishes no description to check against. */

const Fault = z.object({
  action: z.string().optional(),
  code: z.number().optional(),
  message: z.string().optional(),
  platform: z.string().optional(),
})
/** A refusal: one of the whole call, or one for each network. */
export const Problem = z.object({
  ...Fault.shape,
  status: z.string().optional(),
  errors: z.array(Fault).optional(),
  posts: z.array(z.object({ errors: z.array(Fault).optional() })).optional(),
})
export type Problem = z.output<typeof Problem>

/** Ids are the networks' own: some are numbers beyond 2^53, and come as strings. */
const Id = z.string().min(1)

const Linked = z.object({
  platform: z.string(),
  id: z.coerce.string().optional(),
  displayName: z.string().optional(),
  pageName: z.string().optional(),
  username: z.string().optional(),
  profileUrl: z.string().optional(),
  userImage: z.string().optional(),
})
export type Linked = z.output<typeof Linked>

const User = z.object({
  /** Absent while nothing is linked. */
  activeSocialAccounts: z.array(z.string()).default([]),
  displayNames: z.array(Linked).default([]),
  refId: z.string(),
  title: z.string().optional(),
})

const SentTo = z.object({
  platform: z.string(),
  status: z.string(),
  id: Id.optional(),
  postUrl: z.string().optional(),
})
const Sent = z.object({
  id: z.string(),
  status: z.string(),
  errors: z.array(Fault).default([]),
  postIds: z.array(SentTo).default([]),
})
/** With a profile key the answer is one of a list. */
const SentAnswer = z.union([Sent, z.object({ posts: z.tuple([Sent], Sent) }).transform(({ posts: [first] }) => first)])

const HistoryEntry = z.object({
  ...Sent.shape,
  post: z.string().default(''),
  platforms: z.array(z.string()).default([]),
  /** What we wrote beside the post: its key. */
  notes: z.string().nullish(),
  created: z.string().optional(),
})
export type HistoryEntry = z.output<typeof HistoryEntry>

const Person = z.object({
  id: z.coerce.string().optional(),
  name: z.string().optional(),
  username: z.string().optional(),
})
const BareComment = z.object({
  commentId: Id,
  comment: z.string().default(''),
  created: z.string(),
  from: Person.optional(),
  userName: z.string().optional(),
  username: z.string().optional(),
  commentUrl: z.string().optional(),
  parentId: z.string().optional(),
})
const Comment = BareComment.extend({ replies: z.array(BareComment).default([]) })
export type Comment = z.output<typeof BareComment>

const Comments = z.looseObject({
  status: z.string().optional(),
  /** When Ayrshare asked the network, and when it will ask again: in between the same copy is handed out. */
  lastUpdated: z.string().optional(),
  nextUpdate: z.string().optional(),
})

const Commented = z.looseObject({ id: z.string().optional(), status: z.string().optional() })
const CommentedAt = z.object({ status: z.string(), commentId: Id })

const Analysed = z.looseObject({ status: z.string().optional(), errors: z.array(Fault).optional() })
const AnalysedAt = z.object({ analytics: z.looseObject({}) })

type Asked = { readonly method: 'GET' | 'POST' | 'DELETE'; readonly mutation: boolean; readonly body?: unknown }

/** A refusal may come with 200: what counts is the word in the answer. */
async function send<T>(
  app: AppConfig,
  keys: Keys,
  path: string,
  shape: z.ZodType<T>,
  { body, ...asked }: Asked,
): Reply<T, Problem> {
  const answer = await call(
    {
      ...asked,
      url: `${app.apiUrl}/api${path}`,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${keys.apiKey}`,
        ...(keys.profileKey ? { 'profile-key': keys.profileKey } : {}),
        ...(keys.x ? { 'x-twitter-oauth1-api-key': keys.x.key, 'x-twitter-oauth1-api-secret': keys.x.secret } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: app.timeoutMs,
      allow: 'networks',
    },
    { success: z.unknown(), problem: Problem },
  )
  if (!answer.ok) return answer
  const { body: said, headers } = answer.value
  const problem = Problem.safeParse(said).data
  if (problem?.status === 'error') return fail({ kind: 'refused', status: 400, headers, problem })
  const read = shape.safeParse(said)
  return read.success
    ? ok({ body: read.data, headers })
    : fail({ kind: 'unreadable', reason: 'it answered 200 in a form we do not know' })
}

const id = encodeURIComponent
const read = { method: 'GET', mutation: false } as const
const write = (body: unknown): Asked => ({ method: 'POST', mutation: true, body })
const drop = (body: unknown): Asked => ({ method: 'DELETE', mutation: true, body })

export const getUser = (app: AppConfig, keys: Keys) => send(app, keys, '/user', User, read)

/** A post as Ayrshare takes it, as far as we use it. */
export type NewPost = {
  readonly post: string
  readonly platforms: readonly [TheirName]
  readonly mediaUrls?: readonly string[]
  /** Where an address does not say that it is a video. */
  readonly isVideo?: true
  /** Taken once per profile, whatever became of the post. */
  readonly idempotencyKey: string
  /** Comes back in the history. */
  readonly notes: string
} & Readonly<Record<string, unknown>>

export const createPost = (app: AppConfig, keys: Keys, post: NewPost) =>
  send(app, keys, '/post', SentAnswer, write(post))

/** By Ayrshare's own id. */
export const deletePost = (app: AppConfig, keys: Keys, post: string) =>
  send(app, keys, '/post', z.looseObject({ status: z.string() }), drop({ id: post }))

/** What was sent through Ayrshare, the newest first; without what was deleted through it, or that alone. */
export function listHistory(
  app: AppConfig,
  keys: Keys,
  q: { readonly platform: TheirName; readonly lastDays: number; readonly limit: number; readonly status?: 'deleted' },
) {
  const query = new URLSearchParams({
    platform: q.platform,
    lastDays: String(q.lastDays),
    limit: String(q.limit),
    ...(q.status ? { status: q.status } : {}),
  })
  return send(app, keys, `/history?${query}`, z.object({ history: z.array(HistoryEntry) }), read)
}

const OnNetwork = z.object({ id: Id, created: z.string().optional() })

/** What stands on one network, whichever way it came there, the newest first and by the network's own names. */
export function listOnNetwork(
  app: AppConfig,
  keys: Keys,
  { platform, limit }: { readonly platform: TheirName; readonly limit: number },
) {
  const query = new URLSearchParams({ limit: String(limit), skipAnalytics: 'true' })
  return send(app, keys, `/history/${platform}?${query}`, z.object({ posts: z.array(OnNetwork) }), read)
}

/** How something is named to Ayrshare: by its own id, or by the network's. */
export type Named = { readonly id: string; readonly platform: TheirName; readonly isTheirs: boolean }

const searching = ({ platform, isTheirs }: Named): string =>
  `?${new URLSearchParams({ platform, ...(isTheirs ? {} : { searchPlatformId: 'true' }) })}`

/** The comments of one network under a post. */
export async function listComments(app: AppConfig, keys: Keys, post: Named) {
  const answer = await send(app, keys, `/comments/${id(post.id)}${searching(post)}`, Comments, read)
  if (!answer.ok) return answer
  const { body, headers } = answer.value
  // A network that has none is not mentioned.
  const comments = z.array(Comment).safeParse(body[post.platform] ?? [])
  return comments.success
    ? ok({ body: { ...body, comments: comments.data }, headers })
    : fail({ kind: 'unreadable' as const, reason: 'it lists comments in a form we do not know' })
}

/** @returns the network's id of the new comment, and Ayrshare's own */
async function commentBy(app: AppConfig, keys: Keys, platform: TheirName, path: string, body: unknown) {
  const answer = await send(app, keys, path, Commented, write(body))
  if (!answer.ok) return answer
  const at = CommentedAt.safeParse(answer.value.body[platform])
  return at.success
    ? ok({ commentId: at.data.commentId, ...(answer.value.body.id ? { ayrshareId: answer.value.body.id } : {}) })
    : fail({ kind: 'unreadable' as const, reason: 'it took the comment and did not say where it is' })
}

export const createComment = (app: AppConfig, keys: Keys, on: Named, comment: string) =>
  commentBy(app, keys, on.platform, '/comments', {
    id: on.id,
    platforms: [on.platform],
    comment,
    ...(on.isTheirs ? {} : { searchPlatformId: true }),
  })

export const replyToComment = (app: AppConfig, keys: Keys, to: Named, comment: string) =>
  commentBy(app, keys, to.platform, `/comments/reply/${id(to.id)}`, {
    platforms: [to.platform],
    comment,
    ...(to.isTheirs ? {} : { searchPlatformId: true }),
    // LinkedIn alone wants it named once more.
    ...(to.platform === 'linkedin' && !to.isTheirs ? { commentUrn: to.id } : {}),
  })

export const deleteComment = (app: AppConfig, keys: Keys, comment: Named) =>
  send(
    app,
    keys,
    `/comments/${id(comment.id)}`,
    z.looseObject({ status: z.string().optional() }),
    drop({ platforms: [comment.platform], ...(comment.isTheirs ? {} : { searchPlatformId: true }) }),
  )

/** The numbers of one post on one network; undefined when the network has none for it yet. */
export async function getAnalytics(app: AppConfig, keys: Keys, post: Named) {
  const body = { id: post.id, platforms: [post.platform], ...(post.isTheirs ? {} : { searchPlatformId: true }) }
  // A question by POST: nothing changes by asking it twice.
  const answer = await send(app, keys, '/analytics/post', Analysed, { method: 'POST', mutation: false, body })
  if (!answer.ok) return answer
  return ok(AnalysedAt.safeParse(answer.value.body[post.platform]).data?.analytics)
}
