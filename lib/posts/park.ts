import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { hold, moveVariant, type Claim, type WaitingFor } from './claim'
import { publishVariantJob } from './jobs'
import type { StateReason } from './schema'
import { sumUpPost } from './sum-up'

/** After this many tries in which nothing was sent, a person is asked. With the waits below that is about a day. */
const triesBeforeAsking = 30

/** How long to wait after so many tries in vain, in milliseconds: 5 s at first, an hour at most. */
export const waitMs = (tries: number) =>
  Math.min(60 * minute, 5 * second * 2 ** Math.min(tries, 12)) * (0.8 + Math.random() * 0.4)

/** What may make a variant wait although nothing of it was sent. */
export type ParkedFor = 'rate_limited' | 'media_processing' | 'network_down'
const waitsFor: Readonly<Record<ParkedFor, WaitingFor>> = {
  rate_limited: 'rate_limit',
  media_processing: 'media',
  network_down: 'network',
}

/** A file is asked about when the network says, at first; one that takes ever longer, ever less often. */
const waitUntil = (kind: ParkedFor, tries: number, at: Date, until: Date | undefined): Date => {
  if (!until) return inMs(waitMs(tries), at)
  return kind === 'media_processing' && tries > 5
    ? new Date(Math.max(until.getTime(), inMs(waitMs(tries - 5), at).getTime()))
    : until
}

type Parking = {
  /** Whether it counts as one of the tries after which a person is asked. */
  readonly isTry?: boolean
  /** Puts the step under way back in the same transaction. */
  undo?(db: Work['db']): Promise<void>
}

/**
 * Puts a variant back to wait, nothing having been sent. A rate limit waits for the reset the network named, for a week
 * at most before asking again; other reasons wait longer each time, and end with a person being asked.
 */
export async function park(
  ctx: Ctx,
  claim: Claim,
  reason: StateReason & { readonly kind: ParkedFor },
  until?: Date,
  { isTry = reason.kind !== 'rate_limited', undo }: Parking = {},
): Promise<void> {
  await transact(ctx, async (work) => {
    const { retries } = await hold(work, claim)
    await undo?.(work.db)
    if (isTry && retries >= triesBeforeAsking) {
      await moveVariant(work, claim, { state: 'needs_person', reason })
      work.record({
        type: 'post.needs_person',
        subject: { type: 'post', id: claim.postId },
        particulars: { variantId: claim.variantId, why: reason.kind },
      })
    } else {
      const at = now()
      const wait = waitUntil(reason.kind, retries, at, until)
      // A reset that has passed and did not lift the limit must not make us ask without a pause.
      const notBefore = new Date(Math.max(at.getTime() + second, Math.min(wait.getTime(), at.getTime() + 7 * day)))
      await moveVariant(work, claim, {
        state: 'scheduled',
        wait: { notBefore, waitingFor: waitsFor[reason.kind] },
        reason: { ...reason, retryAt: notBefore.toISOString() },
        ...(isTry ? { retries: { increment: 1 } } : {}),
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
    await sumUpPost(work, claim.postId)
  })
}
