import { listDrafts } from '@/lib/inbox'
import { page } from '../../contract/answers'
import { serves } from '../../contract/door'
import * as contract from '../../contract/drafts'

export const GET = serves(
  contract.listDrafts,
  (ctx, { query: { limit, ...query } }) => listDrafts(ctx, { ...query, take: limit }),
  ({ items, next }, { url }) => page('drafts', items, next, url),
)
