import type { UsableAccount } from '@/lib/accounts'
import { inMs, now, second } from '@/lib/core/clock'
import { redactText } from '@/lib/core/redact'
import { isLapsed, type PlatformError } from '@/lib/platforms'
import { isReconnected, nextTry, stopFor, type Pause } from '@/lib/sending'
import type { Ctx, Work } from '@/lib/workspace'
import { closeTry, type Begun } from './begin-reply'
import { lookForReply, sendReplyLater } from './onward-reply'
import { holdReply, moveReply, type ReplyClaim } from './reply-claim'
import { settlingOf } from './reply-settling'
import { freeWords } from './same-words'
import { reopenFor } from './reopen-for'
import type { ReplyReason } from '../schema'

const noneOfOurs = 'We found none of ours in the chat. Look there yourself, then say what you found.'

/** Ends a try that the network did not take, and its claim with it. */
export function stopReply(
  ctx: Ctx,
  claim: ReplyClaim,
  account: UsableAccount,
  attempt: Begun,
  error: PlatformError,
): Promise<void> {
  const { platform, credentials } = account
  const { replyId } = claim
  // A network that takes one private answer refuses ours for good when somebody gave another: looking once more ends never.
  const isTaken = attempt.isPrivate && attempt.triedBefore && attempt.isRepetition
  const sent = {
    thing: 'answer' as const,
    triedBefore: attempt.triedBefore && !isTaken,
    settling: settlingOf(platform, credentials, attempt.kind),
  }
  return stopFor(ctx, account, error, sent, {
    hold: (work) => holdReply(work, claim),
    async close(work, outcome) {
      await closeTry(work, attempt, outcome, error)
      await forgetLapsed(work, replyId, error)
    },
    pause: (work, pause) => restReply(work, claim, pause),
    ask: (work, reason) => askAboutReply(work, claim, reason),
    // Who was asked that already is believed.
    refuse: (work, why) =>
      isTaken && !attempt.isDenied
        ? askAboutReply(work, claim, { kind: 'unknown', message: `${why} ${noneOfOurs}` })
        : refuseReply(work, claim, why),
    async doubt(work, lookInMs, reason) {
      const subject = await lookForReply(work, claim, lookInMs, { reason })
      const theirs = 'reason' in error ? error.reason : ''
      work.record({
        type: 'reply.doubted',
        subject,
        particulars: { replyId, code: error.code, said: redactText(theirs) },
      })
    },
  })
}

/** What the network has forgotten of an answer's files is brought anew. */
export async function forgetLapsed({ db }: Work, replyId: string, error: PlatformError): Promise<void> {
  if (isLapsed(error)) await db.reply.update({ where: { id: replyId }, data: { uploads: {} }, select: { id: true } })
}

/**
 * Ends an answer that is for certain not at the network, and says why in whole sentences. Its words may be said again, and
 * its conversation is to be done.
 */
export async function refuseReply(work: Work, claim: ReplyClaim, why: string): Promise<void> {
  const { replyId } = claim
  const subject = await moveReply(work, claim, { state: 'refused', reason: { kind: 'refused', message: why } })
  await freeWords(work, replyId)
  await reopenFor(work, replyId)
  work.record({
    type: 'reply.refused',
    subject,
    particulars: { replyId, why: redactText(why) },
  })
}

/** Puts an answer back to wait, nothing having been sent; tried in vain for too long, it is left to a person. */
export async function restReply(work: Work, claim: ReplyClaim, pause: Pause): Promise<void> {
  const { kind, message } = pause
  const held = await holdReply(work, claim)
  const next = nextTry(pause, held.retries, now())
  if (!next) return askAboutReply(work, claim, { kind, message })
  const { notBefore, retries } = next
  const reason = { kind, message, retryAt: notBefore.toISOString() }
  const subject = await sendReplyLater(work, claim, notBefore, { reason, retries })
  work.record({
    type: 'reply.parked',
    subject,
    particulars: { replyId: claim.replyId, why: kind, said: redactText(message), until: notBefore },
  })
}

/**
 * Leaves an answer to a person, with the reason, and its conversation to be done; or goes on when they have done already
 * what they are asked for.
 */
export async function askAboutReply(work: Work, claim: ReplyClaim, reason: ReplyReason): Promise<void> {
  if (reason.kind === 'reconnect' && (await isReconnected(work, claim.accountId)))
    return void (await sendReplyLater(work, claim, inMs(second), { reason }))
  const subject = await moveReply(work, claim, { state: 'needs_person', reason })
  await reopenFor(work, claim.replyId)
  work.record({
    type: 'reply.handedOver',
    subject,
    particulars: { replyId: claim.replyId, why: reason.kind, said: redactText(reason.message) },
  })
}
