import { listInteractions } from '@/lib/inbox'
import { page } from '../../contract/answers'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox-messages'
import { understood } from '../../contract/understood'

export const GET = serves(
  contract.listInboxMessages,
  async (ctx, { query: { accountId, limit, ...query } }) => {
    const listed = await listInteractions(ctx, { ...query, accountIds: accountId, take: limit })
    return listed.ok ? understood(ctx, listed.value) : listed
  },
  ({ items, next }, { url }) => page('messages', items, next, url),
)
