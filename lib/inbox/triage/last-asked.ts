import type { Work } from '@/lib/workspace'
import { wantsAnswer } from '../schema'

/**
 * The last that somebody said in a conversation and expects an answer to: what is answered where nobody chose a message.
 * A like or a share after it changes nothing. Undefined where nobody asked anything.
 */
export async function lastAsked(
  { db }: { readonly db: Pick<Work['db'], 'message'> },
  conversationId: string,
): Promise<string | undefined> {
  const last = await db.message.findFirst({
    where: { conversationId, own: false, deletedAt: null, erasedAt: null, kind: { in: [...wantsAnswer] } },
    orderBy: [{ at: 'desc' }, { externalId: 'desc' }],
    select: { id: true },
  })
  return last?.id
}
