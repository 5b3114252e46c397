import { textOf } from '../options'
import { judge, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metric, Metrics, OptionValues, Part, PlatformError, Published } from '../platform'
import type { CreatorInfo, PhotoPost, Problem, Video, VideoPost, VideoSource } from './api'
import { chunkBytes, dayCapWaitMs, limits, minuteWaitMs, wholeBelowBytes } from './limits'

type Word = { readonly code: 'auth_expired' | 'rejected'; readonly reason: string } | { readonly waitMs: number }

const rejected = (reason: string): Word => ({ code: 'rejected', reason })
const expired: Word = { code: 'auth_expired', reason: 'TikTok no longer accepts this sign-in. Reconnect the account.' }

/** What TikTok's codes mean (developers.tiktok.com/doc/content-posting-api-reference-direct-post, "Error codes"). */
const codes: Readonly<Record<string, Word>> = {
  access_token_invalid: expired,
  access_token_expired: expired,
  scope_not_authorized: rejected(
    'TikTok does not let this account do that. Reconnect it and allow everything that is asked for.',
  ),
  scope_permission_missed: rejected(
    'TikTok does not let this account do that. Reconnect it and allow everything that is asked for.',
  ),
  rate_limit_exceeded: { waitMs: minuteWaitMs },
  spam_risk_too_many_posts: { waitMs: dayCapWaitMs },
  reached_active_user_cap: { waitMs: dayCapWaitMs },
  spam_risk_too_many_pending_share: rejected(
    'The account has five drafts in its TikTok inbox that nobody has finished. Finish or delete them in the app, then try again.',
  ),
  spam_risk_user_banned_from_posting: rejected('TikTok has banned this account from posting.'),
  spam_risk: rejected('TikTok takes this for spam. Change the text and the file, or post it in the app.'),
  unaudited_client_can_only_post_to_private_accounts: rejected(
    'TikTok has not audited this app yet: until then it posts for private accounts only, and for nobody else to see. Choose “Only me”, set the account to private, or have the app audited.',
  ),
  url_ownership_unverified: rejected(
    'TikTok fetches pictures only from addresses that its developer portal knows as yours. Verify the address of this Posthorn there.',
  ),
  privacy_level_option_mismatch: rejected(
    'The account may not show posts to this audience. Choose who can see the post again.',
  ),
}

function refused({ problem }: Refusal<Problem>, status: number, now: Date): PlatformError {
  const word = codes[problem?.code ?? ''] ?? (status === 401 ? expired : undefined)
  if (status === 429) return { code: 'rate_limited', retryAt: new Date(now.getTime() + minuteWaitMs) }
  if (word && 'waitMs' in word) return { code: 'rate_limited', retryAt: new Date(now.getTime() + word.waitMs) }
  if (word) return word
  return {
    code: 'rejected',
    reason: problem?.message
      ? `TikTok refused it: ${sentence(problem.message)}`
      : `TikTok refused it without saying why (HTTP ${status}).`,
  }
}

export const tiktokError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('TikTok', trouble, effect, (refusal) => refused(refusal, refusal.status, now))

/** A refused sign-in is no expired one: the person starts again. */
export function tiktokSignInError(trouble: Trouble<Problem>, now: Date): PlatformError {
  if (trouble.kind !== 'refused' || trouble.status >= 500) return tiktokError(trouble, 'none', now)
  return trouble.problem?.code === 'invalid_client'
    ? { code: 'rejected', reason: 'TikTok does not know this app. Check TIKTOK_CLIENT_ID and TIKTOK_CLIENT_SECRET.' }
    : {
        code: 'rejected',
        reason: 'TikTok says this sign-in was used already or has expired. Start connecting the account again.',
      }
}

