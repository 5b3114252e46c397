import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, MediaFile, Part, PlatformError, Prepared } from '../platform'
import { getCreatorInfo, getStatus, putChunk, startDraft, startVideo } from './api'
import { chunkRange, isDraft, objections, tiktokError, toSource, toVideoPost } from './translate'

const Source = z.object({
  source: z.literal('FILE_UPLOAD'),
  video_size: z.number(),
  chunk_size: z.number(),
  total_chunk_count: z.number(),
})

/** An upload under way, known by its `publishId` before its last byte; or pictures, which begin only when they are sent. */
export const Ready = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photos'), username: z.string(), publishId: z.string().optional() }),
  z.object({
    kind: z.literal('video'),
    username: z.string(),
    publishId: z.string(),
    uploadUrl: z.string(),
    source: Source,
    /** Chunks that TikTok has. */
    sent: z.number(),
  }),
])
export type Ready = z.output<typeof Ready>
export type Upload = Extract<Ready, { kind: 'video' }>

const readied = (ref: Ready): Prepared => ({
  ref,
  ready: ref.kind === 'photos' || ref.sent >= ref.source.total_chunk_count - 1,
})

/**
 * First asks what the creator may do (TikTok wants that before every post) and opens the upload; then one chunk at a time.
 * The last chunk is left to `publish`: with it the post comes to be.
 */
export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  const known = Ready.safeParse(before?.ref)
  if (known.data?.kind === 'video') return proceed(app, as, part, known.data)
  const file = fileOf(part)
  if (!file.ok) return file
  const creator = await getCreatorInfo(app, as)
  if (!creator.ok) return fail(tiktokError(creator.error, 'none', now()))
  const [objection] = objections(part, creator.value.body)
  if (objection) return fail({ code: 'rejected', reason: objection })
  const username = creator.value.body.creator_username
  return file.value ? begin(app, as, part, file.value, username) : ok(readied({ kind: 'photos', username }))
}

/** The video of a part, nothing where it has pictures, or why it is no post for TikTok. */
export function fileOf(part: Part): Result<MediaFile | undefined, PlatformError> {
  if (part.kind !== 'post')
    return fail({ code: 'rejected', reason: 'Other programs cannot answer or comment on TikTok. Take that out.' })
  const videos = part.media.filter(({ kind }) => kind === 'video')
  const [video] = videos
  if (part.media.length === 0)
    return fail({ code: 'rejected', reason: 'TikTok takes only posts with a video or pictures. Add one.' })
  if (video && part.media.length > 1)
    return fail({ code: 'rejected', reason: 'TikTok takes one video, or pictures. Take the rest out.' })
  if (video && !video.file) throw new Error('A video for TikTok came without its file')
  return ok(video?.file)
}

async function begin(app: AppConfig, as: Credentials, part: Part, file: MediaFile, username: string): Answer<Prepared> {
  const source = toSource(file.sizeBytes)
  const started = isDraft(part)
    ? await startDraft(app, as, source)
    : await startVideo(app, as, toVideoPost(part, source))
  // Without its bytes a started upload shows nowhere: starting another is harmless.
  if (!started.ok) return fail(tiktokError(started.error, 'none', now()))
  const { publish_id, upload_url } = started.value.body
  return ok(readied({ kind: 'video', username, publishId: publish_id, uploadUrl: upload_url, source, sent: 0 }))
}

async function proceed(app: AppConfig, as: Credentials, part: Part, upload: Upload): Answer<Prepared> {
  const done = readied(upload)
  if (done.ready) return ok(done)
  const file = fileOf(part)
  if (!file.ok) return file
  if (!file.value) throw new Error('An upload to TikTok lost its video')
  const put = await putChunk(app, upload.uploadUrl, file.value, chunkRange(upload.source, upload.sent))
  if (put.ok) return ok(readied({ ...upload, sent: upload.sent + 1 }))
  if (put.error.kind !== 'refused') return fail(tiktokError(put.error, 'none', now()))
  // The address of an upload lives for an hour. Nothing was published with it, so another may be opened.
  if (put.error.status === 403 || put.error.status === 404) return begin(app, as, part, file.value, upload.username)
  return put.error.status === 416 ? catchUp(app, as, upload) : fail(tiktokError(put.error, 'none', now()))
}

/** TikTok has another number of bytes than we noted, as after an answer that was lost: it says where to go on. */
async function catchUp(app: AppConfig, as: Credentials, upload: Upload): Answer<Prepared> {
  const status = await getStatus(app, as, upload.publishId)
  if (!status.ok) return fail(tiktokError(status.error, 'none', now()))
  const sent = Math.floor((status.value.body.uploaded_bytes ?? 0) / upload.source.chunk_size)
  return ok(readied({ ...upload, sent }))
}
