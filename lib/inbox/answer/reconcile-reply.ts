import { z } from 'zod'
import { minute, now } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { ok, type Result } from '@/lib/core/result'
import { isInDoubt, look, overAt, writeHeld, type Hold, type Looked } from '@/lib/sending'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { lookForReply, sendReplyLater } from './onward-reply'
import { holdEnds } from '../hear/hold-ends'
import { claimReply, holdReply, underReply, type ReplyClaim } from './reply-claim'
import { placeColumns, placeOfReply, spotOf, standingAt } from './reply-place'
import { proveByHeardEcho, proveReply } from './reply-proof'
import { kindOf, settlingOf } from './reply-settling'
import { replyOf } from './send-reply'
import { askAboutReply } from './stop-reply'
import { letBack } from './take-back'

export type SettledReply = { readonly did: 'skipped' | Looked }

/** For so long a network that fell silent may still be at work on what it was sent. */
const landsWithinMs = 2 * minute

/** Finds out what became of an answer whose outcome is unknown. A failed look proves nothing. */
export const reconcileReply = operation({
  can: 'inbox.send',
  input: z.object({ replyId: z.string() }),
  async run(ctx, { replyId }): Promise<Result<SettledReply>> {
    const claim = await claimReply(ctx, replyId, 'unknown', 'reconciling')
    if (!claim) return ok({ did: 'skipped' })
    await failpoint('reply.reconcile', replyId)
    return ok({ did: await underReply<SettledReply['did']>(ctx, claim, 'skipped', () => settle(ctx, claim)) })
  },
})

async function settle(ctx: Ctx, claim: ReplyClaim): Promise<Looked> {
  const { replyId, accountId, fence } = claim
  const { intent, text, absentReads, wantedBackAt, attempts, ...placed } = await ctx.db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: {
      intent: true,
      text: true,
      absentReads: true,
      wantedBackAt: true,
      ...placeColumns,
      attempts: { where: { purpose: 'send' }, orderBy: { startedAt: 'asc' } },
    },
  })
  const hold: Hold = async (work) => {
    await holdEnds(work, claim.accountId, false)
    return holdReply(work, claim)
  }
  const goOn = (work: Work) => (wantedBackAt ? letBack(work, claim) : sendAgain(work, claim))
  const first = attempts.find(isInDoubt)
  const last = attempts.at(-1)
  if (!first || !last) {
    // The claim was cut off before anything was sent.
    await writeHeld(ctx, hold, goOn)
    return 'absent'
  }
  const reply = replyOf(intent)
  const sentAt = first.startedAt
  const wasHeard = await writeHeld(ctx, hold, (work) => proveByHeardEcho(work, { replyId, since: sentAt }))
  if (wasHeard) return 'found'
  return look(ctx, {
    thing: 'answer',
    accountId,
    sentAt,
    quietSince: overAt(last),
    absentReads,
    settling({ platform, credentials }) {
      const settling = settlingOf(platform, credentials, kindOf(reply))
      // What goes out no more must be absent for certain: that it could not double is not enough.
      return wantedBackAt && settling.by === 'own_key' ? { by: 'read_back', lagMs: landsWithinMs } : settling
    },
    find({ platform: { inbox }, app, credentials }) {
      const find = inbox?.findReply?.bind(inbox)
      return find && (() => find(app, credentials, reply, sentAt))
    },
    async hasRivals() {
      // It waited to be sent again after one look, so that it goes by a key of its own.
      if (wantedBackAt) return false
      const { replies } = await standingAt(ctx, placeOfReply(placed))
      const same = await ctx.db.reply.findMany({
        where: {
          ...replies,
          id: { not: replyId },
          text,
          state: { in: ['sending', 'unknown', 'reconciling'] },
        },
        select: { intent: true },
      })
      return same.some((other) => spotOf(replyOf(other.intent)) === spotOf(reply))
    },
    isAnothers: async ({ externalId }) =>
      (await ctx.db.reply.count({ where: { externalId, id: { not: replyId } } })) > 0,
    hold,
    beforeRecord: () => failpoint('reply.reconcile_before_record', replyId),
    begin(work, attempt) {
      const data = { ...attempt, workspaceId: ctx.workspaceId, replyId, fence }
      return work.db.replyAttempt.create({ data, select: { id: true } })
    },
    close: (work, id, data) => work.db.replyAttempt.update({ where: { id }, data, select: { id: true } }),
    prove: (work, published, proof) => proveReply(work, replyId, published, proof),
    sendAgain: goOn,
    async lookLater(work, inMs, change) {
      await lookForReply(work, claim, inMs, change)
    },
    ask: (work, reason) => askAboutReply(work, claim, reason),
  })
}

/** It is not there, for certain: the same bytes may go out again. */
async function sendAgain(work: Work, claim: ReplyClaim): Promise<void> {
  const subject = await sendReplyLater(work, claim, now(), { absentReads: 0, reason: null })
  work.record({
    type: 'reply.foundAbsent',
    subject,
    particulars: { replyId: claim.replyId },
  })
}
