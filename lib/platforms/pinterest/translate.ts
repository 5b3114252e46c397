import { textOf } from '../options'
import { judge, liftedAfter, liftedAt, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metric, Metrics, OptionValues, Part, PartMedia, PlatformError, Published } from '../platform'
import type { Analytics, NewPin, Pin, Problem } from './api'
import { InlineFile } from './body'
import { shortWaitMs } from './limits'
import { oneLine } from '../text'

/** Codes as the examples of Pinterest's OpenAPI 5.23.0 have them. */
const reasons: Readonly<Record<number, string>> = {
  3: 'Pinterest does not let this account do that. Reconnect it and allow everything that is asked for.',
  7: 'Pinterest does not let this account use that board or pin.',
  29: 'Pinterest does not let this account do that.',
  40: 'This board is gone. Choose another.',
  50: 'This pin is gone.',
}
const rateCodes = new Set([8, 30])

/** `x-ratelimit-reset` counts seconds from now; of several limits the first is the one that is nearest. */
export function resetAt(headers: Headers, now: Date): Date {
  const seconds = Number.parseInt(headers.get('x-ratelimit-reset') ?? headers.get('retry-after') ?? '', 10)
  const named =
    seconds > 1_000_000_000
      ? liftedAt(seconds * 1000, now)
      : liftedAfter(seconds >= 0 ? Math.max(1, seconds) : Number.NaN, now)
  return named ?? new Date(now.getTime() + shortWaitMs)
}

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  if (status === 429 || (problem && rateCodes.has(problem.code) && status !== 404))
    return { code: 'rate_limited', retryAt: resetAt(headers, now) }
  if (status === 401 && problem?.code !== 7)
    return { code: 'auth_expired', reason: 'Pinterest no longer accepts this sign-in. Reconnect the account.' }
  const known = problem && reasons[problem.code]
  if (known) return { code: 'rejected', reason: known }
  return {
    code: 'rejected',
    reason: problem?.message
      ? `Pinterest refused it: ${sentence(problem.message)}`
      : `Pinterest refused it without saying why (HTTP ${status}).`,
  }
}

export const pinterestError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('Pinterest', trouble, effect, (refusal) => refused(refusal, now))

/** A refused sign-in is no expired one: the person starts again. */
export function pinterestSignInError(trouble: Trouble<Problem>, now: Date): PlatformError {
  if (trouble.kind !== 'refused' || trouble.status >= 500 || trouble.status === 429)
    return pinterestError(trouble, 'none', now)
  return trouble.status === 401
    ? {
        code: 'rejected',
        reason: 'Pinterest does not know this app. Check PINTEREST_CLIENT_ID and PINTEREST_CLIENT_SECRET.',
      }
    : {
        code: 'rejected',
        reason: 'Pinterest says this sign-in was used already or has expired. Start connecting the account again.',
      }
}

export const isGone = (trouble: Trouble<Problem>): boolean => trouble.kind === 'refused' && trouble.status === 404

const chosen = (options: OptionValues | undefined, name: string): string | undefined =>
  textOf(options?.[name]) || undefined
export const boardOf = ({ options }: Pick<Part, 'options'>): string | undefined => chosen(options, 'board')
export const sectionOf = ({ options }: Pick<Part, 'options'>): string | undefined => chosen(options, 'section')

/** A pin has one alt text: those of its pictures one after the other, as many as fit. */
export function altText(media: readonly PartMedia[], max: number): string {
  const lines = [...new Set(media.map(({ alt }) => alt.trim()).filter(Boolean))]
  const fitting = lines.reduce<string>((all, line) => {
    const longer = all ? `${all}\n${line}` : line
    return [...longer].length <= max ? longer : all
  }, '')
  return fitting
}

/** The second of the video that is its cover: the first when nothing was said. */
export const coverSecond = ({ options }: Pick<Part, 'options'>): number => Number(chosen(options, 'cover') ?? 0)

const inline = ({ file }: PartMedia): { content_type: string; data: InlineFile } => {
  if (!file) throw new Error('A picture for Pinterest came without its file')
  return { content_type: file.mime, data: new InlineFile(file) }
}

function toSource(part: Part, mediaId: string | undefined): NewPin['media_source'] {
  const pictures = part.media.filter(({ kind }) => kind === 'image')
  const [first] = pictures
  if (mediaId === undefined) {
    if (!first) throw new Error('A pin without a picture or a video')
    return pictures.length === 1
      ? { source_type: 'image_base64', ...inline(first) }
      : { source_type: 'multiple_image_base64', items: pictures.map(inline), index: 0 }
  }
  const video = { source_type: 'video_id', media_id: mediaId } as const
  if (!first) return { ...video, cover_image_key_frame_time: coverSecond(part) }
  const { content_type, data } = inline(first)
  return { ...video, cover_image_content_type: content_type, cover_image_data: data }
}

/** @param mediaId of the uploaded video, if it is one */
export function toNewPin(part: Part, board: string, mediaId: string | undefined, altMax: number): NewPin {
  const section = sectionOf(part)
  const title = part.title?.normalize('NFC').trim()
  const text = part.text.normalize('NFC')
  const alt = altText(part.media, altMax)
  return {
    board_id: board,
    ...(section ? { board_section_id: section } : {}),
    ...(title ? { title } : {}),
    ...(text ? { description: text } : {}),
    ...(alt ? { alt_text: alt } : {}),
    ...(part.link ? { link: part.link.url } : {}),
    media_source: toSource(part, mediaId),
  }
}

const address = (link: string | null | undefined): string => (link ? (URL.parse(link)?.href ?? link) : '')

/** Does a pin say what a part says? Its pictures cannot be compared. */
export const isLike = (pin: Pin, part: Pick<Part, 'title' | 'text' | 'link'>): boolean =>
  oneLine(pin.title) === oneLine(part.title) &&
  oneLine(pin.description) === oneLine(part.text) &&
  address(pin.link) === address(part.link?.url)

export const toPublished = (webUrl: string, { id, created_at }: Pick<Pin, 'id' | 'created_at'>): Published => ({
  externalId: id,
  url: `${webUrl}/pin/${id}/`,
  ref: created_at ? { createdAt: created_at } : {},
})

/** What is asked for, and our words for it. A click is one that leaves Pinterest. */
export const metricTypes = {
  IMPRESSION: 'impressions',
  SAVE: 'saves',
  OUTBOUND_CLICK: 'clicks',
  TOTAL_COMMENTS: 'comments',
  TOTAL_REACTIONS: 'reactions',
} as const satisfies Record<string, Metric>

/**
 * Totals since publication. @param whole whether the days that were asked for reach back to it: otherwise what is counted
 * by the day is no total, and only what Pinterest counts for a pin's lifetime is.
 */
export function toMetrics(answer: Analytics, whole: boolean): Metrics {
  const all = answer.all ?? Object.values(answer)[0]
  const figures: Record<string, number> = { ...(whole ? all?.summary_metrics : {}), ...all?.lifetime_metrics }
  return Object.fromEntries(
    Object.entries(metricTypes).flatMap(([theirs, ours]) => {
      const value = figures[theirs]
      return value === undefined ? [] : [[ours, value]]
    }),
  )
}
