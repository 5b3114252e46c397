import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Refusal, Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, MediaFile, Part, PlatformError, Prepared } from '../platform'
import type { Problem } from './api'
import { putBytes, startUpload } from './video-api'
import { pieceBytes } from './limits'
import { notifies, toNewVideo, youtubeError } from './translate'

/** An upload under way, known by its address before its last byte. `videoId` once there is a video. */
export const Ready = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('comment') }),
  z.object({
    kind: z.literal('video'),
    session: z.string(),
    sizeBytes: z.number(),
    /** Bytes that YouTube has, from the first on. */
    sentBytes: z.number(),
    videoId: z.string().optional(),
  }),
])
export type Upload = Extract<z.output<typeof Ready>, { kind: 'video' }>

/** The last piece is left to `publish`: with it the video comes to be. */
const readied = (upload: Upload): Prepared => ({
  ref: upload,
  ready: upload.sizeBytes - upload.sentBytes <= pieceBytes,
})

export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  if (part.kind === 'comment') return ok({ ref: { kind: 'comment' }, ready: true })
  const file = videoOf(part)
  if (!file.ok) return file
  const known = Ready.safeParse(before?.ref)
  return known.data?.kind === 'video'
    ? proceed(app, as, part, file.value, known.data)
    : begin(app, as, part, file.value)
}

export function videoOf(part: Part): Result<MediaFile, PlatformError> {
  if (part.kind === 'reply')
    return fail({ code: 'rejected', reason: 'YouTube has no threads. Say it in one post, or in a first comment.' })
  const [video, second] = part.media.filter(({ kind }) => kind === 'video')
  if (!video) return fail({ code: 'rejected', reason: 'YouTube takes only posts with a video. Add one.' })
  if (second) return fail({ code: 'rejected', reason: 'YouTube takes one video. Take the rest out.' })
  if (!video.file) throw new Error('A video for YouTube came without its file')
  return ok(video.file)
}

async function begin(app: AppConfig, as: Credentials, part: Part, file: MediaFile): Answer<Prepared> {
  const started = await startUpload(app, as, {
    video: toNewVideo(part),
    mime: file.mime,
    sizeBytes: file.sizeBytes,
    notify: notifies(part),
  })
  // An upload without its bytes is no video: opening another is harmless.
  if (!started.ok) return fail(youtubeError(started.error, 'none', now()))
  const session = started.value.headers.get('location')
  if (!session) return fail({ code: 'unavailable', reason: 'YouTube opened an upload without saying where.' })
  return ok(readied({ kind: 'video', session, sizeBytes: file.sizeBytes, sentBytes: 0 }))
}

async function proceed(app: AppConfig, as: Credentials, part: Part, file: MediaFile, upload: Upload): Answer<Prepared> {
  const done = readied(upload)
  if (done.ready) return ok(done)
  const range = { start: upload.sentBytes, end: upload.sentBytes + pieceBytes - 1 }
  const put = await putBytes(app, as, upload.session, file, range)
  if (put.ok) return fail({ code: 'unavailable', reason: 'YouTube says the video is whole before it can be.' })
  const sentBytes = bytesHeld(put.error)
  if (sentBytes !== undefined) return ok(readied({ ...upload, sentBytes }))
  // The upload has ended, and nothing came of it without its last piece.
  return isGone(put.error) ? begin(app, as, part, file) : fail(youtubeError(put.error, 'none', now()))
}

const isRefused = (trouble: Trouble<Problem>): trouble is Refusal<Problem> => trouble.kind === 'refused'

/** How many bytes YouTube says it has of an unfinished upload; undefined when it says something else. */
export function bytesHeld(trouble: Trouble<Problem>): number | undefined {
  if (!isRefused(trouble) || trouble.status !== 308) return undefined
  const last = /^bytes=0-(\d+)$/.exec(trouble.headers.get('range') ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}

export const isGone = (trouble: Trouble<Problem>): boolean =>
  isRefused(trouble) && (trouble.status === 404 || trouble.status === 410)
