import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { transact, type Ctx } from '@/lib/workspace'
import { moveVariant, sumUpPost, type Claim } from './claim'
import { publishVariantJob } from './jobs'
import type { StateReason } from './schema'

/** After this many tries in which nothing was sent, a person is asked. With the waits below that is about a day. */
const triesBeforeAsking = 30

const waitMs = (tries: number) =>
  Math.min(60 * minute, 5 * second * 2 ** Math.min(tries, 12)) * (0.8 + Math.random() * 0.4)

/**
 * Puts a variant back to wait, nothing having been sent. A rate limit waits for the reset the network named, however
 * far; other reasons wait longer each time. `undo` puts the step under way back in the same transaction.
 */
export async function park(
  ctx: Ctx,
  claim: Claim,
  reason: StateReason,
  until?: Date,
  undo?: (db: Parameters<typeof sumUpPost>[0]) => Promise<void>,
): Promise<void> {
  await transact(ctx, async (work) => {
    const { retries } = await work.db.variant.findUniqueOrThrow({
      where: { id: claim.variantId },
      select: { retries: true },
    })
    await undo?.(work.db)
    const patient = reason.kind === 'rate_limited' || reason.kind === 'media_processing'
    if (!patient && retries >= triesBeforeAsking) {
      await moveVariant(work, claim, { state: 'needs_person', reason })
      work.record({
        type: 'post.needs_person',
        subject: { type: 'post', id: claim.postId },
        particulars: { variantId: claim.variantId, why: reason.kind },
      })
    } else {
      const at = now()
      const notBefore = new Date(Math.min((until ?? inMs(waitMs(retries), at)).getTime(), at.getTime() + 7 * day))
      await moveVariant(work, claim, {
        state: 'scheduled',
        notBefore,
        reason: { ...reason, retryAt: notBefore.toISOString() },
        ...(patient ? {} : { retries: { increment: 1 } }),
      })
      work.record({
        type: 'post.parked',
        subject: { type: 'post', id: claim.postId },
        particulars: { variantId: claim.variantId, why: reason.kind, until: notBefore },
      })
      work.enqueue({
        job: publishVariantJob,
        payload: { variantId: claim.variantId },
        key: `${claim.variantId}-f${claim.fence}`,
        delayMs: notBefore.getTime() - at.getTime(),
      })
    }
    await sumUpPost(work.db, claim.postId)
  })
}
