import { z } from 'zod'
import { graphError, type GraphTrouble } from '../graph'
import { noAgent } from '../graph-answers'
import { textOf, wordsOf } from '../options'
import type { Effect } from '../outcome'
import type { Metric, Metrics, Part, PartMedia, PlatformError, Published } from '../platform'
import { about } from './about'
import type { Comment, Insight, Media, NewContainer } from './api'
import { oneLine } from '../text'
import { peopleIn, peopleSaid } from './people'

export const { label } = about

/** Subcodes of publishing, each with what its author can do (Meta's error reference through clients, read 2026-11-21). */
const subcodes: Readonly<Record<number, string>> = {
  2207001: 'Instagram takes this post for spam. Change it, or wait a while.',
  2207003: 'Instagram took too long to fetch a file. Check that this server’s address can be reached from outside.',
  2207004: 'Instagram says a picture is larger than 8 MB.',
  2207005: 'Instagram takes pictures as JPEG only.',
  2207006: 'Instagram does not find what was prepared for this post any more. Send it again.',
  2207008: 'What was prepared for this post has expired at Instagram. Send it again.',
  2207009: 'Instagram takes pictures between 4:5 and 1.91:1. Crop this one.',
  2207010: 'The caption is longer than Instagram allows.',
  2207020: 'Instagram lost a file of this post before it was sent. Send it again.',
  2207023: 'Instagram does not know this kind of post.',
  2207026: 'Instagram cannot use this film. Use MP4 or MOV with H.264 or HEVC, and AAC sound.',
  2207028: 'A carousel has 2 to 10 pictures and films.',
  2207032: 'Instagram could not prepare this post. Try again.',
  2207035: 'Instagram does not find the product that is tagged.',
  2207036: 'Instagram does not find the place that is named.',
  2207050: 'Instagram has restricted this account. Look into its app.',
  2207052:
    'Instagram could not fetch a file. Check that this server’s address can be reached from outside, with https.',
  2207053: 'Instagram could not take in the film. Try again.',
  2207057: 'The cover lies beyond the end of the film.',
  2207077: 'Instagram could not fetch the film. Try again.',
  2207081: 'This account may not post trial reels.',
  2207082: 'Instagram could not take in the film. Try again.',
  2018001: 'Instagram does not find this person any more.',
  2018278: noAgent,
  2534022: noAgent,
}
const codes: Readonly<Record<number, string | undefined>> = {
  36_003: subcodes[2207009],
  // Of a picture's form, and of its size.
  36_001: 'Instagram takes pictures as JPEG only, from 320 to 1440 pixels wide.',
  36_000: subcodes[2207004],
  9_004: subcodes[2207052],
}

const hourMs = 60 * 60_000

export const instagramError = (trouble: GraphTrouble, effect: Effect, now: Date): PlatformError =>
  graphError(trouble, {
    label,
    effect,
    now,
    special(code, subcode = 0) {
      // Said of posts that went out all the same (Postiz, pull request 1681).
      if (subcode === 2207051)
        return {
          code: effect === 'visible' ? 'outcome_unknown' : 'unavailable',
          reason: 'Instagram restricts what this app does, and may have done this all the same.',
        }
      // The quota of posts: it moves, and Meta does not say when the next place is free.
      if (subcode === 2207042 || code === 9) return { code: 'rate_limited', retryAt: new Date(now.getTime() + hourMs) }
      if (subcode === 2207027 || code === 9007)
        return { code: 'unavailable', reason: 'Instagram has not finished preparing this post.' }
      const reason = subcodes[subcode] ?? codes[code]
      return reason === undefined ? undefined : { code: 'rejected', reason }
    },
  })

/** Why a container failed, by the subcode that its `status` names. */
export function containerFailure(status: string | undefined): string {
  const subcode = Number(/22\d{5}/.exec(status ?? '')?.[0] ?? 0)
  return subcodes[subcode] ?? 'Instagram could not process a file of this post. Try another format.'
}

export type Format = 'post' | 'reel' | 'story'
export const formatOf = (part: Pick<Part, 'options'>): Format => {
  const chosen = part.options?.format
  return chosen === 'reel' || chosen === 'story' ? chosen : 'post'
}

/** An address goes into the words: Instagram has no cards. */
export const captionOf = ({ text, link }: Pick<Part, 'text' | 'link'>): string =>
  !link || text.includes(link.url) ? text : `${text.trimEnd()}\n\n${link.url}`.trimStart()

/** What goes into containers: a picture beside a reel is its cover, and no file of its own. */
export const filesOf = (part: Pick<Part, 'options' | 'media'>): readonly PartMedia[] =>
  formatOf(part) === 'reel' ? part.media.filter(({ kind }) => kind === 'video') : part.media
const coverOf = (part: Pick<Part, 'options' | 'media'>): PartMedia | undefined =>
  formatOf(part) === 'reel' ? part.media.find(({ kind }) => kind !== 'video') : undefined

/** Why a part is no post of its format; undefined when it is. */
export function misfit(part: Part): string | undefined {
  const format = formatOf(part)
  const files = filesOf(part)
  if (part.media.length === 0) return 'Instagram shows no words alone. Add a picture or a film.'
  if (files.length === 0) return 'A reel needs a film. Add one, or choose another format.'
  if (format !== 'post' && files.length > 1) return `A ${format} shows one file. Take the others out.`
  if (part.media.length > files.length + 1) return 'A reel has one cover. Take the other pictures out.'
  return nowhere(part, files)
}

