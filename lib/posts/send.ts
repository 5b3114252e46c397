import { explain, useAccount, type UsableAccount } from '@/lib/accounts'
import { failpoint } from '@/lib/core/failpoint'
import { inMs, now, second } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { newId } from '@/lib/core/ids'
import type { Part, PlatformError, Published } from '@/lib/platforms'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { askAPerson } from './ask'
import { LostClaim, moveVariant, sumUpPost, type stepsOf, workerName, type Claim } from './claim'
import { finish } from './finish'
import { reconcileVariantJob } from './jobs'
import { lagOf } from './lag'
import { park } from './park'
import { hashOf, requestFor } from './plan'
import { markDone, proveLate } from './prove'
import { refuseStep } from './refuse'

type Db = Work['db']
type StepRow = Awaited<ReturnType<typeof stepsOf>>[number]
type Sending = {
  readonly stepId: string
  readonly attemptId: string
  readonly part: Part
  readonly startedAt: Date
  readonly triedBefore: boolean
}

/**
 * Sends one step, once, and records what came back. Nothing here is ever repeated by itself.
 * `lastDueAt`, when its post was due, is given for the last step: with it the whole variant is published.
 * @returns true when the step is done and the next may follow.
 */
export async function sendStep(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  steps: readonly StepRow[],
  stepId: string,
  lastDueAt: Date | undefined,
): Promise<boolean> {
  const sending = await begin(ctx, claim, steps, stepId)
  failpoint('publish.before_first_byte')
  const answering = account.platform.publish(account.app, account.credentials, sending.part)
  setTimeout(() => failpoint('publish.in_flight'), 15).unref()
  const answer = await answering
  failpoint('publish.before_record')
  if (answer.ok) return accept(ctx, claim, sending, answer.value, lastDueAt)
  return stop(ctx, claim, account, sending, answer.error)
}

/** Writes the intent to send, under the fence, before the first byte: whoever finds it later knows that it may have happened. */
async function begin(ctx: Ctx, claim: Claim, steps: readonly StepRow[], stepId: string): Promise<Sending> {
  const step = steps.find((s) => s.id === stepId)
  if (!step) throw new Error(`Step ${stepId} is gone`)
  const part = requestFor(steps, step)
  const requestHash = hashOf(part)
  const startedAt = now()
  const attemptId = newId()
  await transact(ctx, async (work) => {
    await moveVariant(work, claim, { state: 'sending', absentReads: 0 })
    await work.db.step.update({
      where: { id: stepId },
      data: { state: 'sending', requestHash, sentAt: step.sentAt ?? startedAt },
      select: { id: true },
    })
    await work.db.attempt.create({
      data: {
        id: attemptId,
        workspaceId: ctx.workspaceId,
        variantId: claim.variantId,
        stepId,
        fence: claim.fence,
        purpose: 'send',
        requestHash,
        worker: workerName,
        startedAt,
      },
      select: { id: true },
    })
  })
  return { stepId, attemptId, part, startedAt, triedBefore: step.sentAt !== null }
}

const close = (db: Db, { attemptId, startedAt }: Sending, outcome: string, answer: object) =>
  db.attempt.update({
    where: { id: attemptId },
    data: { outcome, durationMs: now().getTime() - startedAt.getTime(), answer: toJson(answer) },
    select: { id: true },
  })

async function accept(
  ctx: Ctx,
  claim: Claim,
  sending: Sending,
  published: Published,
  lastDueAt: Date | undefined,
): Promise<boolean> {
  try {
    await transact(ctx, async (work) => {
      if (!lastDueAt) await moveVariant(work, claim, { state: 'claimed', retries: 0 })
      await close(work.db, sending, 'accepted', { externalId: published.externalId, url: published.url })
      await markDone(work.db, sending.stepId, published, { by: 'answer', at: now().toISOString() })
      if (lastDueAt) await finish(work, claim, lastDueAt)
    })
    return true
  } catch (error) {
    if (!(error instanceof LostClaim)) throw error
    // We were taken for dead, but the answer is proof all the same.
    await proveLate(ctx, claim, sending.stepId, published)
    throw error
  }
}

async function stop(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
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
      if (error.duplicate && sending.triedBefore) return unknown(ctx, claim, account, sending, error)
      return refuseStep(
        ctx,
        claim,
        sending.stepId,
        label,
        error.reason,
        async (db) => void (await close(db, sending, 'refused', error)),
      )
    case 'rate_limited':
      await park(ctx, claim, { kind: 'rate_limited', message }, error.retryAt, undo('parked'))
      return false
    case 'unavailable':
      await park(ctx, claim, { kind: 'network_down', message }, undefined, undo('not_sent'))
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
          undo('not_sent'),
        )
      else await askAPerson(ctx, claim, { kind: 'reconnect', message: renewed.error.message }, undo('not_sent'))
      return false
    }
    case 'outcome_unknown':
      return unknown(ctx, claim, account, sending, error)
  }
}

/** It may have happened. Only a look, or a person, can say. */
async function unknown(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  sending: Sending,
  error: PlatformError,
): Promise<false> {
  const lookInMs = lagOf(account.platform.settling(account.credentials))
  await transact(ctx, async (work) => {
    await close(work.db, sending, 'unknown', error)
    await work.db.step.update({ where: { id: sending.stepId }, data: { state: 'unknown' }, select: { id: true } })
    await moveVariant(work, claim, {
      state: 'unknown',
      notBefore: inMs(lookInMs),
      reason: {
        kind: 'unknown',
        message: `${account.platform.label} did not confirm that it has this post. We look before anything is sent again.`,
      },
    })
    await sumUpPost(work.db, claim.postId)
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
