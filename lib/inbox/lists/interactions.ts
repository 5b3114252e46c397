import type { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { messageColumns, toMessage } from './cards'
import { feelings } from '../triage/feelings'
import { noSuchMessage } from './locate'
import { ListInteractions, type Interaction, type Page } from '../schema'

/** What is counted at most: more is not told apart. */
const mostCounted = 10_000

type Filter = Omit<z.output<typeof ListInteractions>, 'cursor' | 'skip' | 'take'>

const passing = ({ platform, accountIds, kind, feeling, since }: Filter) => ({
  own: false,
  deletedAt: null,
  ...(kind ? { kind } : {}),
  ...(platform ? { conversation: { platform } } : {}),
  ...(accountIds.length > 0 ? { accountId: { in: accountIds } } : {}),
  ...(feeling ? { sentiment: feelings[feeling] } : {}),
  ...(since ? { at: { gte: since } } : {}),
})

/** Everything said to us, over all conversations, the latest first. What was taken away at its network is left out. */
export const listInteractions = query({
  can: 'inbox.read',
  input: ListInteractions,
  async run(ctx, { cursor, skip, take, ...filter }): Promise<Result<Page<Interaction>>> {
    const from = cursor
      ? await ctx.db.message.findUnique({ where: { id: cursor }, select: { at: true, id: true } })
      : undefined
    if (from === null) return fail(noSuchMessage)
    const rows = await ctx.db.message.findMany({
      where: {
        ...passing(filter),
        ...(from ? { OR: [{ at: { lt: from.at } }, { at: from.at, id: { lt: from.id } }] } : {}),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      skip,
      take: take + 1,
      select: {
        ...messageColumns,
        conversationId: true,
        accountId: true,
        conversation: { select: { platform: true } },
      },
    })
    const items = rows.slice(0, take).map(({ conversationId, accountId, conversation, ...row }) => ({
      ...toMessage(row),
      conversationId,
      accountId,
      platform: conversation.platform,
    }))
    return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null })
  },
})

/** How many there are in all, counted to 10,000. */
export const countInteractions = query({
  can: 'inbox.read',
  input: ListInteractions,
  run: async (ctx, { cursor: _from, skip: _over, take: _page, ...filter }): Promise<Result<{ total: number }>> =>
    ok({ total: await ctx.db.message.count({ where: passing(filter), take: mostCounted }) }),
})
