import { createWebhook, listWebhooks } from '@/lib/webhooks'
import { serves } from '../contract/door'
import * as contract from '../contract/webhooks'

export const GET = serves(
  contract.listWebhooks,
  (ctx) => listWebhooks(ctx, {}),
  (data) => ({ body: { data } }),
)

export const POST = serves(
  contract.createWebhook,
  (ctx, { body }) => createWebhook(ctx, body),
  (data) => ({ body: { data } }),
)
