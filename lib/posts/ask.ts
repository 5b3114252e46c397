import type { Failure } from '@/lib/core/result'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { hold, moveVariant, noWait, type Claim } from './claim'
import { park } from './park'
import type { StateReason } from './schema'
import { sumUpPost } from './sum-up'

type Also = (db: Work['db']) => Promise<void>

/** Stops until a person says what to do. `also` is done in the same transaction. */
export async function askAPerson(
  ctx: Ctx,
  claim: Claim,
  reason: StateReason,
  also?: Also,
): Promise<{ did: 'stopped' }> {
  await transact(ctx, async (work) => {
    await hold(work, claim)
    await also?.(work.db)
    await moveVariant(work, claim, { state: 'needs_person', wait: noWait, reason })
    await sumUpPost(work, claim.postId)
    work.record({
      type: 'post.needs_person',
      subject: { type: 'post', id: claim.postId },
      particulars: { variantId: claim.variantId, why: reason.kind },
    })
  })
  return { did: 'stopped' }
}

/** No token, no sending: a person must reconnect, or the network could not be asked and we try again. */
export async function stopForAccount(ctx: Ctx, claim: Claim, error: Failure): Promise<{ did: 'stopped' }> {
  if (error.code === 'PLATFORM_AUTH_FAILED')
    return askAPerson(ctx, claim, { kind: 'reconnect', message: error.message })
  // One that says when to come again was not asked: its pause is no try of this post's.
  const isTry = error.retryAt === undefined
  const kind = error.code === 'RATE_LIMIT_EXCEEDED' ? 'rate_limited' : 'network_down'
  await park(ctx, claim, { kind, message: error.message }, error.retryAt, { isTry })
  return { did: 'stopped' }
}
