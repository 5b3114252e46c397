import { inMs, minute } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { takeIn } from './receive'

/** How late a network may list what it told of already. */
const listLagMs = 5 * minute

type Look = {
  readonly accountId: string
  /** Our post, by its name at the network. */
  readonly post: string
  /** All that stands under it. */
  readonly there: readonly Incoming[]
  readonly lookedAt: Date
}

/**
 * Compares what we hold of a post with all that stands under it: what is not there any more was taken away, and what had
 * been missed and is there comes back. What was imported may go by other names, and is left alone.
 */
export async function followWhole(ctx: Ctx, { accountId, post, there, lookedAt }: Look): Promise<Result<undefined>> {
  const names = there.map(({ externalId }) => externalId)
  const rows = await ctx.db.message.findMany({
    where: {
      accountId,
      kind: 'comment',
      own: false,
      erasedAt: null,
      via: { not: 'import' },
      conversation: { accountId, postExternalId: post },
      OR: [
        { deletedAt: null, externalId: { notIn: names }, receivedAt: { lt: inMs(-listLagMs, lookedAt) } },
        { missed: true, externalId: { in: names } },
      ],
    },
    select: { externalId: true, source: true, missed: true },
  })
  const gone = rows.flatMap(({ missed, source }): Incoming[] =>
    // The column is written by receive.ts, from an Incoming, and nowhere else.
    missed ? [] : [{ ...(source as unknown as Incoming), change: 'deleted', at: lookedAt.toISOString() }],
  )
  const again = new Set(rows.flatMap(({ missed, externalId }) => (missed ? [externalId] : [])))
  const back = there.filter(({ externalId }) => again.has(externalId))
  for (const [items, missed] of [[gone, true] as const, [back, false] as const]) {
    const taken = await takeIn(ctx, { accountId, items, via: 'poll' }, { missed })
    if (!taken.ok) return taken
  }
  return ok(undefined)
}
