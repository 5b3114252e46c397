import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { may, operation, transact } from '@/lib/workspace'
import { noSuchConversation } from '../lists/queries'
import { holdHere } from './hold-still'
import { roleHere } from './role-here'
import { Assign } from '../schema'

/**
 * Gives conversations to a person who may answer or to a team, or to nobody, perhaps with a note. At most 200 at once, all
 * or none.
 */
export const assignConversations = operation({
  can: 'inbox.triage',
  input: Assign,
  async run(ctx, { conversationIds, teamId, note, ...given }): Promise<Result<{ changed: number }>> {
    // A team alone takes it from who holds it.
    const assigneeId = given.assigneeId === undefined && teamId !== undefined ? null : given.assigneeId
    const ids = [...new Set(conversationIds)].sort()
    return transact(ctx, async (work) => {
      const { db, record } = work
      const role = assigneeId ? await roleHere(work, assigneeId) : undefined
      if (assigneeId && !role)
        return fail({ code: 'NOT_FOUND', message: 'There is no such person in this workspace. Choose another.' })
      if (role && !may(role, 'inbox.draft'))
        return fail({
          code: 'CONFLICT',
          message: 'Viewers cannot answer. Choose somebody else, or have an owner give them another role first.',
        })
      if (teamId && (await db.team.count({ where: { id: teamId } })) === 0)
        return fail({ code: 'NOT_FOUND', message: 'There is no such team in this workspace. Choose another.' })
      if (!(await holdHere(work, ids))) return fail(noSuchConversation)
      const to = { ...(assigneeId === undefined ? {} : { assigneeId }), ...(teamId === undefined ? {} : { teamId }) }
      await db.conversation.updateMany({ where: { id: { in: ids } }, data: { ...to, updatedAt: now() } })
      if (note)
        await db.conversationNote.createMany({
          data: ids.map((conversationId) => ({
            id: newId(),
            workspaceId: ctx.workspaceId,
            conversationId,
            authorId: ctx.actor.id,
            text: note,
          })),
        })
      for (const id of ids) {
        const subject = { type: 'conversation', id }
        record({ type: 'conversation.assigned', subject, particulars: to })
        if (note) record({ type: 'conversation.noted', subject })
      }
      return ok({ changed: ids.length })
    })
  },
})
