import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { atOnce, inParts, meantBy } from '@/lib/sending'
import { operation, readIncoming, transact, type Work } from '@/lib/workspace'
import { noWait } from './claim'
import { publishVariantJob, reconcileVariantJob } from '../jobs'
import { StepIntent } from './plan'
import { lockVariants } from './lock'
import { proveStep } from './prove'
import { sumUpPosts } from './sum-up'

/**
 * An account works again: what waited for that goes on, or asks when its time is long past. What was in doubt is looked
 * for first. Called again it goes on where it was left.
 */
export const resumeAccount = operation({
  can: 'post.send',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<{ resumed: number }>> {
    // First, so that what is put in doubt below is not looked for twice.
    const doubtful = await inParts(
      ctx,
      ({ db }, after) => db.variant.findMany({ where: { accountId, state: 'unknown', id: { gt: after } }, ...page }),
      lookAtOnce,
    )
    const waiting = await inParts(
      ctx,
      ({ db }, after) => db.variant.findMany({ where: { accountId, ...waits, id: { gt: after } }, ...page }),
      goOn,
    )
    await inParts(
      ctx,
      ({ db }, after) => db.variant.findMany({ where: { accountId, ...unremoved, id: { gt: after } }, ...page }),
      removeAtOnce,
    )
    return ok({ resumed: waiting + doubtful })
  },
})

const page = { orderBy: { id: 'asc' as const }, take: atOnce, select: { id: true } }
const waits = {
  state: 'needs_person' as const,
  OR: [{ reason: { path: ['kind'], equals: 'reconnect' } }, { steps: { some: { state: 'unknown' as const } } }],
}
const unremoved = {
  state: { in: ['published' as const, 'cancelled' as const] },
  reason: { path: ['kind'], equals: 'removal_failed' },
}

type Rows = readonly { readonly id: string }[]

/** Locks them, so that what is read of them afterwards stays true. */
async function held(work: Work, rows: Rows): Promise<{ in: string[] }> {
  const ids = rows.map(({ id }) => id)
  await lockVariants(work, ids)
  return { in: ids }
}

async function lookAtOnce(work: Work, rows: Rows): Promise<void> {
  const doubtful = await work.db.variant.updateManyAndReturn({
    where: { id: await held(work, rows), state: 'unknown' },
    data: { notBefore: now() },
    select: { id: true, fence: true },
  })
  for (const { id, fence } of doubtful)
    work.enqueue({ job: reconcileVariantJob, payload: { variantId: id }, key: `${id}-resumed-${fence}` })
}

/** The sweep finds what could not be taken away. */
async function removeAtOnce(work: Work, rows: Rows): Promise<void> {
  const data = { leaseUntil: now(), retries: 0 }
  await work.db.variant.updateMany({ where: { id: await held(work, rows), ...unremoved }, data })
}

async function goOn(work: Work, rows: Rows): Promise<void> {
  const id = await held(work, rows)
  const inDoubt = await work.db.variant.findMany({
    where: { id, steps: { some: { state: 'unknown' } } },
    select: { id: true },
  })
  const doubted = new Set(inDoubt.map((one) => one.id))
  const resume = (state: 'unknown' | 'scheduled', ids: string[]) =>
    work.db.variant.updateManyAndReturn({
      where: { id: { in: ids }, ...waits },
      // It was not the network that made it wait, so the late policy applies.
      data: { state, fence: { increment: 1 }, ...noWait, retries: 0 },
      select: { id: true, postId: true, fence: true },
    })
  const toLookFor = await resume('unknown', [...doubted])
  const toSend = await resume(
    'scheduled',
    id.in.filter((one) => !doubted.has(one)),
  )
  for (const { id: variantId, postId, fence } of [...toLookFor, ...toSend]) {
    work.record({ type: 'post.resumed', subject: { type: 'post', id: postId }, particulars: { variantId } })
    work.enqueue({
      job: doubted.has(variantId) ? reconcileVariantJob : publishVariantJob,
      payload: { variantId },
      key: `${variantId}-resumed-${fence}`,
    })
  }
  await sumUpPosts(work, [...new Set([...toLookFor, ...toSend].map(({ postId }) => postId))])
}

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
