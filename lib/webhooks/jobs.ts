import { z } from 'zod'
import { defineJob, type Enqueued } from '@/lib/core/queue'

/** Tried once: the row says when to try again, and the sweep does. */
export const deliverWebhookJob = defineJob({
  name: 'webhooks.deliver',
  payload: z.object({ deliveryId: z.string() }),
  queue: 'webhooks',
  attempts: 1,
})
export const forgetDeliveriesJob = defineJob({
  name: 'webhooks.forgetDeliveries',
  payload: z.object({ deliveryId: z.string() }),
  attempts: 1,
})
export const resealWebhookJob = defineJob({
  name: 'webhooks.reseal',
  payload: z.object({ webhookId: z.string() }),
})

/** @param key another one where the same delivery is asked for again */
export const delivery = (deliveryId: string, key = deliveryId): Enqueued<typeof deliverWebhookJob.payload> => ({
  job: deliverWebhookJob,
  payload: { deliveryId },
  key,
})
