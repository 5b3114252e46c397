import { redeliver } from '@/lib/webhooks'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/webhooks'

export const POST = serves(
  contract.redeliver,
  (ctx, { params }) => redeliver(ctx, { deliveryId: params.id }),
  (data) => ({ body: { data } }),
)
