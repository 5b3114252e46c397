import { fail, ok, type Result } from '@/lib/core/result'
import { textOf } from '../options'
import { judge, liftedAfter, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metrics, Part, PlatformError, Published } from '../platform'
import type { Problem, Submitted, Thing } from './api'
import { processingMs } from './limits'
import { oneLine } from '../text'

const reconnect = 'Reddit no longer accepts this sign-in. Reconnect the account.'
const tenMinutesMs = 600_000

/** Reddit counts seconds until its window ends, in a header of its own. */
function resetAt(headers: Headers, now: Date): Date {
  const seconds = Number(headers.get('x-ratelimit-reset') ?? headers.get('retry-after') ?? Number.NaN)
  return liftedAfter(seconds, now) ?? new Date(now.getTime() + tenMinutesMs)
}

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  if (status === 401) return { code: 'auth_expired', reason: reconnect }
  if (status === 429) return { code: 'rate_limited', retryAt: resetAt(headers, now) }
  if (status === 413) return { code: 'rejected', reason: 'Reddit says this file is too large.' }
  const words = problem?.explanation ?? problem?.reason ?? problem?.message ?? ''
  return {
    code: 'rejected',
    reason: words ? `Reddit refused it: ${sentence(words)}` : `Reddit refused it without saying why (HTTP ${status}).`,
  }
}

export const redditError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('Reddit', trouble, effect, (refusal) => refused(refusal, now))

/** A refused sign-in is no expired one: the person starts again. */
export const signInError = (trouble: Trouble<Problem>, now: Date): PlatformError =>
  trouble.kind === 'refused' && trouble.status === 401
    ? { code: 'rejected', reason: 'Reddit does not know this app. Check REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET.' }
    : redditError(trouble, 'none', now)

const sentences: Readonly<Record<string, string>> = {
  SUBREDDIT_NOEXIST: 'There is no such subreddit. Check its name.',
  SUBREDDIT_NOTALLOWED: 'This account may not post in that subreddit. Choose another one.',
  SUBMIT_VALIDATION_FLAIR_REQUIRED: 'This subreddit wants a flair on every post. Choose one.',
  NO_SELFS: 'This subreddit takes links only.',
  NO_LINKS: 'This subreddit takes texts only.',
  NO_VIDEOS: 'This subreddit takes no videos.',
  NO_IMAGES: 'This subreddit takes no pictures.',
}

/** What Reddit says with status 200. `name`: what was made, which stands even when errors stand beside it (praw #1768). */
export function outcomeOf(answer: Submitted, now: Date): Result<{ name?: string; permalink?: string }, PlatformError> {
  const made = answer.data?.things?.[0]?.data
  const name = made?.name ?? answer.data?.name ?? (answer.data?.id?.startsWith('t3_') ? answer.data.id : undefined)
  const permalink = made?.permalink ?? answer.data?.url
  if (name) return ok({ name, ...(permalink ? { permalink } : {}) })
  const [first] = answer.errors
  if (!first) return ok({})
  const [code = '', words = ''] = first.map((word) => word ?? '')
  if (code === 'RATELIMIT')
    return fail({
      code: 'rate_limited',
      retryAt: liftedAfter(answer.ratelimit ?? Number.NaN, now) ?? new Date(now.getTime() + tenMinutesMs),
    })
  if (code === 'ALREADY_SUB')
    return fail({
      code: 'rejected',
      reason: 'That link has been posted in this subreddit already. Choose another one.',
      duplicate: true,
    })
  const known = sentences[code]
  return fail({ code: 'rejected', reason: known ?? `Reddit refused it: ${sentence(words || code)}` })
}

/** Taken for certain: Reddit shows the post once it has worked through the files. */
export const stillAtWork: PlatformError = {
  code: 'outcome_unknown',
  reason: 'Reddit has taken the post and is still working on its files.',
  processing: { checkAfterMs: processingMs, ref: { taken: true } },
}

export const wasTaken = (part: Pick<Part, 'prepared'>): boolean =>
  typeof part.prepared === 'object' && part.prepared !== null && 'taken' in part.prepared

