import { now } from '@/lib/core/clock'
import { nextTry, type Pause } from '@/lib/sending'
import type { Work } from '@/lib/workspace'
import { askAPerson } from './ask'
import { hold, type Claim, type WaitingFor } from './claim'
import { sendLater } from './onward'

const waitsFor: Readonly<Record<Pause['kind'], WaitingFor>> = {
  rate_limited: 'rate_limit',
  media_processing: 'media',
  network_down: 'network',
}

/** Puts a variant back to wait, nothing having been sent; tried in vain for too long, it is left to a person. */
export async function park(work: Work, claim: Claim, pause: Pause): Promise<void> {
  const { kind, message } = pause
  const held = await hold(work, claim)
  const next = nextTry(pause, held.retries, now())
  if (!next) return askAPerson(work, claim, { kind, message })
  const { notBefore, retries } = next
  const reason = { kind, message, retryAt: notBefore.toISOString() }
  await sendLater(work, claim, { notBefore, waitingFor: waitsFor[kind] }, { reason, retries })
  work.record({
    type: 'post.parked',
    subject: { type: 'post', id: claim.postId },
    particulars: { variantId: claim.variantId, why: kind, until: notBefore },
  })
}
