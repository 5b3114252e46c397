import { now } from '@/lib/core/clock'
import { fail } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { listVideos, type Video } from './api'
import { caption, tiktokError, toPublished } from './translate'
import { oneLine } from '../text'
import { alone, clockSkewMs } from '../read-back'

const pages = 5

/**
 * Looks for pictures among the account's public posts. Not to be there proves nothing: the list leaves out what is
 * private or not yet through moderation, so that is said, never "not there".
 */
export async function findListed(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
  username: string,
): Answer<Published | undefined> {
  const from = (since.getTime() - clockSkewMs) / 1000
  const found: Video[] = []
  let cursor: number | undefined
  for (let page = 0; page < pages; page++) {
    const answer = await listVideos(app, as, cursor)
    if (!answer.ok) return fail(tiktokError(answer.error, 'none', now()))
    const { videos, has_more, cursor: next } = answer.value.body
    found.push(...videos.filter((video) => (video.create_time ?? 0) >= from && sayTheSame(video, part)))
    if (!has_more || videos.some((video) => (video.create_time ?? 0) < from)) break
    cursor = next
  }
  if (found.length > 0) return alone(found, ({ id }) => toPublished(app.webUrl, { username, postId: id, photo: true }))
  return fail({
    code: 'outcome_unknown',
    reason: 'TikTok did not say whether it took the pictures. Look in TikTok’s app.',
  })
}

const sayTheSame = (video: Video, part: Part): boolean =>
  oneLine(video.video_description ?? '') === oneLine(caption(part))
