import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { lapsed, noting } from '../outcome'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { insertThread } from './comment-api'
import { askUpload, getVideos, putBytes, type Video } from './video-api'
import { addExtras } from './extras'
import { findComment, findUpload } from './find-listed'
import { processingPatienceMs } from './limits'
import { bytesHeld, isGone, Ready, videoOf, type Upload } from './prepare'
import { failureOf, toNewThread, toPublishedComment, toPublishedVideo, youtubeError } from './translate'

const checkAfterMs = 10_000

const tooLate = 'Published, but YouTube did not take its thumbnail or playlist in time. Add them there.'

const working = (upload: Upload, reason = 'YouTube has the video and is at work on it.'): PlatformError => ({
  code: 'outcome_unknown',
  reason,
  processing: { checkAfterMs, ref: upload },
})

export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  if (part.kind === 'comment') return comment(app, as, part)
  const file = videoOf(part)
  if (!file.ok) return file
  const ready = Ready.parse(part.prepared)
  if (ready.kind !== 'video') throw new Error('A video for YouTube was readied as a comment')
  // How far it is, is YouTube's to say: after a restart it may have more than was noted, or all.
  const asked = await askUpload(app, as, ready.session, ready.sizeBytes)
  if (asked.ok) return conclude(app, as, part, ready, asked.value.body, now())
  if (isGone(asked.error)) return afterEnd(app, as, part)
  const start = bytesHeld(asked.error)
  if (start === undefined) return fail(youtubeError(asked.error, 'none', now()))
  const put = await putBytes(app, as, ready.session, file.value, { start, end: ready.sizeBytes - 1 })
  if (put.ok) return conclude(app, as, part, ready, put.value.body, now())
  return bytesHeld(put.error) === undefined
    ? fail(youtubeError(put.error, 'visible', now()))
    : fail({ code: 'unavailable', reason: 'YouTube did not keep all of the video. It is sent again.' })
}

/** An upload that YouTube no longer knows (it keeps one for a week) either became a video long ago, or never will. */
async function afterEnd(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const found = await findUpload(app, as, part, new Date(part.key.createdAt))
  if (!found.ok) return found
  return found.value ? ok(found.value) : fail(lapsed('YouTube'))
}

/** A video that exists: what it still lacks is added once YouTube is through with it. */
async function conclude(
  app: AppConfig,
  as: Credentials,
  part: Part,
  upload: Upload,
  video: Video,
  since: Date,
): Answer<Published> {
  const known = { ...upload, videoId: video.id }
  const failure = failureOf(video)
  if (failure) return fail({ code: 'rejected', reason: failure })
  const waits = now().getTime() - since.getTime() < processingPatienceMs
  if (video.status?.uploadStatus !== 'processed' && waits) return fail(working(known))
  const added = await addExtras(app, as, part, video.id)
  if (!added.ok && waits) return fail(working(known, 'The video is there; its thumbnail or playlist is not yet.'))
  return ok({ ...toPublishedVideo(app.webUrl, video.id, part), ...noting(added.ok ? added.value : [tooLate]) })
}

async function comment(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const videoId = part.replyTo?.root.externalId
  if (!videoId) throw new Error('A comment without a video to comment on')
  if (part.media.length > 0)
    return fail({ code: 'rejected', reason: 'YouTube takes no files in a comment. Take them out.' })
  const answer = await insertThread(app, as, toNewThread(as.externalId, videoId, part.text))
  return answer.ok
    ? ok(toPublishedComment(app.webUrl, videoId, answer.value.body.id))
    : fail(youtubeError(answer.error, 'visible', now()))
}

/**
 * Asks the upload itself what came of it. Adds to a video that was found what can only be added to one that is there:
 * each of it is harmless when repeated.
 */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  if (part.kind === 'comment') return findComment(app, as, part, since)
  const ready = Ready.parse(part.prepared)
  if (ready.kind !== 'video') throw new Error('A video for YouTube was readied as a comment')
  if (ready.videoId) return follow(app, as, part, { ...ready, videoId: ready.videoId }, since)
  const asked = await askUpload(app, as, ready.session, ready.sizeBytes)
  if (asked.ok) return follow(app, as, part, { ...ready, videoId: asked.value.body.id }, since)
  if (bytesHeld(asked.error) !== undefined) return ok(undefined)
  return isGone(asked.error) ? findUpload(app, as, part, since) : fail(youtubeError(asked.error, 'none', now()))
}

async function follow(
  app: AppConfig,
  as: Credentials,
  part: Part,
  upload: Upload & { readonly videoId: string },
  since: Date,
): Answer<Published> {
  const videos = await getVideos(app, as, [upload.videoId], 'status')
  if (!videos.ok) return fail(youtubeError(videos.error, 'none', now()))
  // A list that lags behind does not have it yet.
  const video = videos.value.body.items[0] ?? { id: upload.videoId }
  return conclude(app, as, part, upload, video, since)
}
