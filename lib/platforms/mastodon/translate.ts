import { textOf } from '../options'
import { judge, lapsed, liftedAt, resetTime, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metrics, Part, PlatformError, Published } from '../platform'
import type { CreateStatus, Problem, Status } from './api'
import { textOfHtml } from './html'

const fiveMinutesMs = 5 * 60_000

const said = (problem: Problem | undefined): string => problem?.error_description ?? problem?.error ?? ''

/** `X-RateLimit-Reset` is ISO 8601 here. */
function resetAt(headers: Headers, now: Date): Date {
  const named = liftedAt(Date.parse(headers.get('x-ratelimit-reset') ?? ''), now)
  return named ?? resetTime(headers, 'x-ratelimit-reset', new Date(now.getTime() + fiveMinutesMs), now)
}

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  const words = said(problem)
  if (status === 401)
    return { code: 'auth_expired', reason: 'The server no longer accepts this sign-in. Reconnect the account.' }
  if (status === 429) return { code: 'rate_limited', retryAt: resetAt(headers, now) }
  if (status === 403 && /scope/i.test(words))
    return {
      code: 'rejected',
      reason:
        'The server does not let this sign-in do that. Reconnect the account and allow everything that is asked for.',
    }
  if (status === 404 || status === 410)
    return { code: 'rejected', reason: 'The server says that the post this belongs to is not there (any more).' }
  if (status === 413) return { code: 'rejected', reason: 'The server says this file is too large.' }
  return {
    code: 'rejected',
    reason: words
      ? `The server refused it: ${sentence(words)}`
      : `The server refused it without saying why (HTTP ${status}).`,
  }
}

export const mastodonError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('The Mastodon server', trouble, effect, (refusal) => refused(refusal, now))

/** A file that is not there any more. */
export const forgotten = (more?: { readonly orUsed: true; readonly said: string }): PlatformError =>
  lapsed('the Mastodon server', more)

/**
 * Why a status was not taken. Of files that the server has forgotten it says the same as of those that stand in a post
 * (`media_attachments.validations.not_found` in mastodon/mastodon): in the account's language, and by their ids.
 */
export function statusError(
  trouble: Trouble<Problem>,
  { media_ids: ids = [] }: CreateStatus,
  now: Date,
): PlatformError {
  const error = mastodonError(trouble, 'visible', now)
  if (error.code !== 'rejected' || trouble.kind !== 'refused' || trouble.status !== 422) return error
  const words = said(trouble.problem).split(/\W+/)
  return ids.some((id) => words.includes(id)) ? forgotten({ orUsed: true, said: error.reason }) : error
}

/** A refused sign-in is no expired one: the person starts again. */
export function mastodonSignInError(trouble: Trouble<Problem>, now: Date): PlatformError {
  const refusedGrant = trouble.kind === 'refused' && (trouble.status === 400 || trouble.status === 401)
  if (!refusedGrant) return mastodonError(trouble, 'none', now)
  return trouble.problem?.error === 'invalid_client'
    ? { code: 'rejected', reason: 'The server has forgotten this app. Start connecting the account again.' }
    : {
        code: 'rejected',
        reason: 'The server says this sign-in was used already or has expired. Start connecting the account again.',
      }
}

/** Mastodon makes its card from the text, so a link that is not in it is added at the end. */
export const mastodonText = (part: Pick<Part, 'text' | 'link'>): string => {
  const text = part.text.normalize('NFC')
  return !part.link || text.includes(part.link.url) ? text : `${text.trimEnd()}\n\n${part.link.url}`.trimStart()
}

const chosen = (part: Part, name: string): string => textOf(part.options?.[name])

const idOf = (published: Published): string => published.externalId

/** Our part in Mastodon's words. A first comment is a reply like any other. */
export function toStatus(part: Part): CreateStatus {
  const ids = part.media.map(({ ref }) => String(ref))
  const warning = chosen(part, 'warning')
  const language = chosen(part, 'language')
  const quotes = chosen(part, 'quotes')
  return {
    status: mastodonText(part),
    ...(ids.length > 0 ? { media_ids: ids } : {}),
    ...(part.poll
      ? {
          poll: {
            options: part.poll.options,
            expires_in: part.poll.minutes * 60,
            multiple: part.poll.multiple,
          },
        }
      : {}),
    ...(part.replyTo ? { in_reply_to_id: idOf(part.replyTo.parent) } : {}),
    ...(part.options?.sensitive === true ? { sensitive: true } : {}),
    ...(warning ? { spoiler_text: warning } : {}),
    visibility: chosen(part, 'visibility') || 'public',
    ...(language ? { language } : {}),
    ...(quotes ? { quote_approval_policy: quotes } : {}),
  }
}

/** Its address, or on servers that give none for a post to few, the one that its number makes. */
export const toPublished = (server: string, { id, url, account }: Status): Published => ({
  externalId: id,
  url: url || `${server}/@${account.acct}/${id}`,
  ref: id,
})

/** Mentions are shown without their server; white space is the server's affair. */
const comparable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/(?<![/\w])@(\w+(?:[.-]+\w+)*)@[\p{L}\p{N}.:-]*[\p{L}\p{N}]/giu, '@$1')
    .replace(/\s+/g, ' ')
    .trim()

/** Is this status what we may have sent? Text, warning, what it answers, how many files and which choices it carries. */
export function matches(status: Status, wish: CreateStatus): boolean {
  const options = status.poll?.options.map(({ title }) => comparable(title)) ?? []
  return (
    !status.reblog &&
    (status.in_reply_to_id ?? undefined) === wish.in_reply_to_id &&
    status.media_attachments.length === (wish.media_ids?.length ?? 0) &&
    JSON.stringify(options) === JSON.stringify(wish.poll?.options.map(comparable) ?? []) &&
    comparable(status.spoiler_text) === comparable(wish.spoiler_text ?? '') &&
    comparable(textOfHtml(status.content)) === comparable(wish.status)
  )
}

export const toMetrics = (status: Status): Metrics => ({
  likes: status.favourites_count,
  shares: status.reblogs_count,
  comments: status.replies_count,
  ...(typeof status.quotes_count === 'number' ? { quotes: status.quotes_count } : {}),
})
