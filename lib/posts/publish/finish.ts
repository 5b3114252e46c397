import { inMs, minute } from '@/lib/core/clock'
import { histogram } from '@/lib/core/metrics'
import { requestId } from '@/lib/core/log'
import type { Work } from '@/lib/workspace'
import { hold, moveVariant, noWait, type Claim } from './claim'
import { Proof, StateReason } from '../schema'
import { sumUpPost } from './sum-up'

const lateness = histogram(
  'posthorn_publish_lateness_seconds',
  'From the time a post was due to the network’s confirmation',
  [0.1, 0.5, 1, 2, 5, 15, 60, 300, 3_600],
)

/** How a variant stands when all its steps are at the network. */
export type End = {
  readonly publishedAt: Date
  readonly latenessMs: number
  /** The address of its first part. */
  readonly firstUrl: string | null
  readonly measureAt: Date
}

/** @param first what became of its first step */
export function endOf(publishAt: Date, first: { readonly url: string | null; readonly proof: unknown }): End {
  const publishedAt = new Date(Proof.parse(first.proof).at)
  const latenessMs = Math.max(0, publishedAt.getTime() - publishAt.getTime())
  return { publishedAt, latenessMs, firstUrl: first.url, measureAt: inMs(minute, publishedAt) }
}

/** Says that a variant is published. */
export function recordEnd(work: Work, claim: Claim, end: End, askedBy: string): void {
  work.record({
    type: 'post.published',
    subject: { type: 'post', id: claim.postId },
    particulars: { variantId: claim.variantId, url: end.firstUrl, latenessMs: end.latenessMs },
    requestId: askedBy,
  })
  work.onceHeld(() => lateness.observe(end.latenessMs / 1_000))
}

/** Ends a claim whose steps were all done by runs before. */
export async function finish(work: Work, claim: Claim, publishAt: Date): Promise<void> {
  const { reason } = await hold(work, claim)
  const first = await work.db.step.findFirstOrThrow({
    where: { variantId: claim.variantId, position: 0 },
    select: { url: true, proof: true },
  })
  const end = endOf(publishAt, first)
  const { firstUrl, publishedAt, latenessMs, measureAt } = end
  await moveVariant(work, claim, {
    state: 'published',
    wait: noWait,
    // That it is there twice stays true.
    ...(StateReason.safeParse(reason).data?.kind === 'duplicate' ? {} : { reason: null }),
    publishedAt,
    latenessMs,
    measureAt,
    ...(firstUrl ? { url: firstUrl } : {}),
  })
  await sumUpPost(work, claim.postId)
  recordEnd(work, claim, end, requestId())
}
