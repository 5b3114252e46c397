import { minute } from '@/lib/core/clock'
import { histogram } from '@/lib/core/metrics'
import type { Work } from '@/lib/workspace'
import { moveVariant, sumUpPost, type Claim } from './claim'
import { collectMetricsJob } from './jobs'
import { Proof } from './schema'

const lateness = histogram(
  'posthorn_publish_lateness_seconds',
  'From the time a post was due to the network’s confirmation',
  [0.1, 0.5, 1, 2, 5, 15, 60, 300, 3_600],
)

/** Ends a claim whose steps are all done. */
export async function finish(work: Work, claim: Claim, publishAt: Date): Promise<void> {
  const first = await work.db.step.findFirstOrThrow({
    where: { variantId: claim.variantId, position: 0 },
    select: { url: true, proof: true },
  })
  const publishedAt = new Date(Proof.parse(first.proof).at)
  const latenessMs = Math.max(0, publishedAt.getTime() - publishAt.getTime())
  await moveVariant(work, claim, {
    state: 'published',
    notBefore: null,
    reason: null,
    publishedAt,
    latenessMs,
    ...(first.url ? { url: first.url } : {}),
  })
  await sumUpPost(work.db, claim.postId)
  work.record({
    type: 'post.published',
    subject: { type: 'post', id: claim.postId },
    particulars: { variantId: claim.variantId, url: first.url, latenessMs },
  })
  work.enqueue({
    job: collectMetricsJob,
    payload: { variantId: claim.variantId },
    key: `${claim.variantId}-${publishedAt.getTime()}`,
    delayMs: minute,
  })
  lateness.observe(latenessMs / 1_000)
}
