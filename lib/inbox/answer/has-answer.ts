import type { Failure } from '@/lib/core/result'
import type { Work } from '@/lib/workspace'
import type { ReplyState } from '../schema'
import type { Copy } from '../triage/alike'

/** Of an answer that may still come to stand at the network. */
export const onTheWay: ReplyState[] = [
  'in_review',
  'queued',
  'claimed',
  'sending',
  'unknown',
  'reconciling',
  'needs_person',
]
export const answeredAlready = 'Somebody has answered this already.'
export const answerUnderWay = 'An answer to this is on its way already.'

/** Which answers are to who said this: in a chat each is, under a post those to this message. */
export const toThem = ({ conversationId, messageId }: Copy, kind: string | undefined): Partial<Copy> =>
  kind === 'dm' ? { conversationId } : { messageId }

/**
 * Why a message is not answered where nobody looks at it first: it has an answer, or one is on its way. The conversation
 * must be locked.
 */
export async function whyAnswered({ db }: Work, messageId: string): Promise<Failure | undefined> {
  const { conversationId, kind, answeredAt } = await db.message.findUniqueOrThrow({
    where: { id: messageId },
    select: { conversationId: true, kind: true, answeredAt: true },
  })
  const where = { ...toThem({ conversationId, messageId }, kind), state: { in: onTheWay } }
  if ((await db.reply.count({ where })) > 0) return { code: 'CONFLICT', message: answerUnderWay }
  return answeredAt ? { code: 'CONFLICT', message: answeredAlready } : undefined
}
