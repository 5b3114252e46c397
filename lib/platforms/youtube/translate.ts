import { dayBegins, shiftDay, wallOf } from '@/lib/core/wall'
import { textOf, wordsOf } from '../options'
import { judge, resetTime, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Incoming, Metric, Metrics, OptionValues, Part, PlatformError, Published } from '../platform'
import type { Problem } from './api'
import type { Comment, NewThread } from './comment-api'
import type { NewVideo, Video } from './video-api'
import { quotaZone, shortWaitMs, uploadLimitWaitMs } from './limits'
import { oneLine } from '../text'

export const nextQuotaDay = (now: Date): Date => dayBegins(shiftDay(wallOf(now, quotaZone).slice(0, 10), 1), quotaZone)

const reasonOf = (problem: Problem | undefined): string => {
  if (!problem) return ''
  return typeof problem.error === 'string' ? problem.error : (problem.error.errors?.[0]?.reason ?? '')
}
const said = (problem: Problem | undefined): string => {
  if (!problem) return ''
  return typeof problem.error === 'string' ? (problem.error_description ?? '') : (problem.error.message ?? '')
}

/** What YouTube's reasons mean (developers.google.com/youtube/v3/docs/errors). */
const reasons: Readonly<Record<string, string>> = {
  youtubeSignupRequired: 'This Google account has no YouTube channel. Make one at youtube.com, then reconnect.',
  insufficientPermissions:
    'YouTube does not let this account do that. Reconnect it and allow everything that is asked for.',
  accessNotConfigured: 'The YouTube Data API is not switched on for this app. Enable it in the Google Cloud console.',
  invalidTitle: 'YouTube does not take this title: up to 100 characters, none of them < or >.',
  invalidDescription: 'YouTube does not take this description: up to 5000 bytes, without < and >.',
  invalidTags: 'YouTube does not take these tags: up to 500 characters in all, without < and >.',
  invalidCategoryId: 'YouTube has no such category. Choose another.',
  mediaBodyRequired: 'YouTube got no video.',
  commentsDisabled: 'Comments are switched off under this video, as they are under videos made for kids.',
  commentTextTooLong: 'YouTube does not take comments this long.',
  playlistNotFound: 'This playlist is gone. Choose another.',
  processingFailure: 'YouTube could not take the comment.',
}

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  const reason = reasonOf(problem)
  if (reason === 'quotaExceeded' || reason === 'dailyLimitExceeded')
    return { code: 'rate_limited', retryAt: nextQuotaDay(now) }
  if (reason === 'uploadLimitExceeded')
    return { code: 'rate_limited', retryAt: new Date(now.getTime() + uploadLimitWaitMs) }
  if (status === 429 || /RateLimitExceeded$/i.test(reason))
    return {
      code: 'rate_limited',
      // Google names no header of its own.
      retryAt: resetTime(headers, 'retry-after', new Date(now.getTime() + shortWaitMs), now),
    }
  const known = reasons[reason]
  if (known) return { code: 'rejected', reason: known }
  if (status === 401)
    return { code: 'auth_expired', reason: 'YouTube no longer accepts this sign-in. Reconnect the account.' }
  const words = said(problem)
  return {
    code: 'rejected',
    reason: words
      ? `YouTube refused it: ${sentence(words)}`
      : `YouTube refused it without saying why (HTTP ${status}).`,
  }
}

/** Whether YouTube refused something for this reason of its own. */
export const isRefusedFor = (trouble: Trouble<Problem>, reason: 'videoNotFound' | 'commentsDisabled'): boolean =>
  trouble.kind === 'refused' && reasonOf(trouble.problem) === reason

export const youtubeError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('YouTube', trouble, effect, (refusal) => refused(refusal, now))

/** A refused sign-in is no expired one: the person starts again. */
export function youtubeSignInError(trouble: Trouble<Problem>, now: Date): PlatformError {
  if (trouble.kind !== 'refused' || trouble.status >= 500) return youtubeError(trouble, 'none', now)
  return reasonOf(trouble.problem) === 'invalid_client'
    ? { code: 'rejected', reason: 'Google does not know this app. Check YOUTUBE_CLIENT_ID and YOUTUBE_CLIENT_SECRET.' }
    : {
        code: 'rejected',
        reason: 'Google says this sign-in was used already or has expired. Start connecting the account again.',
      }
}

export const isSpentGrant = (trouble: Trouble<Problem>): boolean =>
  trouble.kind === 'refused' && reasonOf(trouble.problem) === 'invalid_grant'

/** Why a video that was taken is none (developers.google.com/youtube/v3/docs/videos, `status`). */
const failures: Readonly<Record<string, string>> = {
  codec: 'YouTube cannot read how this video is encoded. Use an MP4 with H.264.',
  conversion: 'YouTube could not convert this video. Export it anew.',
  emptyFile: 'YouTube found nothing in this file.',
  invalidFile: 'YouTube does not take this file for a video.',
  tooSmall: 'YouTube finds this video too small.',
  uploadAborted: 'The upload to YouTube was broken off.',
  claim: 'YouTube refused the video because somebody claims it.',
  copyright: 'YouTube refused the video because of somebody’s copyright.',
  duplicate: 'YouTube has this very video already.',
  inappropriate: 'YouTube refused the video as inappropriate.',
  legal: 'YouTube refused the video for legal reasons.',
  length: 'The video is longer than YouTube lets this channel upload. Verify the channel for more than 15 minutes.',
  termsOfUse: 'YouTube refused the video by its terms of use.',
  trademark: 'YouTube refused the video because of somebody’s trademark.',
  uploaderAccountClosed: 'The YouTube account is closed.',
  uploaderAccountSuspended: 'The YouTube account is suspended.',
}

