import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { chunksOf } from '../chunks'
import type { Answer, AppConfig, Credentials, MediaFile, PlatformError, UploadedMedia } from '../platform'
import { finishVideo, getVideo, putBytes, startImage, startVideo } from './api'
import { linkedinError } from './translate'

type Trouble = Parameters<typeof linkedinError>[0]

const failed = (app: AppConfig, trouble: Trouble) => fail(linkedinError(trouble, 'none', app.webUrl, now()))
const oddAnswer: PlatformError = {
  code: 'unavailable',
  reason: 'LinkedIn gave upload instructions that do not fit the file. Try again.',
}

/** Repeating it makes a second file that nobody sees. */
export const uploadMedia = (app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> =>
  file.kind === 'video' ? uploadVideo(app, as, file) : uploadImage(app, as, file)

async function uploadImage(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const started = await startImage(app, as, as.externalId)
  if (!started.ok) return failed(app, started.error)
  const { image, uploadUrl } = started.value.body.value
  const put = await putBytes(app, as, uploadUrl, file.open(), file.sizeBytes)
  // A member's token may not look at images: what was put is taken as ready.
  return put.ok ? ok({ ref: image, ready: true }) : failed(app, put.error)
}

/** Each part goes to an address of its own, in order, one part in memory at a time. */
async function uploadVideo(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const started = await startVideo(app, as, as.externalId, file.sizeBytes)
  if (!started.ok) return failed(app, started.error)
  const { video, uploadToken, uploadInstructions } = started.value.body.value
  const [first] = uploadInstructions
  if (!first) return fail(oddAnswer)
  const etags: string[] = []
  let part = 0
  for await (const bytes of chunksOf(file.open(), first.lastByte - first.firstByte + 1)) {
    const instruction = uploadInstructions[part++]
    if (!instruction || instruction.lastByte - instruction.firstByte + 1 !== bytes.byteLength) return fail(oddAnswer)
    const put = await putBytes(app, as, instruction.uploadUrl, bytes, bytes.byteLength)
    if (!put.ok) return failed(app, put.error)
    etags.push((put.value.headers.get('etag') ?? '').replaceAll('"', ''))
  }
  const finished = await finishVideo(app, as, video, uploadToken, etags)
  return finished.ok ? ok({ ref: video, ready: false, checkAfterMs: 2_000 }) : failed(app, finished.error)
}

export async function mediaStatus(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia> {
  const video = await getVideo(app, as, String(media.ref))
  if (!video.ok) return failed(app, video.error)
  switch (video.value.body.status) {
    case 'AVAILABLE':
      return ok({ ref: media.ref, ready: true })
    case 'PROCESSING_FAILED':
      return fail({ code: 'rejected', reason: 'LinkedIn could not process this video. Try another format.' })
    default:
      return ok({ ref: media.ref, ready: false, checkAfterMs: 3_000 })
  }
}
