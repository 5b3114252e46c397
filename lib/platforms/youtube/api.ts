import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials } from '../platform'

/** Google's own words for a failure; its sign-in says it in a shorter form. */
export const Problem = z.object({
  error: z.union([
    z.string(),
    z.object({
      code: z.number().optional(),
      message: z.string().optional(),
      errors: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).optional(),
    }),
  ]),
  error_description: z.string().optional(),
})
export type Problem = z.output<typeof Problem>

/** The body of `videos.insert`, as far as we use it. */
export type NewVideo = {
  readonly snippet: {
    readonly title: string
    readonly description: string
    readonly tags?: string[]
    readonly categoryId: string
  }
  readonly status: {
    readonly privacyStatus: string
    readonly selfDeclaredMadeForKids: boolean
    readonly containsSyntheticMedia: boolean
    readonly embeddable: boolean
  }
}
export type NewThread = {
  readonly snippet: {
    readonly channelId: string
    readonly videoId: string
    readonly topLevelComment: { readonly snippet: { readonly textOriginal: string } }
  }
}
export type NewReply = { readonly snippet: { readonly parentId: string; readonly textOriginal: string } }
export type NewPlaylistItem = {
  readonly snippet: {
    readonly playlistId: string
    readonly resourceId: { readonly kind: 'youtube#video'; readonly videoId: string }
  }
}

const Channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        snippet: z.object({
          title: z.string(),
          customUrl: z.string().optional(),
          thumbnails: z.object({ default: z.object({ url: z.string() }).optional() }).optional(),
        }),
        contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }),
        status: z.object({ longUploadsStatus: z.string().optional(), privacyStatus: z.string().optional() }).optional(),
      }),
    )
    .default([]),
})
const Count = z.string().regex(/^\d+$/).optional()
const Video = z.object({
  id: z.string(),
  status: z
    .object({
      uploadStatus: z.string().optional(),
      failureReason: z.string().optional(),
      rejectionReason: z.string().optional(),
    })
    .optional(),
  statistics: z.object({ viewCount: Count, likeCount: Count, commentCount: Count }).optional(),
})
export type Video = z.output<typeof Video>
const Videos = z.object({ items: z.array(Video).default([]) })