/** Why YouTube made nothing of a video after taking it; undefined while it may still come to be, or is there. */
export function failureOf({ status }: Video): string | undefined {
  switch (status?.uploadStatus) {
    case 'failed':
    case 'rejected': {
      const reason = status.failureReason ?? status.rejectionReason ?? ''
      return failures[reason] ?? `YouTube refused the video after taking it${reason ? ` (${reason})` : ''}.`
    }
    case 'deleted':
      return 'The video was deleted at YouTube.'
    default:
      return undefined
  }
}

/** The description as YouTube will get it; a link that is not in it is added at the end. */
export const description = ({ text, link }: Pick<Part, 'text' | 'link'>): string => {
  const whole = text.normalize('NFC')
  return !link || whole.includes(link.url) ? whole : `${whole.trimEnd()}\n\n${link.url}`.trimStart()
}

const chosen = (options: OptionValues | undefined, name: string, otherwise: string): string =>
  textOf(options?.[name]) || otherwise

export function toNewVideo(part: Part): NewVideo {
  const { options } = part
  const tags = wordsOf(options?.tags)
  return {
    snippet: {
      title: (part.title ?? '').normalize('NFC'),
      description: description(part),
      ...(tags.length > 0 ? { tags: [...tags] } : {}),
      categoryId: chosen(options, 'category', '22'),
    },
    status: {
      privacyStatus: chosen(options, 'privacy', 'public'),
      selfDeclaredMadeForKids: options?.madeForKids === 'yes',
      containsSyntheticMedia: options?.synthetic === true,
      embeddable: options?.embeddable !== false,
    },
  }
}

export const notifies = ({ options }: Part): boolean => options?.notify !== false
export const playlistOf = ({ options }: Part): string | undefined => chosen(options, 'playlist', '') || undefined

export const toNewThread = (channelId: string, videoId: string, text: string): NewThread => ({
  snippet: { channelId, videoId, topLevelComment: { snippet: { textOriginal: text } } },
})

export const toPublishedVideo = (webUrl: string, id: string, part: Pick<Part, 'options'>): Published => ({
  externalId: id,
  url: part.options?.format === 'short' ? `${webUrl}/shorts/${id}` : `${webUrl}/watch?v=${id}`,
  ref: { kind: 'video' },
})

export const toPublishedComment = (webUrl: string, videoId: string | undefined, id: string): Published => ({
  externalId: id,
  url: commentUrl(webUrl, videoId, id),
  ref: { kind: 'comment' },
})

const commentUrl = (webUrl: string, videoId: string | undefined, id: string): string =>
  `${webUrl}/watch?${new URLSearchParams({ ...(videoId ? { v: videoId } : {}), lc: id })}`

export const saysTheSame = (a: string, b: string): boolean => oneLine(a) === oneLine(b)

/** What a comment says, as its author wrote it where YouTube shows us that. */
export const commentText = ({ snippet }: Comment): string => snippet.textOriginal ?? snippet.textDisplay

/** @param thread the comment it stands under, or its own id; `videoId` is missing under what is no video */
export function toIncoming(
  comment: Comment,
  q: { readonly webUrl: string; readonly me: string; readonly thread: string; readonly videoId?: string | undefined },
): Incoming {
  const { snippet, id } = comment
  const isEdited = snippet.updatedAt > snippet.publishedAt
  const author = snippet.authorChannelId?.value ?? ''
  const handle = snippet.authorDisplayName
  return {
    externalId: id,
    kind: 'comment',
    change: isEdited ? 'edited' : 'new',
    text: commentText(comment),
    // When these words were written: what was answered before an edit may ask anew.
    at: new Date(isEdited ? snippet.updatedAt : snippet.publishedAt).toISOString(),
    author: {
      externalId: author,
      handle,
      displayName: handle,
      ...(snippet.authorProfileImageUrl ? { avatarUrl: snippet.authorProfileImageUrl } : {}),
    },
    own: author === q.me,
    conversation: q.thread,
    ...(q.thread === id ? {} : { parent: q.thread }),
    ...(q.videoId ? { post: q.videoId } : {}),
    url: commentUrl(q.webUrl, q.videoId, id),
    media: [],
    ref: { thread: q.thread, ...(q.videoId ? { videoId: q.videoId } : {}) },
  }
}

const names = { viewCount: 'views', likeCount: 'likes', commentCount: 'comments' } as const satisfies Record<
  string,
  Metric
>

/** YouTube writes its numbers as texts. Likes and comments are left out where the channel hides them. */
export const toMetrics = ({ statistics }: Video): Metrics =>
  Object.fromEntries(
    (['viewCount', 'likeCount', 'commentCount'] as const).flatMap((theirs) => {
      const value = statistics?.[theirs]
      return value === undefined ? [] : [[names[theirs], Number(value)]]
    }),
  )
