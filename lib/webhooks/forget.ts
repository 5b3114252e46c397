import { day } from '@/lib/core/clock'
import { forgetting } from '@/lib/workspace'
import { forgetDeliveriesJob } from './jobs'

/** What a program was told more than a month ago: so long it can be read, and sent again. */
export const { old: oldDeliveries, forget: forgetDeliveries } = forgetting({
  can: 'event.deliver',
  input: forgetDeliveriesJob.payload,
  name: 'webhooks.oldDeliveries',
  model: 'webhookDelivery',
  keptMs: 30 * day,
  over: (then) => ({ createdAt: { lt: then } }),
  orderBy: { createdAt: 'asc' },
  remove: ({ db }, rows) => db.webhookDelivery.deleteMany(rows),
})
