import type { Work } from '@/lib/workspace'
import { keepClocks } from '../triage/keep-clocks'
import { sumUpConversations } from '../triage/sum-up'

/**
 * Brings a conversation back to be done for an answer in it that needs a person. Whatever was said of its state since the
 * message came, it was said in the belief that it is answered, and counts no more; its promises run on as if nothing had
 * ended them. Where everybody has another answer meanwhile it waits for the other side. It may be repeated; the
 * conversation must be locked.
 */
export async function reopenFor(work: Work, replyId: string): Promise<void> {
  const { db, record } = work
  const { workspaceId, conversationId, messageId } = await db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { workspaceId: true, conversationId: true, messageId: true },
  })
  const { at, receivedAt } = await db.message.findUniqueOrThrow({
    where: { id: messageId },
    select: { at: true, receivedAt: true },
  })
  const before = new Date(Math.max(at.getTime(), receivedAt.getTime()) - 1)
  const where = { id: conversationId }
  const { count } = await db.conversation.updateMany({
    where: { ...where, state: { not: 'todo' } },
    data: { state: 'todo', snoozedUntil: null, disposition: null },
  })
  await db.conversation.updateMany({
    where: { ...where, OR: [{ settledAt: null }, { settledAt: { gt: before } }] },
    data: { settledAt: before },
  })
  await db.conversation.updateMany({ where: { ...where, resolvedAt: { gt: before } }, data: { resolvedAt: before } })
  await sumUpConversations(work, [conversationId])
  await keepClocks({ workspaceId }, work, [conversationId])
  if (count > 0)
    record({
      type: 'conversation.reopened',
      subject: { type: 'conversation', id: conversationId },
      particulars: { why: 'an answer in it needs a person' },
    })
}
