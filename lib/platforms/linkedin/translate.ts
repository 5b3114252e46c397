import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { judge, resetTime, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metrics, Part, PlatformError, Published } from '../platform'
import { pollQuestion } from '../limits'
import { escapeLittleText, oneLine, unescapeLittleText } from '../text'
import type { Comment, CreatePost, Post, Problem, Statistics } from './api'
import { pollDurations } from './limits'
import { apiVersion } from './place'

const reconnect = 'LinkedIn no longer accepts this sign-in. Reconnect the account.'

/** LinkedIn counts its limits by UTC day. */
const nextUtcDay = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))

const inputSentences: Readonly<Record<string, string>> = {
  FIELD_LENGTH_TOO_LONG: 'LinkedIn says the text is too long. Shorten it.',
  FIELD_LENGTH_TOO_SHORT: 'LinkedIn says the text is too short.',
  INVALID_VALUE_FOR_FIELD: 'LinkedIn does not accept a part of this post.',
}

function refused(refusal: Refusal<Problem>, webUrl: string, now: Date): PlatformError {
  const { status, headers, problem } = refusal
  const input = problem?.errorDetails?.inputErrors?.[0]
  const words = input?.description ?? problem?.error_description ?? problem?.message ?? ''
  if (status === 401) return { code: 'auth_expired', reason: reconnect }
  if (status === 429) return { code: 'rate_limited', retryAt: resetTime(headers, 'retry-after', nextUtcDay(now), now) }
  if (status === 426 || problem?.code === 'NONEXISTENT_VERSION') {
    return {
      code: 'rejected',
      reason: `LinkedIn has switched off API version ${apiVersion.version}, which this Posthorn speaks: the API version ended. Update Posthorn.`,
    }
  }
  if (input?.code === 'DUPLICATE_POST' || problem?.code === 'DUPLICATE_POST') {
    const twin = /urn:li:(?:share|ugcPost):\d+/.exec(problem?.message ?? '')?.[0]
    return {
      code: 'rejected',
      reason: 'LinkedIn refuses this post because the account has the same one already. Change the text.',
      duplicate: true,
      ...(twin ? { duplicateOf: toPublished(webUrl, twin) } : {}),
    }
  }
  if (status === 403)
    return {
      code: 'rejected',
      reason:
        'LinkedIn does not let this account do that. Check your role on the page, and reconnect with everything allowed.',
    }
  const known = input?.code ? inputSentences[input.code] : undefined
  return {
    code: 'rejected',
    reason:
      known ??
      (words ? `LinkedIn refused it: ${sentence(words)}` : `LinkedIn refused it without saying why (HTTP ${status}).`),
  }
}

export const linkedinError = (trouble: Trouble<Problem>, effect: Effect, webUrl: string, now: Date): PlatformError =>
  judge('LinkedIn', trouble, effect, (refusal) => refused(refusal, webUrl, now))

/** A refused sign-in is no expired one: the person starts again. */
export function signInError(trouble: Trouble<Problem>, webUrl: string, now: Date): PlatformError {
  if (trouble.kind !== 'refused' || (trouble.status !== 400 && trouble.status !== 401))
    return linkedinError(trouble, 'none', webUrl, now)
  return trouble.problem?.error === 'invalid_client' || trouble.problem?.error === 'invalid_client_id'
    ? { code: 'rejected', reason: 'LinkedIn does not know this app. Check its client ID and secret.' }
    : {
        code: 'rejected',
        reason: 'LinkedIn says this sign-in was used already or has expired. Start connecting the account again.',
      }
}

/** What must be known to take a part away again. */
export const Ref = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('post') }),
  z.object({ kind: z.literal('comment'), on: z.string() }),
])

export const toPublished = (webUrl: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/feed/update/${id}/`,
  ref: { kind: 'post' },
})

export const toPublishedComment = (webUrl: string, on: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/feed/update/${on}/?commentUrn=${encodeURIComponent(`urn:li:comment:(${on},${id})`)}`,
  ref: { kind: 'comment', on },
})

