import { ok } from '@/lib/core/result'
import { countConversations, listConversations } from '@/lib/inbox'
import { page } from '../../contract/answers'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox'

const priorities = {
  low: { from: 1, below: 40 },
  medium: { from: 40, below: 60 },
  high: { from: 60, below: 80 },
  urgent: { from: 80, below: 101 },
} as const

export const GET = serves(
  contract.listConversations,
  async (ctx, { query: { accountId, labelId, limit, priority, unreadOnly, ...query } }) => {
    const asked = {
      ...query,
      accountIds: accountId,
      labelIds: labelId,
      take: limit,
      ...(priority ? { priorities: priorities[priority] } : {}),
      ...(unreadOnly === 'true' ? { unanswered: true } : {}),
    }
    const listed = await listConversations(ctx, asked)
    if (!listed.ok) return listed
    const counted = query.cursor || query.search || query.words ? undefined : await countConversations(ctx, asked)
    if (counted && !counted.ok) return counted
    const { total = null, unread = null } = counted?.value ?? {}
    return ok({ ...listed.value, total, unread })
  },
  ({ items, next, total, unread }, { url }) => {
    const { body, ...rest } = page('conversations', items, next, url)
    return { ...rest, body: { ...body, total, unreadCount: unread } }
  },
)
