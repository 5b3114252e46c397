import { beyond, noSuchPlace } from '@/lib/core/beyond'
import { ok, fail, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { replyOf } from './send-reply'
import { noSuchConversation, nowOf } from '../lists/queries'
import { ListOurs, Proof, ReplyReason, type DraftCard, type Page, type ReplyCard } from '../schema'

/** The answers of a conversation with their ledgers, the latest page first, each page in the order they were written. */
export const listReplies = query({
  can: 'inbox.read',
  input: ListOurs,
  async run(ctx, { before, take, ...asked }): Promise<Result<Page<ReplyCard>>> {
    const conversationId = await nowOf(ctx, asked.conversationId)
    if (!conversationId) return fail(noSuchConversation)
    const from = before
      ? await ctx.db.reply.findFirst({ where: { id: before, conversationId }, select: { createdAt: true, id: true } })
      : undefined
    if (from === null) return fail(noSuchPlace)
    const rows = await ctx.db.reply.findMany({
      where: { conversationId, ...(from ? beyond({ createdAt: from.createdAt }, { id: from.id }, 'desc') : {}) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: take + 1,
      include: { attempts: { orderBy: { startedAt: 'asc' }, take: 50 } },
    })
    const page = rows.slice(0, take).reverse()
    const drafts = await ctx.db.aiDraft.findMany({
      where: { conversationId, replyId: { in: page.map(({ id }) => id) } },
      select: { replyId: true, origin: true, editedText: true },
    })
    return ok({
      items: page.map((row) => ({
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
      next: rows.length > take ? (page[0]?.id ?? null) : null,
    })
  },
})

// The column is written from draftOrigins and from nothing else.
const draftOf = (
  row: { readonly origin: string; readonly editedText: string | null } | undefined,
): ReplyCard['draft'] => (row ? { origin: row.origin as DraftCard['origin'], edited: row.editedText !== null } : null)
