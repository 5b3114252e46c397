import type { Ctx } from '@/lib/workspace'
import { wordingOf } from './fold'

type Row = {
  readonly id: string
  readonly state: string
  readonly messageCount: number
}

/**
 * `ConversationCard.wording` of these conversations, by their ids: of what is to do and is a single message of somebody else.
 */
export async function wordingsOf(
  { db }: Pick<Ctx, 'db'>,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string | null>> {
  const single = rows.filter((row) => row.state === 'todo' && row.messageCount === 1)
  if (single.length === 0) return new Map()
  const said = await db.message.findMany({
    where: { conversationId: { in: single.map(({ id }) => id) }, own: false, deletedAt: null },
    select: { conversationId: true, bands: true },
  })
  return new Map(said.map(({ conversationId, bands }) => [conversationId, wordingOf(bands)]))
}
