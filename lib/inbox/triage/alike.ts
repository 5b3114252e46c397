import { inMs, day, now } from '@/lib/core/clock'
import { areAlike } from '@/lib/language'
import type { Ctx } from '@/lib/workspace'

/** Copies are looked for this far back. */
const lookBackMs = 7 * day
/** So many candidates are compared: a wave of thousands is known by its latest. */
const mostCompared = 500

/**
 * Conversations in which somebody said nearly what was said last in this one, the newest first; without it itself. Found
 * by what is stored with each message, so in whatever order they came in.
 */
export async function alikeTo({ db }: Pick<Ctx, 'db'>, conversationId: string): Promise<readonly string[]> {
  const last = await db.message.findFirst({
    where: { conversationId, own: false, deletedAt: null, NOT: { bands: { isEmpty: true } } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { text: true, bands: true },
  })
  if (!last) return []
  const candidates = await db.message.findMany({
    where: {
      bands: { hasSome: last.bands },
      at: { gte: inMs(-lookBackMs, now()) },
      own: false,
      deletedAt: null,
      conversationId: { not: conversationId },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostCompared,
    select: { conversationId: true, text: true },
  })
  const found = candidates.filter(({ text }) => areAlike(text, last.text))
  return [...new Set(found.map((message) => message.conversationId))]
}
