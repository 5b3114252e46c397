import type { UsableAccount } from '@/lib/accounts'
import { toJson } from '@/lib/core/json'
import { isLapsed, isOrUsed, type PlatformError } from '@/lib/platforms'
import { callOnce, closed, stopFor, unlessInVain } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { accept, type Last } from './accept'
import { askAPerson } from './ask'
import { begin, type Sending } from './begin'
import { hold, writeVariant, type Claim } from './claim'
import { mayBeThere } from './lost'
import { lookLater } from './onward'
import { park } from './park'
import { preparedKey, requestFor, uploadsOf, type PlannedStep, type Sendable } from './plan'
import { refuseStep } from './refuse'
import { withFiles } from './with-files'

/**
 * Sends one step, once, and records what came back. Nothing here is ever repeated by itself.
 * `last` is given for the last step: with it the whole variant is published. `unwritten` are the variant's steps when
 * they have no rows yet.
 * @returns true when the step is done and the next may follow.
 */
export async function sendStep(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  steps: readonly Sendable[],
  stepId: string,
  last: Last | undefined,
  unwritten: readonly PlannedStep[],
): Promise<boolean> {
  const step = steps.find((s) => s.id === stepId)
  if (!step) throw new Error(`Step ${stepId} is gone`)
  const part = await withFiles(ctx, step, requestFor(steps, step))
  const sending = await begin(ctx, claim, step, requestFor(steps, step), unwritten)
  const { platform, app, credentials } = account
  const answer = await callOnce(ctx, account, 'publish', stepId, () => platform.publish(app, credentials, part))
  if (answer.ok) await accept(ctx, claim, sending, answer.value, last)
  else await stopAfter(ctx, claim, account, step, sending, answer.error)
  return answer.ok
}

/** What the network forgot is brought anew, unless that might double, or was in vain. */
async function stopAfter(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  step: Sendable,
  sending: Sending,
  error: PlatformError,
): Promise<void> {
  const { stepId, attemptId, triedBefore } = sending
  if (!isLapsed(error)) return stop(ctx, claim, account, step, sending, error)
  if (triedBefore && isOrUsed(error) && (await mayBeThere(ctx, account, stepId, attemptId)))
    return leaveInDoubt(ctx, claim, account, sending, error)
  const tries = await ctx.db.attempt.findMany({
    where: { variantId: claim.variantId, stepId, purpose: 'send' },
    orderBy: { startedAt: 'desc' },
    take: 10,
    select: { startedAt: true, outcome: true, answer: true },
  })
  return stop(ctx, claim, account, step, sending, unlessInVain(error, triedBefore, tries))
}

/** What an earlier try in doubt was known by is gone: sent again under another name it might be there twice. */
const leaveInDoubt = (
  ctx: Ctx,
  claim: Claim,
  { platform: { label } }: UsableAccount,
  { stepId, attemptId, startedAt }: Sending,
  error: PlatformError,
): Promise<void> =>
  writeVariant(ctx, claim, async (work) => {
    const data = closed(startedAt, 'not_sent', error)
    await work.db.attempt.update({ where: { id: attemptId }, data, select: { id: true } })
    await work.db.step.update({ where: { id: stepId }, data: { state: 'unknown' }, select: { id: true } })
    const message = `${label} does not know any more what was prepared for this post, and may have it from an earlier try: look there first, then say what you found.`
    await askAPerson(work, claim, { kind: 'unknown', message })
  })

/** Ends a try that the network did not take, and its claim with it. */
function stop(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  step: Sendable,
  { stepId, attemptId, startedAt, triedBefore }: Sending,
  error: PlatformError,
): Promise<void> {
  const { platform, credentials } = account
  const settling = platform.settling(credentials)
  // With a key of its own it would not be here, had a person not said that it is not there.
  const isSettled = settling.by === 'own_key' && isOrUsed(error)
  const sent = { thing: 'post' as const, triedBefore: triedBefore && !isSettled, settling }
  const row = { where: { id: stepId }, select: { id: true } }
  return stopFor(ctx, account, error, sent, {
    hold: (work) => hold(work, claim),
    async close({ db }, outcome) {
      const data = closed(startedAt, outcome, error)
      await db.attempt.update({ where: { id: attemptId }, data, select: { id: true } })
      // Nothing was sent: the step waits as it did before, or is prepared anew.
      if (outcome === 'parked' || outcome === 'not_sent')
        await db.step.update({
          ...row,
          data: {
            state: 'pending',
            ...(triedBefore ? {} : { sentAt: null }),
            ...(isLapsed(error) ? { uploads: {} } : {}),
          },
        })
    },
    refuse: (work, why) => refuseStep(work, claim, stepId, why),
    pause: (work, pause) => park(work, claim, pause),
    ask: (work, reason) => askAPerson(work, claim, reason),
    async doubt(work, lookInMs, reason, ref) {
      // The name the network gave it is what it is looked for by.
      const uploads = ref === undefined ? {} : { uploads: named(step, ref) }
      await work.db.step.update({ ...row, data: { state: 'unknown', ...uploads } })
      await lookLater(work, claim, lookInMs, { reason })
      work.record({
        type: 'post.doubted',
        subject: { type: 'post', id: claim.postId },
        particulars: { variantId: claim.variantId },
      })
    },
  })
}

const named = (step: Sendable, ref: unknown) => toJson({ ...uploadsOf(step), [preparedKey]: { ref, ready: true } })
