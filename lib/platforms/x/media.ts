import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { chunksOf } from '../chunks'
import type { Answer, AppConfig, Credentials, MediaFile, MediaKind, UploadedMedia } from '../platform'
import { appendSegment, describeMedia, finishUpload, startUpload, uploadStatus, type Media } from './api'
import { segmentBytes } from './limits'
import { xError } from './translate'

const categories: Record<MediaKind, string> = { image: 'tweet_image', gif: 'tweet_gif', video: 'tweet_video' }

/** Uploads in segments, one in memory at a time, then the alt text. Repeating it makes a second file that nobody sees. */
export async function uploadMedia(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const failed = (trouble: Parameters<typeof xError>[0]) => fail(xError(trouble, 'none', now()))
  const started = await startUpload(app, as, {
    media_type: file.mime,
    total_bytes: file.sizeBytes,
    media_category: categories[file.kind],
  })
  if (!started.ok) return failed(started.error)
  const { id } = started.value.body.data
  let index = 0
  for await (const segment of chunksOf(file.open(), segmentBytes)) {
    const sent = await appendSegment(app, as, id, index++, segment)
    if (!sent.ok) return failed(sent.error)
  }
  const finished = await finishUpload(app, as, id)
  if (!finished.ok) return failed(finished.error)
  // X keeps alt text for images and gifs only.
  if (file.alt && file.kind !== 'video') {
    const described = await describeMedia(app, as, id, file.alt)
    if (!described.ok) return failed(described.error)
  }
  return progress(finished.value.body.data)
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
