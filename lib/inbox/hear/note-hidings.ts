import { inMs } from '@/lib/core/clock'
import type { HidingSeen } from '@/lib/platforms'
import { transact, type Ctx } from '@/lib/workspace'

/** How something stood at its network, and when. */
export type Seen = HidingSeen & { readonly at: Date }

/**
 * Takes over what was hidden at the network itself, or shown again there. A wish of ours that is under way stands, and so
 * does what was made or seen later than this. `lagMs`: how long a network may tell what is no longer so.
 */
export async function noteHidings(
  ctx: Ctx,
  accountId: string,
  seen: readonly Seen[],
  { lagMs = 0 } = {},
): Promise<void> {
  if (seen.length === 0) return
  const names = (hidden: boolean) => seen.flatMap((one) => (one.hidden === hidden ? [one.externalId] : []))
  const about = { accountId, own: false, via: { not: 'import' }, deletedAt: null, erasedAt: null, hideTo: null }
  const otherwise = await ctx.db.message.findMany({
    where: {
      ...about,
      OR: [
        { externalId: { in: names(true) }, hiddenAt: null },
        { externalId: { in: names(false) }, hiddenAt: { not: null } },
      ],
    },
    select: { externalId: true },
  })
  if (otherwise.length === 0) return
  const isOtherwise = new Set(otherwise.map(({ externalId }) => externalId))
  const changes = seen
    .filter(({ externalId }) => isOtherwise.has(externalId))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  await transact(ctx, async ({ db, record }) => {
    for (const { externalId, hidden, at } of changes) {
      // One after the other, in the order of what happened.
      // oxlint-disable-next-line no-await-in-loop
      const [row] = await db.message.updateManyAndReturn({
        where: {
          ...about,
          externalId,
          hiddenAt: hidden ? null : { not: null },
          OR: [{ hiddenSeenAt: null }, { hiddenSeenAt: { lte: inMs(-lagMs, at) } }],
        },
        data: { hiddenAt: hidden ? at : null, hiddenSeenAt: at, hideTrouble: null },
        select: { id: true, conversationId: true },
      })
      if (row)
        record({
          type: hidden ? 'message.hidden' : 'message.shown',
          subject: { type: 'conversation', id: row.conversationId },
          particulars: { messageId: row.id, atNetwork: true },
        })
    }
  })
}