/** What an address of LinkedIn's own pages is of; undefined when it names no post. */
export function publishedAt(webUrl: string, url: string): Published | undefined {
  const address = url.replace(/%3A/gi, ':').replace(/%28/g, '(').replace(/%29/g, ')').replace(/%2C/gi, ',')
  const comment = /urn:li:comment:\((urn:li:\w+:\d+),(\d+)\)/.exec(address)
  if (comment?.[1] && comment[2]) return toPublishedComment(webUrl, comment[1], comment[2])
  const urn = /urn:li:(?:share|ugcPost|activity):\d+/.exec(address)?.[0]
  const [, kind, id] = /-(share|ugcPost|activity)-(\d+)-/.exec(address) ?? []
  const named = urn ?? (kind && id ? `urn:li:${kind}:${id}` : undefined)
  return named ? toPublished(webUrl, named) : undefined
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

function pollOf({ text, options }: Part, poll: NonNullable<Part['poll']>) {
  const duration = pollDurations.get(poll.minutes)
  if (!duration) throw new Error(`A poll of ${poll.minutes} minutes was planned for LinkedIn`)
  return {
    question: pollQuestion(text, options?.poll_question),
    options: poll.options.map((option) => ({ text: option })),
    settings: { duration },
  }
}

function contentOf(part: Part): CreatePost['content'] {
  const [first] = part.media
  if (part.poll) return { poll: pollOf(part, part.poll) }
  if (!first) {
    if (!part.link) return undefined
    const { url, title, description, picture } = part.link
    return {
      article: {
        source: url,
        title: title || hostOf(url),
        ...(description ? { description } : {}),
        ...(picture === undefined ? {} : { thumbnail: String(picture) }),
      },
    }
  }
  const media = part.media.map(({ ref, alt }) => ({ id: String(ref), ...(alt ? { altText: alt } : {}) }))
  if (first.kind === 'document') return { media: { id: String(first.ref), title: first.alt || 'Document' } }
  return part.media.length === 1
    ? { media: { id: String(first.ref), ...(first.alt ? { altText: first.alt } : {}) } }
    : { multiImage: { images: media } }
}

/** Our part in LinkedIn's words; fails where LinkedIn has no words for it. */
export function toCreatePost(author: string, part: Part): Result<CreatePost, PlatformError> {
  if ((part.media.length > 0 || part.poll) && part.link && !part.text.includes(part.link.url)) {
    return fail({
      code: 'rejected',
      reason: `LinkedIn shows ${part.poll ? 'a poll' : 'media'} or a link card, not both. Put the link into the text.`,
    })
  }
  const visibility = String(part.options?.visibility ?? 'PUBLIC')
  if (visibility === 'CONNECTIONS' && !author.startsWith('urn:li:person:'))
    return fail({
      code: 'rejected',
      reason: 'A page on LinkedIn has no connections. Choose who can see it anew.',
    })
  const content = contentOf(part)
  return ok({
    author,
    commentary: escapeLittleText(part.text),
    visibility,
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: part.options?.no_reshare === true,
    ...(content ? { content } : {}),
  })
}

const mediaCount = (post: Post): number => post.content?.multiImage?.images.length ?? (post.content?.media ? 1 : 0)

/** Is this post the part we may have sent? LinkedIn may have turned hashtags into templates, so little text is undone. */
export const matches = (post: Post, part: Part): boolean =>
  mediaCount(post) === part.media.length &&
  (post.content?.poll !== undefined) === (part.poll !== undefined) &&
  oneLine(unescapeLittleText(post.commentary ?? '')) === oneLine(unescapeLittleText(escapeLittleText(part.text)))

export const matchesComment = (comment: Comment, actor: string, part: Pick<Part, 'text'>): boolean =>
  comment.actor === actor && oneLine(comment.message.text) === oneLine(part.text)

const names = {
  impressionCount: 'impressions',
  clickCount: 'clicks',
  likeCount: 'likes',
  commentCount: 'comments',
  shareCount: 'shares',
} as const

/** Totals of one post; LinkedIn may send a negative number when people took their reaction back, which we show as 0. */
export const toMetrics = (statistics: Statistics): Metrics =>
  Object.fromEntries(
    Object.entries(names).flatMap(([theirs, ours]) => {
      const value = statistics.totalShareStatistics[theirs]
      return value === undefined ? [] : [[ours, Math.max(0, value)]]
    }),
  )
