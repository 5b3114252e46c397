import { inMs, second } from '@/lib/core/clock'
import { isReconnected } from '@/lib/sending'
import type { Work } from '@/lib/workspace'
import { moveVariant, noWait, type Claim } from './claim'
import { sendLater } from './onward'
import type { StateReason } from '../schema'
import { sumUpPost } from './sum-up'

/** Stops until a person says what to do, or goes on when they have done it already. The caller holds the variant. */
export async function askAPerson(work: Work, claim: Claim, reason: StateReason): Promise<void> {
  if (reason.kind === 'reconnect' && (await isReconnected(work, claim.accountId)))
    return sendLater(work, claim, { notBefore: inMs(second), waitingFor: 'network' }, { reason })
  await moveVariant(work, claim, { state: 'needs_person', wait: noWait, reason })
  await sumUpPost(work, claim.postId)
  work.record({
    type: 'post.handedOver',
    subject: { type: 'post', id: claim.postId },
    particulars: { variantId: claim.variantId, why: reason.kind },
  })
}
