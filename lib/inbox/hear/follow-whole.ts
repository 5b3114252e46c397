import { inMs, minute } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { takeIn } from './receive'
import { withinBounds } from './within-bounds'

/** How late a network may list what it told of already. */
export const listLagMs = 5 * minute

type Look = {
  readonly accountId: string
  /** Our post, by its name at the network. */
  readonly post: string
  /** All that stands under it. */
  readonly there: readonly Incoming[]
  readonly lookedAt: Date
}

/**
 * Compares what we hold of a post with all that stands under it: what is not there any more was taken away, what had been
 * missed and is there comes back, and what reads otherwise was changed. What was imported may go by other names, and is
 * left alone.
 */
export async function followWhole(ctx: Ctx, { accountId, post, there, lookedAt }: Look): Promise<Result<undefined>> {
  const names = there.map(({ externalId }) => externalId)
  const hidden = await ctx.db.message.findMany({
    where: {
      accountId,
      conversation: { accountId, postExternalId: post },
      OR: [{ hiddenAt: { not: null } }, { hideTo: { not: null } }],
    },
    select: { externalId: true },
  })
  const unlisted = hidden.map(({ externalId }) => externalId)
  const rows = await ctx.db.message.findMany({
    where: {
      accountId,
      kind: 'comment',
      own: false,
      erasedAt: null,
      via: { not: 'import' },
      conversation: { accountId, postExternalId: post },
      OR: [
        // What is hidden may be listed no more, nor what stands below it.
        {
          deletedAt: null,
          externalId: { notIn: [...names, ...unlisted] },
          OR: [{ parentExternalId: null }, { parentExternalId: { notIn: unlisted } }],
          receivedAt: { lt: inMs(-listLagMs, lookedAt) },
        },
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
  const changed = await changedSince(ctx, { accountId, there, lookedAt })
  for (const [items, missed] of [[gone, true] as const, [[...back, ...changed], false] as const]) {
    const taken = await takeIn(ctx, { accountId, items, via: 'poll' }, { missed })
    if (!taken.ok) return taken
  }
  return ok(undefined)
}

/** What has other words than are held, which were there before it was looked. Where its network says when, that is when. */
async function changedSince(
  ctx: Ctx,
  { accountId, there, lookedAt }: Omit<Look, 'post'>,
): Promise<readonly Incoming[]> {
  const kept = new Map(withinBounds(there, { accountId, via: 'poll' }).map((item) => [item.externalId, item]))
  const rows = await ctx.db.message.findMany({
    where: {
      accountId,
      externalId: { in: [...kept.keys()] },
      kind: 'comment',
      own: false,
      deletedAt: null,
      erasedAt: null,
      via: { not: 'import' },
      textAt: { lt: lookedAt },
    },
    select: { externalId: true, text: true },
  })
  return rows.flatMap(({ externalId, text }): Incoming[] => {
    const item = kept.get(externalId)
    if (!item || item.text === text) return []
    return [item.change === 'edited' ? item : { ...item, change: 'edited', at: lookedAt.toISOString() }]
  })
}
