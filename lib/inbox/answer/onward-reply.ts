import { inMs, now } from '@/lib/core/clock'
import type { Work } from '@/lib/workspace'
import { reconcileReplyJob, sendReplyJob } from '../jobs'
import { moveReply, type ReplyChange, type ReplyClaim } from './reply-claim'

type Change = Omit<ReplyChange, 'state' | 'notBefore'>
type Moved = ReturnType<typeof moveReply>

const jobOf = ({ replyId, fence }: ReplyClaim, delayMs: number) => ({
  payload: { replyId },
  key: `${replyId}-f${fence}`,
  delayMs,
})

/** Lets an answer go, to be sent from then on. */
export async function sendReplyLater(work: Work, claim: ReplyClaim, notBefore: Date, change: Change): Moved {
  const subject = await moveReply(work, claim, { ...change, state: 'queued', notBefore })
  work.enqueue({ job: sendReplyJob, ...jobOf(claim, Math.max(0, notBefore.getTime() - now().getTime())) })
  return subject
}

/** Lets an answer go in doubt, to be looked for after so many milliseconds. */
export async function lookForReply(work: Work, claim: ReplyClaim, delayMs: number, change: Change): Moved {
  const subject = await moveReply(work, claim, { ...change, state: 'unknown', notBefore: inMs(delayMs) })
  work.enqueue({ job: reconcileReplyJob, ...jobOf(claim, delayMs) })
  return subject
}
