import { beyond } from '@/lib/core/beyond'
import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { toDraft } from './drafts'
import { ListDrafts, type DraftCard, type Page } from '../schema'

/** Drafts that wait for a person, over all conversations or in one, the latest first. */
export const listDrafts = query({
  can: 'inbox.read',
  input: ListDrafts,
  async run(
    ctx,
    { conversationId, cursor, take },
  ): Promise<Result<Page<DraftCard & { readonly conversationId: string }>>> {
    const from = cursor
      ? await ctx.db.aiDraft.findUnique({ where: { id: cursor }, select: { id: true, createdAt: true } })
      : undefined
    if (from === null)
      return fail({ code: 'NOT_FOUND', message: 'There is no such draft to go on from. List the drafts again.' })
    const rows = await ctx.db.aiDraft.findMany({
      where: {
        state: 'proposed',
        ...(conversationId ? { conversationId } : {}),
        ...(from ? beyond({ createdAt: from.createdAt }, { id: from.id }, 'desc') : {}),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: take + 1,
    })
    const items = rows.slice(0, take).map((row) => ({ ...toDraft(row), conversationId: row.conversationId }))
    return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null })
  },
})
