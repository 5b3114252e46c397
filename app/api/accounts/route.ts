import { listAccounts } from '@/lib/accounts'
import { page } from '../contract/answers'
import * as contract from '../contract/desk'
import { serves } from '../contract/door'

export const GET = serves(
  contract.listAccounts,
  (ctx, { query: { projectId, includeDisconnected, cursor, limit } }) =>
    listAccounts(ctx, { projectId, includeDisconnected: includeDisconnected === 'true', cursor, take: limit }),
  ({ items, next }, { url }) => page('data', items, next, url),
)
