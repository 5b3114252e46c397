import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { abandoned, afterDeath, cutOff, cutOffTries, died, letGo } from '@/lib/sending'
import { operation, transact } from '@/lib/workspace'
import { noWait } from './claim'
import { publishVariantJob, reconcileVariantJob } from '../jobs'
import { sumUpPost } from './sum-up'

const stateAfter = { send_again: 'scheduled', look: 'unknown', ask: 'needs_person' } as const

/**
 * Takes over from a worker that died with a claim in its hands. Before the first byte nothing was sent, so the variant
 * waits again; after it, the outcome is unknown and must be looked for. What keeps being cut off is a person's.
 */
export const recoverVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ to: 'scheduled' | 'unknown' | 'needs_person' | 'nothing' }>> {
    const at = now()
    return transact(ctx, async (work) => {
      const dead = await work.db.variant.findFirst({
        where: { id: variantId, ...abandoned(at) },
        select: { postId: true, fence: true, state: true, deaths: true, leaseUntil: true },
      })
      if (!dead) return ok({ to: 'nothing' as const })
      const isUnsent = dead.state === 'claimed'
      const deaths = isUnsent
        ? dead.deaths + 1
        : await work.db.attempt.count({ where: { variantId, ...cutOffTries(dead.fence) } })
      const after = afterDeath(dead.state, deaths)
      const to = stateAfter[after]
      const { count } = await work.db.variant.updateMany({
        where: { id: variantId, ...abandoned(at), fence: dead.fence, state: dead.state },
        data: {
          state: to,
          fence: { increment: 1 },
          ...letGo,
          ...noWait,
          ...(isUnsent ? { deaths } : {}),
          ...(after === 'ask' ? { reason: cutOff('post', dead.state) } : {}),
        },
      })
      if (count !== 1) return ok({ to: 'nothing' as const })
      await work.db.step.updateMany({ where: { variantId, state: 'sending' }, data: { state: 'unknown' } })
      const open = await work.db.attempt.findMany({
        where: { variantId, fence: dead.fence, outcome: null },
        select: { id: true, startedAt: true },
      })
      for (const { id, startedAt } of open)
        await work.db.attempt.update({
          where: { id },
          data: died(startedAt, dead.leaseUntil ?? at),
          select: { id: true },
        })
      await sumUpPost(work, dead.postId)
      work.record({
        type: after === 'ask' ? 'post.handedOver' : 'post.recovered',
        subject: { type: 'post', id: dead.postId },
        particulars: { variantId, from: dead.state },
      })
      if (after !== 'ask')
        work.enqueue({
          job: after === 'look' ? reconcileVariantJob : publishVariantJob,
          payload: { variantId },
          key: `${variantId}-r${dead.fence}`,
        })
      return ok({ to })
    })
  },
})
