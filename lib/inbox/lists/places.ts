import { z } from 'zod'
import { beyond, type Way } from '@/lib/core/beyond'
import type { Ctx } from '@/lib/workspace'
import type { ConversationCard } from '../schema'

const Cursor = z.object({ p: z.int32().optional(), at: z.coerce.date(), id: z.string() })

type Sort = 'newest' | 'priority'

/** Where a list of this order goes on after a card. */
export const cursorOf = (card: ConversationCard, sort: Sort): string =>
  Buffer.from(
    JSON.stringify({ ...(sort === 'priority' ? { p: card.priority } : {}), at: card.lastMessageAt, id: card.id }),
  ).toString('base64url')

type Place = z.output<typeof Cursor>

/** The place that a cursor names; undefined for one that is not ours, or of another order. */
export function placeOf(cursor: string, sort: Sort): Place | undefined {
  try {
    const place = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return sort === 'priority' && place.p === undefined ? undefined : place
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

/**
 * The rows beyond a place, downwards or upwards: conditions whose rows, one after the other, are in the order of the
 * list, each of them a stretch of an index.
 */
export function stretchesBeyond({ p, at, id }: Place, sort: Sort, way: Way): readonly object[] {
  const past = beyond({ lastMessageAt: at }, { id }, way)
  if (sort === 'newest') return [past]
  return [{ priority: p, ...past }, { priority: { [way === 'desc' ? 'lt' : 'gt']: p } }]
}

/** Where a conversation stands in lists; null when it is gone. */
export async function placeAt(ctx: Ctx, id: string): Promise<Place | null> {
  const row = await ctx.db.conversation.findUnique({
    where: { id },
    select: { priority: true, lastMessageAt: true },
  })
  return row && { id, p: row.priority, at: row.lastMessageAt }
}

/** The first `take` rows of stretches that follow on each other. */
export async function byStretch<Row>(
  stretches: readonly object[],
  take: number,
  read: (stretch: object, left: number) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const stretch of stretches) if (rows.length < take) rows.push(...(await read(stretch, take - rows.length)))
  return rows
}
