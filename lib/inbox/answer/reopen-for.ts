import { now } from '@/lib/core/clock'
import type { Work } from '@/lib/workspace'
import { proposeUnanswered } from '../drafting/overtaken-drafts'
import { noteAnswers } from '../triage/answered'
import { keepClocks } from '../triage/keep-clocks'
import { sumUpConversations } from '../triage/sum-up'

/**
 * Brings a conversation back to be done for an answer in it that needs a person. Whatever was said of its state before, it
 * was said in the belief that the message is answered: that waits anew, and what it was promised runs on. What people
 * decided about others in the thread stays. A refused answer to what was taken away or has another brings nothing back; one
 * of which nobody can tell does, and where nobody waits the conversation waits for the other side. It may be repeated; the
 * conversation must be locked.
 */
export async function reopenFor(work: Work, replyId: string): Promise<void> {
  const { db, record } = work
  const { workspaceId, conversationId, messageId, state } = await db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { workspaceId: true, conversationId: true, messageId: true, state: true },
  })
  await noteAnswers(work, [conversationId])
  const isReopened = await waitAnew(work, { conversationId, messageId }, state === 'refused')
  await sumUpConversations(work, [conversationId])
  if (state === 'refused') {
    const { kind } = await db.message.findUniqueOrThrow({ where: { id: messageId }, select: { kind: true } })
    await proposeUnanswered(work, { id: messageId, kind, conversationId })
  }
  await keepClocks({ workspaceId }, work, [conversationId])
  const { state: to } = await db.conversation.findUniqueOrThrow({
    where: { id: conversationId },
    select: { state: true },
  })
  if (isReopened && to === 'todo')
    record({
      type: 'conversation.reopened',
      subject: { type: 'conversation', id: conversationId },
      particulars: { why: 'an answer in it needs a person' },
    })
}

type Place = { readonly conversationId: string; readonly messageId: string }

/** @returns whether the conversation was not to be done until now. */
async function waitAnew({ db }: Work, { conversationId, messageId }: Place, isRefused: boolean): Promise<boolean> {
  const where = { id: conversationId }
  const { settledAt } = await db.conversation.findUniqueOrThrow({ where, select: { settledAt: true } })
  const needsNone = [{ answeredAt: { not: null } }, { deletedAt: { not: null } }, { erasedAt: { not: null } }]
  // What settled it may bear the time of a network whose clock is ahead of ours.
  const failedAt = new Date(Math.max(now().getTime(), (settledAt?.getTime() ?? 0) + 1))
  const waits = await db.message.updateMany({
    where: { id: messageId, ...(isRefused ? { NOT: needsNone } : {}) },
    data: { failedAt },
  })
  if (waits.count === 0) return false
  const { count } = await db.conversation.updateMany({
    where: { ...where, state: { not: 'todo' } },
    data: { state: 'todo', snoozedUntil: null, disposition: null },
  })
  return count > 0
}
