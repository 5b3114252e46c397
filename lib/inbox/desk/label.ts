import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { noSuchConversation } from '../lists/queries'
import { holdHere } from './hold-still'
import { LabelConversations } from '../schema'

/** Puts labels on conversations, and takes others off. At most 200 at once, all or none. */
export const labelConversations = operation({
  can: 'inbox.triage',
  input: LabelConversations,
  async run(ctx, { conversationIds, add, remove }): Promise<Result<{ changed: number }>> {
    const ids = [...new Set(conversationIds)].sort()
    const labelIds = [...new Set([...add, ...remove])]
    return transact(ctx, async (work) => {
      const { db, record } = work
      if ((await db.label.count({ where: { id: { in: labelIds } } })) < labelIds.length)
        return fail({ code: 'NOT_FOUND', message: 'There is no such label in this workspace. Choose another.' })
      if (!(await holdHere(work, ids))) return fail(noSuchConversation)
      await db.conversationLabel.createMany({
        data: ids.flatMap((conversationId) =>
          add.map((labelId) => ({ workspaceId: ctx.workspaceId, conversationId, labelId })),
        ),
        skipDuplicates: true,
      })
      if (remove.length > 0)
        await db.conversationLabel.deleteMany({ where: { conversationId: { in: ids }, labelId: { in: remove } } })
      for (const id of ids)
        record({ type: 'conversation.labelled', subject: { type: 'conversation', id }, particulars: { add, remove } })
      return ok({ changed: ids.length })
    })
  },
})
