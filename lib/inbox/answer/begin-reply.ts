import { now } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import type { IncomingKind, Reply } from '@/lib/platforms'
import { closed, workerName, type Outcome } from '@/lib/sending'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { holdWhereAnswered } from '../desk/hold-where'
import { isHeldBack } from '../drafting/overtaken'
import { moveReply, type ReplyClaim } from './reply-claim'
import { kindOf } from './reply-settling'

/** An answer on its way, by the row of the try. */
export type Begun = {
  readonly id: string
  readonly startedAt: Date
  /** It was sent before, and what became of that was in doubt. */
  readonly triedBefore: boolean
  /** It was refused as a repetition before, and looked for since in vain. */
  readonly isRepetition: boolean
  /** Since it was last in doubt a person looked, and it is not there. */
  readonly isDenied: boolean
  /** Of what it is at the network. */
  readonly kind: IncomingKind
  readonly isPrivate: boolean
}

/**
 * Writes the intent to send, under the fence, before the first byte: whoever finds it later knows that it may have happened.
 * Undefined for an automatic answer that must not go out after all, or not yet.
 */
export async function beginReply(
  ctx: Ctx,
  claim: ReplyClaim,
  reply: Reply,
  before: Pick<Begun, 'triedBefore' | 'isRepetition' | 'isDenied'>,
): Promise<Begun | undefined> {
  const attempt = { id: newId(), startedAt: now() }
  return transact(ctx, async (work) => {
    const conversationId = await holdWhereAnswered(work, claim.replyId)
    if (await isHeldBack(ctx, work, claim, conversationId)) return undefined
    const subject = await moveReply(work, claim, { state: 'sending', absentReads: 0 })
    await work.db.replyAttempt.create({
      data: {
        ...attempt,
        workspaceId: ctx.workspaceId,
        replyId: claim.replyId,
        fence: claim.fence,
        purpose: 'send',
        requestHash: sha256(JSON.stringify(reply)),
        worker: workerName,
      },
      select: { id: true },
    })
    work.record({
      type: 'reply.attempted',
      subject,
      particulars: { replyId: claim.replyId, attemptId: attempt.id },
    })
    return { ...attempt, ...before, kind: kindOf(reply), isPrivate: reply.privately !== undefined }
  })
}

export async function closeTry(
  { db }: Work,
  { id, startedAt }: Begun,
  outcome: Outcome,
  answer: object,
): Promise<void> {
  await db.replyAttempt.update({ where: { id }, data: closed(startedAt, outcome, answer), select: { id: true } })
}
