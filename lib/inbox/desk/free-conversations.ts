import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { holdStill } from './hold-still'
import { mayHold } from './role-here'

const atOnce = 200

/**
 * Takes their conversations from somebody who is in the workspace no more, or may not answer any more, so that others see
 * and are told of them. What is ended, too: it may open again. Nothing from who may. Called again it goes on where it was
 * left.
 */
export const freeConversations = operation({
  can: 'event.deliver',
  input: z.object({ memberId: z.string() }),
  async run(ctx, { memberId }): Promise<Result<{ freed: number }>> {
    const some = () =>
      transact(ctx, async (work) => {
        if (await mayHold(work, memberId)) return 0
        const theirs = await work.db.conversation.findMany({
          where: { assigneeId: memberId },
          orderBy: { id: 'asc' },
          take: atOnce,
          select: { id: true },
        })
        const ids = theirs.map(({ id }) => id)
        await holdStill(work, ids)
        const freed = await work.db.conversation.updateManyAndReturn({
          // Somebody may have taken one meanwhile.
          where: { id: { in: ids }, assigneeId: memberId },
          data: { assigneeId: null, updatedAt: now() },
          select: { id: true },
        })
        for (const { id } of freed)
          work.record({
            type: 'conversation.assigned',
            subject: { type: 'conversation', id },
            particulars: { assigneeId: null },
          })
        return ids.length
      })
    let freed = 0
    for (let found = atOnce; found === atOnce; freed += found) found = await some()
    return ok({ freed })
  },
})
