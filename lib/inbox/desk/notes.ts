import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import { isHere, noSuchConversation } from '../lists/queries'
import { AddNote, OneConversation, type NoteCard } from '../schema'

/** Notes shown with one conversation; older ones are not worth a page of their own. */
const mostNotes = 200

/** Keeps something said among ourselves. It never leaves the workspace. */
export const addNote = operation({
  can: 'inbox.triage',
  input: AddNote,
  async run(ctx, { conversationId, text }): Promise<Result<NoteCard>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      if (!(await isHere(work, conversationId))) return fail(noSuchConversation)
      const row = await db.conversationNote.create({
        data: { id: newId(), workspaceId: ctx.workspaceId, conversationId, authorId: ctx.actor.id, text },
      })
      record({ type: 'conversation.noted', subject: { type: 'conversation', id: conversationId } })
      return ok({ id: row.id, authorId: row.authorId, text, createdAt: row.createdAt.toISOString() })
    })
  },
})

/** The latest notes, in the order they were written. */
export const listNotes = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<readonly NoteCard[]>> {
    const rows = await ctx.db.conversationNote.findMany({
      where: { conversationId },
      orderBy: { id: 'desc' },
      take: mostNotes,
      select: { id: true, authorId: true, text: true, createdAt: true },
    })
    if (rows.length === 0 && !(await isHere(ctx, conversationId))) return fail(noSuchConversation)
    return ok(rows.reverse().map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })))
  },
})
