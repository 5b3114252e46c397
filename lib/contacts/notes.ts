import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { query, type Ctx } from '@/lib/workspace'
import { ListContactNotes, type ContactNotes } from './schema'

export const noSuchContact: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such person in this workspace. They may have been merged or erased: reload the list.',
}

/** What was noted about these contacts, the latest page first, each page in the order of writing. */
export async function notesAbout(
  ctx: Ctx,
  contactIds: readonly string[],
  { before, take }: { readonly before?: string | undefined; readonly take: number },
): Promise<ContactNotes> {
  const rows = await ctx.db.contactNote.findMany({
    where: { contactId: { in: [...contactIds] }, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: 'desc' },
    take: take + 1,
    select: { id: true, authorId: true, text: true, createdAt: true },
  })
  const items = rows
    .slice(0, take)
    .reverse()
    .map((note) => ({ ...note, createdAt: note.createdAt.toISOString() }))
  return { items, next: rows.length > take ? (items[0]?.id ?? null) : null }
}

/** Notes about one person, also those about whoever was merged into them. */
export const listContactNotes = query({
  can: 'contact.read',
  input: ListContactNotes,
  async run(ctx, { contactId, ...page }): Promise<Result<ContactNotes>> {
    const asked = await ctx.db.contact.findUnique({ where: { id: contactId }, select: { rootId: true } })
    if (!asked) return fail(noSuchContact)
    const id = asked.rootId ?? contactId
    const parts = await ctx.db.contact.findMany({ where: { rootId: id }, select: { id: true } })
    return ok(await notesAbout(ctx, [id, ...parts.map((part) => part.id)], page))
  },
})
