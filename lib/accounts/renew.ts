import { z } from 'zod'
import { hour, inMs, now } from '@/lib/core/clock'
import { defineJob } from '@/lib/core/queue'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { renewIfSpent } from './use'

/** How long a server that could not renew a token is left alone; the right to renew lasts days. */
const againMs = hour

export const renewTokenJob = defineJob({
  name: 'accounts.renewToken',
  payload: z.object({ accountId: z.string() }),
})

/**
 * Accounts whose token has ended while nobody used it, and whose right to renew it ends, too: without this an account
 * that rests for two months would have to be connected again.
 */
export const restingTokens: Sweep = {
  name: 'accounts.restingTokens',
  find: (at) => ({
    model: 'account',
    where: {
      state: 'healthy',
      tokenExpiresAt: { lt: at },
      refreshExpiresAt: { gt: at },
      OR: [{ lastErrorAt: null }, { lastErrorAt: { lt: inMs(-againMs, at) } }],
    },
  }),
}

/** Renews an account's token if it has ended. A network that cannot be asked now is asked again an hour later. */
export const renewToken = operation({
  can: 'account.use',
  input: renewTokenJob.payload,
  async run(ctx, { accountId }): Promise<Result<{ renewed: boolean }>> {
    const usable = await renewIfSpent(ctx, accountId)
    if (!usable.ok && usable.error.code !== 'PLATFORM_AUTH_FAILED')
      await ctx.db.account.updateMany({
        where: { id: accountId, state: 'healthy' },
        data: { lastErrorAt: now(), lastErrorMessage: usable.error.message },
      })
    return ok({ renewed: usable.ok })
  },
})
