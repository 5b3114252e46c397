import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, MediaFile, MediaKind, UploadedMedia } from '../platform'
import { stretchOf } from '../stretch'
import { appendSegment, describeMedia, finishUpload, startUpload, uploadStatus, type Media, type Problem } from './api'
import { segmentBytes } from './limits'
import { xError } from './translate'

const categories: Readonly<Partial<Record<MediaKind, string>>> = {
  image: 'tweet_image',
  gif: 'tweet_gif',
  video: 'tweet_video',
}

/** An upload under way: the segment that goes next. */
const Sending = z.object({
  id: z.string(),
  next: z.number().int(),
  /** Begun anew once already: a second end is no accident. */
  again: z.boolean().optional(),
})
type Sending = z.output<typeof Sending>

const more = (ref: Sending): UploadedMedia => ({ ref, ready: false, more: true })
const failed = (trouble: Trouble<Problem>) => fail(xError(trouble, 'none', now()))

/**
 * Uploads in segments, one in memory and one at a time, each noted before the next; then the alt text. Uploads may
 * be paused, and a segment sent again (developer.x.com, media/upload APPEND). A file of one segment goes at once.
 */
export async function uploadMedia(
  app: AppConfig,
  as: Credentials,
  file: MediaFile,
  before?: UploadedMedia,
): Answer<UploadedMedia> {
  const known = Sending.safeParse(before?.ref)
  const begun = known.success ? ok(known.data) : await begin(app, as, file)
  if (!begun.ok) return begun
  if (!known.success && file.sizeBytes > segmentBytes) return ok(more(begun.value))
  if (begun.value.next * segmentBytes >= file.sizeBytes) return conclude(app, as, file, begun.value)
  const sent = await append(app, as, file, begun.value)
  return sent.ok && file.sizeBytes <= segmentBytes ? conclude(app, as, file, begun.value) : sent
}

async function begin(app: AppConfig, as: Credentials, file: MediaFile, again = false): Answer<Sending> {
  const category = categories[file.kind]
  if (!category) return fail({ code: 'rejected', reason: 'X takes no documents. Take it out.' })
  const started = await startUpload(app, as, {
    media_type: file.mime,
    total_bytes: file.sizeBytes,
    media_category: category,
  })
  if (!started.ok) return failed(started.error)
  return ok({ id: started.value.body.data.id, next: 0, ...(again ? { again } : {}) })
}

async function append(app: AppConfig, as: Credentials, file: MediaFile, sending: Sending): Answer<UploadedMedia> {
  const { id, next, again } = sending
  const start = next * segmentBytes
  const segment = await stretchOf(file, start, Math.min(start + segmentBytes, file.sizeBytes) - 1)
  const sent = await appendSegment(app, as, id, next, segment)
  if (sent.ok) return ok(more({ ...sending, next: next + 1 }))
  return next > 0 && !again ? anewIfForgotten(app, as, file, sent.error) : failed(sent.error)
}

/** X forgets an upload that nobody ends, after a day, and then does not know its id: what was brought is brought anew. */
async function anewIfForgotten(
  app: AppConfig,
  as: Credentials,
  file: MediaFile,
  trouble: Trouble<Problem>,
): Answer<UploadedMedia> {
  if (trouble.kind !== 'refused' || ![400, 404, 410].includes(trouble.status)) return failed(trouble)
  const begun = await begin(app, as, file, true)
  return begun.ok ? ok(more(begun.value)) : begun
}

async function conclude(
  app: AppConfig,
  as: Credentials,
  file: MediaFile,
  { id, again }: Sending,
): Answer<UploadedMedia> {
  const finished = await finishUpload(app, as, id)
  // It may have been ended before a restart: then its state says so.
  const ended = finished.ok || finished.error.kind !== 'refused' ? finished : await uploadStatus(app, as, id)
  if (!ended.ok) return again ? failed(ended.error) : anewIfForgotten(app, as, file, ended.error)
  // Its end was refused, and X is not at work on it: it lacks bytes.
  if (!finished.ok && !ended.value.body.data.processing_info)
    return again ? failed(finished.error) : anewIfForgotten(app, as, file, finished.error)
  // X keeps alt text for images and gifs only.
  if (file.alt && file.kind !== 'video') {
    const described = await describeMedia(app, as, id, file.alt)
    if (!described.ok) return failed(described.error)
  }
  return progress(ended.value.body.data)
}

export async function mediaStatus(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia> {
  const status = await uploadStatus(app, as, String(media.ref))
  return status.ok ? progress(status.value.body.data) : fail(xError(status.error, 'none', now()))
}

async function progress({ id, processing_info: info }: Media): Answer<UploadedMedia> {
  if (!info || info.state === 'succeeded') return ok({ ref: id, ready: true })
  if (info.state !== 'failed') return ok({ ref: id, ready: false, checkAfterMs: (info.check_after_secs ?? 1) * 1000 })
  return fail({
    code: 'rejected',
    reason: `X could not process this file${info.error?.message ? `: ${info.error.message}` : ''}. Try another format.`,
  })
}
