import { ok, fail, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { replyOf } from './send-reply'
import { isHere, noSuchConversation } from '../lists/queries'
import { OneConversation, Proof, ReplyReason, type DraftCard, type ReplyCard } from '../schema'

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
    const drafts = await ctx.db.aiDraft.findMany({
      where: { conversationId, replyId: { not: null } },
      select: { replyId: true, origin: true, editedText: true },
    })
    return ok(
      rows.reverse().map((row) => ({
        id: row.id,
        conversationId,
        messageId: row.messageId,
        privately: row.privatelyTo !== null,
        text: row.text,
        state: row.state,
        sendAt: row.sendAt.toISOString(),
        authorKind: row.authorKind,
        authorId: row.authorId,
        decidedById: row.decidedById,
        media: (replyOf(row.intent).media ?? []).map(({ mediaId, kind, alt }) => ({ mediaId, kind, alt })),
        draft: draftOf(drafts.find(({ replyId }) => replyId === row.id)),
        reason: row.reason === null ? null : ReplyReason.parse(row.reason),
        externalId: row.externalId,
        url: row.url,
        proof: row.proof === null ? null : Proof.parse(row.proof),
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

// The column is written from draftOrigins and from nothing else.
const draftOf = (
  row: { readonly origin: string; readonly editedText: string | null } | undefined,
): ReplyCard['draft'] => (row ? { origin: row.origin as DraftCard['origin'], edited: row.editedText !== null } : null)
