import { rotateWebhookSecret } from '@/lib/webhooks'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/webhooks'

export const POST = serves(
  contract.rotateSecret,
  (ctx, { params }) => rotateWebhookSecret(ctx, { webhookId: params.id }),
  (data) => ({ body: { data } }),
)
