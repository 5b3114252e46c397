import { listDeliveries } from '@/lib/webhooks'
import { page } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/webhooks'

export const GET = serves(
  contract.listDeliveries,
  (ctx, { params, query: { cursor, limit } }) =>
    listDeliveries(ctx, { webhookId: params.id, after: cursor, take: limit }),
  ({ items, next }, { url }) => page('data', items, next, url),
)
