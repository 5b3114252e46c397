import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx } from '@/lib/workspace'
import type { Policy } from './ai-policy'
import { SaveAiPolicy, type AiPolicyView, type PolicyMode } from './draft-schema'

const minutesOf = (clock: string): number | null => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return clock === '' ? null : hours * 60 + minutes
}
const clockOf = (minutes: number | null): string =>
  minutes === null
    ? ''
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const unset = {
  mode: 'off' as PolicyMode,
  threshold: 0.85,
  delayMinutes: 5,
  hourlyCap: 10,
  quietFrom: null,
  quietTo: null,
}

/** What may be answered without a person, for an account; undefined where nobody said, which is nothing. */
export async function policyOf(ctx: Ctx, accountId: string): Promise<Policy | undefined> {
  const row = await ctx.db.aiPolicy.findUnique({ where: { accountId } })
  if (!row) return undefined
  const { quietFrom, quietTo, threshold, delayMinutes, hourlyCap } = row
  return {
    // The column is written from policyModes and from nothing else.
    mode: row.mode as PolicyMode,
    threshold,
    delayMinutes,
    hourlyCap,
    quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
  }
}

/** The policy of each connected account. */
export const listAiPolicies = query({
  can: 'ai.manage',
  input: z.object({}),
  async run(ctx): Promise<Result<readonly AiPolicyView[]>> {
    const accounts = await ctx.db.account.findMany({
      where: { state: { not: 'disconnected' } },
      orderBy: [{ platform: 'asc' }, { handle: 'asc' }],
      select: { id: true, handle: true, platform: true, displayName: true, aiPolicies: true },
    })
    return ok(
      accounts.map(({ id, handle, platform, displayName, aiPolicies: [row = unset] }) => ({
        accountId: id,
        handle,
        platform,
        displayName,
        // As above.
        mode: row.mode as PolicyMode,
        threshold: row.threshold,
        delayMinutes: row.delayMinutes,
        hourlyCap: row.hourlyCap,
        quietFrom: clockOf(row.quietFrom),
        quietTo: clockOf(row.quietTo),
      })),
    )
  },
})

/** Says what may be answered without a person. It holds for messages that come in from now on. */
export const saveAiPolicy = operation({
  can: 'ai.manage',
  input: SaveAiPolicy,
  async run(ctx, { accountId, quietFrom, quietTo, ...given }): Promise<Result<{ saved: true }>> {
    const row = { ...given, quietFrom: minutesOf(quietFrom), quietTo: minutesOf(quietTo) }
    return transact(ctx, async ({ db, record }) => {
      if ((await db.account.count({ where: { id: accountId } })) === 0)
        return fail({ code: 'NOT_FOUND', message: 'There is no such account in this workspace.' })
      await db.aiPolicy.upsert({
        where: { accountId },
        create: { id: newId(), workspaceId: ctx.workspaceId, accountId, ...row },
        update: row,
      })
      record({ type: 'aiPolicy.changed', subject: { type: 'account', id: accountId }, particulars: { ...row } })
      return ok({ saved: true as const })
    })
  },
})
