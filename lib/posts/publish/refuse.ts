import type { Work } from '@/lib/workspace'
import { moveVariant, type Claim } from './claim'
import { sumUpPost } from './sum-up'

/** What a person can do then, in whole sentences: about a post of which nothing is out, and about the rest of one. */
export type Advice = { readonly whole?: string; readonly rest?: string }

/**
 * Records that a step is for certain not at the network, and why in whole sentences. What was published before it stays,
 * and is said. The caller holds the variant.
 */
export async function refuseStep(
  work: Work,
  claim: Claim,
  stepId: string,
  why: string,
  { whole, rest = 'Send the rest again, or leave it so.' }: Advice = {},
): Promise<void> {
  await work.db.step.update({ where: { id: stepId }, data: { state: 'refused' }, select: { id: true } })
  const [done, all] = await Promise.all([
    work.db.step.count({ where: { variantId: claim.variantId, state: 'done' } }),
    work.db.step.count({ where: { variantId: claim.variantId } }),
  ])
  await moveVariant(
    work,
    claim,
    done === 0
      ? { state: 'refused', reason: { kind: 'refused', message: whole ? `${why} ${whole}` : why } }
      : {
          state: 'needs_person',
          reason: {
            kind: 'partly',
            message: `${done} of ${all} parts are published, and the next is not. ${why} ${rest}`,
          },
        },
  )
  await sumUpPost(work, claim.postId)
  work.record({
    type: done === 0 ? 'post.refused' : 'post.handedOver',
    subject: { type: 'post', id: claim.postId },
    particulars: { variantId: claim.variantId, why },
  })
}
