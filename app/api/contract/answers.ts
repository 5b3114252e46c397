import { z } from 'zod'
import type { PlatformName } from '@/lib/platforms'
import * as posts from '@/lib/posts/schema'
import type { Slot } from './desk-shapes'
import type { CalendarEvent, LedgerEntry, Post, PostSummary, PostVersion, SavedPost } from './post-shapes'

type Sent<S extends z.ZodType> = z.input<S>

// The columns are written from PlatformName and from nothing else.
const network = (platform: string) => platform as PlatformName

export const toSaved = ({ postId, revision, state, publishAt }: posts.SavedPost): Sent<typeof SavedPost> => ({
  id: postId,
  revision,
  status: state,
  scheduledAt: publishAt,
})

export const toSummary = (card: posts.PostCard): Sent<typeof PostSummary> => ({
  id: card.id,
  revision: card.revision,
  status: card.state,
  scheduledAt: card.publishAt,
  excerpt: card.excerpt,
  timeZone: card.timeZone,
  platforms: card.platforms.map(network),
  accountIds: [...card.accountIds],
  projectId: card.projectId,
  isRecurring: card.series !== null,
  mediaCount: card.mediaCount,
  isMovable: card.movable,
  ...(card.whyFixed === undefined ? {} : { whyFixed: card.whyFixed }),
})

export function toEvent(card: posts.CalendarCard): Sent<typeof CalendarEvent> {
  const { id, excerpt, scheduledAt: _, ...extendedProps } = toSummary(card)
  return { id, title: excerpt, start: card.shownAt, editable: extendedProps.isMovable, extendedProps }
}

const toThread = (thread: posts.PostContent['thread']) =>
  thread.map(({ text, mediaIds }) => ({ text, media: mediaIds }))

const toCustom = ({ mediaIds, thread, ...words }: posts.PostOverride) => ({
  ...words,
  ...(mediaIds ? { media: mediaIds } : {}),
  ...(thread ? { thread: toThread(thread) } : {}),
})

const toAccount = (variant: posts.VariantDetail): Sent<typeof Post>['accounts'][number] => ({
  id: variant.id,
  platform: network(variant.platform),
  accountId: variant.accountId,
  handle: variant.handle,
  displayName: variant.displayName,
  customContent: variant.override && toCustom(variant.override),
  status: variant.state,
  scheduledAt: variant.publishAt,
  publishedAt: variant.publishedAt,
  latenessMs: variant.latenessMs,
  url: variant.url,
  reason: variant.reason,
})

export function toPost(post: posts.PostDetail): Sent<typeof Post> {
  const { mediaIds, thread, ...words } = post.content
  return {
    ...toSummary(post),
    content: { ...words, media: mediaIds, thread: toThread(thread) },
    author: post.authorName,
    wallTime: post.wallTime,
    createdAt: post.createdAt,
    updatedAt: post.updatedAt,
    recurrence: post.recurrence,
    accounts: post.variants.map(toAccount),
  }
}

export const toLedger = (variant: posts.VariantDetail): Sent<typeof LedgerEntry> => ({
  ...toAccount(variant),
  steps: variant.steps.map(({ attempts, ...step }) => ({ ...step, attempts: [...attempts] })),
  metrics: [...variant.metrics],
})

/** What a version is kept as. */
const Kept = z.object({
  content: posts.PostContent,
  targets: z.array(z.object({ accountId: z.string(), override: posts.PostOverride.nullable() })),
  publishAt: z.string().nullable(),
})

export function toVersion({
  id,
  revision,
  actorName,
  createdAt,
  snapshot,
}: posts.PostVersionRow): Sent<typeof PostVersion> {
  const { content, targets, publishAt } = Kept.parse(snapshot)
  const { mediaIds, thread, ...words } = content
  return {
    id,
    revision,
    author: actorName,
    createdAt,
    content: { ...words, media: mediaIds, thread: toThread(thread) },
    scheduledAt: publishAt,
    accounts: targets.map(({ accountId, override }) => ({ accountId, customContent: override && toCustom(override) })),
  }
}

/** A time of the day: `09:30`. */
export const toSlot = ({ weekday, minute }: posts.Slot): Sent<typeof Slot> => ({
  weekday,
  time: [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
})
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** `{ [name]: …, next }`, with a `Link` to the next page. */
export function page(
  name: string,
  rows: readonly unknown[],
  next: string | null,
  url: URL,
): { body: Readonly<Record<string, unknown>>; headers?: Readonly<Record<string, string>> } {
  const body = { [name]: rows, next }
  return next === null ? { body } : { body, headers: { link: linkTo(url, 'cursor', next) } }
}

/** A page that was asked for by its number or an offset, in `param`: `Link` goes on in the same way. */
export function numbered(
  { body }: ReturnType<typeof page>,
  url: URL,
  param: 'page' | 'offset',
  following: number,
): ReturnType<typeof page> {
  return body.next === null ? { body } : { body, headers: { link: linkTo(url, param, String(following)) } }
}

/** Relative, because the address behind a proxy is not the one the caller used. */
export function linkTo(url: URL, param: string, next: string): string {
  const following = new URL(url)
  following.searchParams.set(param, next)
  return `<${following.pathname}${following.search}>; rel="next"`
}
