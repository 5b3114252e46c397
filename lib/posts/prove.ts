import type { Published } from '@/lib/platforms'
import { now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { log } from '@/lib/core/log'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { sumUpPost, type Claim } from './claim'
import { publishVariantJob } from './jobs'
import type { Proof } from './schema'

export const markDone = (db: Work['db'], stepId: string, { externalId, url, ref }: Published, proof: Proof) =>
  db.step.update({
    where: { id: stepId },
    data: { state: 'done', externalId, url, ref: toJson({ ref }), proof },
    select: { variantId: true },
  })

/**
 * Settles a step whose outcome was unknown: it is there. The variant goes on with its next step at once, or ends; one
 * that a person gave up or deleted meanwhile stays so, and nothing more of it is sent.
 * @returns false when the step was not in doubt (any more).
 */
export async function proveStep(work: Work, stepId: string, published: Published, proof: Proof): Promise<boolean> {
  const { count } = await work.db.step.updateMany({
    where: { id: stepId, state: { in: ['sending', 'unknown'] } },
    data: { state: 'sending' },
  })
  if (count !== 1) return false
  const { variantId } = await markDone(work.db, stepId, published, proof)
  // A fresh run finds every step done and ends, or sends what is still missing. The fence rises, so a worker that was taken for dead stays out.
  const { count: goesOn } = await work.db.variant.updateMany({
    where: { id: variantId, state: { not: 'cancelled' } },
    data: {
      state: 'scheduled',
      notBefore: now(),
      fence: { increment: 1 },
      claimedBy: null,
      leaseUntil: null,
      absentReads: 0,
    },
  })
  const { postId } = await work.db.variant.findUniqueOrThrow({ where: { id: variantId }, select: { postId: true } })
  await sumUpPost(work.db, postId)
  work.record({
    type: 'post.proven',
    subject: { type: 'post', id: postId },
    particulars: { variantId, stepId, by: proof.by },
  })
  if (goesOn === 1)
    work.enqueue({ job: publishVariantJob, payload: { variantId }, key: `${variantId}-proven-${stepId}` })
  return true
}

/** An answer that came after the claim was lost is proof all the same, while the step is in doubt. */
export async function proveLate(ctx: Ctx, claim: Claim, stepId: string, published: Published): Promise<void> {
  await transact(ctx, async (work) => {
    const proven = await proveStep(work, stepId, published, {
      by: 'answer',
      at: now().toISOString(),
      note: `came after the claim was lost (fence ${claim.fence})`,
    })
    if (!proven)
      log.error(
        { stepId, externalId: published.externalId },
        'the network accepted a step that was settled otherwise meanwhile',
      )
  })
}
