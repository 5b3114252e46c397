import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'
import { keepClocks } from './keep-clocks'
import { sumUpConversations } from './sum-up'

const atOnce = 200

/**
 * Sums up conversations anew in which somebody was erased: what they asked waits for no answer any more, and no promise of
 * one runs on. May be repeated.
 */
export const sumUpErased = operation({
  can: 'event.deliver',
  input: z.object({ conversationIds: z.array(z.string()) }),
  async run(ctx, { conversationIds }): Promise<Result<{ summedUp: number }>> {
    for (let from = 0; from < conversationIds.length; from += atOnce) {
      const ids = conversationIds.slice(from, from + atOnce).sort()
      await transact(ctx, async (work) => {
        await holdStill(work, ids)
        await sumUpConversations(work, ids)
        await keepClocks(ctx, work, ids)
      })
    }
    return ok({ summedUp: conversationIds.length })
  },
})
