import { ok } from '@/lib/core/result'
import { countConversations, listConversations } from '@/lib/inbox'
import { foldAlike, type ConversationCard } from '@/lib/inbox/schema'
import { numbered, page } from '../../contract/answers'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox'

const priorities = {
  low: { from: 1, below: 40 },
  medium: { from: 40, below: 60 },
  high: { from: 60, below: 80 },
  urgent: { from: 80, below: 101 },
} as const
const viewOf = { open: 'todo', pending: 'waiting', resolved: 'done' } as const

/** Each with the one of them under which it is folded. */
function withHeads(cards: readonly ConversationCard[]) {
  const heads = new Map(foldAlike(cards).flatMap(({ head, under }) => under.map(({ id }) => [id, head.id] as const)))
  return cards.map((card) => ({ ...card, alikeTo: heads.get(card.id) ?? null }))
}

export const GET = serves(
  contract.listConversations,
  async (
    ctx,
    {
      query: {
        accountId,
        labelId,
        limit,
        priority,
        unreadOnly,
        status,
        view = status && viewOf[status],
        assignedTo,
        assigneeId = assignedTo,
        sentiment,
        feeling = sentiment,
        page: number,
        ...query
      },
    },
  ) => {
    const asked = {
      ...query,
      view,
      assigneeId,
      feeling,
      accountIds: accountId,
      labelIds: labelId,
      skip: number && (number - 1) * limit,
      take: limit,
      ...(priority ? { priorities: priorities[priority] } : {}),
      ...(unreadOnly === 'true' ? { unanswered: true } : {}),
    }
    const listed = await listConversations(ctx, asked)
    if (!listed.ok) return listed
    const counted = query.cursor || query.search || query.words ? undefined : await countConversations(ctx, asked)
    if (counted && !counted.ok) return counted
    const { total = null, unread = null } = counted?.value ?? {}
    return ok({ ...listed.value, total, unread, number })
  },
  ({ items, next, total, unread, number }, { url }) => {
    const by = page('conversations', withHeads(items), next, url)
    const { body, ...rest } = number === undefined ? by : numbered(by, url, 'page', number + 1)
    return { ...rest, body: { ...body, total, unreadCount: unread } }
  },
)
