import { inMs, day, now } from '@/lib/core/clock'
import { areAlike } from '@/lib/language'
import type { Ctx } from '@/lib/workspace'

/** Copies are looked for this far back. */
const lookBackMs = 7 * day
/** So many candidates are compared: a wave of thousands is known by its latest. */
const mostCompared = 500

/** A conversation, and the message by which it is known to say nearly the same. */
export type Copy = { readonly conversationId: string; readonly messageId: string }

/**
 * Where somebody said nearly what was said last in this conversation: this one first, then the others, the newest first
 * and each once. Found by what is stored with each message, so in whatever order they came in. Empty where nothing was
 * said that could be compared.
 */
export async function copiesOf({ db }: Pick<Ctx, 'db'>, conversationId: string): Promise<readonly Copy[]> {
  const last = await db.message.findFirst({
    where: { conversationId, own: false, deletedAt: null, NOT: { bands: { isEmpty: true } } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, text: true, bands: true },
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
    select: { id: true, conversationId: true, text: true },
  })
  const found = new Map([[conversationId, last.id]])
  for (const message of candidates)
    if (!found.has(message.conversationId) && areAlike(message.text, last.text))
      found.set(message.conversationId, message.id)
  return [...found].map(([id, messageId]) => ({ conversationId: id, messageId }))
}

/** The other conversations of `copiesOf`. */
export async function alikeTo(ctx: Pick<Ctx, 'db'>, conversationId: string): Promise<readonly string[]> {
  const copies = await copiesOf(ctx, conversationId)
  return copies.slice(1).map((copy) => copy.conversationId)
}
