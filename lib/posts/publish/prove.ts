import type { Published } from '@/lib/platforms'
import { now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { closed, letGo, proofBy, twice } from '@/lib/sending'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import type { Sending } from './begin'
import { noWait, type Claim } from './claim'
import { publishVariantJob } from '../jobs'
import { lockVariants } from './lock'
import type { Proof } from '../schema'
import { sumUpPost } from './sum-up'

/** What a step may be while it can still turn out to be at the network. */
const unproven = ['pending', 'sending', 'unknown', 'refused'] as const

/**
 * Settles a step: it is there. The variant goes on with its next step at once, or ends; one that a person gave up or
 * deleted meanwhile stays so, and nothing more of it is sent. The caller has locked the variant.
 * @param from the states from which this proof may take the step
 * @returns false when the step was in none of them.
 */
export async function proveStep(
  work: Work,
  variantId: string,
  stepId: string,
  { externalId, url, ref }: Published,
  proof: Proof,
  from: readonly (typeof unproven)[number][] = ['sending', 'unknown'],
): Promise<boolean> {
  const { count } = await work.db.step.updateMany({
    where: { id: stepId, variantId, state: { in: [...from] } },
    data: { state: 'done', externalId, url, ref: toJson({ ref }), proof },
  })
  if (count !== 1) return false
  // A fresh run finds every step done and ends, or sends what is still missing. The fence rises, so a worker that was taken for dead stays out.
  const { count: goesOn } = await work.db.variant.updateMany({
    where: { id: variantId, state: { not: 'cancelled' } },
    data: {
      state: 'scheduled',
      ...noWait,
      fence: { increment: 1 },
      ...letGo,
      absentReads: 0,
    },
  })
  const { postId } = await work.db.variant.findUniqueOrThrow({ where: { id: variantId }, select: { postId: true } })
  await sumUpPost(work, postId)
  work.record({
    type: 'post.proven',
    subject: { type: 'post', id: postId },
    particulars: { variantId, stepId, by: proof.by },
  })
  if (goesOn === 1)
    work.enqueue({ job: publishVariantJob, payload: { variantId }, key: `${variantId}-proven-${stepId}` })
  return true
}

/**
 * An answer that came after the claim was lost is proof all the same, also for a step that waits to be sent again. When
 * the step was sent again and is there already, there are two: the ledger shows the second, and a person is told.
 */
export async function proveLate(
  ctx: Ctx,
  claim: Claim,
  { stepId, attemptId, startedAt }: Sending,
  published: Published,
): Promise<void> {
  const { variantId, postId } = claim
  const { externalId, url } = published
  await transact(ctx, async (work) => {
    await lockVariants(work, [variantId])
    const at = now()
    const proven = await proveStep(
      work,
      variantId,
      stepId,
      published,
      proofBy('answer', at, published, `came after the claim was lost (fence ${claim.fence})`),
      unproven,
    )
    const step = await work.db.step.findUnique({ where: { id: stepId }, select: { externalId: true } })
    const isTwin = !proven && step?.externalId !== externalId
    await work.db.attempt.updateMany({
      where: { id: attemptId },
      data: closed(startedAt, isTwin ? 'duplicate' : 'accepted', { externalId, url, note: tooLate }, at),
    })
    if (!isTwin) return
    await work.db.variant.updateMany({ where: { id: variantId }, data: { reason: twice(url) } })
    work.record({
      type: 'post.foundTwice',
      subject: { type: 'post', id: postId },
      particulars: { variantId, stepId, url },
    })
  })
}

const tooLate = 'The answer came after the worker was taken for dead.'
