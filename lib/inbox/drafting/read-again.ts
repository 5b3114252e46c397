import { inMs, now } from '@/lib/core/clock'
import { announce } from '@/lib/core/realtime'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { whyAnswered } from '../answer/has-answer'
import { escalate } from '../desk/escalate'
import { holdWhereSaid } from '../desk/hold-where'
import { readAgainJob } from '../jobs'
import { mattersOfAPerson, whyOff } from './ai-policy'
import { policyOf } from './ai-policies'
import { claimed, leaseMs } from './consider'
import { look, readByModel, whyNeedless, type Claim } from './what-ai-sees'
import { withdrawAll } from './withdraw'

/** Messages that a model could not be asked about when they were considered, and may be by now. */
export const unreadMessages: Sweep = {
  name: 'inbox.unreadMessages',
  find: (at) => ({
    model: 'aiReading',
    where: { state: 'done', readAgainAt: { lte: at } },
    orderBy: { readAgainAt: 'asc' },
  }),
}

/**
 * Has a message read by a model that could not be asked before, and weighs it by that. What was decided meanwhile stands,
 * unless it turns out to be a person's: then an answer that still waits to go out by itself does not.
 */
export const readAgain = operation({
  can: 'ai.use',
  input: readAgainJob.payload,
  async run(ctx, { readingId }): Promise<Result<{ read: boolean }>> {
    const at = now()
    const leaseUntil = inMs(leaseMs(), at)
    const [claim] = await ctx.db.aiReading.updateManyAndReturn({
      where: { id: readingId, state: 'done', readAgainAt: { lte: at } },
      // A worker that dies over it leaves it to the next.
      data: { fence: { increment: 1 }, readTries: { increment: 1 }, readAgainAt: leaseUntil },
      select: { ...claimed, decision: true },
    })
    if (!claim) return ok({ read: false })
    const ours = await look(ctx, claim)
    const end = () =>
      ctx.db.aiReading.updateMany({
        // Where it could not be asked once more, it has another time by now.
        where: { id: claim.id, fence: claim.fence, readAgainAt: leaseUntil },
        data: { readAgainAt: null },
      })
    if (!ours || whyNeedless(ours)) {
      await end()
      return ok({ read: false })
    }
    const seen = await readByModel(ctx, claim, ours)
    const read = seen !== ours.seen
    const policy = await policyOf(ctx, claim.accountId)
    const matters = read && claim.decision !== 'person' && !whyOff(policy) ? mattersOfAPerson(seen) : []
    if (matters.length > 0) await leaveToPerson(ctx, claim, matters)
    await end()
    if (read)
      void announce(`workspace.${ctx.workspaceId}`, {
        type: 'reading.done',
        subject: { type: 'conversation', id: claim.conversationId },
      })
    return ok({ read })
  },
})

const leaveToPerson = (ctx: Ctx, claim: Claim, reasons: readonly string[]): Promise<void> =>
  transact(ctx, async (work) => {
    const { id, fence, messageId } = claim
    // It may have gone to another conversation while the model was thinking.
    const conversationId = (await holdWhereSaid(work, messageId)) ?? claim.conversationId
    await withdrawAll(work, { conversationId, messageId }, { why: 'a model reads it as a person’s.', calls: true })
    if (await whyAnswered(work, messageId)) return
    const { count } = await work.db.aiReading.updateMany({
      where: { id, fence },
      data: { decision: 'person', reasons: [...reasons] },
    })
    if (count === 1) await escalate(ctx, work, { ...claim, conversationId })
  })
