import { listMessages } from '@/lib/inbox'
import { page } from '../../../../contract/answers'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'
import { understood } from '../../../../contract/understood'

export const GET = serves(
  contract.listMessages,
  async (ctx, { params, query: { cursor, limit } }) => {
    const listed = await listMessages(ctx, { conversationId: params.id, before: cursor, take: limit })
    return listed.ok ? understood(ctx, listed.value) : listed
  },
  ({ items, next }, { url }) => page('messages', items, next, url),
)
