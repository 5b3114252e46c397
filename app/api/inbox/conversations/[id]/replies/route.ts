import { listReplies } from '@/lib/inbox'
import { page } from '../../../../contract/answers'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const GET = serves(
  contract.listReplies,
  (ctx, { params, query: { cursor, limit } }) =>
    listReplies(ctx, { conversationId: params.id, before: cursor, take: limit }),
  ({ items, next }, { url }) => page('replies', items, next, url),
)
