import { z } from 'zod'
import { explain, noteAnswer, useAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { ok, type Failure, type Result } from '@/lib/core/result'
import { attempted, leaseUntil, nextTry } from '@/lib/sending'
import { jsonNull, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { stepsOf } from './claim'
import { clockSkewMs } from './due'
import { removeVariantJob } from '../jobs'
import { lockVariants } from './lock'
import { publishedOf } from './plan'
import { isStillThere, StateReason } from '../schema'
import { sumUpPost } from './sum-up'

const removable = {
  OR: [{ state: 'published' as const }, { state: 'cancelled' as const, steps: { some: { state: 'done' as const } } }],
}

/**
 * Takes away at the network what it has of a variant, last part first, unless another worker is at it. Harmless when
 * repeated: what is gone stays gone.
 * What could not be taken away is tried again for about a day, and when its account was reconnected. Then the post comes
 * back, for a person to see to it.
 */
export const removeVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ removed: number }>> {
    const found = await ctx.db.variant.findFirst({
      // Asked for, not called off since, and nobody is at it.
      where: { id: variantId, ...removable, leaseUntil: { lte: inMs(clockSkewMs) } },
      select: { id: true, accountId: true, postId: true, fence: true, retries: true, leaseUntil: true },
    })
    let variant = found?.leaseUntil && (await keepHold(ctx, { ...found, heldUntil: found.leaseUntil }))
    if (!variant) return ok({ removed: 0 })
    const account = await useAccount(ctx, { accountId: variant.accountId, lane: 'publishing' })
    if (!account.ok) return stopRemoval(ctx, variant, account.error)
    const { platform, app, credentials } = account.value
    if (!platform.remove)
      return stopRemoval(ctx, variant, {
        code: 'PLATFORM_AUTH_FAILED',
        message: `${platform.label} lets no program delete a post. Delete it there.`,
      })
    const steps = (await stepsOf(ctx, variantId)).filter((s) => s.state === 'done')
    let removed = 0
    for (const step of steps.toReversed()) {
      const published = publishedOf(step)
      if (!published) continue
      variant = await keepHold(ctx, variant)
      if (!variant) return ok({ removed })
      const startedAt = now()
      const gone = await platform.remove(app, credentials, published)
      await noteAnswer(ctx, { account: account.value, answer: gone })
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
      removed += 1
    }
    const { postId } = variant
    const held = whileHeld(variant)
    await transact(ctx, async (work) => {
      const { count } = await work.db.variant.updateMany({
        where: held,
        data: { state: 'removed', reason: jsonNull, leaseUntil: null },
      })
      if (count === 0) return
      await showWhatIsKept(work, postId)
      work.record({ type: 'post.removed', subject: { type: 'post', id: postId }, particulars: { variantId } })
    })
    return ok({ removed })
  },
})

type Removal = {
  readonly id: string
  readonly postId: string
  readonly accountId: string
  readonly fence: number
  readonly retries: number
  /** Until when others leave it to this worker: `leaseUntil` as it wrote it last. */
  readonly heldUntil: Date
}

/** The row as long as nobody else took it, and it was not called off. */
const whileHeld = ({ id, heldUntil }: Removal) => ({
  id,
  state: { in: ['published' as const, 'cancelled' as const] },
  leaseUntil: heldUntil,
})

/** Keeps others from it for another lease. @returns undefined when another has it, or it was called off. */
async function keepHold({ db }: Ctx, removal: Removal): Promise<Removal | undefined> {
  const heldUntil = leaseUntil()
  const { count } = await db.variant.updateMany({ where: whileHeld(removal), data: { leaseUntil: heldUntil } })
  return count === 1 ? { ...removal, heldUntil } : undefined
}

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

/** Says on the post why it is still at the network, and tries again unless only a person can help. */
async function stopRemoval(
  ctx: Ctx,
  removal: Removal,
  { code, message, retryAt }: Failure,
): Promise<Result<{ removed: number }>> {
  const { id, postId, retries } = removal
  const at = now()
  const pause = { kind: retryAt ? ('rate_limited' as const) : ('network_down' as const), message, until: retryAt }
  const next = code === 'PLATFORM_AUTH_FAILED' ? undefined : nextTry(pause, retries, at)
  const until = next?.notBefore ?? null
  await transact(ctx, async (work) => {
    const { count } = await work.db.variant.updateMany({
      where: whileHeld(removal),
      data: {
        leaseUntil: until,
        ...(next ? { retries: next.retries } : {}),
        reason: {
          kind: 'removal_failed',
          message: `It is still there. ${message}`,
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
      particulars: { variantId: id, why: message },
    })
  })
  return ok({ removed: 0 })
}
