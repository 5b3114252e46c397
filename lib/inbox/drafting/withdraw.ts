import { letGo } from '@/lib/sending'
import type { Work } from '@/lib/workspace'
import { freeWords } from '../answer/same-words'

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
  const why = 'a person has written an answer.'
  await withdrawAll(work, kind === 'dm' ? { conversationId } : { conversationId, messageId: id }, { why })
}

/** Takes back one automatic answer of which nothing was sent, and keeps why. @returns false when it is not waiting any more. */
export async function withdraw(work: Work, replyId: string, overtaken: Overtaken, fence?: number): Promise<boolean> {
  const { db, record } = work
  const message = `Not sent: ${overtaken.why}`
  const [row] = await db.reply.updateManyAndReturn({
    where: {
      id: replyId,
      authorKind: 'ai',
      ...(fence === undefined ? { state: 'queued' } : { state: 'claimed', fence }),
    },
    data: {
      state: 'cancelled',
      fence: { increment: 1 },
      reason: { kind: 'withdrawn', message },
      notBefore: null,
      ...letGo,
    },
    select: { conversationId: true, messageId: true },
  })
  if (!row) return false
  const { conversationId, messageId } = row
  await freeWords(work, replyId)
  await db.aiReading.updateMany({
    where: { messageId, replyId },
    data: { decision: overtaken.calls ? 'person' : 'nothing', reasons: { push: message } },
  })
  const waits = await db.aiDraft.count({ where: { messageId, state: 'proposed' } })
  await db.aiDraft.updateMany({
    where: { messageId, replyId },
    data:
      overtaken.draftStands && waits === 0
        ? { state: 'proposed', replyId: null, decidedAt: null }
        : { state: 'superseded' },
  })
  const subject = { type: 'conversation', id: conversationId }
  record({ type: 'reply.withdrawn', subject, particulars: { replyId, why: overtaken.why } })
  return true
}
