import { explain, noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { failpoint, failpointAfterSending } from '@/lib/core/failpoint'
import { inMs, now, second } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import type { PlatformError } from '@/lib/platforms'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { accept, type Last } from './accept'
import { askAPerson } from './ask'
import { begin, type Sending } from './begin'
import { hold, moveVariant, type Claim } from './claim'
import { reconcileVariantJob } from './jobs'
import { lagOf } from './lag'
import { park } from './park'
import { preparedKey, requestFor, uploadsOf, type PlannedStep, type Sendable } from './plan'
import { refuseStep } from './refuse'
import { sumUpPost } from './sum-up'
import { withFiles } from './with-files'

type Db = Work['db']

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
  await failpoint('publish.before_first_byte', stepId)
  const answer = await failpointAfterSending('publish.after_last_byte', stepId, () =>
    account.platform.publish(account.app, account.credentials, part),
  )
  await failpoint('publish.before_record', stepId)
  await noteAnswer(ctx, { account, answer })
  if (!answer.ok) return stop(ctx, claim, account, step, sending, answer.error)
  await accept(ctx, claim, sending, answer.value, last)
  return true
}

const close = (db: Db, { attemptId, startedAt }: Sending, outcome: string, answer: object) =>
  db.attempt.update({
    where: { id: attemptId },
    data: { outcome, durationMs: now().getTime() - startedAt.getTime(), answer: toJson(answer) },
    select: { id: true },
  })

async function stop(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  step: Sendable,
  sending: Sending,
  error: PlatformError,
): Promise<boolean> {
  const { label } = account.platform
  const { message } = explain(error, label)
  const undo = (outcome: string) => async (db: Db) => {
    await db.step.update({
      where: { id: sending.stepId },
      data: { state: 'pending', ...(sending.triedBefore ? {} : { sentAt: null }) },
      select: { id: true },
    })
    await close(db, sending, outcome, error)
  }
  switch (error.code) {
    case 'rejected':
      // Refused as a duplicate after an attempt with unknown outcome: that attempt may well be the one it repeats.
      if (error.duplicate && sending.triedBefore) return unknown(ctx, claim, account, step, sending, error)
      return refuseStep(
        ctx,
        claim,
        sending.stepId,
        label,
        error.reason,
        async (db) => void (await close(db, sending, 'refused', error)),
      )
    case 'rate_limited':
      await park(ctx, claim, { kind: 'rate_limited', message }, error.retryAt, { undo: undo('parked') })
      return false
    case 'unavailable':
      await park(ctx, claim, { kind: 'network_down', message }, undefined, { undo: undo('not_sent') })
      return false
    case 'auth_expired': {
      // The token may have ended early: renewed, the post goes out on the next run; otherwise a person must reconnect.
      const renewed = await useAccount(ctx, { accountId: account.id, refused: account.credentials.accessToken })
      if (renewed.ok)
        await park(
          ctx,
          claim,
          {
            kind: 'network_down',
            message: `${label} ended the token early. It was renewed; the post goes out again at once.`,
          },
          inMs(second),
          { undo: undo('not_sent') },
        )
      else await askAPerson(ctx, claim, { kind: 'reconnect', message: renewed.error.message }, undo('not_sent'))
      return false
    }
    case 'outcome_unknown':
      return unknown(ctx, claim, account, step, sending, error)
  }
}

const named = (step: Sendable, ref: unknown) => toJson({ ...uploadsOf(step), [preparedKey]: { ref, ready: true } })

/** It may have happened. Only a look, or a person, can say. */
async function unknown(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  step: Sendable,
  sending: Sending,
  error: PlatformError,
): Promise<false> {
  const processing = error.code === 'outcome_unknown' ? error.processing : undefined
  const lookInMs = processing?.checkAfterMs ?? lagOf(account.platform.settling(account.credentials))
  await transact(ctx, async (work) => {
    await hold(work, claim)
    await close(work.db, sending, 'unknown', error)
    await work.db.step.update({
      where: { id: sending.stepId },
      // The name the network gave it is what it is looked for by.
      data: { state: 'unknown', ...(processing?.ref === undefined ? {} : { uploads: named(step, processing.ref) }) },
      select: { id: true },
    })
    await moveVariant(work, claim, {
      state: 'unknown',
      wait: { notBefore: inMs(lookInMs), waitingFor: 'look' },
      reason: {
        kind: 'unknown',
        message: processing
          ? `${account.platform.label} has this post and is still processing it. We look how that ends.`
          : `${account.platform.label} did not confirm that it has this post. We look before anything is sent again.`,
      },
    })
    await sumUpPost(work, claim.postId)
    work.record({
      type: 'post.unknown',
      subject: { type: 'post', id: claim.postId },
      particulars: { variantId: claim.variantId },
    })
    work.enqueue({
      job: reconcileVariantJob,
      payload: { variantId: claim.variantId },
      key: `${claim.variantId}-f${claim.fence}`,
      delayMs: lookInMs,
    })
  })
  return false
}
