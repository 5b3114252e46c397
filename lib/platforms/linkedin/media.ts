import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, MediaFile, PlatformError, UploadedMedia } from '../platform'
import { stretchOf } from '../stretch'
import { finishVideo, getFile, putBytes, startDocument, startImage, startVideo } from './api'
import { isPage } from './find'
import { linkedinError } from './translate'

type Trouble = Parameters<typeof linkedinError>[0]

const failed = (app: AppConfig, trouble: Trouble) => fail(linkedinError(trouble, 'none', app.webUrl, now()))
const oddAnswer: PlatformError = {
  code: 'unavailable',
  reason: 'LinkedIn gave upload instructions that do not fit the file. Try again.',
}

/** A video on its way: where its parts go, and the tags of those that are there. */
const Sending = z.object({
  video: z.string(),
  token: z.string(),
  parts: z.array(z.object({ uploadUrl: z.string(), firstByte: z.number(), lastByte: z.number() })),
  etags: z.array(z.string()),
  /** Begun anew once already: a second end is no accident. */
  again: z.boolean().optional(),
})
type Sending = z.output<typeof Sending>

const more = (ref: Sending): UploadedMedia => ({ ref, ready: false, more: true })

/** Repeating it makes a second file that nobody sees. Each part of a video is noted before the next goes. */
export async function uploadMedia(
  app: AppConfig,
  as: Credentials,
  file: MediaFile,
  before?: UploadedMedia,
): Answer<UploadedMedia> {
  if (file.kind === 'document') return uploadDocument(app, as, file)
  if (file.kind !== 'video') return uploadImage(app, as, file)
  const known = Sending.safeParse(before?.ref)
  if (!known.success) return beginVideo(app, as, file)
  const { parts, etags } = known.data
  return etags.length < parts.length ? putPart(app, as, file, known.data) : endVideo(app, as, known.data)
}

async function uploadImage(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const started = await startImage(app, as, as.externalId)
  if (!started.ok) return failed(app, started.error)
  const { image, uploadUrl } = started.value.body.value
  const put = await putBytes(app, as, uploadUrl, file.open(), file.sizeBytes)
  // A member's token may not look at images: what was put is taken as ready.
  return put.ok ? ok({ ref: image, ready: true }) : failed(app, put.error)
}

async function uploadDocument(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const started = await startDocument(app, as, as.externalId)
  if (!started.ok) return failed(app, started.error)
  const { document, uploadUrl } = started.value.body.value
  const put = await putBytes(app, as, uploadUrl, file.open(), file.sizeBytes)
  if (!put.ok) return failed(app, put.error)
  // As with images: a member's token may not look.
  return ok(isPage(as) ? { ref: document, ready: false, checkAfterMs: 2_000 } : { ref: document, ready: true })
}

async function beginVideo(app: AppConfig, as: Credentials, file: MediaFile, again = false): Answer<UploadedMedia> {
  const started = await startVideo(app, as, as.externalId, file.sizeBytes)
  if (!started.ok) return failed(app, started.error)
  const { video, uploadToken: token, uploadInstructions: parts } = started.value.body.value
  const fit = parts.every(({ firstByte }, at) => firstByte === (at === 0 ? 0 : (parts[at - 1]?.lastByte ?? 0) + 1))
  if (!fit || parts.at(-1)?.lastByte !== file.sizeBytes - 1) return fail(oddAnswer)
  return ok(more({ video, token, parts, etags: [], ...(again ? { again } : {}) }))
}

/** Each part goes to an address of its own, in order, one part in memory at a time. */
async function putPart(app: AppConfig, as: Credentials, file: MediaFile, sending: Sending): Answer<UploadedMedia> {
  const { parts, etags, again } = sending
  const part = parts[etags.length]
  if (!part) throw new Error('A part beyond the last')
  const bytes = await stretchOf(file, part.firstByte, part.lastByte)
  const put = await putBytes(app, as, part.uploadUrl, bytes, bytes.byteLength)
  if (put.ok) {
    const etag = (put.value.headers.get('etag') ?? '').replaceAll('"', '')
    return ok(more({ ...sending, etags: [...etags, etag] }))
  }
  // The addresses end after a while: what was brought is brought anew.
  const isSpent = put.error.kind === 'refused' && [401, 403, 404, 410].includes(put.error.status)
  return isSpent && etags.length > 0 && !again ? beginVideo(app, as, file, true) : failed(app, put.error)
}

async function endVideo(app: AppConfig, as: Credentials, { video, token, etags }: Sending): Answer<UploadedMedia> {
  const ended = await finishVideo(app, as, video, token, etags)
  if (ended.ok) return ok({ ref: video, ready: false, checkAfterMs: 2_000 })
  // It may have been ended before a restart: then LinkedIn is at work on it, or through with it.
  const known = ended.error.kind === 'refused' ? await getFile(app, as, 'videos', video) : ended
  const isThere = known.ok && known.value.body.status !== 'WAITING_UPLOAD'
  return isThere ? ok({ ref: video, ready: false, checkAfterMs: 2_000 }) : failed(app, ended.error)
}

export async function mediaStatus(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia> {
  const id = String(media.ref)
  const isDocument = id.startsWith('urn:li:document:')
  const file = await getFile(app, as, isDocument ? 'documents' : 'videos', id)
  if (!file.ok) return failed(app, file.error)
  switch (file.value.body.status) {
    case 'AVAILABLE':
      return ok({ ref: media.ref, ready: true })
    case 'PROCESSING_FAILED':
      return fail({
        code: 'rejected',
        reason: `LinkedIn could not process this ${isDocument ? 'document' : 'video'}. Try another format.`,
      })
    default:
      return ok({ ref: media.ref, ready: false, checkAfterMs: 3_000 })
  }
}
