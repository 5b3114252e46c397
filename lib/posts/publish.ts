import { z } from 'zod'
import { useAccount, type UsableAccount } from '@/lib/accounts'
import { env } from '@/lib/core/env'
import { inMs, minute, now } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { announce } from '@/lib/core/realtime'
import { ok, type Result } from '@/lib/core/result'
import { mediaFiles } from '@/lib/media'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { askAPerson, stopForAccount } from './ask'
import { keepAlive, LostClaim, moveVariant, stepsOf, workerName, type Claim } from './claim'
import { finish } from './finish'
import { planSteps, StepIntent } from './plan'
import { PostContent, PostOverride, type StateReason } from './schema'
import { sendStep } from './send'
import { uploadMedia } from './upload'

/** What became of one run. `skipped`: not due, not claimable, or another worker has it. */
export type Run = { readonly did: 'skipped' | 'published' | 'stopped' }

/**
 * Sends a due variant: its post, the rest of its thread, its first comment, each once.
 * May be called any number of times, by any number of workers: only one claim wins, and what is done is not done again.
 */
export const publishVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<Run>> {
    failpoint('publish.before_claim')
    const claimed = await claimDue(ctx, variantId)
    if (!claimed) return ok({ did: 'skipped' })
    failpoint('publish.after_claim')
    // No event: that a claim was taken is of no lasting interest, but screens show "Sending…".
    void announce(`workspace.${ctx.workspaceId}`, {
      type: 'post.sending',
      subject: { type: 'post', id: claimed.claim.postId },
    })
    const life = keepAlive(ctx, claimed.claim)
    try {
      return ok(await run(ctx, claimed, life.held))
    } catch (error) {
      if (error instanceof LostClaim) return ok({ did: 'stopped' })
      throw error
    } finally {
      life.stop()
    }
  },
})

const clockSkewMs = 250

type Claimed = { readonly claim: Claim; readonly accountId: string; readonly publishAt: Date; readonly parked: boolean }

/** One UPDATE that only one worker can win. */
async function claimDue(ctx: Ctx, variantId: string): Promise<Claimed | undefined> {
  const at = now()
  const [won] = await ctx.db.variant.updateManyAndReturn({
    where: {
      id: variantId,
      state: 'scheduled',
      // Two machines' clocks differ a little: a job that came a moment early must not wait for the sweep.
      publishAt: { lte: inMs(clockSkewMs, at) },
      OR: [{ notBefore: null }, { notBefore: { lte: at } }],
    },
    data: {
      state: 'claimed',
      fence: { increment: 1 },
      claimedBy: workerName,
      leaseUntil: inMs(env().PUBLISH_LEASE_MS, at),
    },
    select: { id: true, postId: true, fence: true, accountId: true, publishAt: true, notBefore: true },
  })
  if (!won?.publishAt) return undefined
  return {
    claim: { variantId: won.id, postId: won.postId, fence: won.fence },
    accountId: won.accountId,
    publishAt: won.publishAt,
    parked: won.notBefore !== null,
  }
}

async function run(ctx: Ctx, { claim, accountId, publishAt, parked }: Claimed, held: () => boolean): Promise<Run> {
  const lateMs = now().getTime() - publishAt.getTime()
  let steps = await stepsOf(ctx, claim.variantId)
  // What a network made wait, or what is half sent, is not late by our fault: it goes on.
  if (lateMs > ctx.workspace.lateAfterMinutes * minute && !parked && steps.length === 0)
    return askAPerson(ctx, claim, lateReason(lateMs))

  // Everything was sent by a run that could not end: no account is needed for that, and it may be gone by now.
  if (steps.length > 0 && steps.every(isDone)) {
    await transact(ctx, (work) => finish(work, claim, publishAt))
    return { did: 'published' }
  }
  const account = await useAccount(ctx, { accountId })
  if (!account.ok) return stopForAccount(ctx, claim, account.error)
  if (steps.length === 0) steps = await plan(ctx, claim, account.value)

  for (const { id } of steps.filter((step) => !isDone(step))) {
    const step = steps.find((one) => one.id === id)
    if (!step) throw new Error(`Step ${id} is gone`)
    const uploads = await uploadMedia(ctx, claim, account.value, step)
    if (!uploads) return { did: 'stopped' }
    if (!held()) throw new LostClaim(`variant ${claim.variantId}, fence ${claim.fence}`)
    const isLast = step === steps.at(-1)
    // Uploads, and what the parts above became, are in the rows.
    if (steps.length > 1 || hasMedia(step)) steps = await stepsOf(ctx, claim.variantId)
    if (!(await sendStep(ctx, claim, account.value, steps, id, isLast ? publishAt : undefined)))
      return { did: 'stopped' }
  }
  return { did: 'published' }
}

const isDone = ({ state }: { state: string }): boolean => state === 'done'
const hasMedia = ({ intent }: { intent: unknown }): boolean => StepIntent.parse(intent).media.length > 0

/** Fixes everything that will be sent, before anything is. */
async function plan(ctx: Ctx, claim: Claim, account: UsableAccount) {
  const variant = await ctx.db.variant.findUniqueOrThrow({
    where: { id: claim.variantId },
    select: { override: true, post: { select: { content: true } } },
  })
  const content = PostContent.parse(variant.post.content)
  const override = variant.override === null ? undefined : PostOverride.parse(variant.override)
  const ids = [
    ...new Set([
      ...content.mediaIds,
      ...content.thread.flatMap((p) => p.mediaIds),
      ...(override?.mediaIds ?? []),
      ...(override?.thread ?? []).flatMap((p) => p.mediaIds),
    ]),
  ]
  const files = ids.length === 0 ? ok([]) : await mediaFiles(ctx, { ids })
  if (!files.ok) throw new Error(files.error.message)
  const intents = planSteps(
    content,
    override,
    new Map(files.value.map((file) => [file.id, file])),
    account.platform,
    now(),
  )
  await transact(ctx, async (work) => {
    await moveVariant(work, claim, { state: 'claimed' })
    await work.db.step.createMany({
      data: intents.map((intent, position) => ({
        id: `${claim.variantId}-${position}`,
        workspaceId: ctx.workspaceId,
        variantId: claim.variantId,
        position,
        kind: intent.kind,
        intent,
        uploads: {},
      })),
    })
  })
  return stepsOf(ctx, claim.variantId)
}

const lateReason = (lateMs: number): StateReason => ({
  kind: 'late',
  message: `This post was found ${Math.round(lateMs / minute)} minutes after its time. Send it now, choose another time, or give it up.`,
})
