import { z } from 'zod'
import { day, inMs } from '@/lib/core/clock'
import { defineJob } from '@/lib/core/queue'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'

/** A consent is valid for minutes; for a day more we can see what became of it. */
const keptMs = day

export const forgetAttemptJob = defineJob({
  name: 'accounts.forgetAttempt',
  payload: z.object({ attemptId: z.string() }),
})

/** Consents that ended a day ago, with the sealed verifier of each. */
export const endedAttempts: Sweep = {
  name: 'accounts.endedAttempts',
  find: (at) => ({ model: 'connectionAttempt', where: { expiresAt: { lt: inMs(-keptMs, at) } } }),
}

/** Forgets a consent that has ended. */
export const forgetAttempt = operation({
  can: 'account.use',
  input: forgetAttemptJob.payload,
  async run(ctx, { attemptId }): Promise<Result<{ forgotten: boolean }>> {
    const { count } = await ctx.db.connectionAttempt.deleteMany({
      where: { id: attemptId, expiresAt: { lt: inMs(-keptMs) } },
    })
    return ok({ forgotten: count === 1 })
  },
})