/** Why somebody is said to be where nobody can be named; undefined when all are somewhere. */
function nowhere({ options }: Part, files: readonly PartMedia[]): string | undefined {
  const lost = peopleSaid(options).find(({ file }) => {
    const found = files[file - 1]
    return !found || (files.length > 1 && found.kind === 'video')
  })
  return lost && `“${lost.says}” is said to be in file ${lost.file}, where Instagram names nobody. Choose a picture.`
}

/** What was chosen, in Instagram's words. */
function chosen({ options }: Part, isReel: boolean): Partial<NewContainer> {
  const tags = wordsOf(options?.collaborators)
  const cover = textOf(options?.cover_at)
  const trial = options?.trial
  const place = textOf(options?.place)
  return {
    ...(place ? { location_id: place } : {}),
    ...(tags.length > 0 ? { collaborators: tags.map((name) => name.replace(/^@/, '')) } : {}),
    ...(isReel && options?.share_to_feed !== undefined ? { share_to_feed: options.share_to_feed !== false } : {}),
    ...(isReel && cover ? { thumb_offset: String(Math.round(Number(cover) * 1000)) } : {}),
    ...(isReel && (trial === 'MANUAL' || trial === 'SS_PERFORMANCE')
      ? { trial_params: { graduation_strategy: trial } }
      : {}),
  }
}

/**
 * Where a film comes from. Meta documents sending bytes for apps with Facebook Login alone, so a film is fetched where
 * that is possible; an address without https is one nobody outside reaches, and then bytes are the only way.
 */
export const sendsBytes = ({ kind, file }: PartMedia): boolean =>
  kind === 'video' && !file?.publicUrl?.startsWith('https://')

/** One file as a container of its own, or as part of a carousel. Undefined when nobody can fetch the picture. */
export function toContainer(part: Part, media: PartMedia, isItem: boolean): NewContainer | undefined {
  const isStory = formatOf(part) === 'story'
  const isFilm = media.kind === 'video'
  const url = media.file?.publicUrl
  const coverFile = coverOf(part)
  const cover = coverFile?.file?.publicUrl
  if ((!isFilm && !url) || (coverFile && !cover)) return undefined
  const source: Partial<NewContainer> = !isFilm
    ? { image_url: url }
    : sendsBytes(media)
      ? { upload_type: 'resumable' }
      : { video_url: url }
  const people = peopleIn(part.options, { file: filesOf(part).indexOf(media) + 1, isFilm })
  const kind = isItem ? (isFilm ? 'VIDEO' : undefined) : isStory ? 'STORIES' : isFilm ? 'REELS' : undefined
  return {
    ...source,
    ...(kind ? { media_type: kind } : {}),
    ...(isItem ? { is_carousel_item: true } : {}),
    ...(!isItem && !isStory ? { caption: captionOf(part), ...chosen(part, isFilm) } : {}),
    ...(people.length > 0 ? { user_tags: people } : {}),
    // It goes before a moment of the film, where both are given.
    ...(cover ? { cover_url: cover } : {}),
    ...(!isFilm && !isStory && media.alt ? { alt_text: media.alt } : {}),
  }
}

export const toCarousel = (part: Part, children: readonly string[]): NewContainer => ({
  media_type: 'CAROUSEL',
  children,
  caption: captionOf(part),
  ...chosen(part, false),
})

export type Ref = { readonly kind: 'post' | 'story' | 'comment' | 'message'; readonly on?: string }

/** Where people see it. The account's page, when Instagram did not say. */
export const toPublished = (
  webUrl: string,
  media: Pick<Media, 'id' | 'permalink'>,
  kind: 'post' | 'story',
): Published => ({
  externalId: media.id,
  url: media.permalink ?? webUrl,
  ref: { kind } satisfies Ref,
})

export const toPublishedComment = (postUrl: string, on: string, id: string): Published => ({
  externalId: id,
  url: postUrl,
  ref: { kind: 'comment', on } satisfies Ref,
})

/** Is this the media that the part's container became? Its words and its kind tell; the container itself does not. */
export function matches(media: Media, part: Part): boolean {
  const format = formatOf(part)
  const files = filesOf(part)
  const isFilm = files[0]?.kind === 'video'
  const kind = files.length > 1 ? 'CAROUSEL_ALBUM' : isFilm ? 'VIDEO' : 'IMAGE'
  return media.media_type === kind && (format === 'story' || oneLine(media.caption ?? '') === oneLine(captionOf(part)))
}

export const matchesComment = (comment: Comment, text: string, me: string): boolean =>
  comment.from?.id === me && oneLine(comment.text) === oneLine(text)

const names = {
  views: 'views',
  reach: 'reach',
  likes: 'likes',
  comments: 'comments',
  shares: 'shares',
  saved: 'saves',
} as const satisfies Record<string, Metric>

export const isComment = (ref: unknown): boolean => z.object({ kind: z.literal('comment') }).safeParse(ref).success

/** What can be asked of each kind (developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights, read 2026-11-25). */
export const metricsOf = (ref: unknown): readonly string[] =>
  z.object({ kind: z.literal('story') }).safeParse(ref).success ? ['views', 'reach', 'shares'] : Object.keys(names)

/** A number that Instagram does not have yet is left out, and so is it here. */
export const toMetrics = (insights: readonly Insight[]): Metrics =>
  Object.fromEntries(
    insights.flatMap(({ name, values, total_value }) => {
      const ours = Object.entries(names).find(([theirs]) => theirs === name)?.[1]
      const value = values?.at(-1)?.value ?? total_value?.value
      return ours && typeof value === 'number' ? [[ours, value]] : []
    }),
  )
