import { z } from 'zod'
import { hasSavedAnswer, isRefining } from '@/lib/ai'
import { inMs, minute, now } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { announce } from '@/lib/core/realtime'
import { ok, type Failure, type Result } from '@/lib/core/result'
import { operation, together, transact, type Ctx, type ScopedTx, type Sweep } from '@/lib/workspace'
import { decide, whyOff, type Decision } from './ai-policy'
import { policyOf } from './ai-policies'
import { makeDraft, type MadeDraft } from './draft-reply'
import { escalate } from '../desk/escalate'
import { holdWhereSaid } from '../desk/hold-where'
import { considerMessageJob } from '../jobs'
import { overtakenBy } from './overtaken'
import { wantsAnswer } from '../schema'
import { overCap } from './turn'
import { look, readByModel, whyNeedless, type Claim } from './what-ai-sees'
import { intend } from '../answer/write-reply'

/** Longer than three calls of models: one reads, and two may write. */
export const leaseMs = (): number => Math.max(3 * minute, 4 * env().AI_TIMEOUT_MS)
/** A message that so many workers died over is a person's. */
const mostTries = 5

/**
 * A message came in, or was heard at `editedAt` to be edited to want something new: where a policy or a model is wanted for it, it is
 * considered once, by a job, and once more for each such edit.
 */
export const noticeMessage = operation({
  can: 'ai.use',
  input: z.object({ messageId: z.string(), kind: z.string(), via: z.string(), editedAt: z.date().optional() }),
  async run(ctx, { messageId, kind, via, editedAt }): Promise<Result<{ noticed: boolean }>> {
    // What is imported is history: nobody waits for an answer to it.
    if (via === 'import' || !wantsAnswer.includes(kind)) return ok({ noticed: false })
    // What was made of its words before says nothing of these; who is still at it finds nothing to keep that in.
    if (editedAt) await ctx.db.aiReading.deleteMany({ where: { messageId, createdAt: { lt: editedAt } } })
    return ok({ noticed: await noticeTogether(ctx, messageId) })
  },
})

/** Those that came in at once are noticed together: in a flood they share their statements. */
const noticeTogether = together(async (ctx, messageIds: readonly string[]): Promise<readonly boolean[]> => {
  const policies = await ctx.db.aiPolicy.findMany({ where: { mode: { not: 'off' } }, select: { accountId: true } })
  const refinesAll = await isRefining(ctx)
  if (policies.length === 0 && !refinesAll) return messageIds.map(() => false)
  const messages = await ctx.db.message.findMany({
    where: {
      id: { in: [...messageIds] },
      own: false,
      erasedAt: null,
      // A rule may keep AI out of a conversation: it was asked before anybody was told of the message.
      conversation: { aiHeld: false },
      ...(refinesAll ? {} : { accountId: { in: policies.map(({ accountId }) => accountId) } }),
    },
    select: { id: true, accountId: true, conversationId: true },
  })
  if (messages.length === 0) return messageIds.map(() => false)
  return transact(ctx, async ({ db, enqueue }) => {
    const made = await db.aiReading.createManyAndReturn({
      data: messages.map(({ id: messageId, ...of }) => ({
        id: newId(),
        workspaceId: ctx.workspaceId,
        messageId,
        ...of,
      })),
      skipDuplicates: true,
      select: { id: true, messageId: true },
    })
    for (const { id } of made) enqueue({ job: considerMessageJob, payload: { readingId: id }, key: id })
    const noticed = new Set(made.map(({ messageId }) => messageId))
    return messageIds.map((id) => noticed.has(id))
  })
})

/** Messages that were noticed and not considered: the queue lost them, or a worker died over them. */
export const unconsideredMessages: Sweep = {
  name: 'inbox.unconsideredMessages',
  find: (at) => ({
    model: 'aiReading',
    where: {
      OR: [
        { state: 'waiting', createdAt: { lt: new Date(at.getTime() - minute) } },
        { state: 'working', leaseUntil: { lt: at } },
      ],
    },
    orderBy: { createdAt: 'asc' },
  }),
}

type Considered = { readonly did: 'skipped' | Decision['do'] }

/**
 * Reads a message with a model where that is wanted and our own rules do not answer it, drafts an answer where the policy
 * allows, and decides what becomes of it. Any number of workers may call it any number of times: each message is considered, and answered, once.
 */
