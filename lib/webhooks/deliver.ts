import { now } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { count } from '@/lib/core/metrics'
import { announce } from '@/lib/core/realtime'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { callProgram } from './call'
import { claimDelivery } from './claim'
import { deliverWebhookJob } from './jobs'
import { bodyOf } from './payload'
import { secretsOf } from './secrets'
import { settle } from './settle'

const calls = count('posthorn_webhook_calls_total', 'How programs took what they were told', ['outcome'])

/**
 * Tells one program one event. A worker that dies at it leaves it to the next, which sends the same under the same id:
 * the receiver drops what it has already. Does nothing when it is not due, or another worker is at it.
 */
export const deliverWebhook = operation({
  can: 'event.deliver',
  input: deliverWebhookJob.payload,
  async run(ctx, { deliveryId }): Promise<Result<{ delivered: boolean }>> {
    const claim = await claimDelivery(ctx, deliveryId)
    if (!claim) return ok({ delivered: false })
    const event = await ctx.db.event.findUniqueOrThrow({ where: { id: claim.eventId } })
    const heard = await callProgram(
      { url: claim.url, secrets: secretsOf(ctx.workspaceId, claim, now()) },
      { id: event.id, body: bodyOf(claim.type, event) },
    )
    calls.inc({ outcome: heard.kind })
    await failpoint('webhook.before_record', deliveryId)
    await settle(ctx, claim, heard)
    await announce(`workspace.${ctx.workspaceId}`, {
      type: 'webhook.told',
      subject: { type: 'webhook', id: claim.webhookId },
    })
    return ok({ delivered: heard.kind === 'delivered' })
  },
})

/** Due, and not queued or lost: also each try after the first. What waits at one that is paused waits on. */
export const dueDeliveries: Sweep = {
  name: 'webhooks.dueDeliveries',
  find: (at) => ({
    model: 'webhookDelivery',
    where: {
      state: 'waiting',
      nextAttemptAt: { lte: at },
      endpoint: { state: 'active' },
      OR: [{ leaseUntil: null }, { leaseUntil: { lte: at } }],
    },
    orderBy: { nextAttemptAt: 'asc' },
  }),
}
