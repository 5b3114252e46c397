import type { Incoming } from '@/lib/platforms'
import type { Work } from '@/lib/workspace'
import type { Told } from './merge-items'

/**
 * What an import says of messages that their network itself told of keeps their author and their time, whoever and whenever
 * it says that was; what it says of our own answers is left out.
 */
export async function asNetworkTold(
  { db }: Work,
  accountId: string,
  items: readonly Incoming[],
): Promise<readonly Incoming[]> {
  const rows = await db.message.findMany({
    where: { accountId, externalId: { in: items.map(({ externalId }) => externalId) }, erasedAt: null },
    select: { externalId: true, source: true, via: true },
  })
  const known = new Map(rows.map((row) => [row.externalId, row]))
  return items.flatMap((item) => {
    const row = known.get(item.externalId)
    if (!row) return [item]
    // The column is written by receive.ts, from what was told; it holds nothing of an answer whose echo never came.
    const { author, own, at, ref } = row.source as unknown as Partial<Told>
    if (row.via === 'reply' && !author) return []
    const isTold = ref !== null && ref !== undefined && author && own !== undefined && at
    return [isTold ? { ...item, author, own, at } : item]
  })
}
