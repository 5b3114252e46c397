import { z } from 'zod'
import { explain, useAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { ok, type Failure, type Result } from '@/lib/core/result'
import { attempted, triesBeforeAsking, waitMs } from '@/lib/sending'
import { jsonNull, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { stepsOf } from './claim'
import { removeVariantJob } from '../jobs'
import { lockVariants } from './lock'
import { publishedOf } from './plan'
import { isStillThere, StateReason } from '../schema'
import { sumUpPost } from './sum-up'

const asked = { state: { in: ['published' as const, 'cancelled' as const] }, leaseUntil: { not: null } }
const removable = {
  // Asked for, and not called off since.
  leaseUntil: { not: null },
  OR: [{ state: 'published' as const }, { state: 'cancelled' as const, steps: { some: { state: 'done' as const } } }],
}

/**
 * Takes away at the network what it has of a variant, last part first. Harmless when repeated: what is gone stays gone.
 * What could not be taken away is tried again for about a day, and when its account was reconnected. Then the post comes
 * back, for a person to see to it.
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
      const { count } = await work.db.variant.updateMany({
        where: { id: variantId, ...asked },
        data: { state: 'removed', reason: jsonNull, leaseUntil: null },
      })
      if (count === 0) return
      await showWhatIsKept(work, variant.postId)
      work.record({ type: 'post.removed', subject: { type: 'post', id: variant.postId }, particulars: { variantId } })
    })
    return ok({ removed: steps.length })
  },
})

/**
 * Sums up a post that was deleted. It is hidden, but while a network keeps something of it that nothing is tried with.
 * @returns whether it is hidden.
 */
export async function showWhatIsKept(work: Work, postId: string): Promise<boolean> {
  await sumUpPost(work, postId)
  const variants = await work.db.variant.findMany({ where: { postId }, select: { reason: true } })
  const isKept = variants.some(({ reason }) => isStillThere(StateReason.safeParse(reason).data))
  await work.db.post.updateMany({
    where: { id: postId, deletedAt: isKept ? { not: null } : null },
    data: { deletedAt: isKept ? null : now() },
  })
  return !isKept
}

type Removal = { readonly id: string; readonly postId: string; readonly retries: number }

/** Says on the post why it is still at the network, and tries again unless only a person can help. */
async function stopRemoval(
  ctx: Ctx,
  { id, postId, retries }: Removal,
  error: Failure,
): Promise<Result<{ removed: number }>> {
  const again = error.code !== 'PLATFORM_AUTH_FAILED' && retries < triesBeforeAsking
  const at = now()
  const until = again ? new Date(Math.max(error.retryAt?.getTime() ?? 0, inMs(waitMs(retries), at).getTime())) : null
  await transact(ctx, async (work) => {
    const { count } = await work.db.variant.updateMany({
      where: { id, ...asked },
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
    if (count === 0) return
    await showWhatIsKept(work, postId)
    if (until)
      return work.enqueue({
        job: removeVariantJob,
        payload: { variantId: id },
        key: `${id}-removal-${until.getTime()}`,
        delayMs: until.getTime() - at.getTime(),
      })
    work.record({
      type: 'post.removalFailed',
      subject: { type: 'post', id: postId },
      particulars: { variantId: id, why: error.message },
    })
  })
  return ok({ removed: 0 })
}
