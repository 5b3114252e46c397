import { z } from 'zod'
import { explain, noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { inMs, now, second } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { failpoint, failpointAfterSending } from '@/lib/core/failpoint'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { ok, type Result } from '@/lib/core/result'
import type { PlatformError, Reply } from '@/lib/platforms'
import { here, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { auditedWords } from './excerpt'
import { reconcileReplyJob, sendReplyJob } from './jobs'
import { isOvertaken } from './overtaken'
import { claimReply, keepReply, LostReply, moveReply, workerName, type ReplyClaim } from './reply-claim'
import { proveReply } from './reply-proof'
import { settlingOf } from './reply-settling'
import { freeWords } from './same-words'
import { restMs } from './pace'
import type { ReplyReason } from './schema'

/** After this many tries in which nothing was sent, a person is asked. With the rests between them that is most of a day. */
const triesBeforeAsking = 25

export type SentReply = { readonly did: 'skipped' | 'sent' | 'stopped' }

/**
 * Sends an answer whose time has come, once. May be called any number of times, by any number of workers: only one claim
 * wins, and what is unknown is never sent again before it was looked for.
 */
export const sendReply = operation({
  can: 'inbox.send',
  input: z.object({ replyId: z.string() }),
  async run(ctx, { replyId }): Promise<Result<SentReply>> {
    await failpoint('reply.before_claim', replyId)
    const claim = await claimReply(ctx, replyId, 'queued', 'claimed')
    if (!claim) return ok({ did: 'skipped' })
    await failpoint('reply.after_claim', replyId)
    const stop = keepReply(ctx, claim)
    try {
      return ok({ did: await run(ctx, claim, claim.accountId) })
    } catch (error) {
      if (error instanceof LostReply) return ok({ did: 'stopped' })
      throw error
    } finally {
      stop()
    }
  },
})

async function run(ctx: Ctx, claim: ReplyClaim, accountId: string): Promise<'sent' | 'stopped'> {
  const account = await useAccount(ctx, { accountId, lane: 'answering' })
  if (!account.ok) {
    const { code, message, retryAt } = account.error
    if (code === 'PLATFORM_AUTH_FAILED') await askAboutReply(ctx, claim, { kind: 'reconnect', message })
    else {
      const kind = code === 'RATE_LIMIT_EXCEEDED' ? 'rate_limited' : 'network_down'
      // One that says when to come again was not asked: its pause is no try of this answer's.
      await restReply(ctx, claim, { kind, message }, { until: retryAt, isTry: retryAt === undefined })
    }
    return 'stopped'
  }
  const { platform, app, credentials } = account.value
  const { replyId } = claim
  const { intent } = await ctx.db.reply.findUniqueOrThrow({ where: { id: replyId }, select: { intent: true } })
  const reply = replyOf(intent)
  const say = platform.inbox?.reply
  if (!say) {
    const message = `${platform.label} lets no program answer this any more. Answer there.`
    await askAboutReply(ctx, claim, { kind: 'refused', message })
    return 'stopped'
  }
  const attempt = await begin(ctx, claim, reply)
  if (!attempt) return 'stopped'
  await failpoint('reply.before_first_byte', replyId)
  const answer = await failpointAfterSending('reply.after_last_byte', replyId, () => say(app, credentials, reply))
  await failpoint('reply.before_record', replyId)
  await noteAnswer(ctx, { account: account.value, answer })
  if (!answer.ok) {
    await stopped(ctx, claim, account.value, attempt, answer.error)
    return 'stopped'
  }
  const { externalId, url } = answer.value
  try {
    await transact(ctx, async (work) => {
      await moveReply(work, claim, { state: 'claimed' })
      await close(work, attempt, 'accepted', { externalId, url })
      await proveReply(work, claim.replyId, answer.value, { by: 'answer', at: now().toISOString() })
    })
  } catch (error) {
    if (!(error instanceof LostReply)) throw error
    // We were taken for dead, but the answer is proof all the same.
    await transact(ctx, (work) =>
      proveReply(work, claim.replyId, answer.value, {
        by: 'answer',
        at: now().toISOString(),
        note: `came after the claim was lost (fence ${claim.fence})`,
      }),
    )
    throw error
  }
  return 'sent'
}

/** The exact request, as it was fixed with the intent. */
// The column is written by write-reply.ts, from a Reply, and nowhere else.
export const replyOf = (intent: unknown): Reply => intent as Reply

type Begun = { readonly id: string; readonly startedAt: Date }

/**
 * Writes the intent to send, under the fence, before the first byte: whoever finds it later knows that it may have happened.
 * Undefined for an automatic answer that must not go out after all.
 */
async function begin(ctx: Ctx, claim: ReplyClaim, reply: Reply): Promise<Begun | undefined> {
  const attempt = { id: newId(), startedAt: now() }
  return transact(ctx, async (work) => {
    if (await isOvertaken(ctx, work, claim)) return undefined
    await moveReply(work, claim, { state: 'sending', absentReads: 0 })
    await work.db.replyAttempt.create({
      data: {
        ...attempt,
        workspaceId: ctx.workspaceId,
        replyId: claim.replyId,
        fence: claim.fence,
        purpose: 'send',
        requestHash: sha256(JSON.stringify(reply)),
        worker: workerName,
      },
      select: { id: true },
    })
    work.record({
      type: 'reply.attempted',
      subject: { type: 'conversation', id: claim.conversationId },
      particulars: { replyId: claim.replyId, attemptId: attempt.id, wordsHash: auditedWords(reply.text) },
    })
    return attempt
  })
}

const close = ({ db }: Work, { id, startedAt }: Begun, outcome: string, answer: object) =>
  db.replyAttempt.update({
    where: { id },
    data: { outcome, durationMs: now().getTime() - startedAt.getTime(), answer: toJson(answer) },
    select: { id: true },
  })

async function stopped(
  ctx: Ctx,
  claim: ReplyClaim,
  account: UsableAccount,
  attempt: Begun,
  error: PlatformError,
): Promise<void> {
  const { message } = explain(error, account.platform.label)
  switch (error.code) {
    case 'rejected':
      return transact(ctx, async (work) => {
        await close(work, attempt, 'refused', error)
        await moveReply(work, claim, {
          state: 'refused',
          reason: { kind: 'refused', message: `${account.platform.label} refused this answer: ${error.reason}` },
        })
        await freeWords(work, claim.replyId)
        work.record({
          type: 'reply.refused',
          subject: { type: 'conversation', id: claim.conversationId },
          particulars: { replyId: claim.replyId, why: error.reason },
        })
      })
    case 'rate_limited':
      return restReply(ctx, claim, { kind: 'rate_limited', message }, { until: error.retryAt, attempt })
    case 'unavailable':
      return restReply(ctx, claim, { kind: 'network_down', message }, { attempt })
    case 'auth_expired': {
      const renewed = await useAccount(ctx, { accountId: account.id, refused: account.credentials.accessToken })
      if (renewed.ok) return restReply(ctx, claim, { kind: 'network_down', message }, { until: inMs(second), attempt })
      return askAboutReply(ctx, claim, { kind: 'reconnect', message: renewed.error.message }, attempt)
    }
    case 'outcome_unknown':
      return unknown(ctx, claim, account, attempt, error)
  }
}

/** It may have happened. Only a look, a report, or a person can say. */
async function unknown(
  ctx: Ctx,
  claim: ReplyClaim,
  { platform, credentials }: UsableAccount,
  attempt: Begun,
  error: Extract<PlatformError, { code: 'outcome_unknown' }>,
): Promise<void> {
  const lookInMs = error.processing?.checkAfterMs ?? settlingOf(platform, credentials).lagMs
  await transact(ctx, async (work) => {
    await close(work, attempt, 'unknown', error)
    await moveReply(work, claim, {
      state: 'unknown',
      notBefore: inMs(lookInMs),
      reason: {
        kind: 'unknown',
        message: `${platform.label} did not confirm that it has this answer. We look before anything is sent again.`,
      },
    })
    work.record({
      type: 'reply.unknown',
      subject: { type: 'conversation', id: claim.conversationId },
      particulars: { replyId: claim.replyId },
    })
    work.enqueue({
      job: reconcileReplyJob,
      payload: { replyId: claim.replyId },
      key: `${claim.replyId}-f${claim.fence}`,
      delayMs: lookInMs,
    })
  })
}

type Rest = {
  readonly until?: Date | undefined
  readonly attempt?: Begun
  /** Whether it counts as one of the tries after which a person is asked. */
  readonly isTry?: boolean
}

/** Puts an answer back to wait, nothing having been sent; after many tries in vain a person is asked. */
async function restReply(
  ctx: Ctx,
  claim: ReplyClaim,
  reason: ReplyReason,
  { until, attempt, isTry = reason.kind !== 'rate_limited' }: Rest,
): Promise<void> {
  const { retries } = await ctx.db.reply.findUniqueOrThrow({ where: { id: claim.replyId }, select: { retries: true } })
  if (isTry && retries >= triesBeforeAsking) return askAboutReply(ctx, claim, reason, attempt)
  const notBefore = new Date(Math.max(inMs(second).getTime(), (until ?? inMs(restMs(retries + 1))).getTime()))
  await transact(ctx, async (work) => {
    if (attempt) await close(work, attempt, reason.kind === 'rate_limited' ? 'parked' : 'not_sent', reason)
    await moveReply(work, claim, {
      state: 'queued',
      notBefore,
      reason: { ...reason, retryAt: notBefore.toISOString() },
      ...(isTry ? { retries: { increment: 1 } } : {}),
    })
    work.record({
      type: 'reply.parked',
      subject: { type: 'conversation', id: claim.conversationId },
      particulars: { replyId: claim.replyId, why: reason.kind, until: notBefore },
    })
    work.enqueue({
      job: sendReplyJob,
      payload: { replyId: claim.replyId },
      key: `${claim.replyId}-f${claim.fence}`,
      delayMs: notBefore.getTime() - now().getTime(),
    })
  })
}

/** Leaves an answer to a person, with the reason. */
export async function askAboutReply(ctx: Ctx, claim: ReplyClaim, reason: ReplyReason, attempt?: Begun): Promise<void> {
  await transact(ctx, async (work) => {
    if (attempt) await close(work, attempt, 'not_sent', reason)
    if (reason.kind === 'reconnect' && (await isReconnected(work, claim))) {
      await moveReply(work, claim, { state: 'queued', notBefore: inMs(second), reason })
      work.enqueue({
        job: sendReplyJob,
        payload: { replyId: claim.replyId },
        key: `${claim.replyId}-f${claim.fence}`,
        delayMs: second,
      })
      return
    }
    await moveReply(work, claim, { state: 'needs_person', reason })
    work.record({
      type: 'reply.needs_person',
      subject: { type: 'conversation', id: claim.conversationId },
      particulars: { replyId: claim.replyId, why: reason.kind },
    })
  })
}

/**
 * Whether somebody reconnected the account meanwhile. It is kept from changing until this transaction ends: whoever
 * reconnects it afterwards finds the answer that waits for that.
 */
async function isReconnected({ sql }: Work, { replyId }: ReplyClaim): Promise<boolean> {
  const [account] = await sql<{ state: string }>`
    select a.state from "Account" a join "Reply" r on r."accountId" = a.id and r."workspaceId" = ${here}
    where r.id = ${replyId} and a."workspaceId" = ${here} for share of a`
  return account?.state === 'healthy'
}
