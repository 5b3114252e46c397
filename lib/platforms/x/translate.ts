import { textOf } from '../options'
import { judge, lapsed, resetTime, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { Metric, Metrics, Part, PlatformError, Published } from '../platform'
import type { CreatePost, Post, Problem } from './api'
import { oneLine } from '../text'

const quarterHourMs = 15 * 60_000

/** What X said, in one sentence. */
function said(problem: Problem | undefined): string {
  const first = problem?.errors?.[0]
  // `detail` beside `errors` only says that something was wrong.
  return problem?.error_description ?? first?.message ?? first?.detail ?? problem?.detail ?? problem?.title ?? ''
}

/** X has no code for "you posted this already", only this wording in a 403. */
const isDuplicate = (text: string): boolean => /duplicate content|already (said|sent|posted) that/i.test(text)

/**
 * X says nothing else of files that it has forgotten, as it does a day after they came (`expires_after_secs`); it says the
 * same of files that it does not like.
 */
const isForgotten = (text: string): boolean => /media ids? (is|are) invalid/i.test(text)

function refused(refusal: Refusal<Problem>, now: Date): PlatformError {
  const { status, headers, problem } = refusal
  const words = said(problem)
  if (status === 401 || problem?.error === 'invalid_grant')
    return { code: 'auth_expired', reason: 'X no longer accepts this sign-in. Reconnect the account.' }
  // Comes as a 429, too, but waiting does not end it.
  if (problem?.type?.endsWith('/usage-capped'))
    return { code: 'rejected', reason: 'The X app has used up its paid quota. Raise it in the X developer console.' }
  if (status === 429) {
    const fallback = new Date(now.getTime() + quarterHourMs)
    return { code: 'rate_limited', retryAt: resetTime(headers, 'x-rate-limit-reset', fallback, now) }
  }
  if (isDuplicate(words))
    return {
      code: 'rejected',
      reason: 'X refuses this text because the account posted the same a short time ago. Change the text.',
      duplicate: true,
    }
  if (problem?.type?.endsWith('/client-forbidden'))
    return {
      code: 'rejected',
      reason: 'X does not let this app do that. Check the app’s access in the X developer console.',
    }
  if (problem?.type?.endsWith('/not-authorized-for-resource'))
    return {
      code: 'rejected',
      reason: 'X does not let this account do that. Reconnect it and allow everything that is asked for.',
    }
  if (status === 400 && isForgotten(words)) return lapsed('X', { said: `X refused it: ${sentence(words)}` })
  if (status === 413) return { code: 'rejected', reason: 'X says this file is too large.' }
  return {
    code: 'rejected',
    reason: words ? `X refused it: ${sentence(words)}` : `X refused it without saying why (HTTP ${status}).`,
  }
}

export const xError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('X', trouble, effect, (refusal) => refused(refusal, now))

/** A refused sign-in is no expired one: the person starts again. */
export function xSignInError(trouble: Trouble<Problem>, now: Date): PlatformError {
  const refusedGrant = trouble.kind === 'refused' && (trouble.status === 400 || trouble.status === 401)
  if (!refusedGrant) return xError(trouble, 'none', now)
  return trouble.problem?.error === 'invalid_client' || trouble.problem?.error === 'unauthorized_client'
    ? { code: 'rejected', reason: 'X does not know this app. Check X_CLIENT_ID and X_CLIENT_SECRET.' }
    : {
        code: 'rejected',
        reason: 'X says this sign-in was used already or has expired. Start connecting the account again.',
      }
}

/** The text as X will get it. X makes its link card from the text, so a link that is not in it is added at the end. */
export const xText = (part: Pick<Part, 'text' | 'link'>): string => {
  const text = part.text.normalize('NFC')
  return !part.link || text.includes(part.link.url) ? text : `${text.trimEnd()}\n\n${part.link.url}`.trimStart()
}

const idOf = (published: Published): string => published.externalId

/** Our part in X's words. A first comment is a reply like any other. */
export function toCreatePost(part: Part): CreatePost {
  const ids = part.media.map(({ ref }) => String(ref))
  return {
    text: xText(part),
    ...(part.replyTo ? { reply: { in_reply_to_tweet_id: idOf(part.replyTo.parent) } } : {}),
    ...(ids.length > 0 ? { media: { media_ids: ids } } : {}),
    ...(part.poll ? { poll: { options: part.poll.options, duration_minutes: part.poll.minutes } } : {}),
    ...chosen(part),
  }
}

/** What was chosen for the post. Who may reply, and where it stands, is said of its beginning; the rest goes along. */
function chosen({ options, replyTo }: Part): Partial<CreatePost> {
  const who = options?.reply_settings
  const community = textOf(options?.community)
  return {
    ...(options?.made_with_ai === true ? { made_with_ai: true } : {}),
    ...(options?.paid_partnership === true ? { paid_partnership: true } : {}),
    ...(!replyTo && typeof who === 'string' && who !== 'everyone' ? { reply_settings: who } : {}),
    ...(!replyTo && community ? { community_id: community } : {}),
  }
}

/** `/i/web/status/ID` leads to a post without the author's handle, which may change. */
export const toPublished = (webUrl: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/i/web/status/${id}`,
  ref: id,
})

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** Addresses as X may rewrite them (as long as names of hosts get): without scheme, host in lower case, no slash at the end. */
const plainLinks = (text: string): string =>
  text.replace(
    /(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,20}\p{L}{2,63})([/?#]\S*)?/giu,
    (_, host: string, rest = '') => `${host.toLowerCase()}${String(rest).replace(/\/$/, '')}`,
  )

const comparable = (text: string): string => oneLine(plainLinks(text.normalize('NFC')))

/** What has words: a post, a message. */
type Written = Pick<Post, 'text' | 'entities' | 'attachments'> & Partial<Pick<Post, 'note_post' | 'note_tweet'>>

/** A post's text as its author wrote it: whole, with t.co links written out, the link to its own media taken off, `&lt;` undone. */
export function writtenText(post: Written): string {
  const whole = post.note_post ?? post.note_tweet ?? post
  const links = whole.entities?.urls ?? []
  let text = whole.text
  for (const { url, expanded_url, media_key } of [...links, ...(post.entities?.urls ?? [])]) {
    if (!url || !text.includes(url)) continue
    const ownMedia = media_key ?? /\/(status\/\d+\/(photo|video)|messages\/media)\/\d+$/.test(expanded_url ?? '')
    text = ownMedia ? text.replaceAll(url, '').trimEnd() : text.replaceAll(url, expanded_url ?? url)
  }
  // X puts the link to attached media last, and does not always list it.
  if ((post.attachments?.media_keys ?? []).length > 0) text = text.replace(/\s*https:\/\/t\.co\/\w+\s*$/, '')
  return text.replace(/&(lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
}

/** Does it say what we wrote? */
export const sameWords = (theirs: Written, ours: string): boolean =>
  comparable(writtenText(theirs)) === comparable(ours)

/** Is this post the part we may have sent? Text, what it answers, whether it asks, and how many files it carries. */
export function matches(post: Post, part: Part): boolean {
  const references = post.referenced_posts ?? post.referenced_tweets ?? []
  if (references.some(({ type }) => type === 'retweeted')) return false
  const parent = references.find(({ type }) => type === 'replied_to')?.id
  return (
    parent === (part.replyTo && idOf(part.replyTo.parent)) &&
    (post.attachments?.media_keys ?? []).length === part.media.length &&
    (post.attachments?.poll_ids ?? []).length === (part.poll ? 1 : 0) &&
    comparable(writtenText(post)) === comparable(xText(part))
  )
}

const names = {
  impression_count: 'impressions',
  like_count: 'likes',
  reply_count: 'comments',
  repost_count: 'shares',
  retweet_count: 'shares',
  quote_count: 'quotes',
  bookmark_count: 'saves',
} as const satisfies Record<string, Metric>

export const toMetrics = (post: Post): Metrics =>
  Object.fromEntries(
    Object.entries(names).flatMap(([theirs, ours]) => {
      const value = post.public_metrics?.[theirs]
      return value === undefined ? [] : [[ours, value]]
    }),
  )
