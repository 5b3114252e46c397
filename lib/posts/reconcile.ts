import { z } from 'zod'
import { noteAnswer, useAccount } from '@/lib/accounts'
import { env } from '@/lib/core/env'
import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { failpoint } from '@/lib/core/failpoint'
import { newId } from '@/lib/core/ids'
import { ok, type Result } from '@/lib/core/result'
import type { Published } from '@/lib/platforms'
import { operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { askAPerson } from './ask'
import { hold, keepAlive, LostClaim, moveVariant, noWait, stepsOf, workerName, type Claim } from './claim'
import { publishVariantJob, reconcileVariantJob } from './jobs'
import { requestFor, StepIntent } from './plan'
import { lagOf } from './lag'
import { proveStep } from './prove'
import { refuseStep } from './refuse'
import { withFiles } from './with-files'
import { sumUpPost } from './sum-up'

export type Settled = { readonly did: 'skipped' | 'found' | 'absent' | 'later' | 'asked' | 'refused' }

/** "Not found" counts only after this many full reads, each past the network's known lag. */
const readsBeforeAbsent = 2
/** Asked in vain for this long, a person decides. */
const patienceMs = day

/** Finds out what became of an attempt whose outcome is unknown. A failed look proves nothing. */
export const reconcileVariant = operation({
  can: 'post.send',
  input: z.object({ variantId: z.string() }),
  async run(ctx, { variantId }): Promise<Result<Settled>> {
    const at = now()
    const [won] = await ctx.db.variant.updateManyAndReturn({
      where: { id: variantId, state: 'unknown', OR: [{ notBefore: null }, { notBefore: { lte: at } }] },
      data: {
        state: 'reconciling',
        fence: { increment: 1 },
        claimedBy: workerName,
        leaseUntil: inMs(env().PUBLISH_LEASE_MS, at),
      },
      select: { id: true, postId: true, fence: true, accountId: true, absentReads: true },
    })
    if (!won) return ok({ did: 'skipped' })
    await failpoint('reconcile.after_claim', variantId)
    const claim = { variantId: won.id, postId: won.postId, fence: won.fence }
    const life = keepAlive(ctx, claim)
    try {
      return ok({ did: await look(ctx, claim, won.accountId, won.absentReads) })
    } catch (error) {
      if (error instanceof LostClaim) return ok({ did: 'skipped' })
      throw error
    } finally {
      life.stop()
    }
  },
})

async function look(ctx: Ctx, claim: Claim, accountId: string, absentReads: number): Promise<Settled['did']> {
  const steps = await stepsOf(ctx, claim.variantId)
  const step = steps.find((s) => s.state === 'unknown')
  if (!step?.sentAt) return resume(ctx, claim)
  const account = await useAccount(ctx, { accountId, lane: 'reading' })
  if (!account.ok) {
    const { code, retryAt = inMs(30 * second) } = account.error
    if (code !== 'PLATFORM_AUTH_FAILED') return lookLater(ctx, claim, step.sentAt, retryAt.getTime() - now().getTime())
    return ask(ctx, claim, `${account.error.message} Until then nobody can tell whether this post is there.`)
  }
  const { platform, app, credentials } = account.value
  const settling = platform.settling(credentials)
  const lagMs = lagOf(settling)
  const { sentAt } = step
  /** Silence of a network that only reports proves nothing: it is borne for a while, and then a person is asked. */
  const hearNothing = (againMs: number) => {
    const leftMs = settling.by === 'echo' ? sentAt.getTime() + settling.patienceMs - now().getTime() : 0
    if (leftMs > 0) return lookLater(ctx, claim, sentAt, Math.min(leftMs, againMs))
    const said = `${platform.label} did not confirm this post, and it lets nobody look.`
    return ask(ctx, claim, `${said} Look there yourself, then say what you found.`)
  }
  if (settling.by === 'person' || !platform.findPublished) return hearNothing(patienceMs)

  const startedAt = now()
  const found = await platform.findPublished(
    app,
    credentials,
    await withFiles(ctx, step, requestFor(steps, step)),
    step.sentAt,
  )
  await failpoint('reconcile.before_record', claim.variantId)
  await noteAnswer(ctx, { account: account.value, answer: found })
  const rivals = found.ok && found.value && settling.by !== 'own_key' ? await rivalsOf(ctx, accountId, step) : 0
  // Asked after the rivals: what was being sent a moment ago is either one of them or has its name by now.
  const mine = found.ok && found.value ? await isOurs(ctx, found.value, step.id) : undefined
  const attempt = {
    id: newId(),
    workspaceId: ctx.workspaceId,
    variantId: claim.variantId,
    stepId: step.id,
    fence: claim.fence,
    purpose: 'look',
    worker: workerName,
    startedAt,
    durationMs: now().getTime() - startedAt.getTime(),
    outcome: !found.ok || rivals > 0 ? 'unreadable' : found.value && mine ? 'found' : 'absent',
    answer: toJson(
      !found.ok
        ? found.error
        : found.value
          ? {
              externalId: found.value.externalId,
              url: found.value.url,
              ...(rivals > 0
                ? { note: 'another post of ours with the same words is under way' }
                : mine
                  ? {}
                  : { note: 'belongs to another post of ours' }),
            }
          : {},
    ),
  }
  await transact(ctx, async (work) => {
    await hold(work, claim)
    await work.db.attempt.create({ data: attempt, select: { id: true } })
  })
  if (!found.ok) {
    // The network had taken it, and refused it afterwards.
    if (found.error.code === 'rejected') {
      await refuseStep(ctx, claim, step.id, platform.label, found.error.reason)
      return 'refused'
    }
    if (found.error.code !== 'auth_expired')
      return settling.by === 'echo' ? hearNothing(15 * second) : lookLater(ctx, claim, sentAt, 15 * second)
    const renewed = await useAccount(ctx, { accountId, refused: credentials.accessToken })
    if (renewed.ok) return lookLater(ctx, claim, step.sentAt, second)
    const why = `${platform.label} refused the token, so nobody can tell whether this post is there.`
    return ask(ctx, claim, `${why} Reconnect the account, or look yourself.`)
  }
  if (rivals > 0) return lookLater(ctx, claim, step.sentAt, lagMs)
  const published = found.value
  if (published && mine) {
    await transact(ctx, async (work) => {
      await hold(work, claim)
      const by = settling.by === 'own_key' ? 'own_key' : 'read_back'
      await proveStep(work, claim.variantId, step.id, published, { by, at: startedAt.toISOString() })
    })
    return 'found'
  }
  if (settling.by === 'own_key') return sendAgain(ctx, claim, step.id)
  if (settling.by === 'echo') return hearNothing(15 * second)
  const lastSent = await ctx.db.attempt.findFirst({
    where: { stepId: step.id, purpose: 'send' },
    orderBy: { startedAt: 'desc' },
    select: { startedAt: true, durationMs: true },
  })
  const quietSince = lastSent ? lastSent.startedAt.getTime() + (lastSent.durationMs ?? env().PUBLISH_LEASE_MS) : 0
  const full = startedAt.getTime() - quietSince >= lagMs
  if (full && absentReads + 1 >= readsBeforeAbsent) return sendAgain(ctx, claim, step.id)
  return lookLater(ctx, claim, step.sentAt, lagMs, full ? absentReads + 1 : absentReads)
}

/** How many other steps of the account with the same words are open: what was found may be any of theirs. */
const rivalsOf = (ctx: Ctx, accountId: string, step: { id: string; intent: unknown }): Promise<number> =>
  ctx.db.step.count({
    where: {
      id: { not: step.id },
      state: { in: ['sending', 'unknown'] },
      intent: { path: ['text'], equals: StepIntent.parse(step.intent).text },
      variant: { accountId, state: { not: 'cancelled' } },
    },
  })

/** A post that another of our steps already stands for proves nothing about this one. */
const isOurs = async (ctx: Ctx, { externalId }: Published, stepId: string): Promise<boolean> =>
  (await ctx.db.step.count({ where: { externalId, id: { not: stepId } } })) === 0

const ask = async (ctx: Ctx, claim: Claim, message: string): Promise<'asked'> => {
  await askAPerson(ctx, claim, { kind: 'unknown', message })
  return 'asked'
}

/** It is not there, for certain: the same bytes may go out again. */
async function sendAgain(ctx: Ctx, claim: Claim, stepId: string): Promise<'absent'> {
  await transact(ctx, async (work) => {
    await hold(work, claim)
    await work.db.step.update({ where: { id: stepId }, data: { state: 'pending' }, select: { id: true } })
    await toSchedule(work, claim)
    work.record({
      type: 'post.absent',
      subject: { type: 'post', id: claim.postId },
      particulars: { variantId: claim.variantId, stepId },
    })
  })
  return 'absent'
}

/** No step is in doubt: the run was cut off between two of them. */
async function resume(ctx: Ctx, claim: Claim): Promise<'found'> {
  await transact(ctx, (work) => toSchedule(work, claim))
  return 'found'
}

async function toSchedule(work: Work, claim: Claim): Promise<void> {
  await moveVariant(work, claim, { state: 'scheduled', wait: noWait, absentReads: 0, reason: null })
  await sumUpPost(work, claim.postId)
  work.enqueue({
    job: publishVariantJob,
    payload: { variantId: claim.variantId },
    key: `${claim.variantId}-f${claim.fence}`,
  })
}

async function lookLater(
  ctx: Ctx,
  claim: Claim,
  sentAt: Date,
  waitMs: number,
  absentReads?: number,
): Promise<'later' | 'asked'> {
  const waitedMs = now().getTime() - sentAt.getTime()
  if (waitedMs > patienceMs)
    return ask(
      ctx,
      claim,
      'The network could not say for a day whether this post is there. Look there yourself, then say what you found.',
    )
  // A network that answered is asked again after its lag; one that could not answer is asked less and less often.
  const delayMs = absentReads === undefined ? Math.max(waitMs, Math.min(15 * minute, waitedMs / 4)) : waitMs
  await transact(ctx, async (work) => {
    await moveVariant(work, claim, {
      state: 'unknown',
      wait: { notBefore: inMs(delayMs), waitingFor: 'look' },
      ...(absentReads === undefined ? {} : { absentReads }),
    })
    work.enqueue({
      job: reconcileVariantJob,
      payload: { variantId: claim.variantId },
      key: `${claim.variantId}-f${claim.fence}`,
      delayMs,
    })
  })
  return 'later'
}
