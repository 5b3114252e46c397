import type { Work } from '@/lib/workspace'
import { wantsAnswer } from '../schema'

/**
 * The last that somebody said in a conversation and expects an answer to: what is answered where nobody chose a message.
 * A like or a share after it changes nothing; what was edited to want something new is asked then. Undefined where nobody asked anything.
 */
export async function lastAsked(
  { db }: { readonly db: Pick<Work['db'], 'message'> },
  conversationId: string,
): Promise<string | undefined> {
  const where = { conversationId, own: false, deletedAt: null, erasedAt: null, kind: { in: [...wantsAnswer] } }
  const [last, edited] = await Promise.all([
    db.message.findFirst({
      where,
      orderBy: [{ at: 'desc' }, { externalId: 'desc' }],
      select: { id: true, at: true },
    }),
    db.message.findFirst({
      where: { ...where, needAt: { not: null }, answeredAt: null },
      orderBy: { needAt: 'desc' },
      select: { id: true, needAt: true },
    }),
  ])
  return last && edited?.needAt && edited.needAt > last.at ? edited.id : last?.id
}
