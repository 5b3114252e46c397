import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { deliveryColumns, toCard, toDelivery, webhookColumns } from './cards'
import { noSuchWebhook } from './manage'
import { ListDeliveries, mostWebhooks, OneWebhook, type DeliveryCard, type WebhookCard } from './schema'

/** All webhooks, in the order they were made. */
export const listWebhooks = query({
  can: 'webhook.manage',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly WebhookCard[]>> {
    const rows = await db.webhookEndpoint.findMany({
      orderBy: { id: 'asc' },
      take: mostWebhooks * 2,
      select: webhookColumns,
    })
    return ok(rows.map(toCard))
  },
})

export const getWebhook = query({
  can: 'webhook.manage',
  input: OneWebhook,
  async run({ db }, { webhookId: id }): Promise<Result<WebhookCard>> {
    const row = await db.webhookEndpoint.findUnique({ where: { id }, select: webhookColumns })
    return row ? ok(toCard(row)) : fail(noSuchWebhook)
  },
})

/** What a program was told and is to be told, the newest first. */
export const listDeliveries = query({
  can: 'webhook.manage',
  input: ListDeliveries,
  async run(
    { db },
    { webhookId, after, take },
  ): Promise<Result<{ items: readonly DeliveryCard[]; next: string | null }>> {
    const [there, rows] = await Promise.all([
      db.webhookEndpoint.count({ where: { id: webhookId } }),
      db.webhookDelivery.findMany({
        where: { endpointId: webhookId, ...(after ? { id: { lt: after } } : {}) },
        orderBy: { id: 'desc' },
        take: take + 1,
        select: deliveryColumns,
      }),
    ])
    if (there === 0) return fail(noSuchWebhook)
    const items = rows.slice(0, take).map(toDelivery)
    return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null })
  },
})
