import { excerptOf } from '@/lib/core/excerpt'
import { filesInWords } from '@/lib/core/files-in-words'
import type { Ctx } from '@/lib/workspace'
import type { MessageCard, Quote } from '../schema'

type Answering = Pick<MessageCard, 'parentExternalId'>

/** What messages of a conversation answer, wherever in it that stands. What they answer elsewhere, a post say, is not quoted. */
export async function quotes(
  { db }: Pick<Ctx, 'db'>,
  conversationId: string,
  messages: readonly Answering[],
): Promise<(message: Answering) => Quote | null> {
  const names = [...new Set(messages.flatMap(({ parentExternalId }) => parentExternalId ?? []))]
  const rows =
    names.length === 0
      ? []
      : await db.message.findMany({
          where: { conversationId, externalId: { in: names } },
          select: { id: true, externalId: true, own: true, authorName: true, text: true, media: true, deletedAt: true },
        })
  const byName = new Map(
    rows.map(({ id, externalId, own, authorName: author, text, media, deletedAt }) => [
      externalId,
      { id, own, author, text: deletedAt ? '' : excerptOf(text || filesInWords(media), 120) },
    ]),
  )
  return ({ parentExternalId }) => byName.get(parentExternalId ?? '') ?? null
}
