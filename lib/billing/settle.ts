import { defineJob } from '@/lib/core/queue'
import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact, type Sweep, type Work } from '@/lib/workspace'
import { z } from 'zod'
import { openPeriods, periodOf } from './period'
import { costOf } from './prices'
import { CallSubject, ReleaseBudget, SettleBudget } from './schema'

type Settled = { readonly costMicros: number }

/**
 * Pays for a call that was made: what was set aside is given back, what it cost is spent. Calling it again changes
 * nothing. A call that was given up for lost is put right.
 */
export const settleBudget = operation({
  can: 'ai.use',
  input: SettleBudget,
  run: (ctx, { callId, usage, durationMs, outcome }) =>
    transact(ctx, (work) =>
      close(work, callId, { state: 'settled', durationMs, outcome, ...usage }, (row) =>
        usage
          ? costOf({ input: Number(row.inputPrice), output: Number(row.outputPrice) }, usage)
          : Number(row.reservedMicros),
      ),
    ),
})

/** Gives back what was set aside for a call that for certain cost nothing. */
export const releaseBudget = operation({
  can: 'ai.use',
  input: ReleaseBudget,
  run: (ctx, { callId, durationMs, outcome }) =>
    transact(ctx, (work) => close(work, callId, { state: 'released', durationMs, outcome }, () => 0)),
})

type Row = NonNullable<Awaited<ReturnType<Work['db']['aiCall']['findUnique']>>>

async function close(
  { db, sql }: Work,
  callId: string,
  how: {
    readonly state: 'settled' | 'released' | 'lost'
    readonly outcome: string
    readonly durationMs?: number
    readonly inputTokens?: number
    readonly outputTokens?: number
  },
  costOfRow: (row: Row) => number,
): Promise<Result<Settled>> {
  const row = await db.aiCall.findUnique({ where: { id: callId } })
  if (!row) return fail({ code: 'NOT_FOUND', message: 'There is no such AI call in this workspace.' })
  if (row.state === 'settled' || row.state === 'released') return ok({ costMicros: Number(row.costMicros) })
  const cost = costOfRow(row)
  const { count } = await db.aiCall.updateMany({
    where: { id: callId, state: row.state },
    data: { ...how, costMicros: BigInt(cost) },
  })
  // Somebody else closed it a moment ago, and paid.
  if (count !== 1) return ok({ costMicros: cost })
  const wasReserved = row.state === 'reserved'
  // The workspace's row first, as in reserve.ts: two who lock both never wait for each other.
  for (const feature of ['', row.feature])
    await db.budgetPeriod.updateMany({
      where: { period: row.period, feature },
      data: {
        reservedMicros: { decrement: wasReserved ? row.reservedMicros : 0n },
        spentMicros: { increment: BigInt(cost) - (wasReserved ? 0n : row.costMicros) },
      },
    })
  if (row.serverPeriod !== null)
    await sql`select posthorn_settle_with_server(${row.serverPeriod}, ${wasReserved ? Number(row.reservedMicros) : 0}::bigint,
      ${cost - (wasReserved ? 0 : Number(row.costMicros))}::bigint) as done`
  return ok({ costMicros: cost })
}

/** Closes the reservation of a worker that died. */
export const expireReservationJob = defineJob({
  name: 'billing.expireReservation',
  payload: z.object({ callId: z.string() }),
  attempts: 3,
})

/** Money set aside for calls that nobody can still be making. */
export const staleReservations: Sweep = {
  name: 'billing.staleReservations',
  find: (at) => ({ model: 'aiCall', where: { state: 'reserved', leaseUntil: { lt: at } } }),
}

/** Nobody knows whether the provider answered, and bills it: all that was set aside counts as spent. */
export const expireReservation = operation({
  can: 'ai.use',
  input: expireReservationJob.payload,
  run: (ctx, { callId }) =>
    transact(ctx, async (work): Promise<Result<Settled>> => {
      const due = await work.db.aiCall.count({ where: { id: callId, state: 'reserved', leaseUntil: { lt: now() } } })
      if (due === 0) return ok({ costMicros: 0 })
      return close(work, callId, { state: 'lost', outcome: 'lost' }, (row) => Number(row.reservedMicros))
    }),
})

/** Notes that an answer was known already: nothing was asked and nothing is paid. */
export const noteCacheHit = operation({
  can: 'ai.use',
  input: CallSubject,
  async run(ctx, { subject, ...asked }): Promise<Result<{ callId: string }>> {
    const at = now()
    const period = periodOf(ctx, at)
    await openPeriods(ctx, ctx.db, period, asked.feature)
    const { id } = await ctx.db.aiCall.create({
      data: {
        id: newId(),
        workspaceId: ctx.workspaceId,
        feature: asked.feature,
        subjectType: subject.type,
        subjectId: subject.id,
        conversationId: asked.conversationId ?? null,
        provider: asked.provider,
        model: asked.model,
        period,
        state: 'settled',
        inputPrice: 0n,
        outputPrice: 0n,
        priceSource: 'nothing was asked',
        reservedMicros: 0n,
        cacheHit: true,
        outcome: 'cached',
        leaseUntil: at,
      },
      select: { id: true },
    })
    return ok({ callId: id })
  },
})
