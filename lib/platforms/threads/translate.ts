import { graphError, type GraphTrouble } from '../graph'
import { textOf } from '../options'
import type { Effect } from '../outcome'
import type { Metric, Metrics, Part, PartMedia, PlatformError, Published } from '../platform'
import { about as network } from './about'
import type { Insight, NewContainer, Post } from './api'
import { oneLine } from '../text'

export const { label } = network

/** "The requested resource does not exist", said of a container that is unknown, not finished, or published already. */
const mediaNotFound = 4_279_009

export const threadsError = (trouble: GraphTrouble, effect: Effect, now: Date): PlatformError =>
  graphError(trouble, {
    label,
    effect,
    now,
    special(code, subcode) {
      // The container is asked at once after this; what it says counts.
      if (code === 24 && subcode === mediaNotFound)
        return { code: 'unavailable', reason: 'Threads does not find what was prepared for this post, or not yet.' }
      return undefined
    },
  })

/** Why a container failed (developers.facebook.com/docs/threads/troubleshooting, read 2026-11-25). */
const failures: Readonly<Record<string, string>> = {
  FAILED_DOWNLOADING_VIDEO:
    'Threads could not fetch the film. Check that this server’s address can be reached from outside, with https.',
  FAILED_PROCESSING_AUDIO: 'Threads cannot use the film’s sound. Use AAC, mono or stereo.',
  FAILED_PROCESSING_VIDEO: 'Threads cannot use this film. Use MP4 or MOV with H.264 or HEVC, and AAC sound.',
  // Meta's own spelling.
  INVALID_ASPEC_RATIO: 'Threads does not take a film of this shape. Crop it.',
  INVALID_BIT_RATE: 'The film has more than 100 Mbit a second. Make it smaller.',
  INVALID_DURATION: 'Threads takes films of at most 5 minutes. Cut it.',
  INVALID_FRAME_RATE: 'Threads takes films of 23 to 60 pictures a second.',
  INVALID_AUDIO_CHANNELS: 'Threads takes films with one or two sound channels.',
  INVALID_AUDIO_CHANNEL_LAYOUT: 'Threads takes films with one or two sound channels.',
}
export const containerFailure = (message: string | undefined): string =>
  failures[message ?? ''] ?? 'Threads could not process a file of this post. Try another format.'

export const isGhost = ({ options }: Pick<Part, 'options'>): boolean => options?.format === 'ghost'

/** A card stands under words alone; everywhere else an address goes into the words. */
const hasCard = ({ link, media, poll }: Pick<Part, 'link' | 'media' | 'poll' | 'options'>): boolean =>
  link !== undefined && media.length === 0 && !poll
function textWithLink(part: Pick<Part, 'text' | 'link' | 'media' | 'poll' | 'options'>): string {
  const { text, link } = part
  if (!link || (hasCard(part) && !isGhost(part)) || text.includes(link.url)) return text
  return `${text.trimEnd()}\n\n${link.url}`.trimStart()
}

const audiences = ['everyone', 'accounts_you_follow', 'mentioned_only', 'parent_post_author_only', 'followers_only']

/** What was chosen, and what a part answers. */
function about(part: Part): Partial<NewContainer> {
  const { options, replyTo } = part
  const control = options?.reply_control
  const tag = textOf(options?.topic_tag)
  return {
    ...(replyTo ? { reply_to_id: replyTo.parent.externalId } : {}),
    ...(typeof control === 'string' && control !== 'everyone' && audiences.includes(control)
      ? { reply_control: control }
      : {}),
    ...(tag && !replyTo ? { topic_tag: tag.replace(/^#/, '') } : {}),
    ...(options?.spoiler === true && part.media.length > 0 ? { is_spoiler_media: 'true' } : {}),
  }
}

/** One file as a container of its own, or as part of a carousel. Undefined when nobody can fetch it. */
export function toContainer(part: Part, media: PartMedia, isItem: boolean): NewContainer | undefined {
  const url = media.file?.publicUrl
  if (!url) return undefined
  const isFilm = media.kind === 'video'
  return {
    media_type: isFilm ? 'VIDEO' : 'IMAGE',
    ...(isFilm ? { video_url: url } : { image_url: url }),
    ...(media.alt ? { alt_text: media.alt } : {}),
    ...(isItem ? { is_carousel_item: 'true' } : { text: textWithLink(part), ...about(part) }),
  }
}

/** A part without files, or with several. */
export function toWhole(part: Part, children: readonly string[]): NewContainer {
  const text = textWithLink(part)
  if (children.length > 0) return { media_type: 'CAROUSEL', children: children.join(','), text, ...about(part) }
  if (isGhost(part)) return { media_type: 'TEXT', text, is_ghost_post: 'true' }
  const [a, b, c, d] = part.poll?.options ?? []
  const poll = { option_a: a, option_b: b, option_c: c, option_d: d }
  return {
    media_type: 'TEXT',
    text,
    ...(part.link && hasCard(part) ? { link_attachment: part.link.url } : {}),
    ...(part.poll ? { poll_attachment: JSON.stringify(poll) } : {}),
    ...about(part),
  }
}

/** Where people see it. The account's page, when Threads did not say. */
export const toPublished = (webUrl: string, { id, permalink }: Pick<Post, 'id' | 'permalink'>): Published => ({
  externalId: id,
  url: permalink ?? webUrl,
  ref: null,
})

export const isSameText = (a: string, b: string): boolean => oneLine(a) === oneLine(b)

const kinds: Readonly<Record<string, NewContainer['media_type']>> = {
  TEXT_POST: 'TEXT',
  IMAGE: 'IMAGE',
  VIDEO: 'VIDEO',
  CAROUSEL_ALBUM: 'CAROUSEL',
}

/** Is this the post that the part's container became? Its words, its kind and its parent tell; the container does not. */
export function matches(post: Post, part: Part): boolean {
  const { media } = part
  const kind = media.length > 1 ? 'CAROUSEL' : media[0] ? (media[0].kind === 'video' ? 'VIDEO' : 'IMAGE') : 'TEXT'
  const isThere = part.replyTo === undefined || post.replied_to?.id === part.replyTo.parent.externalId
  return isThere && kinds[post.media_type ?? ''] === kind && isSameText(post.text, textWithLink(part))
}

/** Ours by Threads' names. A repost shows the post again, a share sends it on: both bring it to others. */
const names = {
  views: 'views',
  likes: 'likes',
  replies: 'comments',
  reposts: 'shares',
  shares: 'shares',
  quotes: 'quotes',
} as const satisfies Record<string, Metric>
/** developers.facebook.com/documentation/threads/insights, read 2026-11-25. */
export const metricsAsked: readonly string[] = Object.keys(names)

/** A number that Threads does not have is left out, and so is it here. */
export function toMetrics(insights: readonly Insight[]): Metrics {
  const found: Partial<Record<Metric, number>> = {}
  for (const { name, values, total_value } of insights) {
    const ours = Object.entries(names).find(([theirs]) => theirs === name)?.[1]
    const value = values?.at(-1)?.value ?? total_value?.value
    if (ours && typeof value === 'number') found[ours] = (found[ours] ?? 0) + value
  }
  return found
}
