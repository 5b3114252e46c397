import { inMs, now, second } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { jsonNull, operation, query, transact } from '@/lib/workspace'
import { sendReplyJob } from './jobs'
import { isHere, noSuchConversation } from './queries'
import { proveReply } from './reply-proof'
import { replyOf } from './send-reply'
import { contentHashOf } from './write-reply'
import { undoSeconds } from './triage-settings'
import { ApproveReply, OneConversation, OneReply, ReplyProof, ReplyReason, SettleReply, type ReplyCard } from './schema'

const tooLate: Failure = {
  code: 'CONFLICT',
  message: 'This answer is on its way or was decided already. Reload the conversation to see what became of it.',
}

const noSuchReply: Failure = { code: 'NOT_FOUND', message: 'There is no such answer in this workspace.' }

/** Once it goes nowhere, the same words may be said again. */
const freedHash = (replyId: string, text: string): string => `${contentHashOf(text)}:${replyId}`

/** Takes an answer back before it is sent, or turns down one that waits for approval. Nothing was sent then, for certain. */
export const cancelReply = operation({
  can: 'inbox.draft',
  input: OneReply,
  async run(ctx, { replyId }): Promise<Result<{ cancelled: true }>> {
    return transact(ctx, async ({ db, record }) => {
      const row = await db.reply.findUnique({ where: { id: replyId }, select: { text: true, conversationId: true } })
      if (!row) return fail(noSuchReply)
      const { count } = await db.reply.updateMany({
        where: { id: replyId, state: { in: ['queued', 'in_review'] }, attempts: { none: { purpose: 'send' } } },
        data: { state: 'cancelled', contentHash: freedHash(replyId, row.text), fence: { increment: 1 } },
      })
      if (count !== 1) return fail(tooLate)
      record({
        type: 'reply.cancelled',
        subject: { type: 'conversation', id: row.conversationId },
        particulars: { replyId },
      })
      return ok({ cancelled: true as const })
    })
  },
})

/** Approves an answer that waits for it, as it is or with other words. */
export const approveReply = operation({
  can: 'inbox.reply',
  input: ApproveReply,
  async run(ctx, { replyId, text }): Promise<Result<{ sendAt: string }>> {
    const delayMs = (await undoSeconds(ctx)) * second
    return transact(ctx, async ({ db, record, enqueue }) => {
      const row = await db.reply.findUnique({ where: { id: replyId } })
      if (!row) return fail(noSuchReply)
      const said = text ?? row.text
      const sendAt = inMs(delayMs)
      const { count } = await db.reply.updateMany({
        where: { id: replyId, state: 'in_review' },
        data: {
          state: 'queued',
          sendAt,
          text: said,
          contentHash: contentHashOf(said),
          intent: toJson({ ...replyOf(row.intent), text: said }),
        },
      })
      if (count !== 1) return fail(tooLate)
      record({
        type: 'reply.approved',
        subject: { type: 'conversation', id: row.conversationId },
        particulars: { replyId, edited: said !== row.text },
      })
      enqueue({ job: sendReplyJob, payload: { replyId }, key: `${replyId}-approved`, delayMs })
      return ok({ sendAt: sendAt.toISOString() })
    })
  },
})

/** A person says what became of an answer that nobody else can tell about. */
export const settleReply = operation({
  can: 'inbox.reply',
  input: SettleReply,
  async run(ctx, { replyId, ...said }): Promise<Result<{ settled: true }>> {
    return transact(ctx, async (work) => {
      const row = await work.db.reply.findUnique({
        where: { id: replyId },
        select: { state: true, text: true, conversationId: true, fence: true },
      })
      if (!row) return fail(noSuchReply)
      if (row.state !== 'needs_person') return fail(tooLate)
      const subject = { type: 'conversation', id: row.conversationId }
      if (said.answer === 'it_is_there') {
        // Nothing but the address is known of it; its echo, when it comes, is recognised by its words.
        await proveReply(
          work,
          replyId,
          { externalId: said.url, url: said.url, ref: null },
          { by: 'person', at: now().toISOString() },
        )
        return ok({ settled: true as const })
      }
      const again = said.answer === 'send_again'
      const { count } = await work.db.reply.updateMany({
        where: { id: replyId, state: 'needs_person', fence: row.fence },
        data: {
          state: again ? 'queued' : 'cancelled',
          fence: { increment: 1 },
          notBefore: null,
          retries: 0,
          ...(again ? { sendAt: now(), reason: jsonNull } : { contentHash: freedHash(replyId, row.text) }),
        },
      })
      if (count !== 1) return fail(tooLate)
      work.record({ type: again ? 'reply.sent_again' : 'reply.given_up', subject, particulars: { replyId } })
      if (again) work.enqueue({ job: sendReplyJob, payload: { replyId }, key: `${replyId}-again-${row.fence}` })
      return ok({ settled: true as const })
    })
  },
})

/** Replies shown with one conversation. */
const mostReplies = 100

/** The latest answers of a conversation with their ledgers, in the order they were written. */
export const listReplies = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<readonly ReplyCard[]>> {
    const rows = await ctx.db.reply.findMany({
      where: { conversationId },
      orderBy: { createdAt: 'desc' },
      take: mostReplies,
      include: { attempts: { orderBy: { startedAt: 'asc' }, take: 50 } },
    })
    if (rows.length === 0 && !(await isHere(ctx, conversationId))) return fail(noSuchConversation)
    return ok(
      rows.reverse().map((row) => ({
        id: row.id,
        conversationId,
        messageId: row.messageId,
        text: row.text,
        state: row.state,
        sendAt: row.sendAt.toISOString(),
        authorKind: row.authorKind,
        authorId: row.authorId,
        reason: row.reason === null ? null : ReplyReason.parse(row.reason),
        externalId: row.externalId,
        url: row.url,
        proof: row.proof === null ? null : ReplyProof.parse(row.proof),
        sentAt: row.sentAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
        attempts: row.attempts.map(({ id, purpose, startedAt, durationMs, outcome, requestHash }) => ({
          id,
          purpose,
          startedAt: startedAt.toISOString(),
          durationMs,
          outcome,
          requestHash,
        })),
      })),
    )
  },
})
