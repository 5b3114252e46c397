import { now } from '@/lib/core/clock'
import { adapterOf } from '@/lib/platforms'
import { letGo, mayStillLand } from '@/lib/sending'
import type { Work } from '@/lib/workspace'
import { reconcileReplyJob } from '../jobs'
import { moveReply, type ReplyClaim } from './reply-claim'
import { freeWords } from './same-words'
import { endOvertaken, proposeUnanswered } from '../drafting/overtaken-drafts'

type Waiting =
  | { readonly id: string; readonly state: 'queued' }
  | { readonly id: string; readonly state: 'claimed'; readonly fence: number }

/**
 * Takes back an answer that waits to be sent again while an earlier try of it may still arrive: it is sent no more, and
 * looked for instead, so that nobody is told that it is not there and nobody says it again meanwhile. Its conversation must
 * be locked.
 * @param why in a sentence
 * @returns undefined when no try of it is in doubt, or it waits no more: then nothing was done
 */
export async function lookBeforeBack(
  { db, record, enqueue }: Work,
  where: Waiting,
  { why, byId }: { readonly why: string; readonly byId?: string },
): Promise<{ readonly conversationId: string; readonly messageId: string } | undefined> {
  const { id: replyId } = where
  const tries = await db.replyAttempt.findMany({
    where: { replyId },
    orderBy: [{ fence: 'asc' }, { startedAt: 'asc' }],
    select: { purpose: true, outcome: true },
  })
  if (!mayStillLand(tries)) return undefined
  const written = await db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { conversation: { select: { account: true } } },
  })
  const { label } = adapterOf(written.conversation.account)
  const message = `${why} An earlier try may have reached ${label} all the same: we look, and send nothing more.`
  const [row] = await db.reply.updateManyAndReturn({
    where,
    data: {
      state: 'unknown',
      wantedBackAt: now(),
      fence: { increment: 1 },
      absentReads: 0,
      notBefore: null,
      reason: { kind: 'unknown', message },
      ...(byId ? { decidedById: byId } : {}),
      ...letGo,
    },
    select: { conversationId: true, messageId: true, fence: true },
  })
  if (!row) return undefined
  enqueue({ job: reconcileReplyJob, payload: { replyId }, key: `${replyId}-f${row.fence}` })
  const subject = { type: 'conversation', id: row.conversationId }
  record({ type: 'reply.wantedBack', subject, particulars: { replyId } })
  return row
}

/** Ends an answer that was wanted back and is not at the network for certain: now its words may be said again. */
export async function letBack(work: Work, claim: ReplyClaim): Promise<void> {
  const { replyId } = claim
  const message = 'Taken back: no try of it reached the network.'
  const subject = await moveReply(work, claim, { state: 'cancelled', reason: { kind: 'withdrawn', message } })
  await freeWords(work, replyId)
  await proposeAgain(work, replyId)
  work.record({
    type: 'reply.cancelled',
    subject,
    particulars: { replyId },
  })
}

/** An answer is sent no more: the draft that it was waits for a person again, or else those that gave way to it do. */
export async function proposeAgain(work: Work, replyId: string): Promise<void> {
  const { db, record } = work
  const { messageId, conversationId } = await db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { messageId: true, conversationId: true },
  })
  const draft = await db.aiDraft.findFirst({ where: { replyId, state: 'approved' }, select: { id: true } })
  if (draft && (await db.aiDraft.count({ where: { messageId, state: 'proposed' } })) === 0) {
    await db.aiDraft.updateMany({
      where: { id: draft.id, state: 'approved' },
      data: { state: 'proposed', replyId: null, decidedAt: null },
    })
    const subject = { type: 'conversation', id: conversationId }
    record({ type: 'draft.proposedAgain', subject, particulars: { draftId: draft.id, messageId } })
    await endOvertaken(work, [conversationId])
  }
  const { kind } = await db.message.findUniqueOrThrow({ where: { id: messageId }, select: { kind: true } })
  await proposeUnanswered(work, { id: messageId, kind, conversationId })
}
