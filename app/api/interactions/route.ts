import { ok } from '@/lib/core/result'
import { countInteractions, listInteractions } from '@/lib/inbox'
import { numbered, page } from '../contract/answers'
import { serves } from '../contract/door'
import * as contract from '../contract/interactions'

export const GET = serves(
  contract.listInteractions,
  async (ctx, { query: { sentiment, limit, offset, ...query } }) => {
    const asked = { ...query, feeling: sentiment, skip: offset, take: limit }
    const listed = await listInteractions(ctx, asked)
    if (!listed.ok) return listed
    const counted = query.cursor ? ok({ total: null }) : await countInteractions(ctx, asked)
    return counted.ok ? ok({ ...listed.value, ...counted.value, offset, limit }) : counted
  },
  ({ items, next, total, offset, limit }, { url }) => {
    const interactions = items.map(
      ({ id, conversationId, accountId, platform, kind, text, sentiment, priority, at }) => ({
        id,
        conversationId,
        accountId,
        platform,
        kind,
        content: text,
        sentiment,
        priority,
        createdAt: at,
      }),
    )
    const by = page('interactions', interactions, next, url)
    const { body, ...rest } = offset === undefined ? by : numbered(by, url, 'offset', offset + limit)
    return { ...rest, body: { ...body, total, hasMore: next !== null } }
  },
)
