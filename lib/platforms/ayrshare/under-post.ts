import { inMs, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, StandsUnder } from '../platform'
import { listComments, type Named } from './api'
import { toIncoming, topsOf, type Under } from './incoming'
import { keysOf, selfOf } from './keys'
import { answersOutlivePosts, copyMs, dateStepMs, isListedWhole, wholeMax } from './limits'
import type { Of } from './names'
import { ayrshareError, isGone } from './translate'

/** All that is said under a post, as Ayrshare's copy has it. `isLost`: Ayrshare does not find the post. */
export async function underPost(
  app: AppConfig,
  as: Credentials,
  named: Named,
  under: Under,
  { label, platform }: Of,
): Answer<{ readonly stands?: StandsUnder; readonly isLost?: boolean; readonly nextAt: string }> {
  const answer = await listComments(app, keysOf(as), named)
  if (!answer.ok) {
    const error = ayrshareError(answer.error, 'none', label, now())
    // One post that Ayrshare cannot read does not keep the others from being read.
    const isLost = isGone(answer.error) && !answersOutlivePosts(platform)
    return error.code === 'rejected' ? ok({ isLost, nextAt: inMs(copyMs).toISOString() }) : fail(error)
  }
  const { comments, nextUpdate, lastUpdated } = answer.value.body
  const me = selfOf(as)
  const at = Date.parse(nextUpdate ?? '')
  const topOf = topsOf(comments)
  const there = comments.flatMap(({ replies, ...comment }) => [
    toIncoming(comment, under, { thread: topOf(comment) }, me),
    ...replies.map((reply) => toIncoming(reply, under, { thread: topOf(comment), parent: comment.commentId }, me)),
  ])
  // Both by Ayrshare's clock.
  const ageMs = Date.parse(answer.value.headers.get('date') ?? '') - Date.parse(lastUpdated ?? '') + dateStepMs
  return ok({
    stands: {
      post: under.post,
      there: there.toSorted((a, b) => a.at.localeCompare(b.at)),
      whole: isListedWhole(platform) && there.length < wholeMax,
      asOf: inMs(-(Number.isNaN(ageMs) ? copyMs : Math.max(0, ageMs))).toISOString(),
    },
    nextAt: (Number.isNaN(at) ? inMs(copyMs) : new Date(at)).toISOString(),
  })
}
