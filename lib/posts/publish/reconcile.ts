import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { ok, type Result } from '@/lib/core/result'
import { claiming, isDue, look, overAt, type Looked } from '@/lib/sending'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { askAPerson } from './ask'
import { hold, noWait, stepsOf, underVariant, writeVariant, type Claim, type StepRow } from './claim'
import { lookLater, sendLater } from './onward'
import { requestFor, StepIntent } from './plan'
import { proveStep } from './prove'
import { refuseStep } from './refuse'
import { withFiles } from './with-files'

export type Settled = { readonly did: 'skipped' | Looked }

/** Finds out what became of an attempt whose outcome is unknown. A failed look proves nothing. */
export const reconcileVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<Settled>> {
    const at = now()
    const [won] = await ctx.db.variant.updateManyAndReturn({
      where: { id: variantId, state: 'unknown', ...isDue(at) },
      data: { state: 'reconciling', ...claiming(at) },
      select: { postId: true, fence: true, accountId: true, absentReads: true },
    })
    if (!won) return ok({ did: 'skipped' })
    await failpoint('reconcile.after_claim', variantId)
    const { absentReads, ...held } = won
    const claim = { ...held, variantId }
    return ok({
      did: await underVariant<Settled['did']>(ctx, claim, 'skipped', () => settle(ctx, claim, absentReads)),
    })
  },
})

async function settle(ctx: Ctx, claim: Claim, absentReads: number): Promise<Looked> {
  const { variantId, accountId } = claim
  const steps = await stepsOf(ctx, variantId)
  const step = steps.find((s) => s.state === 'unknown')
  if (!step?.sentAt) {
    // No step is in doubt: the run was cut off between two of them.
    await writeVariant(ctx, claim, (work) => sendAgain(work, claim))
    return 'found'
  }
  const { id: stepId, sentAt } = step
  const part = await withFiles(ctx, step, requestFor(steps, step))
  return look(ctx, {
    thing: 'post',
    accountId,
    sentAt,
    quietSince: await quietSince(ctx, stepId),
    absentReads,
    settling: ({ platform, credentials }) => platform.settling(credentials),
    find({ platform, app, credentials }) {
      const find = platform.findPublished?.bind(platform)
      return find && (() => find(app, credentials, part, sentAt))
    },
    hasRivals: () => hasRivals(ctx, accountId, step),
    isAnothers: async ({ externalId }) => (await ctx.db.step.count({ where: { externalId, id: { not: stepId } } })) > 0,
    hold: (work) => hold(work, claim),
    beforeRecord: () => failpoint('reconcile.before_record', variantId),
    begin(work, attempt) {
      const data = { ...attempt, workspaceId: ctx.workspaceId, variantId, stepId, fence: claim.fence }
      return work.db.attempt.create({ data, select: { id: true } })
    },
    close: (work, id, data) => work.db.attempt.update({ where: { id }, data, select: { id: true } }),
    prove: (work, published, proof) => proveStep(work, variantId, stepId, published, proof),
    refuse: (work, why) => refuseStep(work, claim, stepId, why),
    async sendAgain(work) {
      await work.db.step.update({ where: { id: stepId }, data: { state: 'pending' }, select: { id: true } })
      await sendAgain(work, claim)
      work.record({
        type: 'post.foundAbsent',
        subject: { type: 'post', id: claim.postId },
        particulars: { variantId, stepId },
      })
    },
    lookLater: (work, inMs, change) => lookLater(work, claim, inMs, change),
    ask: (work, reason) => askAPerson(work, claim, reason),
  })
}

const sendAgain = (work: Work, claim: Claim): Promise<void> =>
  sendLater(work, claim, noWait, { absentReads: 0, reason: null })

/** When the last try of a step was over, or its worker's lease was. */
async function quietSince(ctx: Ctx, stepId: string): Promise<Date> {
  const last = await ctx.db.attempt.findFirst({
    where: { stepId, purpose: 'send' },
    orderBy: { startedAt: 'desc' },
    select: { startedAt: true, durationMs: true },
  })
  return last ? overAt(last) : new Date(0)
}

/** Whether other steps of the account with the same words are open: what was found may be any of theirs. */
const hasRivals = async (ctx: Ctx, accountId: string, { id, intent }: StepRow): Promise<boolean> =>
  (await ctx.db.step.count({
    where: {
      id: { not: id },
      state: { in: ['sending', 'unknown'] },
      intent: { path: ['text'], equals: StepIntent.parse(intent).text },
      variant: { accountId, state: { not: 'cancelled' } },
    },
  })) > 0
