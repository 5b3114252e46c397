import { when } from '@/lib/core/format'
import { newId } from '@/lib/core/ids'
import type { Ctx } from '@/lib/workspace'
import type { AiFeature } from './schema'

/** $10 a month, until somebody sets another limit: a key that was just entered cannot cost more by surprise. */
export const defaultLimitMicros = 10_000_000

/** The month of a moment on the workspace's wall clock: yyyy-MM. */
export const periodOf = (ctx: Pick<Ctx, 'workspace'>, at: Date): string => when(at, ctx.workspace.timeZone, 'yyyy-MM')

type Db = Pick<Ctx['db'], 'budget' | 'budgetPeriod'>

/** Makes sure that there is a row to reserve from: the workspace's, and the feature's where it has a budget of its own. */
export async function openPeriods(
  { workspaceId }: Pick<Ctx, 'workspaceId'>,
  db: Db,
  period: string,
  feature: AiFeature,
): Promise<void> {
  const open = await db.budgetPeriod.findMany({
    where: { period, feature: { in: ['', feature] } },
    select: { feature: true },
  })
  if (open.length === 2) return
  const limits = await db.budget.findMany({ where: { feature: { in: ['', feature] } } })
  const wanted = [
    ...(limits.some((one) => one.feature === '') ? [] : [{ feature: '', limitMicros: BigInt(defaultLimitMicros) }]),
    ...limits,
  ]
  await db.budgetPeriod.createMany({
    data: wanted.map((one) => ({
      id: newId(),
      workspaceId,
      feature: one.feature,
      period,
      limitMicros: one.limitMicros,
    })),
    skipDuplicates: true,
  })
}
