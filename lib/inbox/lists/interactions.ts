import type { z } from 'zod'
import { beyond, noSuchPlace } from '@/lib/core/beyond'
import { fail, ok, type Result } from '@/lib/core/result'
import { query, type Ctx } from '@/lib/workspace'
import { messageColumns, toMessage } from './cards'
import { feelings } from '../triage/feelings'
import { ListInteractions, type Interaction, type Page } from '../schema'

/** What is counted at most: more is not told apart. */
const mostCounted = 10_000

type Filter = Omit<z.output<typeof ListInteractions>, 'cursor' | 'skip' | 'take'>

async function passing({ db }: Ctx, { platform, accountIds, kind, feeling, since }: Filter) {
  // A network is its accounts: nothing need be known of a conversation.
  const within = platform && (await db.account.findMany({ where: { platform }, select: { id: true } }))
  return {
    own: false,
    deletedAt: null,
    AND: [
      within ? { accountId: { in: within.map(({ id }) => id) } } : {},
      accountIds.length > 0 ? { accountId: { in: accountIds } } : {},
    ],
    ...(kind ? { kind } : {}),
    ...(feeling ? { sentiment: feelings[feeling] } : {}),
    ...(since ? { at: { gte: since } } : {}),
  }
}

/** Everything said to us, over all conversations, the latest first. What was taken away at its network is left out. */
export const listInteractions = query({
  can: 'inbox.read',
  input: ListInteractions,
  async run(ctx, { cursor, skip, take, ...filter }): Promise<Result<Page<Interaction>>> {
    const from = cursor
      ? await ctx.db.message.findUnique({ where: { id: cursor }, select: { at: true, id: true } })
      : undefined
    if (from === null) return fail(noSuchPlace)
    const rows = await ctx.db.message.findMany({
      where: {
        AND: [await passing(ctx, filter), from ? beyond({ at: from.at }, { id: from.id }, 'desc') : {}],
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
    ok({ total: await ctx.db.message.count({ where: await passing(ctx, filter), take: mostCounted }) }),
})
