import { inMs, now } from '@/lib/core/clock'
import type { Work } from '@/lib/workspace'
import { moveVariant, type Claim, type VariantChange, type Wait } from './claim'
import { publishVariantJob, reconcileVariantJob } from '../jobs'
import { sumUpPost } from './sum-up'

type Change = Omit<VariantChange, 'state' | 'wait'>

const jobOf = ({ variantId, fence }: Claim, delayMs: number) => ({
  payload: { variantId },
  key: `${variantId}-f${fence}`,
  delayMs,
})

/** Lets a variant go, to be sent when its wait is over. */
export async function sendLater(work: Work, claim: Claim, wait: Wait, change: Change): Promise<void> {
  await moveVariant(work, claim, { ...change, state: 'scheduled', wait })
  await sumUpPost(work, claim.postId)
  const delayMs = wait.notBefore ? Math.max(0, wait.notBefore.getTime() - now().getTime()) : 0
  work.enqueue({ job: publishVariantJob, ...jobOf(claim, delayMs) })
}

/** Lets a variant go in doubt, to be looked for after so many milliseconds. */
export async function lookLater(work: Work, claim: Claim, delayMs: number, change: Change): Promise<void> {
  await moveVariant(work, claim, {
    ...change,
    state: 'unknown',
    wait: { notBefore: inMs(delayMs), waitingFor: 'look' },
  })
  await sumUpPost(work, claim.postId)
  work.enqueue({ job: reconcileVariantJob, ...jobOf(claim, delayMs) })
}
