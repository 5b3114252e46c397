import { z } from 'zod'
import { noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { env } from '@/lib/core/env'
import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { ok, type Result } from '@/lib/core/result'
import type { Published } from '@/lib/platforms'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { reconcileReplyJob, sendReplyJob } from './jobs'
import { claimReply, keepReply, LostReply, moveReply, workerName, type ReplyClaim } from './reply-claim'
import { proveByHeardEcho, proveReply } from './reply-proof'
import { settlingOf, type ReplySettling } from './reply-settling'
import { askAboutReply, replyOf } from './send-reply'

/** "Not found" counts only after this many full reads, each past the network's known lag. */
const readsBeforeAbsent = 2
/** How long an account that must be reconnected is left before it is tried again. */
const reconnectMs = 15 * minute
/** Asked in vain for this long, a person decides. */
const patienceMs = day

export type SettledReply = { readonly did: 'skipped' | 'found' | 'absent' | 'later' | 'asked' }

/** Finds out what became of an answer whose outcome is unknown. A failed look proves nothing. */
export const reconcileReply = operation({
  can: 'inbox.send',
  input: z.object({ replyId: z.string() }),
  async run(ctx, { replyId }): Promise<Result<SettledReply>> {
    const claim = await claimReply(ctx, replyId, 'unknown', 'reconciling')
    if (!claim) return ok({ did: 'skipped' })
    await failpoint('reply.reconcile', replyId)
    const stop = keepReply(ctx, claim)
    try {
      return ok({ did: await look(ctx, claim, claim.accountId) })
    } catch (error) {
      if (error instanceof LostReply) return ok({ did: 'skipped' })
      throw error
    } finally {
      stop()
    }
  },
})

async function look(ctx: Ctx, claim: ReplyClaim, accountId: string): Promise<SettledReply['did']> {
  const row = await ctx.db.reply.findUniqueOrThrow({
    where: { id: claim.replyId },
    select: {
      intent: true,
      absentReads: true,
      attempts: { where: { purpose: 'send' }, orderBy: { startedAt: 'asc' } },
    },
  })
  const [first] = row.attempts
  const last = row.attempts.at(-1)
  // The claim was cut off before anything was sent.
  if (!first || !last) return sendAgain(ctx, claim)
  const sentAt = first.startedAt
  const { replyId, conversationId } = claim
  if (await transact(ctx, (work) => proveByHeardEcho(work, { replyId, conversationId, since: sentAt }))) return 'found'
  const account = await useAccount(ctx, { accountId, lane: 'reading' })
  if (!account.ok) {
    const { code, retryAt = inMs(30 * second) } = account.error
    if (code !== 'PLATFORM_AUTH_FAILED') return later(ctx, claim, sentAt, retryAt.getTime() - now().getTime())
    // It is looked for at once when the account is reconnected; a person is asked when nobody does that.
    return later(ctx, claim, sentAt, reconnectMs)
  }
  const { platform, app, credentials } = account.value
  const settling = settlingOf(platform, credentials)
  const find = platform.inbox?.findReply
  if (!find) return withoutLooking(ctx, claim, settling, account.value, sentAt)

  const startedAt = now()
  const reply = replyOf(row.intent)
  const found = await find(app, credentials, reply, sentAt)
  await failpoint('reply.reconcile_before_record', claim.replyId)
  await noteAnswer(ctx, { account: account.value, answer: found })
  const taken = found.ok && found.value ? await isAnothers(ctx, found.value, claim.replyId) : false
  await ctx.db.replyAttempt.create({
    data: {
      id: newId(),
      workspaceId: ctx.workspaceId,
      replyId: claim.replyId,
      fence: claim.fence,
      purpose: 'look',
      worker: workerName,
      startedAt,
      durationMs: now().getTime() - startedAt.getTime(),
      outcome: !found.ok ? 'unreadable' : found.value && !taken ? 'found' : 'absent',
      answer: toJson(found.ok ? (found.value ?? {}) : found.error),
    },
    select: { id: true },
  })
  if (!found.ok) {
    if (found.error.code !== 'auth_expired') return later(ctx, claim, sentAt, 15 * second)
    const renewed = await useAccount(ctx, { accountId, refused: credentials.accessToken })
    return later(ctx, claim, sentAt, renewed.ok ? second : reconnectMs)
  }
  const published = taken ? undefined : found.value
  if (published) {
    await transact(ctx, async (work) => {
      await moveReply(work, claim, { state: 'reconciling' })
      const by = settling.by === 'own_key' ? 'own_key' : 'read_back'
      await proveReply(work, claim.replyId, published, { by, at: startedAt.toISOString() })
    })
    return 'found'
  }
  if (settling.by === 'own_key') return sendAgain(ctx, claim)
  const quietSince = last.startedAt.getTime() + (last.durationMs ?? env().PUBLISH_LEASE_MS)
  const full = startedAt.getTime() - quietSince >= settling.lagMs
  if (full && row.absentReads + 1 >= readsBeforeAbsent) return sendAgain(ctx, claim)
  return later(ctx, claim, sentAt, settling.lagMs, full ? row.absentReads + 1 : row.absentReads)
}

/** What another of our answers already stands for proves nothing about this one. */
const isAnothers = async (ctx: Ctx, { externalId }: Published, replyId: string): Promise<boolean> =>
  (await ctx.db.reply.count({ where: { externalId, id: { not: replyId } } })) > 0

/** Nothing can be read: a report is waited for where there are any, and then a person is asked. */
async function withoutLooking(
  ctx: Ctx,
  claim: ReplyClaim,
  { by, patienceMs: bearMs }: ReplySettling,
  { platform }: UsableAccount,
  sentAt: Date,
): Promise<SettledReply['did']> {
  const leftMs = by === 'echo' ? sentAt.getTime() + bearMs - now().getTime() : 0
  if (leftMs > 0) return later(ctx, claim, sentAt, Math.max(second, Math.min(leftMs, minute)), 0)
  return ask(
    ctx,
    claim,
    `${platform.label} did not confirm this answer, and it lets nobody look. Look there yourself, then say what you found.`,
  )
}

async function ask(ctx: Ctx, claim: ReplyClaim, message: string): Promise<'asked'> {
  await askAboutReply(ctx, claim, { kind: 'unknown', message })
  return 'asked'
}

/** It is not there, for certain: the same bytes may go out again. */
async function sendAgain(ctx: Ctx, claim: ReplyClaim): Promise<'absent'> {
  await transact(ctx, async (work) => {
    await moveReply(work, claim, { state: 'queued', notBefore: now(), absentReads: 0, reason: null })
    work.record({
      type: 'reply.absent',
      subject: { type: 'conversation', id: claim.conversationId },
      particulars: { replyId: claim.replyId },
    })
    work.enqueue({ job: sendReplyJob, payload: { replyId: claim.replyId }, key: `${claim.replyId}-f${claim.fence}` })
  })
  return 'absent'
}

async function later(
  ctx: Ctx,
  claim: ReplyClaim,
  sentAt: Date,
  waitMs: number,
  absentReads?: number,
): Promise<'later' | 'asked'> {
  const waitedMs = now().getTime() - sentAt.getTime()
  if (waitedMs > patienceMs)
    return ask(ctx, claim, 'The network could not say for a day whether this answer is there. Look there yourself.')
  // A network that answered is asked again after its lag; one that could not answer is asked less and less often.
  const delayMs = absentReads === undefined ? Math.max(waitMs, Math.min(15 * minute, waitedMs / 4)) : waitMs
  await transact(ctx, async (work) => {
    await moveReply(work, claim, {
      state: 'unknown',
      notBefore: inMs(delayMs),
      ...(absentReads === undefined ? {} : { absentReads }),
    })
    work.enqueue({
      job: reconcileReplyJob,
      payload: { replyId: claim.replyId },
      key: `${claim.replyId}-f${claim.fence}`,
      delayMs,
    })
  })
  return 'later'
}
