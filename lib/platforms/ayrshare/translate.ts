import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { judge, resetTime, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metric, Metrics, Part, PlatformError, Published } from '../platform'
import type { HistoryEntry, NewPost, Problem } from './api'
import { windowMs } from './limits'
import type { TheirName } from './names'

type Fault = NonNullable<Problem['errors']>[number]

/** Each network's own fault says more than the word for the whole call. */
const faultsOf = ({ errors = [], posts = [], code, message }: Problem): readonly Fault[] => [
  ...errors,
  ...posts.flatMap((post) => post.errors ?? []),
  ...(code !== undefined || message !== undefined ? [{ code, message }] : []),
]

/** www.ayrshare.com/docs/errors/errors-ayrshare, through mirrors, read 2026-11-25. */
const keyCodes = [102]
const unlinkedCodes = [156, 161, 272]
/** By Ayrshare itself within two days (137), by X (110), by Facebook (107). */
const duplicateCodes = [137, 110, 107]
/** Unknown, and deleted already. */
const goneCodes = [114, 383]

/** What a fault is, whichever way it came: as an answer, or in the history. */
function errorOf(faults: readonly Fault[], label: string): PlatformError {
  const has = (codes: readonly number[]) => faults.some(({ code }) => code !== undefined && codes.includes(code))
  const words = faults.find(({ message }) => message)?.message ?? ''
  if (has(keyCodes))
    return { code: 'auth_expired', reason: 'Ayrshare no longer accepts this key. Connect the account with a new one.' }
  if (has(unlinkedCodes))
    return {
      code: 'auth_expired',
      reason: `Ayrshare has lost its way to ${label}. Link it again in Ayrshare, then reconnect here.`,
    }
  if (has(duplicateCodes))
    return {
      code: 'rejected',
      reason: 'Ayrshare refuses this text because the account posted the same within two days. Change the text.',
      duplicate: true,
    }
  return {
    code: 'rejected',
    reason: words ? `Ayrshare refused it: ${sentence(words)}` : 'Ayrshare refused it without saying why.',
  }
}

function refused({ status, headers, problem }: Refusal<Problem>, label: string, now: Date): PlatformError {
  if (status === 401) return errorOf([{ code: keyCodes[0] }], label)
  if (status === 429) {
    const fallback = new Date(now.getTime() + windowMs)
    // Ayrshare tells how much is used and not until when; `retry-after` where it comes.
    return { code: 'rate_limited', retryAt: resetTime(headers, 'x-ratelimit-reset', fallback, now) }
  }
  return errorOf(problem ? faultsOf(problem) : [], label)
}

export const ayrshareError = (trouble: Trouble<Problem>, effect: Effect, label: string, now: Date): PlatformError =>
  judge('Ayrshare', trouble, effect, (refusal) => refused(refusal, label, now))

/** Ayrshare has no number for a key that it had before, as far as its pages say: only the word. Unverified. */
export const isSpentKey = (trouble: Trouble<Problem>): boolean =>
  trouble.kind === 'refused' &&
  trouble.problem !== undefined &&
  faultsOf(trouble.problem).some(({ message }) => /idempotency/i.test(message ?? ''))

export const isGone = (trouble: Trouble<Problem>): boolean =>
  trouble.kind === 'refused' &&
  (trouble.status === 404 ||
    faultsOf(trouble.problem ?? {}).some(({ code }) => code !== undefined && goneCodes.includes(code)))

/** The text as the network will get it: cards are made from it, so a link that is not in it is added at the end. */
export const textOf = ({ text, link }: Pick<Part, 'text' | 'link'>): string => {
  const plain = text.normalize('NFC')
  return !link || plain.includes(link.url) ? plain : `${plain.trimEnd()}\n\n${link.url}`.trimStart()
}

/** www.ayrshare.com/docs/apis/post/post, as above: each network's choices stand under a name of their own. */
const optionNames: Readonly<Record<TheirName, string>> = {
  twitter: 'twitterOptions',
  linkedin: 'linkedInOptions',
  bluesky: 'blueSkyOptions',
  facebook: 'faceBookOptions',
  instagram: 'instagramOptions',
  threads: 'threadsOptions',
}

const videoEnding = /\.(mp4|mov|m4v|webm)$/i

