import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials } from '../platform'
import { listReplies, type Comment, type Thread } from './api'
import { youtubeError } from './translate'

export const stampOf = ({ snippet }: Comment): string => new Date(snippet.updatedAt).toISOString()

/** The comment a thread begins with, and all of its answers: YouTube sends only a few along. */
export async function commentsOf(app: AppConfig, as: Credentials, thread: Thread): Answer<readonly Comment[]> {
  const sent = thread.replies?.comments ?? []
  if (thread.snippet.totalReplyCount <= sent.length) return ok([thread.snippet.topLevelComment, ...sent])
  const replies: Comment[] = []
  let pageToken: string | undefined
  do {
    const answer = await listReplies(app, as, thread.id, pageToken)
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    replies.push(...answer.value.body.items)
    pageToken = answer.value.body.nextPageToken
  } while (pageToken)
  return ok([thread.snippet.topLevelComment, ...replies])
}
