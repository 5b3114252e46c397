import { z } from 'zod'
import { inMs, minute, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx, type ScopedDb, type ScopedTx } from '@/lib/workspace'
import { SetAway } from './schema'

/** How long somebody counts as there after their last sign. Longer than the time between two. */
const leaseMs = 2.5 * minute

/** Says that a person’s page is open. Called while it is; two minutes without, and they are not there. */
export const stayPresent = operation({
  can: 'session.manage',
  input: z.object({}),
  run: (ctx): Promise<Result<{ away: boolean }>> => keep(ctx, { seenUntil: inMs(leaseMs, now()) }),
})

/** Says that one is away, or back: while away one is given no work, open page or not. */
export const setAway = operation({
  can: 'session.manage',
  input: SetAway,
  run: (ctx, { away }): Promise<Result<{ away: boolean }>> =>
    transact(ctx, async ({ db, record }) => {
      const before = await db.presence.findUnique({ where: { memberId: ctx.actor.id }, select: { away: true } })
      if (away !== (before?.away ?? false))
        record({
          type: away ? 'member.wentAway' : 'member.cameBack',
          subject: { type: 'member', id: ctx.actor.id },
        })
      return keep({ ...ctx, db }, { away })
    }),
})

/** Whether who asks said that they are away. */
export const amIAway = query({
  can: 'session.manage',
  input: z.object({}),
  async run({ db, actor }): Promise<Result<{ away: boolean }>> {
    const row = await db.presence.findUnique({ where: { memberId: actor.id }, select: { away: true } })
    return ok({ away: row?.away ?? false })
  },
})

async function keep(
  { db, workspaceId, actor }: Pick<Ctx, 'workspaceId' | 'actor'> & { readonly db: ScopedDb | ScopedTx },
  change: { away?: boolean; seenUntil?: Date },
) {
  const row = await db.presence.upsert({
    where: { memberId: actor.id },
    create: { memberId: actor.id, workspaceId, ...change },
    update: change,
    select: { away: true },
  })
  return ok({ away: row.away })
}
