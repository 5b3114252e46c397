import { day, inMs, now } from '@/lib/core/clock'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import type { Heard } from './call'
import type { Claim } from './claim'
import { nextTry } from './schedule'

/** A program that takes nothing for so long is not told any more. */
const patienceMs = 5 * day

type End = 'gone' | 'failing'

/** Writes down what became of a try, unless another worker has taken the delivery over since: that one tells. */
export const settle = (ctx: Ctx, claim: Claim, heard: Heard): Promise<void> =>
  transact(ctx, async (work) => {
    const at = now()
    const next = heard.kind === 'refused' && !heard.isGone ? nextTry(claim.tries, at, heard.notBefore) : undefined
    const { count } = await work.db.webhookDelivery.updateMany({
      where: { id: claim.deliveryId, attempts: claim.attempts, state: 'waiting' },
      data: {
        lastStatus: heard.status,
        durationMs: heard.durationMs,
        nextAttemptAt: next ?? null,
        leaseUntil: null,
        state: heard.kind === 'delivered' ? 'delivered' : next ? 'waiting' : 'failed',
        lastError: heard.kind === 'delivered' ? null : heard.why,
        ...(heard.kind === 'delivered' ? { deliveredAt: at } : {}),
      },
    })
    if (count === 0) return
    if (heard.kind === 'refused') await noteFailure(work, claim, heard.isGone, at)
    else if (claim.failingSince)
      await work.db.webhookEndpoint.updateMany({ where: { id: claim.webhookId }, data: { failingSince: null } })
  })

async function noteFailure(work: Work, claim: Claim, isGone: boolean, at: Date): Promise<void> {
  const { webhookId: id, failingSince } = claim
  await work.db.webhookEndpoint.updateMany({ where: { id, failingSince: null }, data: { failingSince: at } })
  if (isGone) await stop(work, claim, 'gone')
  else if (failingSince && failingSince <= inMs(-patienceMs, at)) await stop(work, claim, 'failing')
}

const whys: Readonly<Record<End, string>> = {
  gone: 'it answered with 410, which means that it wants no more',
  failing: 'nothing got through for five days',
}

/** Tells a program no more; its people hear of it by the event. */
async function stop(work: Work, { webhookId, url }: Claim, end: End): Promise<void> {
  const { count } = await work.db.webhookEndpoint.updateMany({
    where: { id: webhookId, state: 'active' },
    data: { state: 'disabled', end },
  })
  if (count === 0) return
  await work.db.webhookDelivery.updateMany({
    where: { endpointId: webhookId, state: 'waiting' },
    data: {
      state: 'failed',
      nextAttemptAt: null,
      leaseUntil: null,
      lastError: 'The webhook was stopped before this was told.',
    },
  })
  work.record({
    type: 'webhook.disabled',
    subject: { type: 'webhook', id: webhookId },
    particulars: { name: new URL(url).host, why: whys[end] },
  })
}
