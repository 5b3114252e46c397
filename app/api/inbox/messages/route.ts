import { listInteractions } from '@/lib/inbox'
import { page } from '../../contract/answers'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox'

export const GET = serves(
  contract.listInboxMessages,
  (ctx, { query: { accountId, limit, ...query } }) =>
    listInteractions(ctx, { ...query, accountIds: accountId, take: limit }),
  ({ items, next }, { url }) => page('messages', items, next, url),
)
