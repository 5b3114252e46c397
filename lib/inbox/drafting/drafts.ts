import { z } from 'zod'
import { DraftProblem, Source } from '@/lib/ai/schema'
import { now } from '@/lib/core/clock'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, refusal, transact, type Ctx } from '@/lib/workspace'
import { holdWhereSaid } from '../desk/hold-where'
import {
  ApproveDraft,
  RejectDraft,
  type DraftCard,
  type DraftDesk,
  type DraftOvertaken,
  type ReadingCard,
} from './draft-schema'
import { overtakenFailure, overtakingOf } from './overtaken-drafts'
import { OneConversation } from '../schema'
import { intend, type Intended } from '../answer/write-reply'

const decided: Failure = {
  code: 'CONFLICT',
  message: 'This draft was decided already. Reload the conversation to see what became of it.',
}

const noSuchDraft: Failure = { code: 'NOT_FOUND', message: 'There is no such draft in this workspace.' }

type Row = NonNullable<Awaited<ReturnType<typeof oneDraft>>>
const oneDraft = (db: Ctx['db']) => db.aiDraft.findFirst()

export const toDraft = (row: Row): DraftCard => ({
  id: row.id,
  messageId: row.messageId,
  // The column is written from draftOrigins and from nothing else.
  origin: row.origin as DraftCard['origin'],
  text: row.text,
  confidence: row.confidence,
  reasons: row.reasons,
  sources: z.array(Source).parse(row.sources),
  problems: z.array(DraftProblem).parse(row.problems),
  fallback: row.fallback,
  model: row.model,
  costMicros: Number(row.costMicros),
  createdAt: row.createdAt.toISOString(),
})

/** The draft that waits in a conversation, and what AI made of its last message. */
export const getDraftDesk = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<DraftDesk>> {
    const latest = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]
    const [draft, last, reading] = await Promise.all([
      ctx.db.aiDraft.findFirst({ where: { conversationId, state: 'proposed' }, orderBy: latest }),
      ctx.db.aiDraft.findFirst({ where: { conversationId }, orderBy: latest }),
      ctx.db.aiReading.findFirst({
        where: { conversationId, state: 'done' },
        orderBy: latest,
      }),
    ])
    const why = last && overtakenOf(last)
    return ok({
      draft: draft && toDraft(draft),
      over: last && why ? { draft: toDraft(last), why } : null,
      reading: reading && toReading(reading),
    })
  },
})

/** What came between a draft and what it answers; null where it waits, was decided, or gave way to another. */
const overtakenOf = ({ state, overtaken }: Pick<Row, 'state' | 'overtaken'>): DraftOvertaken | null =>
  // The column is written from DraftOvertaken and from nothing else.
  state === 'superseded' ? (overtaken as DraftOvertaken | null) : null

const toReading = (row: NonNullable<Awaited<ReturnType<Ctx['db']['aiReading']['findFirst']>>>): ReadingCard => ({
  messageId: row.messageId,
  // The column is written from Decision and from nothing else.
  decision: (row.decision ?? 'nothing') as ReadingCard['decision'],
  reasons: row.reasons,
  model:
    row.intent === null || row.sentiment === null
      ? null
      : { intent: row.intent, sentiment: row.sentiment, disagrees: row.disagrees ?? false },
})

/**
 * Makes a draft an answer, as it is or as a person left it: it takes the same road as any answer. Of two who approve it
 * at once, one does. One that was overtaken is refused until somebody insists. Those who may not send hand it to somebody
 * who may.
 */
export const approveDraft = operation({
  can: 'inbox.draft',
  input: ApproveDraft,
  async run(ctx, { draftId, text: left, fence, evenSo }): Promise<Result<Intended & { readonly sends: boolean }>> {
    const draft = await ctx.db.aiDraft.findUnique({ where: { id: draftId } })
    if (!draft) return fail(noSuchDraft)
    if (draft.state !== 'proposed' && !overtakenOf(draft)) return fail(decided)
    const sends = refusal(ctx, 'inbox.reply') === undefined
    const text = left ?? draft.text
    const edited = text !== draft.text
    const asked = { messageId: draft.messageId, text, fence, evenSo }
    const done = await intend(ctx, asked, sends ? 'queued' : 'in_review', {
      async first(work, replyId) {
        const { db, record } = work
        // The conversation is locked by now: whoever was faster is through.
        const row = await db.aiDraft.findUniqueOrThrow({ where: { id: draftId } })
        const why = overtakenOf(row) ?? (await overtakingOf(work, row))
        if (why && !evenSo) return overtakenFailure(why)
        const [approved] = await db.aiDraft.updateManyAndReturn({
          where: { id: draftId, OR: [{ state: 'proposed' }, { state: 'superseded', overtaken: { not: null } }] },
          data: {
            state: sends ? 'approved' : 'edited',
            overtaken: null,
            editedText: edited ? text : null,
            replyId,
            decidedById: ctx.actor.id,
            decidedAt: now(),
          },
          select: { conversationId: true },
        })
        if (!approved) return decided
        record({
          type: 'draft.approved',
          subject: { type: 'conversation', id: approved.conversationId },
          particulars: { draftId, replyId, edited },
        })
        return undefined
      },
    })
    return done.ok ? ok({ ...done.value, sends }) : done
  },
})

/** Turns a draft down; why is kept. */
export const rejectDraft = operation({
  can: 'inbox.draft',
  input: RejectDraft,
  run: (ctx, { draftId, reason }): Promise<Result<{ rejected: true }>> =>
    transact(ctx, async (work) => {
      const { db, record } = work
      const row = await db.aiDraft.findUnique({
        where: { id: draftId },
        select: { messageId: true, conversationId: true },
      })
      if (!row) return fail(noSuchDraft)
      const conversationId = (await holdWhereSaid(work, row.messageId)) ?? row.conversationId
      const { count } = await db.aiDraft.updateMany({
        where: { id: draftId, state: 'proposed' },
        data: { state: 'rejected', rejectReason: reason, decidedById: ctx.actor.id, decidedAt: now() },
      })
      if (count !== 1) return fail(decided)
      record({
        type: 'draft.rejected',
        subject: { type: 'conversation', id: conversationId },
        particulars: { draftId },
      })
      return ok({ rejected: true as const })
    }),
})