export const considerMessage = operation({
  can: 'ai.use',
  input: considerMessageJob.payload,
  async run(ctx, { readingId }): Promise<Result<Considered>> {
    const claim = await claimReading(ctx, readingId)
    if (!claim) return ok({ did: 'skipped' })
    if (claim.fence > mostTries)
      return finish(ctx, claim, { do: 'person', reasons: ['It could not be considered: workers died over it.'] })
    const ours = await look(ctx, claim)
    if (!ours) return finish(ctx, claim, { do: 'nothing', reasons: ['It was taken away.'] })
    const needless = whyNeedless(ours)
    if (needless) return finish(ctx, claim, { do: 'nothing', reasons: [needless] })
    const policy = await policyOf(ctx, claim.accountId)
    const isOff = whyOff(policy)
    // What asks for nothing but our own words needs no model to read it: each of its words is on lists of ours.
    const saved = isOff ? ok(false) : await hasSavedAnswer(ctx, { text: ours.text, ourHandle: ours.ourHandle })
    if (!saved.ok) return saved
    const seen = saved.value ? { ...ours.seen, isUnderstood: true } : await readByModel(ctx, claim, ours)
    if (!policy || isOff) return finish(ctx, claim, { do: 'nothing', reasons: [isOff ?? ''] })
    const sureEnough = policy.mode === 'auto' ? policy.threshold : 0
    const draft = await makeDraft(ctx, claim.messageId, { again: false, sureEnough })
    if (!draft.ok) return finish(ctx, claim, { do: 'person', reasons: [draft.error.message] })
    const decision = decide(policy, seen, draft.value, now(), ctx.workspace.timeZone)
    return decision.do === 'auto' ? send(ctx, claim, draft.value, decision) : finish(ctx, claim, decision, draft.value)
  },
})

/** What is known of a reading by who holds it. */
export const claimed = {
  id: true,
  fence: true,
  messageId: true,
  accountId: true,
  conversationId: true,
  readTries: true,
} as const

async function claimReading(ctx: Ctx, readingId: string): Promise<Claim | undefined> {
  const at = now()
  const [claim] = await ctx.db.aiReading.updateManyAndReturn({
    where: { id: readingId, OR: [{ state: 'waiting' }, { state: 'working', leaseUntil: { lt: at } }] },
    data: { state: 'working', fence: { increment: 1 }, leaseUntil: inMs(leaseMs(), at) },
    select: claimed,
  })
  return claim
}

/** Sends a draft by itself, after the policy's delay: until then anybody can take it back. */
async function send(
  ctx: Ctx,
  claim: Claim,
  { card, aboutHash }: MadeDraft,
  decision: Extract<Decision, { do: 'auto' }>,
): Promise<Result<Considered>> {
  const sent = await intend(ctx, { messageId: claim.messageId, text: card.text, evenSo: false }, 'queued', {
    author: { kind: 'ai', id: card.id },
    sendAt: decision.sendAt,
    async first(work, replyId) {
      const { db, record } = work
      const conversationId = (await holdWhereSaid(work, claim.messageId)) ?? claim.conversationId
      const capped = await overCap(work, claim.accountId, decision.sendAt)
      if (capped) return capped
      const drafted = { aboutHash, confidence: card.confidence }
      const overtaken = await overtakenBy(ctx, work, { ...claim, ...drafted, conversationId, since: now() })
      if (overtaken) return { code: 'CONFLICT', message: `Not sent: ${overtaken.why}` }
      if (!(await close(db, claim, decision, { draftId: card.id, replyId }))) return lost
      await db.aiDraft.updateMany({ where: { id: card.id }, data: { state: 'approved', replyId, decidedAt: now() } })
      record({
        type: 'draft.sentByPolicy',
        subject: { type: 'conversation', id: conversationId },
        particulars: { draftId: card.id, replyId, confidence: card.confidence },
      })
      return undefined
    },
  })
  if (sent.ok) return ok({ did: 'auto' })
  return sent.error === lost
    ? ok({ did: 'skipped' })
    : finish(ctx, claim, { do: 'draft', reasons: [sent.error.message] }, { card })
}

const lost: Failure = { code: 'CONFLICT', message: 'Another worker considers this message.' }

async function close(
  db: ScopedTx,
  { id, fence }: Claim,
  decision: Decision,
  made: { readonly draftId?: string; readonly replyId?: string },
): Promise<boolean> {
  const { count } = await db.aiReading.updateMany({
    where: { id, fence, state: 'working' },
    data: {
      state: 'done',
      decision: decision.do,
      reasons: [...decision.reasons],
      leaseUntil: null,
      doneAt: now(),
      ...made,
    },
  })
  return count === 1
}

/** Keeps what was decided. What is a person's is told to those who listen, so that somebody is called. */
async function finish(
  ctx: Ctx,
  claim: Claim,
  decision: Decision,
  draft?: Pick<MadeDraft, 'card'>,
): Promise<Result<Considered>> {
  const { did, id } = await transact(ctx, async (work) => {
    const id = (await holdWhereSaid(work, claim.messageId)) ?? claim.conversationId
    if (!(await close(work.db, claim, decision, draft ? { draftId: draft.card.id } : {})))
      return { did: 'skipped' as const, id }
    // Why stands in the reading: it may name words of theirs, and goes with them.
    if (decision.do === 'person') await escalate(ctx, work, { ...claim, conversationId: id })
    return { did: decision.do, id }
  })
  // No event: it matters only to who looks at the conversation right now.
  void announce(`workspace.${ctx.workspaceId}`, { type: 'reading.done', subject: { type: 'conversation', id } })
  return ok({ did })
}
