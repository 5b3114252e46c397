import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { listVideos, type Video } from './api'
import { caption, tiktokError, toPublished } from './translate'

/** Our clock and TikTok's may differ by this much. */
const clockSkewMs = 30_000
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
  const [first, second] = found
  if (first && !second) return ok(toPublished(app.webUrl, { username, postId: first.id, photo: true }))
  return fail({
    code: 'outcome_unknown',
    reason: second
      ? 'The account has two posts that look like this one: compare them by eye.'
      : 'TikTok did not say whether it took the pictures. Look in TikTok’s app.',
  })
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()
const sayTheSame = (video: Video, part: Part): boolean => plain(video.video_description ?? '') === plain(caption(part))
