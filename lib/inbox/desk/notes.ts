import { noSuchPlace } from '@/lib/core/beyond'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import { noSuchConversation, nowOf } from '../lists/queries'
import { holdHere } from './hold-still'
import { AddNote, ListOurs, type NoteCard, type Page } from '../schema'

/** Keeps something said among ourselves. It never leaves the workspace. */
export const addNote = operation({
  can: 'inbox.triage',
  input: AddNote,
  async run(ctx, { conversationId, text }): Promise<Result<NoteCard>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      if (!(await holdHere(work, [conversationId]))) return fail(noSuchConversation)
      const row = await db.conversationNote.create({
        data: { id: newId(), workspaceId: ctx.workspaceId, conversationId, authorId: ctx.actor.id, text },
      })
      record({ type: 'conversation.noted', subject: { type: 'conversation', id: conversationId } })
      return ok({ id: row.id, authorId: row.authorId, text, createdAt: row.createdAt.toISOString() })
    })
  },
})

/** Notes, the latest page first, each page in the order they were written. */
export const listNotes = query({
  can: 'inbox.read',
  input: ListOurs,
  async run(ctx, { before, take, ...asked }): Promise<Result<Page<NoteCard>>> {
    const conversationId = await nowOf(ctx, asked.conversationId)
    if (!conversationId) return fail(noSuchConversation)
    if (before && (await ctx.db.conversationNote.count({ where: { id: before, conversationId } })) === 0)
      return fail(noSuchPlace)
    const rows = await ctx.db.conversationNote.findMany({
      where: { conversationId, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: 'desc' },
      take: take + 1,
      select: { id: true, authorId: true, text: true, createdAt: true },
    })
    const items = rows
      .slice(0, take)
      .reverse()
      .map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }))
    return ok({ items, next: rows.length > take ? (items[0]?.id ?? null) : null })
  },
})
