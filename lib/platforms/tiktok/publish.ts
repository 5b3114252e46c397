import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { lapsed } from '../outcome'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { getStatus, putChunk, startPhotos, type Status } from './api'
import { findListed } from './find-listed'
import { moderationPatienceMs } from './limits'
import { fileOf, Ready, type Upload } from './prepare'
import { chunkRange, failureReason, isDraft, tiktokError, toPhotoPost, toPublished } from './translate'

const checkAfterMs = 3_000

const working = (ref: Ready): PlatformError => ({
  code: 'outcome_unknown',
  reason: 'TikTok has it and is at work on it.',
  processing: { checkAfterMs, ref },
})

/** Sends what makes the post: a video's last chunk, or the addresses of the pictures. */
export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const file = fileOf(part)
  if (!file.ok) return file
  const ready = Ready.parse(part.prepared)
  return ready.kind === 'video' ? finishVideo(app, as, part, ready) : sendPhotos(app, as, part, ready)
}

/** Asks first where the upload stands: its address needs no sign-in, and a chunk too many would be refused as if all were lost. */
async function finishVideo(app: AppConfig, as: Credentials, part: Part, upload: Upload): Answer<Published> {
  const before = await getStatus(app, as, upload.publishId)
  if (!before.ok) return fail(tiktokError(before.error, 'none', now()))
  if (!waitsForBytes(before.value.body, upload)) return fail(working(upload))
  const file = fileOf(part)
  if (!file.ok) return file
  if (!file.value) throw new Error('An upload to TikTok lost its video')
  const put = await putChunk(app, upload.uploadUrl, file.value, chunkRange(upload.source, upload.sent))
  if (put.ok) return fail(working(upload))
  if (put.error.kind === 'refused' && (put.error.status === 403 || put.error.status === 404))
    return closed(app, as, upload)
  return fail(tiktokError(put.error, 'visible', now()))
}

/** The address of an upload lives for an hour. Nothing comes of one that still lacks bytes then. */
async function closed(app: AppConfig, as: Credentials, upload: Upload): Answer<Published> {
  const after = await getStatus(app, as, upload.publishId)
  if (!after.ok) return fail(tiktokError(after.error, 'visible', now()))
  return fail(waitsForBytes(after.value.body, upload) ? lapsed('TikTok') : working(upload))
}

async function sendPhotos(
  app: AppConfig,
  as: Credentials,
  part: Part,
  ready: Extract<Ready, { kind: 'photos' }>,
): Answer<Published> {
  const addresses = part.media.flatMap(({ file }) => (file?.publicUrl ? [file.publicUrl] : []))
  if (addresses.length < part.media.length)
    return fail({
      code: 'rejected',
      reason:
        'TikTok fetches pictures from the internet, and this Posthorn has no address there. Set APP_URL to one that is open to the internet and verified at TikTok.',
    })
  const started = await startPhotos(app, as, toPhotoPost(part, addresses))
  if (!started.ok) return fail(tiktokError(started.error, 'visible', now()))
  return fail(working({ ...ready, publishId: started.value.body.publish_id }))
}

const waitsForBytes = (status: Status, upload: Upload): boolean =>
  status.status === 'PROCESSING_UPLOAD' && (status.uploaded_bytes ?? 0) < upload.source.video_size

/** Asks TikTok what became of the sending. `undefined` means that the last bytes never arrived. */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const ready = Ready.parse(part.prepared)
  const { publishId, username } = ready
  // The answer that named the sending of the pictures was lost.
  if (!publishId) return findListed(app, as, part, since, username)
  const answer = await getStatus(app, as, publishId)
  if (!answer.ok) return fail(tiktokError(answer.error, 'none', now()))
  const status = answer.value.body
  if (ready.kind === 'video' && waitsForBytes(status, ready)) return ok(undefined)
  const [postId] = status.publicaly_available_post_id ?? []
  const about = { publishId, username, photo: ready.kind === 'photos' }
  switch (status.status) {
    case 'PUBLISH_COMPLETE':
      if (postId) return ok(toPublished(app.webUrl, { ...about, postId }))
      return isPublic(part) && now().getTime() - since.getTime() < moderationPatienceMs
        ? fail(working(ready))
        : ok(toPublished(app.webUrl, about))
    case 'SEND_TO_USER_INBOX':
      return ok(toPublished(app.webUrl, about))
    case 'FAILED':
      return fail({ code: 'rejected', reason: failureReason(status.fail_reason) })
    default:
      return fail(working(ready))
  }
}

/** Only public posts have an id for other programs. */
const isPublic = (part: Part): boolean => !isDraft(part) && part.options?.privacy === 'PUBLIC_TO_EVERYONE'
