import { z } from 'zod'
import { inMs, second } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'

/** Networks name the moment by the second. */
const roundingMs = second

/**
 * Marks an account whose network reported that what was granted was taken back at `at`: a person must connect it again,
 * as after an expired token. One that was connected again since is left alone.
 */
export const lapseAccount = operation({
  can: 'account.use',
  input: z.object({ accountId: z.string(), at: z.coerce.date(), reason: z.string() }),
  run: (ctx, { accountId: id, at, reason }): Promise<Result<{ lapsed: boolean }>> =>
    transact(ctx, async ({ db, record }) => {
      const account = await db.account.findUnique({ where: { id }, select: { handle: true } })
      const { count } = await db.account.updateMany({
        where: { id, state: 'healthy', tokenIssuedAt: { lt: inMs(roundingMs, at) } },
        data: {
          state: 'needs_reconnect',
          lastErrorMessage: `${reason} Reconnect ${account?.handle ?? 'it'} to keep posting.`,
          lastErrorAt: at,
        },
      })
      if (count === 1) record({ type: 'account.lapsed', subject: { type: 'account', id } })
      return ok({ lapsed: count === 1 })
    }),
})
