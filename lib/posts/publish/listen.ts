import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { meantBy } from '@/lib/sending'
import { operation, readIncoming, transact } from '@/lib/workspace'
import { noWait } from './claim'
import { publishVariantJob, reconcileVariantJob } from '../jobs'
import { StepIntent } from './plan'
import { lockVariants } from './lock'
import { proveStep } from './prove'
import { sumUpPosts } from './sum-up'

/**
 * An account works again: what waited for that goes on, or asks when its time is long past. What was in doubt is looked
 * for first.
 */
export const resumeAccount = operation({
  can: 'post.send',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<{ resumed: number }>> {
    return transact(ctx, async (work) => {
      const waiting = await work.db.variant.findMany({
        where: {
          accountId,
          state: 'needs_person',
          OR: [{ reason: { path: ['kind'], equals: 'reconnect' } }, { steps: { some: { state: 'unknown' } } }],
        },
        select: { id: true, postId: true, fence: true, steps: { where: { state: 'unknown' }, select: { id: true } } },
      })
      // The sweep finds what could not be taken away.
      const unremoved = {
        accountId,
        state: { in: ['published' as const, 'cancelled' as const] },
        reason: { path: ['kind'], equals: 'removal_failed' },
      }
      const removable = await work.db.variant.findMany({ where: unremoved, select: { id: true } })
      const inDoubt = { accountId, state: 'unknown' as const }
      const doubtful = await work.db.variant.findMany({ where: inDoubt, select: { id: true, fence: true } })
      const ids = [...waiting, ...removable, ...doubtful].map(({ id }) => id)
      await lockVariants(work, ids)
      await work.db.variant.updateMany({
        where: { ...unremoved, id: { in: ids } },
        data: { leaseUntil: now(), retries: 0 },
      })
      await work.db.variant.updateMany({
        where: { ...inDoubt, id: { in: ids } },
        data: { notBefore: now() },
      })
      for (const { id, fence } of doubtful)
        work.enqueue({ job: reconcileVariantJob, payload: { variantId: id }, key: `${id}-resumed-${fence}` })
      const resumed: string[] = []
      for (const { id, postId, fence, steps } of waiting) {
        const isInDoubt = steps.length > 0
        const { count } = await work.db.variant.updateMany({
          where: { id, fence, state: 'needs_person' },
          // It was not the network that made it wait, so the late policy applies.
          data: { state: isInDoubt ? 'unknown' : 'scheduled', fence: { increment: 1 }, ...noWait, retries: 0 },
        })
        if (count === 0) continue
        resumed.push(postId)
        work.record({ type: 'post.resumed', subject: { type: 'post', id: postId }, particulars: { variantId: id } })
        work.enqueue({
          job: isInDoubt ? reconcileVariantJob : publishVariantJob,
          payload: { variantId: id },
          key: `${id}-resumed-${fence}`,
        })
      }
      await sumUpPosts(work, [...new Set(resumed)])
      return ok({ resumed: waiting.length + doubtful.length })
    })
  },
})

/**
 * A network reported a post of ours. When exactly one step in doubt says the same, that step is proven by it; a report
 * that fits none or several proves nothing.
 */
export const hearReport = operation({
  can: 'post.send',
  input: z.object({ incomingId: z.string(), accountId: z.string() }),
  async run(ctx, about): Promise<Result<{ proven: boolean }>> {
    const incoming = await readIncoming(ctx, about)
    if (!incoming.ok) return incoming
    const { accountId, published, receivedAt } = incoming.value
    if (!published) return ok({ proven: false })
    return transact(ctx, async (work) => {
      const open = await work.db.step.findMany({
        where: { state: { in: ['sending', 'unknown'] }, variant: { accountId } },
        select: { id: true, variantId: true, intent: true, state: true },
      })
      const only = meantBy(
        published.text,
        open.map(({ intent, ...step }) => ({ ...step, text: StepIntent.parse(intent).text })),
      )
      if (!only || (await work.db.step.count({ where: { externalId: published.externalId } })) > 0)
        return ok({ proven: false })
      const { externalId, url, at } = published
      await lockVariants(work, [only.variantId])
      return ok({
        proven: await proveStep(
          work,
          only.variantId,
          only.id,
          { externalId, url, ref: null },
          { by: 'webhook', at, note: `reported ${receivedAt.toISOString()}` },
          ['unknown'],
        ),
      })
    })
  },
})
