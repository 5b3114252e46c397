import { z } from 'zod'
import { explain, useAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { ok, type Failure, type Result } from '@/lib/core/result'
import { attempted, triesBeforeAsking, waitMs } from '@/lib/sending'
import { jsonNull, operation, transact, type Ctx } from '@/lib/workspace'
import { stepsOf } from './claim'
import { removeVariantJob } from '../jobs'
import { lockVariants } from './lock'
import { publishedOf } from './plan'
import { sumUpPost } from './sum-up'

const ended = { state: { in: ['published' as const, 'cancelled' as const] } }
const removable = {
  OR: [{ state: 'published' as const }, { state: 'cancelled' as const, steps: { some: { state: 'done' as const } } }],
}

/**
 * Takes away at the network what it has of a variant, last part first. Harmless when repeated: what is gone stays gone.
 * What could not be taken away is tried again for about a day, and when its account was reconnected.
 */
export const removeVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ removed: number }>> {
    const variant = await ctx.db.variant.findFirst({
      where: { id: variantId, ...removable },
      select: { id: true, accountId: true, postId: true, fence: true, retries: true },
    })
    if (!variant) return ok({ removed: 0 })
    const account = await useAccount(ctx, { accountId: variant.accountId })
    if (!account.ok) return stopRemoval(ctx, variant, account.error)
    const { platform, app, credentials } = account.value
    if (!platform.remove)
      return stopRemoval(ctx, variant, {
        code: 'PLATFORM_AUTH_FAILED',
        message: `${platform.label} lets no program delete a post. Delete it there.`,
      })
    const steps = (await stepsOf(ctx, variantId)).filter((s) => s.state === 'done')
    for (const step of steps.toReversed()) {
      const published = publishedOf(step)
      if (!published) continue
      const startedAt = now()
      const gone = await platform.remove(app, credentials, published)
      const outcome = gone.ok ? 'accepted' : gone.error.code === 'outcome_unknown' ? 'unknown' : 'refused'
      const attempt = {
        ...attempted('remove', startedAt, outcome, gone.ok ? {} : gone.error),
        workspaceId: ctx.workspaceId,
        variantId,
        stepId: step.id,
        fence: variant.fence,
      }
      await transact(ctx, async (work) => {
        await lockVariants(work, [variantId])
        await work.db.attempt.create({ data: attempt, select: { id: true } })
        if (gone.ok)
          await work.db.step.update({ where: { id: step.id }, data: { state: 'removed' }, select: { id: true } })
      })
      if (!gone.ok) {
        const renewed =
          gone.error.code === 'auth_expired' &&
          (await useAccount(ctx, { accountId: variant.accountId, refused: credentials.accessToken }))
        const why = explain(gone.error, platform.label)
        return stopRemoval(ctx, variant, renewed && renewed.ok ? { ...why, code: 'SERVICE_UNAVAILABLE' } : why)
      }
    }
    await transact(ctx, async (work) => {
      await work.db.variant.updateMany({
        where: { id: variantId, ...ended },
        data: { state: 'removed', reason: jsonNull, leaseUntil: null },
      })
      await sumUpPost(work, variant.postId)
      work.record({ type: 'post.removed', subject: { type: 'post', id: variant.postId }, particulars: { variantId } })
    })
    return ok({ removed: steps.length })
  },
})

type Removal = { readonly id: string; readonly retries: number }

/** Says on the post why it is still at the network, and tries again unless only a person can help. */
async function stopRemoval(ctx: Ctx, { id, retries }: Removal, error: Failure): Promise<Result<{ removed: number }>> {
  const again = error.code !== 'PLATFORM_AUTH_FAILED' && retries < triesBeforeAsking
  const at = now()
  const until = again ? new Date(Math.max(error.retryAt?.getTime() ?? 0, inMs(waitMs(retries), at).getTime())) : null
  await transact(ctx, async (work) => {
    await work.db.variant.updateMany({
      where: { id, ...ended },
      data: {
        leaseUntil: until,
        retries: { increment: 1 },
        reason: {
          kind: 'removal_failed',
          message: `It is still there. ${error.message}`,
          ...(until ? { retryAt: until.toISOString() } : {}),
        },
      },
    })
    if (until)
      work.enqueue({
        job: removeVariantJob,
        payload: { variantId: id },
        key: `${id}-removal-${until.getTime()}`,
        delayMs: until.getTime() - at.getTime(),
      })
  })
  return ok({ removed: 0 })
}
