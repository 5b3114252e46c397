import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { deliveryColumns, toDelivery } from './cards'
import { delivery } from './jobs'
import { nameOf, noSuchWebhook } from './manage'
import { OneDelivery, OneWebhook, testedType, type DeliveryCard } from './schema'

const isStopped = {
  code: 'CONFLICT',
  message: 'This webhook is paused or was stopped, so nothing is sent to it. Resume it first.',
} as const

/** Sends an event that says nothing but that it is a test, by the road that all take. */
export const testWebhook = operation({
  can: 'webhook.manage',
  input: OneWebhook,
  run: (ctx, { webhookId: id }): Promise<Result<{ tested: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const row = await db.webhookEndpoint.findUnique({ where: { id }, select: { url: true, state: true } })
      if (!row) return fail(noSuchWebhook)
      if (row.state !== 'active') return fail(isStopped)
      record({ type: testedType, subject: { type: 'webhook', id }, particulars: { name: nameOf(row.url) } })
      return ok({ tested: true as const })
    }),
})

/** Tells a program an event again, under the same id. One that waits is told at once. */
export const redeliver = operation({
  can: 'webhook.manage',
  input: OneDelivery,
  run: (ctx, { deliveryId: id }): Promise<Result<DeliveryCard>> =>
    transact(ctx, async ({ db, record, enqueue }) => {
      const there = await db.webhookDelivery.findUnique({
        where: { id },
        select: {
          type: true,
          eventId: true,
          leaseUntil: true,
          endpoint: { select: { id: true, url: true, state: true } },
        },
      })
      if (!there)
        return fail({
          code: 'NOT_FOUND',
          message: 'There is no such delivery here. It may have been forgotten after 30 days: reload the list.',
        })
      const { endpoint, type, eventId, leaseUntil } = there
      if (endpoint.state !== 'active') return fail(isStopped)
      if (leaseUntil && leaseUntil > now())
        return fail({ code: 'CONFLICT', message: 'It is being sent right now. Look again in a moment.' })
      const row = await db.webhookDelivery.update({
        where: { id },
        data: { state: 'waiting', tries: 0, nextAttemptAt: now(), leaseUntil: null },
        select: deliveryColumns,
      })
      enqueue(delivery(id, newId()))
      record({
        type: 'webhook.sentAgain',
        subject: { type: 'webhook', id: endpoint.id },
        particulars: { name: nameOf(endpoint.url), eventId, type },
      })
      return ok(toDelivery(row))
    }),
})
