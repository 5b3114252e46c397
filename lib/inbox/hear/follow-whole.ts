import { inMs, minute } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import type { Incoming, StandsUnder } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { takeIn } from './receive'
import { withinBounds } from './within-bounds'

/** How late a network may list what it told of already. */
export const listLagMs = 5 * minute
/** So many are taken away at a time with their post. */
const goneAtOnce = 500

/**
 * Takes in what stands under posts of an account: what is new, what reads otherwise, and where all of it was read what is
 * gone. @returns how much was new
 */
export async function followUnder(
  ctx: Ctx,
  accountId: string,
  posts: readonly StandsUnder[],
): Promise<Result<{ readonly fresh: number }>> {
  let fresh = 0
  for (const { post, there, whole, asOf, end } of posts) {
    if (end === 'gone') {
      const gone = await followGone(ctx, { accountId, post, lookedAt: new Date(asOf) })
      if (!gone.ok) return gone
      continue
    }
    const items = await news(ctx, accountId, there)
    const taken = await takeIn(ctx, { accountId, items, via: 'poll' })
    if (!taken.ok) return taken
    fresh += taken.value.fresh
    const followed = await followWhole(ctx, { accountId, post, there, lookedAt: new Date(asOf) }, { whole })
    if (!followed.ok) return followed
  }
  return ok({ fresh })
}

/**
 * All but what reads otherwise than it is held, or did once: told as new, of the moment at which it was written first,
 * which of its wordings stands would be chance.
 */
async function news(ctx: Ctx, accountId: string, there: readonly Incoming[]): Promise<readonly Incoming[]> {
  const kept = new Map(withinBounds(there, { accountId, via: 'poll' }).map((item) => [item.externalId, item]))
  const rows = await ctx.db.message.findMany({
    where: { accountId, externalId: { in: [...kept.keys()] }, own: false, via: { not: 'import' } },
    select: { externalId: true, text: true, editedAt: true },
  })
  const changed = new Set(
    rows.flatMap(({ externalId, text, editedAt }) =>
      editedAt || kept.get(externalId)?.text !== text ? [externalId] : [],
    ),
  )
  return there.filter(({ externalId }) => !changed.has(externalId))
}

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
 * left alone. `whole`: false where only some of it is known, which tells of no end.
 */
export async function followWhole(
  ctx: Ctx,
  { accountId, post, there, lookedAt }: Look,
  { whole = true } = {},
): Promise<Result<undefined>> {
  const names = there.map(({ externalId }) => externalId)
  const hidden = await ctx.db.message.findMany({
    where: {
      accountId,
      deletedAt: null,
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
    missed || !whole ? [] : [{ ...(source as unknown as Incoming), change: 'deleted', at: lookedAt.toISOString() }],
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

/**
 * A post was taken away, and with it all that people said under it, what is hidden among it. Should it be there again all
 * the same, `followWhole` brings back what it finds.
 */
export async function followGone(
  ctx: Ctx,
  { accountId, post, lookedAt }: Omit<Look, 'there'>,
): Promise<Result<undefined>> {
  const at = lookedAt.toISOString()
  // By pages of their ids: under a post there may be any number.
  for (let after = ''; ;) {
    const rows = await ctx.db.message.findMany({
      where: {
        id: { gt: after },
        accountId,
        kind: 'comment',
        own: false,
        deletedAt: null,
        erasedAt: null,
        via: { not: 'import' },
        conversation: { accountId, postExternalId: post },
      },
      orderBy: { id: 'asc' },
      take: goneAtOnce,
      select: { id: true, source: true },
    })
    // As in followWhole.
    const items = rows.map(({ source }): Incoming => ({ ...(source as unknown as Incoming), change: 'deleted', at }))
    const taken = await takeIn(ctx, { accountId, items, via: 'poll' }, { missed: true })
    if (!taken.ok) return taken
    const last = rows.at(-1)
    if (!last || rows.length < goneAtOnce) return ok(undefined)
    after = last.id
  }
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
