import { z } from 'zod'
import { useAccount, type UsableAccount } from '@/lib/accounts'
import { minute, now } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { count } from '@/lib/core/metrics'
import { announce } from '@/lib/core/realtime'
import { ok, type Result } from '@/lib/core/result'
import { mediaFiles } from '@/lib/media'
import { stopForAccount } from '@/lib/sending'
import { operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { askAPerson } from './ask'
import { bringCard, needsCard } from './card'
import { hold, lostVariant, moveVariant, stepsOf, underVariant, writeVariant, type Claim } from './claim'
import { claimDue, isTooLate, isUntried, type Due } from './due'
import { finish } from './finish'
import { whyUnsound } from './judge-options'
import { park } from './park'
import { prepareStep } from './prepare'
import { filesShown, planSteps, StepIntent, toSendable, type PlannedStep, type Sendable } from './plan'
import { refuseStep } from './refuse'
import { PostContent, PostOverride, type StateReason } from '../schema'
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
    await failpoint('publish.before_claim', variantId)
    const due = await claimDue(ctx, variantId)
    if (!due) return ok({ did: 'skipped' })
    await failpoint('publish.after_claim', variantId)
    // No event: that a claim was taken is of no lasting interest, but screens show "Sending…".
    void announce(`workspace.${ctx.workspaceId}`, {
      type: 'post.sending',
      subject: { type: 'post', id: due.claim.postId },
    })
    return ok(await underVariant<Run>(ctx, due.claim, { did: 'stopped' }, (over) => run(ctx, due, over)))
  },
})

async function run(ctx: Ctx, due: Due, over: AbortSignal): Promise<Run> {
  const { claim } = due
  const at = now()
  if (isTooLate(due, ctx.workspace.lateAfterMinutes, at)) {
    const reason = lateReason(at.getTime() - due.publishAt.getTime())
    await writeVariant(ctx, claim, (work) => askAPerson(work, claim, reason))
    return { did: 'stopped' }
  }

  // Everything was sent by a run that could not end: no account is needed for that, and it may be gone by now.
  if (due.steps.length > 0 && due.steps.every(isDone)) {
    await transact(ctx, (work) => finish(work, claim, due.publishAt))
    return { did: 'published' }
  }
  const account = await useAccount(ctx, { accountId: claim.accountId, lane: 'publishing' })
  if (account.ok) {
    const done = await sendAll(ctx, due, account.value, over)
    await countOutcome(ctx, claim, account.value.platform.name, done)
    return done
  }
  await stopForAccount(ctx, account.error, {
    hold: (work) => hold(work, claim),
    pause: (work, pause) => park(work, claim, pause),
    ask: (work, reason) => askAPerson(work, claim, reason),
  })
  return { did: 'stopped' }
}

const outcomes = count(
  'posthorn_publish_outcomes_total',
  'What became of sending a post: `published`, or the state it was left in',
  ['network', 'outcome'],
)

/** What is published is known; what is not is asked for, which costs only those a read. */
async function countOutcome({ db }: Ctx, { variantId }: Claim, network: string, { did }: Run): Promise<void> {
  const left =
    did === 'published' ? undefined : await db.variant.findUnique({ where: { id: variantId }, select: { state: true } })
  outcomes.inc({ network, outcome: left?.state ?? did })
}

