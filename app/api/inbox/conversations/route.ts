import { listConversations } from '@/lib/inbox'
import { page } from '../../contract/answers'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox'

export const GET = serves(
  contract.listConversations,
  (ctx, { query: { accountId, limit, ...query } }) =>
    listConversations(ctx, { ...query, accountIds: accountId, take: limit }),
  ({ items, next }, { url }) => page('conversations', items, next, url),
)
