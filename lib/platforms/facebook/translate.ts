import { z } from 'zod'
import { graphError, isGone, type GraphTrouble } from '../graph'
import { noAgent } from '../graph-answers'
import { textOf } from '../options'
import { lapsed, type Effect } from '../outcome'
import type { Metric, Metrics, Part, PlatformError, Published } from '../platform'
import { about } from './about'
import type { Comment, FeedPost, Figures, Post } from './api'
import type { Film } from './films'
import type { Readied } from './prepare'
import { oneLine } from '../text'

export const { label } = about

/** Subcodes that clients have met (Postiz), each with what its author can do. Unverified. */
const subcodes: Readonly<Record<number, string>> = {
  1366046: 'Facebook says this picture is too large or not of a kind it takes. Use a JPEG or PNG of at most 4 MB.',
  1390008: 'Facebook says the page posts too fast. Wait a while, then send it again.',
  1346003: 'Facebook takes this text for abusive. Change it.',
  1404102: 'Facebook says this breaks its community standards. Change it.',
  1404078: 'The page needs Page Publishing Authorization. Complete it in the page’s settings, then send this again.',
  1609008: 'Facebook does not let posts link to facebook.com in this way. Take the link out.',
  2061006: 'Facebook cannot use this link. Check the address.',
  4854002: 'Facebook asks the page’s owner to confirm who they are. Do that in the page’s settings.',
  2018278: noAgent,
  2018065: noAgent,
  2018001: 'Facebook does not find this person any more.',
}

export const facebookError = (trouble: GraphTrouble, effect: Effect, now: Date): PlatformError =>
  graphError(trouble, {
    label,
    effect,
    now,
    special(_code, subcode = 0) {
      const reason = subcodes[subcode]
      return reason === undefined ? undefined : { code: 'rejected', reason }
    },
  })

/** The session of an upload, and the film in it, are there no more (6000 and 1363041 as clients met them; unverified). */
const isForgotten = (trouble: GraphTrouble): boolean =>
  isGone(trouble) || (trouble.kind === 'refused' && trouble.problem?.error.error_subcode === 1_363_041)

/** Why what was brought for a post cannot be used. */
export function uploadError(trouble: GraphTrouble, effect: Effect, now: Date): PlatformError {
  const error = facebookError(trouble, effect, now)
  return error.code === 'rejected' && isForgotten(trouble) ? lapsed(label, { said: error.reason }) : error
}

export type Format = 'post' | 'video' | 'reel' | 'story'
export const formatOf = (part: Pick<Part, 'options'>): Format => {
  const chosen = part.options?.format
  return chosen === 'video' || chosen === 'reel' || chosen === 'story' ? chosen : 'post'
}

export const filmWanted = (format: Format): string => `A ${format} needs a film. Add one, or choose another format.`

/** Why a part is no post of its format; undefined when it is. */
export function misfit(part: Pick<Part, 'options' | 'media'>): string | undefined {
  const format = formatOf(part)
  const films = part.media.filter(({ kind }) => kind === 'video').length
  const others = part.media.length - films
  if (format === 'story') return part.media.length > 1 ? 'A story shows one file. Take the others out.' : undefined
  if (films > 1) return 'Facebook takes one film. Take the others out.'
  if (format === 'post')
    return films > 0 && others > 0 ? 'Facebook shows pictures or a film. Take one or the other out.' : undefined
  if (films === 0) return filmWanted(format)
  return others > 1 ? 'A film has one cover. Take the other pictures out.' : undefined
}

/** The words of a film: it has no card, so a link stands in the text. */
export const captionOf = ({ text, link }: Pick<Part, 'text' | 'link'>): string =>
  !link || text.includes(link.url) ? text : `${text.trimEnd()}\n\n${link.url}`.trimStart()

/** A film's own title, where one was chosen. */
export function titleOf({ options }: Pick<Part, 'options'>): { readonly title?: string } {
  const title = textOf(options?.film_title)
  return title ? { title } : {}
}

export const toFeedPost = (part: Part, photos: readonly string[]): FeedPost => ({
  ...(part.text ? { message: photos.length > 0 ? captionOf(part) : part.text } : {}),
  ...(part.link && photos.length === 0 ? { link: part.link.url } : {}),
  ...(photos.length > 0 ? { attached_media: photos.map((media_fbid) => ({ media_fbid })) } : {}),
  published: true,
})

export type Ref = { readonly kind: 'post' | 'film' | 'story' | 'comment' }

