import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { listReplies, type Comment, type Thread } from './comment-api'
import { toIncoming, youtubeError } from './translate'

/** When a comment was written, or changed last (ISO 8601 in UTC). */
export const stampOf = ({ snippet }: Comment): string => new Date(snippet.updatedAt).toISOString()
/** When it was written first. */
export const bornAt = ({ snippet }: Comment): string => new Date(snippet.publishedAt).toISOString()

/** Whether a comment was handed over before: with the words that it has now, and with those that it had first. */
export type Heard = { asItIs(comment: Comment): boolean; asItBegan(comment: Comment): boolean }
export const nothingHeard: Heard = { asItIs: () => false, asItBegan: () => false }

/** The comment a thread begins with, and those of its answers that came along. */
export const sentWith = ({ snippet, replies }: Thread): readonly Comment[] => [
  snippet.topLevelComment,
  ...(replies?.comments ?? []),
]

/** Whether there are more answers than came along. */
export const isCut = ({ snippet, replies }: Thread): boolean =>
  snippet.totalReplyCount > (replies?.comments.length ?? 0)

/**
 * The comment a thread begins with, and all of its answers: YouTube sends only a few along. A page that brings nothing
 * new is the last, whatever it says comes after it: such lists have been known to go round.
 */
export async function commentsOf(app: AppConfig, as: Credentials, thread: Thread): Answer<readonly Comment[]> {
  if (!isCut(thread)) return ok(sentWith(thread))
  const replies = new Map<string, Comment>()
  let pageToken: string | undefined
  for (;;) {
    const answer = await listReplies(app, as, thread.id, pageToken)
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    const before = replies.size
    for (const reply of answer.value.body.items) replies.set(reply.id, reply)
    pageToken = answer.value.body.nextPageToken
    if (!pageToken || replies.size === before) return ok([thread.snippet.topLevelComment, ...replies.values()])
  }
}

/** @param wasHeard whether it was handed over as it was written first */
export function asIncoming(
  app: AppConfig,
  as: Credentials,
  { thread, comment, wasHeard }: { readonly thread: Thread; readonly comment: Comment; readonly wasHeard: boolean },
): Incoming {
  const { videoId } = thread.snippet
  const said = toIncoming(comment, { webUrl: app.webUrl, me: as.externalId, thread: thread.id, videoId })
  // An edit of something that was never handed over is new to us.
  return said.change === 'edited' && !wasHeard ? { ...said, change: 'new', at: bornAt(comment) } : said
}
