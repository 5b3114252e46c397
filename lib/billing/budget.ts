import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { here, holdStill, operation, query, sql, transact, type Ctx, type Work } from '@/lib/workspace'
import { defaultLimitMicros, periodOf } from './period'
import { aiFeatures, SetBudget, type AiCallRow, type AiFeature, type BudgetView } from './schema'

/** Sets what may be spent in a month, from now on and in the month under way. What is reserved already stays so. */
export const setBudget = operation({
  can: 'budget.manage',
  input: SetBudget,
  async run(ctx, { feature, limitDollars }): Promise<Result<{ changed: true }>> {
    if (!feature && limitDollars === null)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'The workspace always has an AI budget. Enter 0 to stop all calls.',
        fields: { limitDollars: ['must be an amount'] },
      })
    const period = periodOf(ctx, now())
    return transact(ctx, async (work) => {
      await lockWorkspacePeriod(ctx, work, period)
      const name = feature ?? ''
      if (limitDollars === null) {
        await work.db.budget.deleteMany({ where: { feature: name } })
        await work.db.budgetPeriod.deleteMany({ where: { feature: name, period } })
      } else await keep(ctx, work, period, name, BigInt(Math.round(limitDollars * 1_000_000)))
      work.record({
        type: 'budget.changed',
        subject: { type: 'workspace', id: ctx.workspaceId },
        particulars: { feature: name, limitDollars },
      })
      return ok({ changed: true as const })
    })
  },
})

/** Whoever reserves locks this row first, so nothing is reserved while budgets change. */
async function lockWorkspacePeriod(ctx: Ctx, work: Work, period: string): Promise<void> {
  const { db } = work
  const key = { workspaceId: ctx.workspaceId, feature: '', period }
  await db.budgetPeriod.createMany({
    data: [{ id: newId(), ...key, limitMicros: BigInt(defaultLimitMicros) }],
    skipDuplicates: true,
  })
  const rows = await db.budgetPeriod.findMany({ where: key, select: { id: true } })
  await holdStill(
    work,
    'BudgetPeriod',
    rows.map(({ id }) => id),
  )
}

async function keep({ workspaceId }: Ctx, { db }: Work, period: string, feature: string, limitMicros: bigint) {
  await db.budget.upsert({
    where: { workspaceId_feature: { workspaceId, feature } },
    create: { id: newId(), workspaceId, feature, limitMicros },
    update: { limitMicros },
  })
  const changed = await db.budgetPeriod.updateMany({ where: { feature, period }, data: { limitMicros } })
  if (changed.count > 0) return
  // A feature's budget set in mid-month counts what the feature has cost since the first.
  const mine = { period, feature }
  const [spent, reserved] = [
    await db.aiCall.aggregate({ where: mine, _sum: { costMicros: true } }),
    await db.aiCall.aggregate({ where: { ...mine, state: 'reserved' }, _sum: { reservedMicros: true } }),
  ]
  await db.budgetPeriod.create({
    data: {
      id: newId(),
      workspaceId,
      ...mine,
      limitMicros,
      spentMicros: spent._sum.costMicros ?? 0n,
      reservedMicros: reserved._sum.reservedMicros ?? 0n,
    },
  })
}

/** What AI cost this month: spent, set aside and left, by what it was for and by day. */
export const getBudget = query({
  can: 'budget.read',
  input: z.object({}),
  async run(ctx): Promise<Result<BudgetView>> {
    const { timeZone } = ctx.workspace
    const asOf = now()
    const period = periodOf(ctx, asOf)
    const [budgets, periods, days] = await Promise.all([
      ctx.db.budget.findMany(),
      ctx.db.budgetPeriod.findMany({ where: { period } }),
      sql(ctx)<{ day: string; feature: AiFeature; spent: number; calls: number; hits: number }>`
        select to_char(c.at at time zone 'UTC' at time zone ${timeZone}, 'YYYY-MM-DD') as day, c.feature,
          sum(c."costMicros")::float8 as spent, count(*)::int as calls, (count(*) filter (where c."cacheHit"))::int as hits
        from "AiCall" c
        where c."workspaceId" = ${here} and c.period = ${period}
        group by 1, 2
        order by 1, 2`,
    ])
    const all = periods.find(({ feature }) => feature === '')
    const own = budgets.find(({ feature }) => feature === '')
    const limitMicros = Number(own?.limitMicros ?? defaultLimitMicros)
    const [spentMicros, reservedMicros] = [Number(all?.spentMicros ?? 0), Number(all?.reservedMicros ?? 0)]
    const sum = (of: AiFeature, what: 'spent' | 'calls' | 'hits') =>
      days.filter(({ feature }) => feature === of).reduce((total, day) => total + day[what], 0)
    return ok({
      period,
      timeZone,
      limitMicros,
      isDefaultLimit: !own,
      spentMicros,
      reservedMicros,
      leftMicros: Math.max(0, limitMicros - spentMicros - reservedMicros),
      features: aiFeatures.map((feature) => {
        const budget = budgets.find((one) => one.feature === feature)
        return {
          feature,
          limitMicros: budget ? Number(budget.limitMicros) : null,
          spentMicros: sum(feature, 'spent'),
          calls: sum(feature, 'calls'),
          cacheHits: sum(feature, 'hits'),
        }
      }),
      days: days.map(({ day, feature, spent, calls }) => ({ day, feature, spentMicros: spent, calls })),
      asOf: asOf.toISOString(),
    })
  },
})

/** The latest calls, each with what it was for, the latest first. At most 200. */
export const listAiCalls = query({
  can: 'budget.read',
  input: z.object({ take: z.number().int().min(1).max(200).default(20) }),
  async run(ctx, { take }): Promise<Result<readonly AiCallRow[]>> {
    const rows = await ctx.db.aiCall.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take })
    return ok(
      rows.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        // The column is written from aiFeatures and from nothing else.
        feature: row.feature as AiFeature,
        subject: { type: row.subjectType, id: row.subjectId },
        conversationId: row.conversationId,
        model: row.model,
        state: row.state,
        outcome: row.outcome,
        inputTokens: row.inputTokens,
        outputTokens: row.outputTokens,
        costMicros: Number(row.costMicros),
        reservedMicros: Number(row.reservedMicros),
        durationMs: row.durationMs,
        cacheHit: row.cacheHit,
      })),
    )
  },
})