/** Why TikTok gave up on a file it had taken (…/content-posting-api-reference-get-video-status, "Fail reasons"). */
const failures: Readonly<Record<string, string>> = {
  file_format_check_failed: 'TikTok cannot read this file. Use an MP4 with H.264.',
  duration_check_failed: 'The video is shorter or longer than TikTok lets this account post.',
  frame_rate_check_failed: 'TikTok takes 23 to 60 pictures a second. Export the video anew.',
  picture_size_check_failed: 'The picture is too large or too small for TikTok: 360 to 4096 pixels for a video.',
  video_pull_failed: 'TikTok could not fetch the video.',
  photo_pull_failed: 'TikTok could not fetch the pictures. Is the address of this Posthorn open to the internet?',
  auth_removed: 'The account took its permission back while TikTok was at work.',
  publish_cancelled: 'It was cancelled at TikTok.',
  spam_risk_too_many_posts: 'The account has posted as often today as TikTok allows.',
  spam_risk_user_banned_from_posting: 'TikTok has banned this account from posting.',
  spam_risk_text: 'TikTok takes the text for spam or against its rules. Change it.',
  spam_risk: 'TikTok takes this for spam.',
  internal: 'TikTok had a fault of its own, and made nothing of it. Send it again.',
}
export const failureReason = (reason: string | undefined): string =>
  failures[reason ?? ''] ?? `TikTok refused it after taking it${reason ? ` (${reason})` : ''}.`

/** The caption as TikTok will get it: it has no field for a link, so one that is not in the text is added at the end. */
export const caption = ({ text, link }: Pick<Part, 'text' | 'link'>): string => {
  const whole = text.normalize('NFC')
  return !link || whole.includes(link.url) ? whole : `${whole.trimEnd()}\n\n${link.url}`.trimStart()
}

export const isDraft = ({ options }: Pick<Part, 'options'>): boolean => options?.format === 'inbox'

const on = (options: OptionValues | undefined, name: string): boolean => options?.[name] === true
const audience = (options: OptionValues | undefined): string => textOf(options?.privacy)

/** The audiences of TikTok, as its own app calls them. */
export const audiences: Readonly<Record<string, string>> = {
  PUBLIC_TO_EVERYONE: 'Everyone',
  MUTUAL_FOLLOW_FRIENDS: 'Friends',
  FOLLOWER_OF_CREATOR: 'Followers',
  SELF_ONLY: 'Only me',
}

const shown = (part: Part) => ({
  privacy_level: audience(part.options),
  disable_comment: !on(part.options, 'comments'),
  brand_content_toggle: on(part.options, 'brandContent'),
  brand_organic_toggle: on(part.options, 'brandOrganic'),
})

export function toVideoPost(part: Part, source: VideoSource): VideoPost {
  const { options } = part
  const cover = textOf(options?.cover)
  return {
    post_info: {
      title: caption(part),
      ...shown(part),
      disable_duet: !on(options, 'duet'),
      disable_stitch: !on(options, 'stitch'),
      is_aigc: on(options, 'aiGenerated'),
      ...(cover ? { video_cover_timestamp_ms: Math.round(Number(cover) * 1000) } : {}),
    },
    source_info: source,
  }
}

/** @param addresses where TikTok fetches the pictures, in order */
export const toPhotoPost = (part: Part, addresses: readonly string[]): PhotoPost => ({
  media_type: 'PHOTO',
  post_mode: isDraft(part) ? 'MEDIA_UPLOAD' : 'DIRECT_POST',
  post_info: {
    title: part.title ?? '',
    description: caption(part),
    ...(isDraft(part) ? {} : { ...shown(part), auto_add_music: on(part.options, 'music') }),
  },
  source_info: { source: 'PULL_FROM_URL', photo_images: addresses, photo_cover_index: coverIndex(part) },
})

/** TikTok counts from 0. */
function coverIndex({ options }: Pick<Part, 'options'>): number {
  const chosen = textOf(options?.coverPicture)
  return chosen === '' ? 0 : Number(chosen) - 1
}

