import { ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { passing } from './passing'
import { ListConversations } from '../schema'

/** What is counted at most: more is not told apart. */
const mostCounted = 10_000

/** How many conversations a list has in all, and how many of them wait for an answer, each counted to 10,000. */
export const countConversations = query({
  can: 'inbox.read',
  input: ListConversations,
  async run(ctx, asked): Promise<Result<{ total: number; unread: number }>> {
    const {
      sort: _sort,
      cursor: _from,
      before: _before,
      skip: _skip,
      take: _take,
      alikeTo: _like,
      search: _search,
      words: _words,
      ...filter
    } = asked
    const where = await passing(ctx, filter)
    const [total, unread] = await Promise.all([
      ctx.db.conversation.count({ where, take: mostCounted }),
      ctx.db.conversation.count({ where: { AND: [where, { unanswered: true }] }, take: mostCounted }),
    ])
    return ok({ total, unread })
  },
})
