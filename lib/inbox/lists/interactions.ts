import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { messageColumns, toMessage } from './cards'
import { feelings } from '../triage/feelings'
import { noSuchMessage } from './locate'
import { ListInteractions, type Interaction, type Page } from '../schema'

/** Everything said to us, over all conversations, the latest first. What was taken away at its network is left out. */
export const listInteractions = query({
  can: 'inbox.read',
  input: ListInteractions,
  async run(ctx, { platform, accountIds, kind, feeling, since, cursor, take }): Promise<Result<Page<Interaction>>> {
    const from = cursor
      ? await ctx.db.message.findUnique({ where: { id: cursor }, select: { at: true, id: true } })
      : undefined
    if (from === null) return fail(noSuchMessage)
    const rows = await ctx.db.message.findMany({
      where: {
        own: false,
        deletedAt: null,
        ...(kind ? { kind } : {}),
        ...(platform ? { conversation: { platform } } : {}),
        ...(accountIds.length > 0 ? { accountId: { in: accountIds } } : {}),
        ...(feeling ? { sentiment: feelings[feeling] } : {}),
        ...(since ? { at: { gte: since } } : {}),
        ...(from ? { OR: [{ at: { lt: from.at } }, { at: from.at, id: { lt: from.id } }] } : {}),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
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
