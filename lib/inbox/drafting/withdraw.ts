import { letGo } from '@/lib/sending'
import type { Work } from '@/lib/workspace'
import { freeWords } from '../answer/same-words'
import { lookBeforeBack } from '../answer/take-back'
import { endAnswered } from './overtaken-drafts'

/** Why an automatic answer does not go out after all, to be said after "Not sent:". */
export type Overtaken = {
  readonly why: string
  /** A person must see to it now. */
  readonly calls?: boolean
  /** Its words still fit: a person may send them. */
  readonly draftStands?: boolean
}

type Waiting = { readonly accountId: string } | { readonly conversationId: string; readonly messageId?: string }

/** Takes back the automatic answers that still wait here. What is being sent is on its way, and stays so. */
export async function withdrawAll(work: Work, where: Waiting, overtaken: Overtaken): Promise<void> {
  const rows = await work.db.reply.findMany({
    where: { ...where, authorKind: 'ai', state: 'queued' },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  for (const { id } of rows) await withdraw(work, id, overtaken)
}

type Answered = { readonly id: string; readonly kind: string; readonly conversationId: string }

/** A person answers: in a chat that is enough for all that was said; under a post many talk at once. Nobody need be called. */
export async function withdrawFor(work: Work, { id, kind, conversationId }: Answered): Promise<void> {
  await work.db.conversation.updateMany({
    where: { id: conversationId, escalatedAt: { not: null } },
    data: { escalatedAt: null },
  })
  await endAnswered(work, { id, kind, conversationId })
  const why = 'a person has written an answer.'
  await withdrawAll(work, kind === 'dm' ? { conversationId } : { conversationId, messageId: id }, { why })
}

/**
 * Takes back one automatic answer that waits, and keeps why; one that may be at the network from an earlier try is looked for.
 * @returns false when it is not waiting any more.
 */
export async function withdraw(work: Work, replyId: string, overtaken: Overtaken, fence?: number): Promise<boolean> {
  const { db, record } = work
  const waiting =
    fence === undefined ? { id: replyId, state: 'queued' as const } : { id: replyId, state: 'claimed' as const, fence }
  const doubtful = await lookBeforeBack(work, waiting, { why: `To be held back: ${overtaken.why}` })
  const message = doubtful ? `To be held back, though it may be there: ${overtaken.why}` : `Not sent: ${overtaken.why}`
  const [cancelled] = await db.reply.updateManyAndReturn({
    where: { ...waiting, authorKind: 'ai' },
    data: {
      state: 'cancelled',
      fence: { increment: 1 },
      reason: { kind: 'withdrawn', message },
      notBefore: null,
      ...letGo,
    },
    select: { conversationId: true, messageId: true },
  })
  const row = doubtful ?? cancelled
  if (!row) return false
  const { conversationId, messageId } = row
  // The words of one that may be there are not said again.
  if (!doubtful) await freeWords(work, replyId)
  await db.aiReading.updateMany({
    where: { messageId, replyId },
    data: { decision: overtaken.calls ? 'person' : 'nothing', reasons: { push: message } },
  })
  const waits = await db.aiDraft.count({ where: { messageId, state: 'proposed' } })
  const subject = { type: 'conversation', id: conversationId }
  // A draft that stands is proposed again when it is certain that it did not go out.
  if (!doubtful || !overtaken.draftStands) {
    const stands = overtaken.draftStands && waits === 0
    const moved = await db.aiDraft.updateManyAndReturn({
      where: { messageId, replyId },
      data: stands ? { state: 'proposed', replyId: null, decidedAt: null } : { state: 'superseded' },
      select: { id: true },
    })
    for (const { id: draftId } of stands ? moved : [])
      record({ type: 'draft.proposedAgain', subject, particulars: { draftId, messageId } })
  }
  if (doubtful) return true
  record({ type: 'reply.withdrawn', subject, particulars: { replyId, why: overtaken.why } })
  return true
}
