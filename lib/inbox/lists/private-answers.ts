import { adapterOf } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { answeringPrivately, privateWay, standing } from '../answer/answering-privately'
import type { PrivateAnswer } from '../schema'

type Said = {
  readonly id: string
  readonly kind: string
  readonly own: boolean
  readonly at: Date
  readonly identityId: string | null
}

/** Which messages of a conversation may be answered so that their author alone reads it, and why others may not. */
export async function privateAnswers(
  { db }: Pick<Ctx, 'db'>,
  conversationId: string,
  said: readonly Said[],
): Promise<(message: { readonly id: string }) => PrivateAnswer | null> {
  const conversation = await db.conversation.findUnique({
    where: { id: conversationId },
    select: { account: { select: { platform: true, method: true } } },
  })
  const platform = conversation && adapterOf(conversation.account)
  const asked = platform ? said.filter((one) => privateWay(platform, one)) : []
  if (!platform || asked.length === 0) return () => null
  const answered = await db.reply.findMany({
    where: { ...standing, messageId: { in: asked.map(({ id }) => id) } },
    select: { messageId: true },
  })
  const taken = new Set(answered.map(({ messageId }) => messageId))
  const found = new Map(
    asked.map((one) => [one.id, answeringPrivately(platform, { ...one, isTaken: taken.has(one.id) })]),
  )
  return ({ id }) => found.get(id) ?? null
}
