import { z } from 'zod'
import { explain, useAccount } from '@/lib/accounts'
import { env } from '@/lib/core/env'
import { inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { jsonNull, operation, transact, type Ctx } from '@/lib/workspace'
import { stepsOf, sumUpPost, workerName } from './claim'
import { publishedOf } from './plan'

/** Takes a published variant away at the network, last part first. Harmless when repeated: what is gone stays gone. */
export const removeVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ removed: number }>> {
    const variant = await ctx.db.variant.findFirst({
      where: { id: variantId, state: 'published' },
      select: { accountId: true, postId: true, fence: true },
    })
    if (!variant) return ok({ removed: 0 })
    const account = await useAccount(ctx, { accountId: variant.accountId })
    if (!account.ok) return stopRemoval(ctx, variantId, account.error)
    const { platform, app, credentials } = account.value
    if (!platform.remove)
      return stopRemoval(ctx, variantId, {
        code: 'PLATFORM_API_ERROR',
        message: `${platform.label} lets no program delete a post. Delete it there.`,
      })
    const steps = (await stepsOf(ctx, variantId)).filter((s) => s.state === 'done')
    for (const step of steps.toReversed()) {
      const published = publishedOf(step)
      if (!published) continue
      const startedAt = now()
      const gone = await platform.remove(app, credentials, published)
      await ctx.db.attempt.create({
        data: {
          id: newId(),
          workspaceId: ctx.workspaceId,
          variantId,
          stepId: step.id,
          fence: variant.fence,
          purpose: 'remove',
          worker: workerName,
          startedAt,
          durationMs: now().getTime() - startedAt.getTime(),
          outcome: gone.ok ? 'accepted' : gone.error.code === 'outcome_unknown' ? 'unknown' : 'refused',
          answer: gone.ok ? {} : toJson(gone.error),
        },
        select: { id: true },
      })
      if (!gone.ok) return stopRemoval(ctx, variantId, explain(gone.error, platform.label))
      await ctx.db.step.update({ where: { id: step.id }, data: { state: 'removed' }, select: { id: true } })
    }
    await transact(ctx, async (work) => {
      await work.db.variant.updateMany({
        where: { id: variantId, state: 'published' },
        data: { state: 'removed', reason: jsonNull },
      })
      await sumUpPost(work.db, variant.postId)
      work.record({ type: 'post.removed', subject: { type: 'post', id: variant.postId }, particulars: { variantId } })
    })
    return ok({ removed: steps.length })
  },
})

/** Says on the post why it is still at the network. The queue tries again; the variant stays published. */
async function stopRemoval(ctx: Ctx, variantId: string, error: Failure): Promise<Result<never>> {
  const until = error.retryAt ?? inMs(env().NETWORK_TIMEOUT_MS)
  await ctx.db.variant.updateMany({
    where: { id: variantId, state: 'published' },
    data: {
      reason: { kind: 'removal_failed', message: `It is still there. ${error.message}`, retryAt: until.toISOString() },
    },
  })
  return fail(error)
}