export const subredditOf = (part: Pick<Part, 'options'>): string =>
  textOf(part.options?.subreddit).replace(/^\/?(r\/|u\/)?/i, (prefix) => (/u\//i.test(prefix) ? 'u_' : ''))

/** The text as Reddit gets it. An address that is not in it is added at the end, where no link post is wanted. */
export const redditText = (part: Pick<Part, 'text' | 'link' | 'options'>): string => {
  const text = part.text.normalize('NFC')
  if (part.options?.format === 'link' || !part.link || text.includes(part.link.url)) return text
  return `${text.trimEnd()}\n\n${part.link.url}`.trimStart()
}

type Kind = 'self' | 'link' | 'image' | 'gallery' | 'video'

export function kindOf(part: Pick<Part, 'media' | 'options' | 'link'>): Kind {
  const [first, second] = part.media
  if (second) return 'gallery'
  if (first) return first.kind === 'video' ? 'video' : 'image'
  return part.options?.format === 'link' && part.link ? 'link' : 'self'
}

/** What no subreddit takes, and what would become another kind of post than was asked for. */
export function objectionTo(part: Part): string | undefined {
  if (part.kind === 'reply') return 'Reddit has no threads of posts. Use one post and a first comment.'
  if (part.kind === 'comment' && part.media.length > 0) return 'A comment on Reddit takes no files. Remove them.'
  const isLink = part.kind === 'post' && part.options?.format === 'link'
  if (isLink && !part.link) return 'A link post needs a link. Add one, or choose another kind of post.'
  return isLink && part.media.length > 0
    ? 'A link post takes no files. Remove them, or choose another kind of post.'
    : undefined
}

const flag = (value: unknown, preset: boolean): boolean => (typeof value === 'boolean' ? value : preset)

const flags = ({ options = {} }: Part) => ({
  nsfw: flag(options.nsfw, false),
  spoiler: flag(options.spoiler, false),
  sendreplies: flag(options.sendreplies, true),
})

const flairOf = ({ options }: Part): { flair_id?: string } =>
  typeof options?.flair === 'string' && options.flair ? { flair_id: options.flair } : {}

/** What `uploadMedia` keeps: where the file lies, its name in a gallery, and a video's poster. */
export type Ref = { readonly assetId: string; readonly url: string; readonly poster?: string }
/** Written by `uploadMedia`, and kept as JSON. */
const refOf = ({ ref }: Part['media'][number]): Ref => ref as Ref

/** The form of `POST /api/submit`, for everything but galleries. */
export function toForm(part: Part): Record<string, string> {
  const kind = kindOf(part)
  const text = redditText(part)
  const [media] = part.media
  const file = media && refOf(media)
  return {
    api_type: 'json',
    kind,
    sr: subredditOf(part),
    title: part.title?.trim() ?? '',
    ...(text && kind !== 'link' ? { text } : {}),
    ...(file ? { url: file.url } : kind === 'link' ? { url: part.link?.url ?? '' } : {}),
    ...(file?.poster ? { video_poster_url: file.poster } : {}),
    // Without it, Reddit refuses an address that was posted there before: that is what tells a doubtful link apart.
    resubmit: 'false',
    ...flairOf(part),
    ...Object.fromEntries(Object.entries(flags(part)).map(([name, value]) => [name, String(value)])),
  }
}

export const toGallery = (part: Part): object => ({
  api_type: 'json',
  sr: subredditOf(part),
  title: part.title?.trim() ?? '',
  ...(redditText(part) ? { text: redditText(part) } : {}),
  items: part.media.map((media) => ({ media_id: refOf(media).assetId, caption: '', outbound_url: '' })),
  show_error_list: true,
  validate_on_submit: true,
  ...flairOf(part),
  ...flags(part),
})

/** Leads to a thing without knowing its title; Reddit sends readers on. */
export function toPublished(webUrl: string, name: string, permalink?: string): Published {
  const path = permalink && URL.canParse(permalink, webUrl) ? new URL(permalink, webUrl).pathname : undefined
  const isPath = path?.includes('/comments/')
  return { externalId: name, url: `${webUrl}${isPath ? path : `/comments/${name.replace(/^t\d_/, '')}`}`, ref: name }
}

/** A picture is told from a link only by a hint that comes later, if at all: both are addresses until then. */
function looksLike(thing: Thing, kind: Kind): boolean {
  if (thing.is_gallery) return kind === 'gallery'
  if (thing.is_video || thing.post_hint === 'hosted:video') return kind === 'video'
  if (thing.is_self) return kind === 'self'
  return kind === 'link' || (kind === 'image' && thing.post_hint !== 'link')
}

/** Is this the post we may have made? Where it stands, its title and text, what kind it is, and a link's address. */
export function matches(thing: Thing, part: Part): boolean {
  const kind = kindOf(part)
  return (
    thing.subreddit?.toLowerCase() === subredditOf(part).toLowerCase() &&
    oneLine(thing.title) === oneLine(part.title) &&
    looksLike(thing, kind) &&
    (kind === 'link' ? thing.url === part.link?.url : oneLine(thing.selftext) === oneLine(redditText(part)))
  )
}

export const matchesComment = (thing: Thing, parent: string, text: string): boolean =>
  thing.parent_id === parent && oneLine(thing.body) === oneLine(text)

/** Reddit no longer tells how often a post was seen. Comments have a score alone. */
export const toMetrics = ({ score, num_comments }: Thing): Metrics => ({
  ...(score === undefined ? {} : { score }),
  ...(num_comments === undefined ? {} : { comments: num_comments }),
})
