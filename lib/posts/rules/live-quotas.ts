import { networkQuota } from '@/lib/accounts'
import { adapterOf } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import type { LiveQuota } from './foresight'

type Row = { readonly id: string; readonly platform: string; readonly method: string }

/** More accounts than this are counted by what their networks' pages say. */
const mostAsked = 50

/**
 * What networks count of accounts now, by account; at most a minute old unless it is asked `afresh`. Those that do not
 * tell, or cannot be asked, are missing: they are counted by their pages, as always.
 */
export async function liveQuotas(
  ctx: Ctx,
  accounts: readonly Row[],
  afresh = false,
): Promise<ReadonlyMap<string, LiveQuota>> {
  const telling = accounts.filter((account) => {
    const { quota, limits } = adapterOf(account)
    // Reddit tells of its calls, and nothing of posts.
    return quota !== undefined && limits.quotas !== undefined
  })
  const told = await Promise.all(
    telling.slice(0, mostAsked).map(async ({ id }) => {
      const quota = await networkQuota(ctx, { accountId: id, afresh })
      return quota.ok && quota.value ? [[id, quota.value] as const] : []
    }),
  )
  return new Map(told.flat())
}
