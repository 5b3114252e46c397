import { testWebhook } from '@/lib/webhooks'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/webhooks'

export const POST = serves(
  contract.testWebhook,
  (ctx, { params }) => testWebhook(ctx, { webhookId: params.id }),
  (data) => ({ body: { data } }),
)
