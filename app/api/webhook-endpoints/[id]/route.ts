import { changeWebhook, getWebhook, removeWebhook } from '@/lib/webhooks'
import { serves } from '../../contract/door'
import * as contract from '../../contract/webhooks'

export const GET = serves(
  contract.getWebhook,
  (ctx, { params }) => getWebhook(ctx, { webhookId: params.id }),
  (data) => ({ body: { data } }),
)

export const PATCH = serves(
  contract.changeWebhook,
  (ctx, { params, body }) => changeWebhook(ctx, { ...body, webhookId: params.id }),
  (data) => ({ body: { data } }),
)

export const DELETE = serves(
  contract.deleteWebhook,
  (ctx, { params }) => removeWebhook(ctx, { webhookId: params.id }),
  (data) => ({ body: { data } }),
)
