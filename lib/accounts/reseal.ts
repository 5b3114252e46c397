import { z } from 'zod'
import { currentKeyId, isSealedWithOldKey } from '@/lib/core/crypto'
import { defineJob } from '@/lib/core/queue'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { sealCredentials, unsealCredentials } from './secrets'

export const resealAccountJob = defineJob({
  name: 'accounts.resealAccount',
  payload: z.object({ accountId: z.string() }),
})

/** Accounts whose secrets an older key sealed. */
export const accountsOnOldKeys: Sweep = {
  name: 'accounts.onOldKeys',
  find: () => ({ model: 'account', where: { NOT: { credentialsSealed: { startsWith: `${currentKeyId()}.` } } } }),
}

/** Seals an account's secrets with the current key. A token that was renewed meanwhile is left alone: it is sealed anew already. */
export const resealAccount = operation({
  can: 'account.use',
  input: resealAccountJob.payload,
  async run(ctx, { accountId }): Promise<Result<{ resealed: boolean }>> {
    const account = await ctx.db.account.findUnique({ where: { id: accountId }, select: { credentialsSealed: true } })
    if (!account || !isSealedWithOldKey(account.credentialsSealed)) return ok({ resealed: false })
    const { count } = await ctx.db.account.updateMany({
      where: { id: accountId, credentialsSealed: account.credentialsSealed },
      data: {
        credentialsSealed: sealCredentials(
          ctx.workspaceId,
          unsealCredentials(ctx.workspaceId, account.credentialsSealed),
        ),
      },
    })
    return ok({ resealed: count === 1 })
  },
})
