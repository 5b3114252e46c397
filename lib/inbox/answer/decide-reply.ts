import { noteProposed, noteStuck } from '@/lib/contacts'
import { inMs, second } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { isTaken, jsonNull, operation, refusal, transact } from '@/lib/workspace'
import { raiseFence } from '../desk/hold'
import { holdWhereAnswered } from '../desk/hold-where'
import { sendReplyJob } from '../jobs'
import { whyOvertaken } from './has-answer'
import { contentHashOf, freed } from './same-words'
import { replyOf } from './send-reply'
import { ApproveReply, CancelReplies, CancelReply, TryReplyAgain } from '../schema'
import { undoSeconds } from '../triage/triage-settings'
import { withdrawFor } from '../drafting/withdraw'
import { lookBeforeBack, proposeAgain } from './take-back'
import { addresseeOf, given, heardIn, intend, type Intended } from './write-reply'

export const tooLate: Failure = {
  code: 'CONFLICT',
  message: 'This answer is on its way or was decided already. Reload the conversation to see what became of it.',
}

export const noSuchReply: Failure = { code: 'NOT_FOUND', message: 'There is no such answer in this workspace.' }

/**
 * Takes an answer back while it waits: to be sent, to be tried again after a network that took nothing, or to be
 * approved, and then why is kept. Nothing of it is at the network then. `cancelled` is false where an earlier try may still
 * arrive: it is sent no more, and looked for.
 */
export const cancelReply = operation({
  can: 'inbox.draft',
  input: CancelReply,
  async run(ctx, { replyId, reason }): Promise<Result<{ cancelled: boolean }>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const row = await db.reply.findUnique({
        where: { id: replyId },
        select: { text: true, state: true },
      })
      if (!row) return fail(noSuchReply)
      const { state, text } = row
      if (state !== 'queued' && state !== 'in_review') return fail(tooLate)
      const conversationId = await holdWhereAnswered(work, replyId)
      const back = { why: 'Taken back.', byId: ctx.actor.id }
      if (state === 'queued' && (await lookBeforeBack(work, { id: replyId, state }, back)))
        return ok({ cancelled: false })
      const { count } = await db.reply.updateMany({
        where: { id: replyId, state },
        data: {
          state: 'cancelled',
          ...freed(replyId, text),
          fence: { increment: 1 },
          decidedById: ctx.actor.id,
          reason:
            reason && state === 'in_review' ? { kind: 'turned_down', message: `Turned down: ${reason}` } : jsonNull,
        },
      })
      if (count !== 1) return fail(tooLate)
      if (state === 'in_review') await noteProposed(work, [conversationId])
      await proposeAgain(work, replyId)
      record({
        type: state === 'in_review' ? 'reply.turnedDown' : 'reply.cancelled',
        subject: { type: 'conversation', id: conversationId },
        particulars: { replyId },
      })
      return ok({ cancelled: true })
    })
  },
})

/** Takes back several answers that wait, each for itself. @returns how many, and how many were under way already or may be. */
export const cancelReplies = operation({
  can: 'inbox.draft',
  input: CancelReplies,
  async run(ctx, { replyIds }): Promise<Result<{ cancelled: number; tooLate: number }>> {
    let cancelled = 0
    for (const replyId of replyIds) {
      const done = await cancelReply(ctx, { replyId })
      if (done.ok && done.value.cancelled) cancelled += 1
    }
    return ok({ cancelled, tooLate: replyIds.length - cancelled })
  },
})

/**
 * Approves an answer that waits for it, as it is or with other words, when nothing speaks against it now; what somebody else
 * has said since does, until one insists.
 */
export const approveReply = operation({
  can: 'inbox.reply',
  input: ApproveReply,
  async run(ctx, { replyId, text, ...insisting }): Promise<Result<{ sendAt: string }>> {
    const delayMs = (await undoSeconds(ctx)) * second
    try {
      return await transact(ctx, async (work) => {
        const row = await work.db.reply.findUnique({ where: { id: replyId } })
        if (!row) return fail(noSuchReply)
        if (row.state !== 'in_review') return fail(tooLate)
        const said = text ?? row.text
        const reply = replyOf(row.intent)
        if (reply.template && said !== row.text) return fail(fixed)
        const { messageId } = row
        const mediaIds = reply.media?.map(({ mediaId }) => mediaId)
        const privately = row.privatelyTo !== null
        const asked = { messageId, privately, text: said, mediaIds, template: reply.template, ...insisting }
        const to = await addresseeOf(ctx, work, asked, replyId)
        if (!to.ok) return to
        const overtaken = insisting.evenSo ? undefined : await whyOvertaken(work, row, ctx.actor.id)
        if (overtaken) return fail(overtaken)
        const sendAt = inMs(delayMs)
        const { count } = await work.db.reply.updateMany({
          where: { id: replyId, state: 'in_review' },
          data: {
            state: 'queued',
            sendAt,
            text: said,
            contentHash: contentHashOf(said, reply.media, privately),
            // They may have written again since it was proposed.
            intent: toJson({ ...reply, ...heardIn(to.value.message), text: said }),
            decidedById: ctx.actor.id,
          },
        })
        if (count !== 1) return fail(tooLate)
        const { conversationId } = to.value.message
        await noteProposed(work, [conversationId])
        await raiseFence(ctx, work, conversationId)
        await withdrawFor(work, to.value.message)
        work.record({
          type: 'reply.approved',
          subject: { type: 'conversation', id: conversationId },
          particulars: {
            replyId,
            edited: said !== row.text,
            ...(insisting.despiteRefusal ? { despiteRefusal: true } : {}),
          },
        })
        work.enqueue({ job: sendReplyJob, payload: { replyId }, key: `${replyId}-approved`, delayMs })
        return ok({ sendAt: sendAt.toISOString() })
      })
    } catch (error) {
      if (isTaken(error)) return fail(given)
      throw error
    }
  },
})

const fixed: Failure = {
  code: 'VALIDATION_ERROR',
  message: 'These words go out as the network approved them. Approve them as they are, or turn them down.',
}

/** Says again what a network refused, as it is or with other words: a new answer takes the place of the refused one. */
export const tryReplyAgain = operation({
  can: 'inbox.draft',
  input: TryReplyAgain,
  async run(ctx, { replyId, text, ...insisting }): Promise<Result<Intended & { readonly sends: boolean }>> {
    const row = await ctx.db.reply.findUnique({ where: { id: replyId } })
    if (!row) return fail(noSuchReply)
    if (row.state !== 'refused') return fail(tooLate)
    const { template, media = [] } = replyOf(row.intent)
    if (template && text !== undefined && text !== row.text) return fail(fixed)
    const sends = refusal(ctx, 'inbox.reply') === undefined
    const mediaIds = media.map(({ mediaId }) => mediaId)
    const privately = row.privatelyTo !== null
    const asked = { messageId: row.messageId, privately, text: text ?? row.text, mediaIds, template, ...insisting }
    const done = await intend(ctx, asked, sends ? 'queued' : 'in_review', {
      async first(work) {
        const overtaken = insisting.evenSo ? undefined : await whyOvertaken(work, row, ctx.actor.id)
        if (overtaken) return overtaken
        const [cancelled] = await work.db.reply.updateManyAndReturn({
          where: { id: replyId, state: 'refused' },
          data: { state: 'cancelled', ...freed(replyId, row.text), reason: jsonNull },
          select: { conversationId: true },
        })
        if (!cancelled) return tooLate
        await noteStuck(work, [cancelled.conversationId])
        return undefined
      },
    })
    return done.ok ? ok({ ...done.value, sends }) : done
  },
})
