import { listMessages } from '@/lib/inbox'
import { page } from '../../../../contract/answers'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'

export const GET = serves(
  contract.listMessages,
  (ctx, { params, query: { cursor, limit } }) =>
    listMessages(ctx, { conversationId: params.id, before: cursor, take: limit }),
  ({ items, next }, { url }) => page('messages', items, next, url),
)
