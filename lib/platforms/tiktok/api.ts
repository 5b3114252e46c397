import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { fail, ok } from '@/lib/core/result'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials } from '../platform'
import { parseWithLongIds } from './long-ids'

/** TikTok's own words for a failure. Sign-in has a form of its own. */
const ApiProblem = z.object({ code: z.string(), message: z.string().default(''), log_id: z.string().default('') })
export type Problem = z.output<typeof ApiProblem>

const Envelope = z.object({ data: z.unknown().optional(), error: ApiProblem })
export const OAuthProblem = z.object({ error: z.string(), error_description: z.string().default('') })

/** Either form, as the first. */
export const Problem: z.ZodType<Problem> = z.union([
  Envelope.transform(({ error }) => error),
  OAuthProblem.transform(({ error, error_description }) => ({ code: error, message: error_description, log_id: '' })),
])

/** What a creator may do at this moment, by TikTok's own word. */
const CreatorInfo = z.object({
  creator_username: z.string(),
  creator_nickname: z.string(),
  creator_avatar_url: z.string().optional(),
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean(),
  duet_disabled: z.boolean(),
  stitch_disabled: z.boolean(),
  max_video_post_duration_sec: z.number(),
})
export type CreatorInfo = z.output<typeof CreatorInfo>

const VideoStarted = z.object({ publish_id: z.string().min(1), upload_url: z.url() })
const PhotosStarted = z.object({ publish_id: z.string().min(1) })
const LongId = z.union([z.string(), z.number().transform(String)])

const Status = z.object({
  status: z.string(),
  fail_reason: z.string().optional(),
  // Spelt so by TikTok.
  publicaly_available_post_id: z.array(LongId).optional(),
  uploaded_bytes: z.number().optional(),
})
export type Status = z.output<typeof Status>

const Video = z.object({
  id: LongId,
  create_time: z.number().optional(),
  title: z.string().optional(),
  video_description: z.string().optional(),
  share_url: z.string().optional(),
  view_count: z.number().optional(),
  like_count: z.number().optional(),
  comment_count: z.number().optional(),
  share_count: z.number().optional(),
})
export type Video = z.output<typeof Video>
const Videos = z.object({
  videos: z.array(Video).default([]),
  cursor: z.number().optional(),
  has_more: z.boolean().default(false),
})
const Me = z.object({
  user: z.object({
    open_id: z.string(),
    display_name: z.string(),
    username: z.string().optional(),
    avatar_url: z.string().optional(),
    profile_deep_link: z.string().optional(),
  }),
})

export type VideoSource = {
  readonly source: 'FILE_UPLOAD'
  readonly video_size: number
  readonly chunk_size: number
  readonly total_chunk_count: number
}
type Shown = {
  readonly title: string
  readonly privacy_level: string
  readonly disable_comment: boolean
  readonly brand_content_toggle: boolean
  readonly brand_organic_toggle: boolean
}
export type VideoPost = {
  readonly post_info: Shown & {
    readonly disable_duet: boolean
    readonly disable_stitch: boolean
    readonly is_aigc: boolean
    readonly video_cover_timestamp_ms?: number
  }
  readonly source_info: VideoSource
}
export type PhotoPost = {
  readonly media_type: 'PHOTO'
  readonly post_mode: 'DIRECT_POST' | 'MEDIA_UPLOAD'
  readonly post_info: Partial<Shown> & { readonly description: string; readonly auto_add_music?: boolean }
  readonly source_info: {
    readonly source: 'PULL_FROM_URL'
    readonly photo_images: readonly string[]
    readonly photo_cover_index: number
  }
}

type Account = Pick<Credentials, 'accessToken'>
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

