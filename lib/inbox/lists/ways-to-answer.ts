import { adapterOf } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { whyUnreachable } from '../answer/answerable'
import { answeringPrivately, privateWay, standing } from '../answer/answering-privately'
import type { ThreadMessage } from '../schema'
import { hidingOf, hidingPlace, type Hideable } from './hiding'

type Said = Hideable & {
  readonly id: string
  readonly at: Date
  readonly identityId: string | null
  readonly ref: unknown
}
type Ways = Pick<ThreadMessage, 'privateAnswer' | 'unreachable' | 'hiding'>
const noWay: Ways = { privateAnswer: null, unreachable: null, hiding: null }

/**
 * Which messages of a conversation nobody can answer from here, which their author alone may be answered, and why others
 * not; and which can be hidden.
 */
export async function waysToAnswer(
  { db }: Pick<Ctx, 'db'>,
  conversationId: string,
  said: readonly Said[],
): Promise<(message: { readonly id: string }) => Ways> {
  const conversation = await db.conversation.findUnique({
    where: { id: conversationId },
    select: hidingPlace,
  })
  if (!conversation) return () => noWay
  const platform = adapterOf(conversation.account)
  const asked = said.filter((one) => privateWay(platform, one)).map(({ id }) => id)
  const answered =
    asked.length === 0
      ? []
      : await db.reply.findMany({ where: { ...standing, messageId: { in: asked } }, select: { messageId: true } })
  const taken = new Set(answered.map(({ messageId }) => messageId))
  const waysOf = (one: Said): Ways => {
    const unreachable = one.own ? undefined : whyUnreachable(platform, one)
    const hiding = hidingOf(platform, one, conversation)
    return unreachable
      ? { privateAnswer: null, unreachable, hiding }
      : {
          privateAnswer: answeringPrivately(platform, { ...one, isTaken: taken.has(one.id) }),
          unreachable: null,
          hiding,
        }
  }
  const ways = new Map(said.map((one) => [one.id, waysOf(one)]))
  return ({ id }) => ways.get(id) ?? noWay
}
