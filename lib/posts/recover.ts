import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { noWait } from './claim'
import { publishVariantJob, reconcileVariantJob } from './jobs'
import type { StateReason } from './schema'
import { sumUpPost } from './sum-up'

/** Ended in the middle of sending this often, something is wrong that another try will not cure. */
const deathsBeforeAsking = 5

/**
 * Takes over from a worker that died with a claim in its hands. Before the first byte nothing was sent, so the variant
 * waits again; after it, the outcome is unknown and must be looked for. What keeps ending in the middle is a person's.
 */
export const recoverVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ to: 'scheduled' | 'unknown' | 'needs_person' | 'nothing' }>> {
    const at = now()
    return transact(ctx, async (work) => {
      const dead = await work.db.variant.findFirst({
        where: { id: variantId, state: { in: ['claimed', 'sending', 'reconciling'] }, leaseUntil: { lt: at } },
        select: { postId: true, fence: true, state: true },
      })
      if (!dead) return ok({ to: 'nothing' as const })
      const inDoubt = dead.state !== 'claimed'
      const { count } = await work.db.variant.updateMany({
        where: { id: variantId, fence: dead.fence, state: dead.state, leaseUntil: { lt: at } },
        data: {
          state: inDoubt ? 'unknown' : 'scheduled',
          fence: { increment: 1 },
          claimedBy: null,
          leaseUntil: null,
          ...noWait,
        },
      })
      if (count !== 1) return ok({ to: 'nothing' as const })
      await work.db.step.updateMany({ where: { variantId, state: 'sending' }, data: { state: 'unknown' } })
      await work.db.attempt.updateMany({
        where: { variantId, fence: dead.fence, outcome: null },
        data: { outcome: 'died', answer: { note: 'The worker ended before it could record an answer.' } },
      })
      const deaths = await work.db.attempt.count({ where: { variantId, purpose: 'send', outcome: 'died' } })
      const asks = inDoubt && deaths >= deathsBeforeAsking
      if (asks)
        await work.db.variant.updateMany({ where: { id: variantId }, data: { state: 'needs_person', reason: endless } })
      await sumUpPost(work, dead.postId)
      work.record({
        type: asks ? 'post.needs_person' : 'post.recovered',
        subject: { type: 'post', id: dead.postId },
        particulars: { variantId, from: dead.state },
      })
      if (asks) return ok({ to: 'needs_person' as const })
      work.enqueue({
        job: inDoubt ? reconcileVariantJob : publishVariantJob,
        payload: { variantId },
        key: `${variantId}-r${dead.fence}`,
      })
      return ok({ to: inDoubt ? ('unknown' as const) : ('scheduled' as const) })
    })
  },
})

const endless: StateReason = {
  kind: 'unknown',
  message: `Sending this post was cut off ${deathsBeforeAsking} times. Look whether it is there, then say what you found.`,
}
