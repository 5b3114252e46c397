import { listInteractions } from '@/lib/inbox'
import { page } from '../contract/answers'
import { serves } from '../contract/door'
import * as contract from '../contract/interactions'

export const GET = serves(
  contract.listInteractions,
  (ctx, { query: { sentiment, limit, ...query } }) =>
    listInteractions(ctx, { ...query, feeling: sentiment, take: limit }),
  ({ items, next }, { url }) =>
    page(
      'interactions',
      items.map(({ id, conversationId, accountId, platform, kind, text, sentiment, priority, at }) => ({
        id,
        conversationId,
        accountId,
        platform,
        kind,
        content: text,
        sentiment,
        priority,
        createdAt: at,
      })),
      next,
      url,
    ),
)