/** TikTok's own arithmetic: below 5 MB in one piece, else the size by the chunk, rounded down; the last takes the rest. */
export function toSource(sizeBytes: number): VideoSource {
  const size = sizeBytes < wholeBelowBytes || sizeBytes < chunkBytes ? sizeBytes : chunkBytes
  return {
    source: 'FILE_UPLOAD',
    video_size: sizeBytes,
    chunk_size: size,
    total_chunk_count: Math.max(1, Math.floor(sizeBytes / size)),
  }
}

/** The bytes of one chunk, counted from 0. Both ends are in it. */
export const chunkRange = (source: VideoSource, index: number): { start: number; end: number } => ({
  start: index * source.chunk_size,
  end: index === source.total_chunk_count - 1 ? source.video_size - 1 : (index + 1) * source.chunk_size - 1,
})

/** What stands against a part, in sentences. */
export function objections(part: Part, creator: CreatorInfo): readonly string[] {
  if (isDraft(part)) return []
  const unchosen = audience(part.options) === ''
  return [
    ...(unchosen ? ['Choose who can see the post: TikTok wants a person to decide that.'] : []),
    ...objectionsOf(part, creator),
    ...tooLong(part, creator),
  ]
}

/** The same without what holds for every creator: that is said by the rules (limits.ts, options.ts). */
export const objectionsBesideRules = (part: Part, creator: CreatorInfo): readonly string[] =>
  isDraft(part)
    ? []
    : [...objectionsOf(part, creator), ...(lengthMs(part) > limits.video.maxMs ? [] : tooLong(part, creator))]

function objectionsOf({ options }: Part, creator: CreatorInfo): readonly string[] {
  const wish = audience(options)
  const found: (string | false)[] = [
    wish !== '' &&
      !creator.privacy_level_options.includes(wish) &&
      `This account may not show posts to ${audiences[wish] ?? wish}. Choose who can see the post again.`,
    wish === 'SELF_ONLY' &&
      on(options, 'brandContent') &&
      'Branded content cannot be for the account alone. Choose another audience.',
    on(options, 'comments') && creator.comment_disabled && 'This account has switched comments off in TikTok’s app.',
    on(options, 'duet') && creator.duet_disabled && 'This account has switched duets off in TikTok’s app.',
    on(options, 'stitch') && creator.stitch_disabled && 'This account has switched stitches off in TikTok’s app.',
  ]
  return found.filter((said) => said !== false)
}

const tooLong = (part: Part, { max_video_post_duration_sec: most }: CreatorInfo) =>
  lengthMs(part) > most * 1000 ? [`This account may post videos of up to ${most} seconds.`] : []

const lengthMs = ({ media }: Part) => media.find(({ kind }) => kind === 'video')?.file?.durationMs ?? 0

/** A post by its id; a post that has none for us (it is private, or not through moderation) by the name of its sending. */
export function toPublished(
  webUrl: string,
  q: { readonly publishId?: string; readonly username?: string; readonly postId?: string; readonly photo?: boolean },
): Published {
  const profile = q.username ? `${webUrl}/@${q.username}` : webUrl
  const ref = { kind: 'post', ...(q.publishId ? { publishId: q.publishId } : {}) }
  return q.postId
    ? { externalId: q.postId, url: `${profile}/${q.photo ? 'photo' : 'video'}/${q.postId}`, ref }
    : { externalId: q.publishId ?? '', url: profile, ref }
}

const names = {
  view_count: 'views',
  like_count: 'likes',
  comment_count: 'comments',
  share_count: 'shares',
} as const satisfies Partial<Record<keyof Video, Metric>>

export const toMetrics = (video: Video): Metrics =>
  Object.fromEntries(
    (['view_count', 'like_count', 'comment_count', 'share_count'] as const).flatMap((theirs) => {
      const value = video[theirs]
      return value === undefined ? [] : [[names[theirs], value]]
    }),
  )
