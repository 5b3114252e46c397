import type { Failure } from '@/lib/core/result'
import { inMs, second } from '@/lib/core/clock'
import { here, transact, type Ctx, type Work } from '@/lib/workspace'
import { hold, moveVariant, noWait, type Claim } from './claim'
import { publishVariantJob } from './jobs'
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
    if (reason.kind === 'reconnect' && (await isReconnected(work, claim))) {
      await moveVariant(work, claim, {
        state: 'scheduled',
        wait: { notBefore: inMs(second), waitingFor: 'network' },
        reason,
      })
      await sumUpPost(work, claim.postId)
      work.enqueue({
        job: publishVariantJob,
        payload: { variantId: claim.variantId },
        key: `${claim.variantId}-f${claim.fence}`,
        delayMs: second,
      })
      return
    }
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

/**
 * Whether somebody reconnected the account meanwhile. It is kept from changing until this transaction ends: whoever
 * reconnects it afterwards finds the post that waits for that.
 */
async function isReconnected({ sql }: Work, { variantId }: Claim): Promise<boolean> {
  const [account] = await sql<{ state: string }>`
    select a.state from "Account" a join "Variant" v on v."accountId" = a.id and v."workspaceId" = ${here}
    where v.id = ${variantId} and a."workspaceId" = ${here} for share of a`
  return account?.state === 'healthy'
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
