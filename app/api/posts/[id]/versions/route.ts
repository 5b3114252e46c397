import { listVersions } from '@/lib/posts'
import { page, toVersion } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/history'

export const GET = serves(
  contract.listVersions,
  (ctx, { params, query: { cursor, limit } }) => listVersions(ctx, { postId: params.id, cursor, take: limit }),
  ({ items, next }, { url }) => page('versions', items.map(toVersion), next, url),
)