const PlaylistItems = z.object({
  items: z
    .array(
      z.object({
        snippet: z.object({ title: z.string(), description: z.string(), publishedAt: z.string() }),
        contentDetails: z.object({ videoId: z.string() }),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
})
export type Listed = z.output<typeof PlaylistItems>['items'][number]

const Comment = z.object({
  id: z.string(),
  snippet: z.object({
    textOriginal: z.string().optional(),
    textDisplay: z.string(),
    authorDisplayName: z.string().default(''),
    authorProfileImageUrl: z.string().optional(),
    authorChannelId: z.object({ value: z.string() }).optional(),
    parentId: z.string().optional(),
    videoId: z.string().optional(),
    publishedAt: z.string(),
    updatedAt: z.string(),
  }),
})
export type Comment = z.output<typeof Comment>
const Comments = z.object({ items: z.array(Comment).default([]), nextPageToken: z.string().optional() })
const Thread = z.object({
  id: z.string(),
  snippet: z.object({
    videoId: z.string().optional(),
    topLevelComment: Comment,
    totalReplyCount: z.number().default(0),
  }),
  replies: z.object({ comments: z.array(Comment).default([]) }).optional(),
})
export type Thread = z.output<typeof Thread>
const Threads = z.object({ items: z.array(Thread).default([]), nextPageToken: z.string().optional() })
export type ThreadPage = z.output<typeof Threads>

const Named = z.object({ id: z.string(), snippet: z.object({ title: z.string(), assignable: z.boolean().optional() }) })
const NamedList = z.object({ items: z.array(Named).default([]), nextPageToken: z.string().optional() })

type Account = Pick<Credentials, 'accessToken'>
/** `units`: what it takes of the project's day (developers.google.com/youtube/v3/determine_quota_cost). */
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean; readonly units: number }

async function send<T>(
  app: AppConfig,
  as: Account,
  url: string,
  shape: z.ZodType<T>,
  { units, ...asked }: Asked,
): Reply<T, Problem> {
  if (units > 0) await app.spend?.(units)
  return call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: url.startsWith('/') ? `${app.apiUrl}${url}` : url,
      headers: { authorization: `Bearer ${as.accessToken}`, accept: 'application/json', ...asked.headers },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )
}

const at = (resource: string, query: Record<string, string>): string =>
  `/youtube/v3/${resource}?${new URLSearchParams(query)}`
const read = { method: 'GET', mutation: false, units: 1 } as const
const json = { 'content-type': 'application/json; charset=UTF-8' }
const write = (body: unknown) =>
  ({ method: 'POST', mutation: true, units: 50, headers: json, body: JSON.stringify(body) }) as const
const paged = (pageToken: string | undefined): Record<string, string> => (pageToken ? { pageToken } : {})

export const getMyChannel = (app: AppConfig, as: Account) =>
  send(app, as, at('channels', { part: 'snippet,contentDetails,status', mine: 'true' }), Channels, read)

/** Opens an upload; its address is in the header `location`. Until its last byte is there, there is no video. */
export const startUpload = (
  app: AppConfig,
  as: Account,
  q: { video: NewVideo; mime: string; sizeBytes: number; notify: boolean },
) => {
  const query = new URLSearchParams({
    uploadType: 'resumable',
    part: 'snippet,status',
    notifySubscribers: String(q.notify),
  })
  const asked = write(q.video)
  return send(app, as, `/upload/youtube/v3/videos?${query}`, z.unknown(), {
    ...asked,
    // Uploads are counted apart.
    units: 0,
    headers: {
      ...asked.headers,
      'x-upload-content-type': q.mime,
      'x-upload-content-length': String(q.sizeBytes),
    },
  })
}

/** Sends bytes of an upload, both ends included. Refused with 308 while bytes are missing; the video once none is. */
export const putBytes = (
  app: AppConfig,
  as: Account,
  session: string,
  file: { readonly mime: string; readonly sizeBytes: number; open(range: Range): ReadableStream<Uint8Array> },
  range: Range,
) =>
  send(app, as, session, Video, {
    method: 'PUT',
    mutation: true,
    units: 0,
    headers: {
      'content-type': file.mime,
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${file.sizeBytes}`,
    },
    body: file.open(range),
  })
type Range = { readonly start: number; readonly end: number }

/** Asks how far an upload has come: 308 with `range`, or the video. Changes nothing, and follows no redirect. */
export const askUpload = (app: AppConfig, as: Account, session: string, sizeBytes: number) =>
  send(app, as, session, Video, {
    method: 'PUT',
    mutation: true,
    units: 0,
    headers: { 'content-length': '0', 'content-range': `bytes */${sizeBytes}` },
  })

/** At most 50 ids. Videos that are gone are left out. */
export const getVideos = (app: AppConfig, as: Account, ids: readonly string[], part: 'status' | 'statistics') =>
  send(app, as, at('videos', { part, id: ids.join(',') }), Videos, read)

export const deleteVideo = (app: AppConfig, as: Account, id: string) =>
  send(app, as, at('videos', { id }), z.unknown(), { method: 'DELETE', mutation: true, units: 50 })

/** One page of a playlist of the channel; the list of its uploads has the newest first. */
export const listPlaylistItems = (
  app: AppConfig,
  as: Account,
  playlistId: string,
  q: { videoId?: string; pageToken?: string | undefined } = {},
) =>
  send(
    app,
    as,
    at('playlistItems', {
      part: 'snippet,contentDetails',
      playlistId,
      maxResults: '50',
      ...(q.videoId ? { videoId: q.videoId } : {}),
      ...paged(q.pageToken),
    }),
    PlaylistItems,
    read,
  )

export const addToPlaylist = (app: AppConfig, as: Account, item: NewPlaylistItem) =>
  send(app, as, at('playlistItems', { part: 'snippet' }), z.unknown(), write(item))

/** The whole picture is in one request. Doing it again changes nothing. */
export const setThumbnail = (
  app: AppConfig,
  as: Account,
  videoId: string,
  file: { readonly mime: string; readonly sizeBytes: number; open(): ReadableStream<Uint8Array> },
) =>
  send(
    app,
    as,
    `/upload/youtube/v3/thumbnails/set?${new URLSearchParams({ videoId, uploadType: 'media' })}`,
    z.unknown(),
    {
      method: 'POST',
      mutation: true,
      units: 50,
      headers: { 'content-type': file.mime, 'content-length': String(file.sizeBytes) },
      body: file.open(),
    },
  )

export const listPlaylists = (app: AppConfig, as: Account, pageToken: string | undefined) =>
  send(
    app,
    as,
    at('playlists', { part: 'snippet', mine: 'true', maxResults: '50', ...paged(pageToken) }),
    NamedList,
    read,
  )

export const listCategories = (app: AppConfig, as: Account) =>
  send(app, as, at('videoCategories', { part: 'snippet', regionCode: 'US', hl: 'en' }), NamedList, read)

/** One page of 100 threads, newest first, each with some of its answers. */
export const listThreads = (
  app: AppConfig,
  as: Account,
  q: ({ videoId: string } | { allThreadsRelatedToChannelId: string }) & { pageToken?: string | undefined },
) => {
  const { pageToken, ...where } = q
  return send(
    app,
    as,
    at('commentThreads', {
      part: 'snippet,replies',
      ...where,
      order: 'time',
      maxResults: '100',
      textFormat: 'plainText',
      ...paged(pageToken),
    }),
    Threads,
    read,
  )
}

export const listReplies = (app: AppConfig, as: Account, parentId: string, pageToken: string | undefined) =>
  send(
    app,
    as,
    at('comments', { part: 'snippet', parentId, maxResults: '100', textFormat: 'plainText', ...paged(pageToken) }),
    Comments,
    read,
  )

export const insertThread = (app: AppConfig, as: Account, thread: NewThread) =>
  send(app, as, at('commentThreads', { part: 'snippet' }), z.object({ id: z.string() }), write(thread))

export const insertReply = (app: AppConfig, as: Account, reply: NewReply) =>
  send(app, as, at('comments', { part: 'snippet' }), z.object({ id: z.string() }), write(reply))

/**
 * Of what stands under one's own videos. What is held can be published again, what is rejected cannot; doing it twice does
 * it once (developers.google.com/youtube/v3/docs/comments/setModerationStatus, read 2026-11-27).
 */
export const moderateComment = (
  app: AppConfig,
  as: Account,
  id: string,
  moderationStatus: 'heldForReview' | 'published' | 'rejected',
) =>
  send(app, as, at('comments/setModerationStatus', { id, moderationStatus }), z.unknown(), {
    method: 'POST',
    mutation: true,
    units: 50,
  })

export const deleteComment = (app: AppConfig, as: Account, id: string) =>
  send(app, as, at('comments', { id }), z.unknown(), { method: 'DELETE', mutation: true, units: 50 })