/** Our part in Ayrshare's words. It fetches files itself, so each must have an address that the world can reach. */
export function toNewPost(part: Part, platform: TheirName): Result<NewPost, PlatformError> {
  const files = part.media.map(({ kind, file }) => ({ kind, url: file?.publicUrl }))
  const urls = files.flatMap(({ url }) => url ?? [])
  if (urls.length < files.length)
    return fail({
      code: 'rejected',
      reason:
        'Ayrshare fetches files, and Posthorn has no public address for this one. Set APP_URL to an https address.',
    })
  const isStory = part.options?.format === 'story'
  const isReel = part.options?.format === 'reel'
  const isUntold = files.some(({ kind, url }) => kind === 'video' && !videoEnding.test(new URL(url ?? '').pathname))
  // X refuses alt text beside a film, and Threads takes none.
  const takesAlt = platform !== 'threads' && part.media.every(({ kind }) => kind !== 'video')
  const alts = takesAlt ? part.media.map(({ alt }) => alt) : []
  const options = {
    ...(isStory ? { stories: true } : {}),
    ...(isReel ? { reels: true } : {}),
    ...(alts.some((alt) => alt !== '') ? { altText: alts } : {}),
  }
  const key = keyOf(part)
  return ok({
    post: textOf(part),
    platforms: [platform],
    ...(urls.length > 0 ? { mediaUrls: urls } : {}),
    ...(isUntold ? { isVideo: true as const } : {}),
    ...(Object.keys(options).length > 0 ? { [optionNames[platform]]: options } : {}),
    idempotencyKey: key,
    notes: key,
  })
}

/** What a part is known by at Ayrshare. */
export function keyOf({ key }: Part): string {
  if (!key.recordKey) throw new Error('A part for Ayrshare without a key of its own')
  return key.recordKey
}

/** What is needed to answer or delete something: Ayrshare's own name for it where it has one. */
const Ref = z.object({ ayrshare: z.string().optional(), isComment: z.boolean().optional() })
export type Ref = z.output<typeof Ref>
export const refOf = ({ ref }: Pick<Published, 'ref'>): Ref => Ref.safeParse(ref).data ?? {}

export const toPublished = (id: string, url: string, ref: Ref): Published => ({ externalId: id, url, ref })

type Sent = Pick<HistoryEntry, 'id' | 'status' | 'postIds' | 'errors'>

/** How long Ayrshare is given to go on with what it has taken. */
const checkAfterMs = 15_000

/** What became of a post: it is there, it was refused, or Ayrshare is still at work on it. */
export function outcomeOf(sent: Sent, platform: TheirName, label: string): Result<Published, PlatformError> {
  const at = sent.postIds.find((one) => one.platform === platform && one.status === 'success')
  if (at?.id && at.id !== 'pending') return ok(toPublished(at.id, at.postUrl ?? '', { ayrshare: sent.id }))
  if (sent.status === 'error') return fail(errorOf(sent.errors, label))
  return fail({
    code: 'outcome_unknown',
    reason: `Ayrshare has taken the post and is still bringing it to ${label}.`,
    processing: { checkAfterMs },
  })
}

const Count = z.number().int().min(0)
const Numbers = z.looseObject({ publicMetrics: z.looseObject({}).optional() })

/**
 * Each network's own words for its numbers (www.ayrshare.com/docs/apis/analytics/post, through a mirror of 2026-10-04;
 * those of X and Bluesky from the pages of 2025).
 */
const words: Readonly<Record<TheirName, Readonly<Partial<Record<Metric, string>>>>> = {
  twitter: {
    impressions: 'impressionCount',
    likes: 'likeCount',
    comments: 'replyCount',
    shares: 'retweetCount',
    quotes: 'quoteCount',
    saves: 'bookmarkCount',
  },
  bluesky: { likes: 'likeCount', comments: 'replyCount', shares: 'repostCount', quotes: 'quoteCount' },
  facebook: { views: 'mediaView', likes: 'likeCount', comments: 'commentsCount', shares: 'sharesCount' },
  instagram: {
    views: 'viewsCount',
    reach: 'reachCount',
    likes: 'likeCount',
    comments: 'commentsCount',
    shares: 'sharesCount',
    saves: 'savedCount',
  },
  linkedin: {
    impressions: 'impressionCount',
    clicks: 'clickCount',
    likes: 'likeCount',
    comments: 'commentCount',
    shares: 'shareCount',
  },
  threads: { views: 'views', likes: 'likes', comments: 'replies', shares: 'reposts', quotes: 'quotes' },
}

// Written as a list of Metric above.
export const metricsOf = (platform: TheirName): readonly Metric[] => Object.keys(words[platform]) as Metric[]

export function toMetrics(platform: TheirName, analytics: Readonly<Record<string, unknown>>): Metrics {
  const { publicMetrics, ...own } = Numbers.parse(analytics)
  const said: Readonly<Record<string, unknown>> = { ...own, ...publicMetrics }
  return Object.fromEntries(
    Object.entries(words[platform]).flatMap(([metric, word]) => {
      const count = Count.safeParse(said[word])
      return count.success ? [[metric, count.data]] : []
    }),
  )
}