/** `/PAGE_POST` leads to the post, whatever the page is called. */
export const toPublished = (webUrl: string, id: string, kind: 'post' | 'story' = 'post'): Published => ({
  externalId: id,
  url: `${webUrl}/${id}`,
  ref: { kind } satisfies Ref,
})

export const toPublishedFilm = (webUrl: string, film: Pick<Film, 'id' | 'permalink_url'>): Published => ({
  externalId: film.id,
  url: film.permalink_url ? new URL(film.permalink_url, webUrl).href : `${webUrl}/reel/${film.id}`,
  ref: { kind: 'film' } satisfies Ref,
})

/** A post as the feed lists it: a film of ours goes by its own number, as when it was published from here. */
export function toListed(webUrl: string, { id, permalink_url, attachments }: Post): Published {
  const film = attachments?.data.find(({ media_type }) => media_type === 'video')?.target?.id
  // Of a film that the page only shares, the address is the post's.
  const isOurs = film !== undefined && permalink_url?.split(/[/?]/).includes(film)
  return isOurs ? toPublishedFilm(webUrl, { id: film, permalink_url }) : toPublished(webUrl, id)
}

export const toPublishedComment = (webUrl: string, on: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/${on}?${new URLSearchParams({ comment_id: id.slice(id.indexOf('_') + 1) })}`,
  ref: { kind: 'comment' } satisfies Ref,
})

/** Where a film stands. `waiting`: nobody has ended its upload, so nothing of it is or will be seen. */
export function filmState(film: Film): 'waiting' | 'working' | 'published' | { readonly failed: string } {
  const { status } = film
  if (!status) return 'working'
  const { video_status, processing_phase: processing, publishing_phase: publishing } = status
  if (video_status === 'error' || processing?.status === 'error')
    return { failed: processing?.error?.message ?? 'it could not be processed' }
  if (publishing?.publish_status === 'published' || publishing?.status === 'complete') return 'published'
  // Films that were uploaded in pieces have no phase of publishing. Until their session is ended nothing is done with them,
  // and however often it is ended it is one film.
  const next = publishing ?? processing
  if (video_status === 'uploading' || (video_status === 'upload_complete' && next?.status === 'not_started'))
    return 'waiting'
  return video_status === 'ready' && !publishing ? 'published' : 'working'
}

/** The photos a post shows, one or an album of them. */
function photosOf({ attachments }: Post): readonly string[] {
  const photos = (attachments?.data ?? []).flatMap(({ subattachments, target, media_type }) =>
    subattachments ? subattachments.data.map((s) => s.target?.id) : media_type === 'photo' ? [target?.id] : [],
  )
  return photos.flatMap((id) => id ?? [])
}

/** Is this post the part we may have sent? Photos are ours by their ids; else it is the words that tell. */
export function matches(post: Post, part: Part, page: string, readied: Readied | undefined): boolean {
  if (post.from && post.from.id !== page) return false
  const ours = readied?.photos ?? []
  const shown = photosOf(post)
  return (
    shown.length === ours.length &&
    ours.every((id) => shown.includes(id)) &&
    oneLine(post.message ?? '') === oneLine(ours.length > 0 ? captionOf(part) : part.text)
  )
}

export const matchesComment = (comment: Comment, text: string, page: string): boolean =>
  comment.from?.id === page && oneLine(comment.message) === oneLine(text)

export const isComment = (ref: unknown): boolean => z.object({ kind: z.literal('comment') }).safeParse(ref).success

const metricOf = {
  post_media_view: 'views',
  post_total_media_view_unique: 'reach',
  post_clicks: 'clicks',
} as const satisfies Record<string, Metric>

/** Paid and organic come apart, as an object, where Meta tells them apart. */
function sumOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null) return undefined
  const parts = Object.values(value).filter((part) => typeof part === 'number')
  return parts.reduce((sum, part) => sum + part, 0)
}

export function toMetrics(figures: Figures): Metrics {
  const counted = (figures.insights?.data ?? []).flatMap(({ name, values }) => {
    const ours = Object.entries(metricOf).find(([theirs]) => theirs === name)?.[1]
    const value = sumOf(values.at(-1)?.value)
    return ours && value !== undefined ? [[ours, value] as const] : []
  })
  return {
    ...Object.fromEntries(counted),
    ...(figures.reactions ? { reactions: figures.reactions.summary.total_count } : {}),
    ...(figures.comments ? { comments: figures.comments.summary.total_count } : {}),
    // Left out by Graph as long as nobody has shared it.
    shares: figures.shares?.count ?? 0,
  }
}