/** Some refusals come with HTTP 200: they are made refusals like the others, and TikTok's own faults doubts. */
async function send<T>(
  app: AppConfig,
  as: Account,
  path: string,
  shape: z.ZodType<T>,
  asked: Asked,
): Reply<T, Problem> {
  const answer = await call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: `${app.apiUrl}${path}`,
      headers: { authorization: `Bearer ${as.accessToken}`, accept: 'application/json', ...asked.headers },
      allow: 'networks',
    },
    { success: Envelope, problem: Problem, parse: parseWithLongIds },
  )
  if (!answer.ok) return answer
  const { body, headers } = answer.value
  if (body.error.code !== 'ok')
    return fail({
      kind: 'refused',
      status: body.error.code === 'internal_error' ? 500 : 400,
      headers,
      problem: body.error,
    })
  const data = shape.safeParse(body.data)
  return data.success
    ? ok({ body: data.data, headers })
    : fail({ kind: 'unreadable', reason: 'it answered in a form we do not know' })
}

const json = { 'content-type': 'application/json; charset=UTF-8' }
/** TikTok asks with POST for reads, too. */
const post = (body: unknown, mutation: boolean) =>
  ({ method: 'POST', mutation, headers: json, body: JSON.stringify(body) }) as const

const meFields = 'open_id,display_name,username,avatar_url,profile_deep_link'
const readFields = 'id,create_time,title,video_description,share_url'
const countFields = 'id,share_url,view_count,like_count,comment_count,share_count'

export const getMe = (app: AppConfig, as: Account) =>
  send(app, as, `/v2/user/info/?fields=${meFields}`, Me, { method: 'GET', mutation: false })

export const getCreatorInfo = (app: AppConfig, as: Account) =>
  send(app, as, '/v2/post/publish/creator_info/query/', CreatorInfo, post({}, false))

/** Nothing is shown before the last byte of the file. */
export const startVideo = (app: AppConfig, as: Account, video: VideoPost) =>
  send(app, as, '/v2/post/publish/video/init/', VideoStarted, post(video, true))

export const startDraft = (app: AppConfig, as: Account, source: VideoSource) =>
  send(app, as, '/v2/post/publish/inbox/video/init/', VideoStarted, post({ source_info: source }, true))

/** TikTok fetches the pictures and goes on by itself: this alone publishes. */
export const startPhotos = (app: AppConfig, as: Account, photos: PhotoPost) =>
  send(app, as, '/v2/post/publish/content/init/', PhotosStarted, post(photos, true))

export const getStatus = (app: AppConfig, as: Account, publishId: string) =>
  send(app, as, '/v2/post/publish/status/fetch/', Status, post({ publish_id: publishId }, false))

/** At most 20 ids. Public videos only. */
export const getVideos = (app: AppConfig, as: Account, ids: readonly string[]) =>
  send(app, as, `/v2/video/query/?fields=${countFields}`, Videos, post({ filters: { video_ids: ids } }, false))

/** One page of 20, newest first. */
export const listVideos = (app: AppConfig, as: Account, cursor: number | undefined) =>
  send(
    app,
    as,
    `/v2/video/list/?fields=${readFields}`,
    Videos,
    post({ max_count: 20, ...(cursor === undefined ? {} : { cursor }) }, false),
  )

/** Sends one chunk to the address TikTok gave for this upload; that address is the permission. Both ends are in it. */
export const putChunk = (
  app: AppConfig,
  uploadUrl: string,
  file: { readonly mime: string; readonly sizeBytes: number; open(range: Range): ReadableStream<Uint8Array> },
  range: Range,
): Reply<unknown, Problem> =>
  call(
    {
      url: uploadUrl,
      method: 'PUT',
      mutation: true,
      allow: 'networks',
      timeoutMs: app.timeoutMs,
      headers: {
        'content-type': file.mime,
        'content-length': String(range.end - range.start + 1),
        'content-range': `bytes ${range.start}-${range.end}/${file.sizeBytes}`,
      },
      body: file.open(range),
    },
    { success: z.unknown(), problem: Problem },
  )
type Range = { readonly start: number; readonly end: number }
