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

type Earlier = Copy & { readonly id: string; readonly createdAt: Date }

/**
 * Why an answer that was written earlier is not let go unasked: somebody else answered them since, here or at the network.
 * Whoever lets it go knows what they said themselves; what is to go by itself is taken back. The conversation must be locked.
 */
export async function whyOvertaken(
  { db }: Work,
  { id, messageId, createdAt }: Earlier,
  actorId: string,
): Promise<Failure | undefined> {
  const { conversationId, kind, answeredAt } = await db.message.findUniqueOrThrow({
    where: { id: messageId },
    select: { conversationId: true, kind: true, answeredAt: true },
  })
  const since = await db.reply.findMany({
    where: {
      ...toThem({ conversationId, messageId }, kind),
      id: { not: id },
      state: { notIn: ['in_review', 'cancelled', 'refused'] },
      NOT: { authorKind: 'ai', state: 'queued' },
      OR: [{ createdAt: { gt: createdAt } }, { sentAt: { gt: createdAt } }],
    },
    select: { authorId: true, decidedById: true },
  })
  const isByOthers = since.some((one) => one.authorId !== actorId && one.decidedById !== actorId)
  const isFromElsewhere = since.length === 0 && answeredAt !== null && answeredAt > createdAt
  return isByOthers || isFromElsewhere
    ? {
        code: 'CONFLICT',
        message: 'Somebody has answered them since this was written. See what they said, or send it all the same.',
        fields: { evenSo: ['say true to send it all the same'] },
      }
    : undefined
}