/** Sends what is not sent yet, in order; stops where it cannot go on. */
async function sendAll(ctx: Ctx, due: Due, account: UsableAccount, over: AbortSignal): Promise<Run> {
  const { claim } = due
  const override = due.override === null ? undefined : PostOverride.parse(due.override)
  let steps: readonly Sendable[] = due.steps
  const planned = steps.length === 0 ? await plan(ctx, due, override, account) : []
  if (!planned) {
    await writeVariant(ctx, claim, (work) => askAPerson(work, claim, fileGone))
    return { did: 'stopped' }
  }
  let unwritten = planned
  if (unwritten.length > 0) steps = unwritten.map(toSendable)
  const [opening] = steps
  const why =
    opening && isUntried(steps) ? whyUnsound(override?.options, account.platform, kindsIn(opening)) : undefined
  if (opening && why) {
    await writeVariant(ctx, claim, async (work) => {
      await writeSteps(ctx, work, unwritten)
      await refuseStep(work, claim, opening.id, why, { whole: 'Duplicate this post, and choose that anew.' })
    })
    return { did: 'stopped' }
  }
  for (const { id } of steps.filter((step) => !isDone(step))) {
    const first = steps[0]
    const step = steps.find((one) => one.id === id)
    if (!step || !first) throw new Error(`Step ${id} is gone`)
    if (hasMedia(step) || account.platform.prepare || needsCard(step, account.platform)) {
      if (unwritten.length > 0) await writePlan(ctx, claim, unwritten)
      unwritten = []
      if (!(await uploadMedia(ctx, claim, account, step))) return { did: 'stopped' }
      steps = await stepsOf(ctx, claim.variantId)
      const uploaded = steps.find((one) => one.id === id) ?? step
      if (needsCard(step, account.platform)) {
        if (!(await bringCard(ctx, claim, account, uploaded))) return { did: 'stopped' }
        steps = await stepsOf(ctx, claim.variantId)
      }
      if (!(await prepareStep(ctx, claim, account, steps, uploaded))) return { did: 'stopped' }
      if (over.aborted) throw lostVariant(claim)
      if (account.platform.prepare) steps = await stepsOf(ctx, claim.variantId)
    }
    const isLast = id === steps.at(-1)?.id
    const last = isLast ? { publishAt: due.publishAt, ...(id === first.id ? {} : { first }) } : undefined
    if (!(await sendStep(ctx, claim, account, steps, id, last, unwritten))) return { did: 'stopped' }
    unwritten = []
    // What the parts above became is in the rows.
    if (!isLast) steps = await stepsOf(ctx, claim.variantId)
  }
  return { did: 'published' }
}

const isDone = ({ state }: { state: string }): boolean => state === 'done'
const kindsIn = ({ intent }: { intent: unknown }) => StepIntent.parse(intent).media.map(({ kind }) => kind)
const hasMedia = (step: { intent: unknown }): boolean => kindsIn(step).length > 0

/**
 * Fixes everything that will be sent, before anything is. Where no file must be brought first, it is written as sending
 * begins. @returns undefined when a file of it is gone
 */
async function plan(
  ctx: Ctx,
  due: Due,
  override: PostOverride | undefined,
  account: UsableAccount,
): Promise<readonly PlannedStep[] | undefined> {
  const content = PostContent.parse(due.content)
  const ids = filesShown(content, override)
  const files = ids.length === 0 ? ok([]) : await mediaFiles(ctx, { ids: [...ids] })
  if (!files.ok) throw new Error(files.error.message)
  if (files.value.length < ids.length) return undefined
  const { variantId } = due.claim
  return planSteps(content, override, new Map(files.value.map((file) => [file.id, file])), account.platform, now()).map(
    (intent, position) => ({ id: `${variantId}-${position}`, variantId, position, kind: intent.kind, intent }),
  )
}

const writePlan = (ctx: Ctx, claim: Claim, planned: readonly PlannedStep[]): Promise<void> =>
  transact(ctx, async (work) => {
    await moveVariant(work, claim, { state: 'claimed' })
    await writeSteps(ctx, work, planned)
  })

const writeSteps = ({ workspaceId }: Ctx, { db }: Work, planned: readonly PlannedStep[]) =>
  db.step.createMany({ data: planned.map((step) => ({ ...step, workspaceId, uploads: {} })) })

const fileGone: StateReason = {
  kind: 'file_gone',
  message:
    'A picture or file of this post is gone from the library, and nothing was sent without it. Change the post, or give it up.',
}

const lateReason = (lateMs: number): StateReason => ({
  kind: 'late',
  message: `This post was found ${Math.round(lateMs / minute)} minutes after its time. Send it now, choose another time, or give it up.`,
})
