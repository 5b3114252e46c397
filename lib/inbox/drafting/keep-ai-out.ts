import { ok, fail, type Result } from '@/lib/core/result'
import { operation, transact, type Work } from '@/lib/workspace'
import { holdHere } from '../desk/hold-still'
import { noSuchConversation } from '../lists/queries'
import { HoldAi } from '../schema'
import { withdrawAll } from './withdraw'

/** Keeps AI out of a conversation, or lets it in again. What it has waiting there is taken back. */
export async function keepAiOut(work: Work, conversationId: string, held: boolean): Promise<void> {
  const { count } = await work.db.conversation.updateMany({
    where: { id: conversationId, aiHeld: !held },
    data: { aiHeld: held },
  })
  if (count === 0) return
  if (held) await withdrawAll(work, { conversationId }, { why: 'AI is kept out of this conversation.' })
  work.record({
    type: held ? 'conversation.aiKeptOut' : 'conversation.aiLetIn',
    subject: { type: 'conversation', id: conversationId },
  })
}

/** The same, by a person: what a rule has decided can be lifted. It holds for what is said from now on. */
export const holdAi = operation({
  can: 'inbox.triage',
  input: HoldAi,
  run: (ctx, { conversationId, held }): Promise<Result<{ held: boolean }>> =>
    transact(ctx, async (work) => {
      if (!(await holdHere(work, [conversationId]))) return fail(noSuchConversation)
      await keepAiOut(work, conversationId, held)
      return ok({ held })
    }),
})
