import { z } from 'zod'
import { explain, useAccount } from '@/lib/accounts'
import { day, hour, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, transact, type Work } from '@/lib/workspace'
import { stepsOf } from './claim'
import { collectMetricsJob } from './jobs'
import { publishedOf } from './plan'

/** How long to wait before asking again, by the post's age: often while it is fresh, seldom when it is old, not at all after 60 days. */
function nextAskMs(ageMs: number): number | undefined {
  if (ageMs < hour) return 10 * minute
  if (ageMs < day) return hour
  if (ageMs < 7 * day) return 6 * hour
  return ageMs < 60 * day ? day : undefined
}

/** Asks a network how a published post does, keeps the answer, and plans the next question, whether or not it could say. */
export const collectMetrics = operation({
  can: 'analytics.collect',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ taken: boolean }>> {
    const variant = await ctx.db.variant.findFirst({
      where: { id: variantId, state: 'published' },
      select: { accountId: true, postId: true, publishedAt: true },
    })
    if (!variant?.publishedAt) return ok({ taken: false })
    const at = now()
    const waitMs = nextAskMs(at.getTime() - variant.publishedAt.getTime())
    const planNext = ({ enqueue }: Pick<Work, 'enqueue'>) => {
      if (waitMs === undefined) return
      enqueue({ job: collectMetricsJob, payload: { variantId }, key: `${variantId}-${at.getTime()}`, delayMs: waitMs })
    }
    const askLater = async (why: Failure): Promise<Result<never>> => {
      await transact(ctx, async (work) => planNext(work))
      return fail(why)
    }
    const account = await useAccount(ctx, { accountId: variant.accountId })
    if (!account.ok) return askLater(account.error)
    const { platform, app, credentials } = account.value
    if (!platform.metrics) return ok({ taken: false })
    const published = (await stepsOf(ctx, variantId)).flatMap((step) =>
      step.kind === 'comment' ? [] : (publishedOf(step) ?? []),
    )
    const answer = await platform.metrics(app, credentials, published)
    if (!answer.ok) {
      // A token that ended early is renewed, so that the next question is asked with a good one.
      if (answer.error.code === 'auth_expired')
        await useAccount(ctx, { accountId: variant.accountId, refused: credentials.accessToken })
      return askLater(explain(answer.error, platform.label))
    }
    const first = published[0] && answer.value.get(published[0].externalId)
    await transact(ctx, async (work) => {
      if (first)
        await work.db.metricSample.create({
          data: { id: newId(), workspaceId: ctx.workspaceId, variantId, takenAt: at, values: toJson(first) },
          select: { id: true },
        })
      planNext(work)
    })
    return ok({ taken: first !== undefined })
  },
})
