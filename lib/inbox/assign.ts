import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { noSuchConversation } from './queries'
import { Assign } from './schema'

/** Gives conversations to a person, or to nobody. At most 200 at once, all or none. */
export const assignConversations = operation({
  can: 'inbox.triage',
  input: Assign,
  async run(ctx, { conversationIds, assigneeId }): Promise<Result<{ changed: number }>> {
    const ids = [...new Set(conversationIds)].sort()
    return transact(ctx, async ({ db, record }) => {
      if (assigneeId && (await db.member.count({ where: { id: assigneeId } })) === 0)
        return fail({ code: 'NOT_FOUND', message: 'There is no such person in this workspace. Choose another.' })
      const { count } = await db.conversation.updateMany({
        where: { id: { in: ids } },
        data: { assigneeId, updatedAt: now() },
      })
      if (count < ids.length) return fail(noSuchConversation)
      for (const id of ids)
        record({
          type: 'conversation.assigned',
          subject: { type: 'conversation', id },
          particulars: { assigneeId },
        })
      return ok({ changed: count })
    })
  },
})
