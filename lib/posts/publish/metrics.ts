import { z } from 'zod'
import { explain, noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { day, hour, inMs, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Metrics, Platform, Published } from '@/lib/platforms'
import { here, operation, transact, type Ctx } from '@/lib/workspace'
import { publishedOf } from './plan'

/** Posts of an account that are asked about together. */
const atOnce = 50

/** How long to wait before asking again, by the post's age: often while it is fresh, seldom when it is old, not at all after 60 days. */
function nextAskMs(ageMs: number): number | undefined {
  if (ageMs < hour) return 10 * minute
  if (ageMs < day) return hour
  if (ageMs < 7 * day) return 6 * hour
  return ageMs < 60 * day ? day : undefined
}

type Measured = { readonly id: string; readonly publishedAt: Date }

/**
 * Asks a network how a published post does, and whatever else of its account is due to be asked about, and keeps the
 * answers. The next question is planned first: whether the network can say, or this process dies, it is asked again.
 */
export const collectMetrics = operation({
  can: 'analytics.collect',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<{ taken: number }>> {
    const variant = await ctx.db.variant.findFirst({
      where: { id: variantId, state: 'published', measureAt: { not: null } },
      select: { accountId: true },
    })
    if (!variant) return ok({ taken: 0 })
    const { accountId } = variant
    const at = now()
    const due = await takeDue(ctx, accountId, at)
    if (due.length === 0) return ok({ taken: 0 })
    const account = await useAccount(ctx, { accountId, lane: 'reading' })
    if (!account.ok) return account
    const { platform, credentials } = account.value
    if (!platform.metrics) {
      await ctx.db.variant.updateMany({ where: { id: { in: due } }, data: { measureAt: null } })
      return ok({ taken: 0 })
    }
    const steps = await ctx.db.step.findMany({
      where: { variantId: { in: due }, kind: { not: 'comment' } },
      orderBy: { position: 'asc' },
    })
    const answer = await askAbout(
      account.value,
      [
        ...Map.groupBy(
          steps.map((step) => ({ of: step.variantId, published: publishedOf(step) ?? [] })),
          ({ of }) => of,
        ).values(),
      ].map((mine) => mine.flatMap(({ published }) => published)),
    )
    await noteAnswer(ctx, { account: account.value, answer })
    if (!answer.ok) {
      // A token that ended early is renewed, so that the next question is asked with a good one.
      if (answer.error.code === 'auth_expired') await useAccount(ctx, { accountId, refused: credentials.accessToken })
      return fail(explain(answer.error, platform.label, 'to read'))
    }
    const samples = steps.flatMap((step) => {
      const values = step.position === 0 && step.externalId ? answer.value.get(step.externalId) : undefined
      return values
        ? [
            {
              id: newId(),
              workspaceId: ctx.workspaceId,
              variantId: step.variantId,
              takenAt: at,
              values: toJson(values),
            },
          ]
        : []
    })
    await ctx.db.metricSample.createMany({ data: samples })
    return ok({ taken: samples.length })
  },
})

type Asked = Awaited<ReturnType<NonNullable<Platform['metrics']>>>

/** Asks about all at once. One that a network does not know must not hide how the others do: then each is asked about alone. */
async function askAbout(
  { platform, app, credentials }: UsableAccount,
  posts: readonly (readonly Published[])[],
): Promise<Asked> {
  const ask = async (some: readonly Published[]): Promise<Asked> =>
    (await platform.metrics?.(app, credentials, some)) ?? ok(new Map())
  const all = await ask(posts.flat())
  if (all.ok || all.error.code !== 'rejected' || posts.length === 1) return all
  const found = new Map<string, Metrics>()
  for (const post of posts) {
    const answer = await ask(post)
    if (!answer.ok && answer.error.code !== 'rejected') return answer
    if (answer.ok) for (const [id, values] of answer.value) found.set(id, values)
  }
  return ok(found)
}

/** Takes what is due of an account and plans its next question, so that two workers never ask about the same at once. */
const takeDue = (ctx: Ctx, accountId: string, at: Date): Promise<string[]> =>
  transact(ctx, async (work) => {
    const due = await work.sql<Measured>`
      select v.id, v."publishedAt" from "Variant" v
      where v."accountId" = ${accountId} and v.state = 'published' and v."measureAt" <= ${at}
        and v."publishedAt" is not null and v."workspaceId" = ${here}
      order by v.id limit ${atOnce} for update`
    const plans = due.map(({ id, publishedAt }) => {
      const waitMs = nextAskMs(at.getTime() - publishedAt.getTime())
      return { id, measureAt: waitMs === undefined ? null : inMs(waitMs, at) }
    })
    await work.sql`
      update "Variant" v set "measureAt" = a."measureAt"
      from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) as a(id text, "measureAt" timestamp(3))
      where v.id = a.id and v."workspaceId" = ${here}`
    return due.map(({ id }) => id)
  })
