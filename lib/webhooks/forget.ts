import { day, inMs } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { forgetDeliveriesJob } from './jobs'

/** How long it can be read, and sent again, what a program was told. */
const keptMs = 30 * day
const atOnce = 1_000

const over = (at?: Date) => ({ createdAt: { lt: inMs(-keptMs, at) } })

export const oldDeliveries: Sweep = {
  name: 'webhooks.oldDeliveries',
  find: (at) => ({ model: 'webhookDelivery', where: over(at), orderBy: { createdAt: 'asc' } }),
}

/** Forgets a delivery whose time is over, and along with it up to a thousand of its workspace that are as old. */
export const forgetDeliveries = operation({
  can: 'event.deliver',
  input: forgetDeliveriesJob.payload,
  async run({ db }): Promise<Result<{ forgotten: number }>> {
    const { count } = await db.webhookDelivery.deleteMany({ where: over(), limit: atOnce })
    return ok({ forgotten: count })
  },
})
