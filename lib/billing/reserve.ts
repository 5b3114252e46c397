import { inMs, minute, now } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { dollars } from '@/lib/core/format'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { here, operation, sql, type Ctx } from '@/lib/workspace'
import { openPeriods, periodOf } from './period'
import { costOf, priceOf } from './prices'
import { ReserveBudget, type AiFeature } from './schema'

/** Longer than any call of a model: what is older belongs to a worker that died. */
const leaseMs = 5 * minute

export type Reservation = { readonly callId: string; readonly reservedMicros: number }

/**
 * Sets aside what a call may cost at most, before it is made. One statement decides it under the lock of the budgets'
 * rows, so that however many ask at once, spent and reserved never pass the limit: that of the workspace, nor, with the
 * server's key, that of the server.
 * Fails with QUOTA_EXCEEDED when it does not fit, and for a model of which nobody knows the price.
 */
export const reserveBudget = operation({
  can: 'ai.use',
  input: ReserveBudget,
  async run(ctx, asked): Promise<Result<Reservation>> {
    const price = asked.price ?? priceOf(asked.model)
    if (!price)
      return fail({
        code: 'QUOTA_EXCEEDED',
        message: `Nobody told Posthorn what ${asked.model} costs, so it is not called. Enter its price in the AI settings.`,
      })
    const at = now()
    const period = periodOf(ctx, at)
    await openPeriods(ctx, ctx.db, period, asked.feature)
    const callId = newId()
    const serverPeriod = asked.byServer ? monthOf(at) : null
    const most = costOf(price, { inputTokens: asked.inputTokensAtMost, outputTokens: asked.outputTokensAtMost })
    const [taken] = await sql(ctx)<{ id: string }>`
      with locked as (
        select p.id, p."limitMicros" - p."spentMicros" - p."reservedMicros" as room
        from "BudgetPeriod" p
        where p."workspaceId" = ${here} and p.period = ${period} and p.feature in ('', ${asked.feature})
        order by p.feature
        for update),
      served as (
        select ${serverPeriod}::text is null
          or posthorn_take_from_server(${serverPeriod}::text, ${most}::bigint, ${serverLimitMicros()}::bigint) as ok
        where (select bool_and(room >= ${most}::bigint) from locked)),
      taken as (
        update "BudgetPeriod" b set "reservedMicros" = b."reservedMicros" + ${most}::bigint
        from locked
        where b."workspaceId" = ${here} and b.id = locked.id
          and (select ok from served)
        returning b.id)
      insert into "AiCall" ("workspaceId", id, feature, "subjectType", "subjectId", "conversationId", provider, model,
        period, "serverPeriod", "inputPrice", "outputPrice", "priceSource", "reservedMicros", at, "leaseUntil")
      select ${here}, ${callId}, ${asked.feature}, ${asked.subject.type}, ${asked.subject.id},
        ${asked.conversationId ?? null}, ${asked.provider}, ${asked.model}, ${period}, ${serverPeriod}::text, ${price.input}::bigint,
        ${price.output}::bigint, ${price.source}, ${most}::bigint, ${at}::timestamp(3),
        ${inMs(leaseMs, at)}::timestamp(3)
      where exists (select 1 from taken)
      returning id`
    return taken ? ok({ callId, reservedMicros: most }) : fail(await usedUp(ctx, period, asked.feature, most))
  },
})

/** Of everyone's key a month is the same for everyone. */
const monthOf = (at: Date): string => at.toISOString().slice(0, 7)
const serverLimitMicros = (): number => Math.round(env().AI_MONTHLY_LIMIT_USD * 1_000_000)

async function usedUp(ctx: Ctx, period: string, feature: AiFeature, most: number): Promise<Failure> {
  const rows = await ctx.db.budgetPeriod.findMany({ where: { period, feature: { in: ['', feature] } } })
  const [tightest] = rows.toSorted((a, b) => Number(leftOf(a) - leftOf(b)))
  if (rows.every((row) => leftOf(row) >= most))
    return {
      code: 'QUOTA_EXCEEDED',
      message: `This server’s own AI key may cost ${dollars(serverLimitMicros())} a month, for all workspaces together, and that is used up. Enter a key of your own in the AI settings, or ask whoever runs this Posthorn to raise AI_MONTHLY_LIMIT_USD; answers by hand go on.`,
    }
  const [limit, spent, reserved] = [tightest?.limitMicros, tightest?.spentMicros, tightest?.reservedMicros].map((n) =>
    dollars(Number(n ?? 0)),
  )
  return {
    code: 'QUOTA_EXCEEDED',
    message: `The AI budget of this month is used up: ${spent} spent and ${reserved} set aside of ${limit}. An owner can raise it in the AI settings; answers by hand go on.`,
  }
}

const leftOf = (row: { limitMicros: bigint; spentMicros: bigint; reservedMicros: bigint }): bigint =>
  row.limitMicros - row.spentMicros - row.reservedMicros
