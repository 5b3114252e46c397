import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { publishVariantJob } from '../jobs'

/** Puts a variant on the queue for its time, once: what the sweep found to be due within the hour. */
export const queueVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ queued: boolean }>> {
    return transact(ctx, async (work) => {
      const variant = await work.db.variant.findFirst({
        where: { id: variantId, state: 'scheduled', queuedFor: null },
        select: { publishAt: true },
      })
      if (!variant?.publishAt) return ok({ queued: false })
      const { publishAt } = variant
      const { count } = await work.db.variant.updateMany({
        where: { id: variantId, state: 'scheduled', queuedFor: null, publishAt },
        data: { queuedFor: publishAt },
      })
      if (count === 1)
        work.enqueue({
          job: publishVariantJob,
          payload: { variantId },
          key: `${variantId}-${publishAt.getTime()}`,
          delayMs: publishAt.getTime() - now().getTime(),
        })
      return ok({ queued: count === 1 })
    })
  },
})
