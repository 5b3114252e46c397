import { beyond, noSuchPlace } from '@/lib/core/beyond'
import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { messageColumns, toMessage } from './cards'
import { noSuchConversation, nowOf } from './queries'
import { quotes } from './quotes'
import { ListMessages, type Page, type ThreadMessage } from '../schema'
import { waysToAnswer } from './ways-to-answer'

/** What was said, the newest page first, each page in the order it was said, each with what it answers. */
export const listMessages = query({
  can: 'inbox.read',
  input: ListMessages,
  async run(ctx, { before, take, ...asked }): Promise<Result<Page<ThreadMessage>>> {
    const conversationId = await nowOf(ctx, asked.conversationId)
    if (!conversationId) return fail(noSuchConversation)
    const from = before
      ? await ctx.db.message.findFirst({ where: { id: before, conversationId }, select: { at: true, id: true } })
      : undefined
    if (from === null) return fail(noSuchPlace)
    const rows = await ctx.db.message.findMany({
      where: {
        conversationId,
        ...(from ? beyond({ at: from.at }, { id: from.id }, 'desc') : {}),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: take + 1,
      select: {
        ...messageColumns,
        identityId: true,
        ref: true,
        via: true,
        hiddenAt: true,
        hideTo: true,
        hideTrouble: true,
      },
    })
    const page = rows.slice(0, take).reverse()
    const shown = page.map(
      ({ identityId: _who, ref: _ref, via: _via, hiddenAt: _since, hideTo: _to, hideTrouble: _why, ...row }) =>
        toMessage(row),
    )
    const [quoteOf, waysOf] = await Promise.all([
      quotes(ctx, conversationId, shown),
      waysToAnswer(ctx, conversationId, page),
    ])
    const items = shown.map((message) => ({
      ...message,
      answers: quoteOf(message),
      ...waysOf(message),
    }))
    return ok({ items, next: rows.length > take ? (items[0]?.id ?? null) : null })
  },
})
