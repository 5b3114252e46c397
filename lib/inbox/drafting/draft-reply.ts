import { z } from 'zod'
import { bindingOf, signsOfInstruction } from '@/lib/ai'
import type { DraftOrigin, DraftProblem, DraftRequest } from '@/lib/ai/schema'
import { whoIs } from '@/lib/contacts'
import { now } from '@/lib/core/clock'
import { excerptOf } from '@/lib/core/excerpt'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { understand } from '@/lib/language'
import { Understanding } from '@/lib/language/schema'
import { adapterOf } from '@/lib/platforms'
import { operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { replyRule } from '../answer/answering'
import { toThem } from '../answer/has-answer'
import { holdWhereSaid } from '../desk/hold-where'
import { climb, judged } from './climb'
import { DraftReply, type DraftCard } from './draft-schema'
import { toDraft } from './drafts'
import { endOvertaken } from './overtaken-drafts'
import { isOfSamePerson } from './same-person'
import { contentHashOf } from '../answer/same-words'

const noSuchMessage: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such message to answer. Reload the conversation.',
}

/** Drafts an answer to a message, for a person to send, change or reject. A draft that waited for it gives way. */
export const draftReply = operation({
  can: 'ai.use',
  input: DraftReply,
  async run(ctx, { messageId, again }): Promise<Result<DraftCard>> {
    const made = await makeDraft(ctx, messageId, { again })
    return made.ok ? ok(made.value.card) : made
  },
})

export type MadeDraft = {
  readonly card: DraftCard
  readonly origin: DraftOrigin
  readonly confidence: number
  readonly problems: readonly DraftProblem[]
  /** What the knowledge base does not say, of what a model wrote. */
  readonly unbacked: readonly string[]
  /** Signs that somebody spoke to the model, in what it was shown besides the message. */
  readonly signsAround: readonly string[]
  /** Hash of the words that it answers. */
  readonly aboutHash: string
}

/** @param sureEnough confidence from which nobody asks for more, 0 to 1 */
export async function makeDraft(
  ctx: Ctx,
  messageId: string,
  { again, sureEnough = 0 }: { readonly again: boolean; readonly sureEnough?: number },
): Promise<Result<MadeDraft>> {
  const readAt = now()
  const message = await messageOf(ctx, messageId)
  if (!message || message.own || message.deletedAt || message.erasedAt) return fail(noSuchMessage)
  const { conversation } = message
  const platform = adapterOf(conversation.account)
  const rule = replyRule(platform, { kind: message.kind, traits: conversation.account.traits })
  const read = Understanding.safeParse(message.understanding).data ?? understand(message.text)
  const request = {
    messageId,
    conversationId: message.conversationId,
    network: platform.label,
    kind: message.kind,
    mostCharacters: rule.max,
    language: read.language.code,
    intent: read.intent.label,
    message: message.text,
    author: { name: message.authorName, handle: message.authorHandle },
    ...(await around(ctx, message)),
    ourHandle: conversation.account.handle,
    again,
  }
  const checks = { rule, message: message.text, authorHandle: message.authorHandle, language: read.language.code }
  const made = await climb(again, sureEnough, (size) => judged(ctx, { ...request, size }, checks))
  if (!made.ok) return made
  const { draft, problems, confidence, language, unbacked } = made.value
  const aboutHash = contentHashOf(message.text)
  const row = await transact(ctx, async (work) => {
    const { db, record } = work
    // Whoever erases a person holds what they are in: what was drafted meanwhile is not kept.
    const conversationId = (await holdWhereSaid(work, messageId)) ?? message.conversationId
    if ((await db.message.count({ where: { id: messageId, erasedAt: null } })) === 0) return undefined
    const older = await db.aiDraft.updateManyAndReturn({
      where: { messageId, state: 'proposed' },
      data: { state: 'superseded' },
      select: { id: true },
    })
    const subject = { type: 'conversation', id: conversationId }
    for (const { id: draftId } of older)
      record({ type: 'draft.superseded', subject, particulars: { draftId, messageId, why: 'newer' } })
    const kept = await db.aiDraft.create({
      data: {
        id: newId(),
        workspaceId: ctx.workspaceId,
        conversationId,
        messageId,
        aboutHash,
        wasAnswered: message.answeredAt !== null || (await isBeingAnswered(work, message, readAt)),
        createdAt: readAt,
        origin: draft.origin,
        text: draft.text,
        confidence,
        reasons: [...draft.reasons],
        // A list in a JSON column.
        sources: toJson({ list: draft.sources }).list ?? [],
        problems: toJson({ list: [...problems, ...unbackedIn(unbacked)] }).list ?? [],
        fallback: draft.fallback,
        language,
        model: draft.model,
        callId: draft.callId,
        costMicros: BigInt(draft.costMicros),
        requestedById: ctx.actor.id,
      },
    })
    record({
      type: 'draft.proposed',
      subject,
      particulars: { draftId: kept.id, messageId, origin: draft.origin, confidence },
    })
    // While a model was thinking, anything may have come between.
    await endOvertaken(work, [conversationId])
    return kept
  })
  if (!row) return fail(noSuchMessage)
  const signsAround = draft.origin === 'model' ? signsAroundIn(request) : []
  return ok({ card: toDraft(row), origin: draft.origin, confidence, problems, unbacked, signsAround, aboutHash })
}

/** Whether an answer of a person to this was on its way when it was read: who has one drafted then wants another. */
async function isBeingAnswered({ db }: Work, { id, conversationId, kind, at, needAt }: Row, readAt: Date) {
  const onItsWay = await db.reply.count({
    where: {
      ...toThem({ conversationId, messageId: id }, kind),
      state: { notIn: ['in_review', 'cancelled', 'refused'] },
      NOT: { authorKind: 'ai', state: 'queued' },
      createdAt: { gt: needAt ?? at, lte: readAt },
    },
  })
  return onItsWay > 0
}

/** For the person who decides. It takes nothing from the confidence, for a person may say things otherwise. */
const unbackedIn = (parts: readonly string[]): readonly DraftProblem[] =>
  bindingOf(parts)
    .slice(0, mostShown)
    .map((part) => ({
      kind: 'unbacked',
      message: `“${excerptOf(part, 80)}” does not stand in the knowledge base in these words: check it.`,
    }))
const mostShown = 3

/** Under a post anybody may speak, and anybody may call themselves anything: what others say reaches the model, too. */
const signsAroundIn = ({ author, thread, earlier }: Pick<DraftRequest, 'author' | 'thread' | 'earlier'>) => [
  ...new Set(
    [author.name, author.handle, ...thread.filter(({ by }) => by !== 'us').map(({ text }) => text), ...earlier].flatMap(
      signsOfInstruction,
    ),
  ),
]

const messageOf = (ctx: Ctx, id: string) =>
  ctx.db.message.findUnique({
    where: { id },
    select: {
      id: true,
      conversationId: true,
      kind: true,
      own: true,
      text: true,
      at: true,
      needAt: true,
      answeredAt: true,
      deletedAt: true,
      erasedAt: true,
      authorName: true,
      authorHandle: true,
      identityId: true,
      understanding: true,
      accountId: true,
      conversation: {
        select: {
          postExternalId: true,
          account: { select: { platform: true, method: true, traits: true, handle: true } },
        },
      },
    },
  })
type Row = NonNullable<Awaited<ReturnType<typeof messageOf>>>

const threadOf = 12
const earlierOf = 5

/**
 * What was said around a message: its thread, what its author said elsewhere (in chats only where this is one), and our
 * post it stands under.
 */
async function around(ctx: Ctx, message: Row) {
  const { id, conversationId, kind, at, accountId, identityId } = message
  const { postExternalId } = message.conversation
  const contactId = (await whoIs(ctx, [identityId])).get(identityId ?? '')?.contactId
  const [thread, identities, step] = await Promise.all([
    ctx.db.message.findMany({
      // What was said to somebody alone is never told to all: a draft is for everybody who reads the thread.
      where: { conversationId, deletedAt: null, privately: false, at: { lte: at } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: threadOf,
      select: { own: true, text: true, identityId: true, authorHandle: true },
    }),
    contactId ? ctx.db.contactIdentity.findMany({ where: { contactId }, select: { id: true }, take: 50 }) : [],
    postExternalId
      ? ctx.db.step.findFirst({
          where: { externalId: postExternalId, variant: { accountId } },
          select: { variant: { select: { post: { select: { content: true } } } } },
        })
      : null,
  ])
  const earlier =
    identities.length === 0
      ? []
      : await ctx.db.message.findMany({
          where: {
            identityId: { in: identities.map((one) => one.id) },
            conversationId: { not: conversationId },
            own: false,
            deletedAt: null,
            id: { not: id },
            // The same of what they said to us alone.
            ...(kind === 'dm' ? {} : { kind: { not: 'dm' } }),
          },
          orderBy: [{ at: 'desc' }, { id: 'desc' }],
          take: earlierOf,
          select: { text: true },
        })
  return {
    thread: thread
      .reverse()
      .map(
        (one) => ({ by: one.own ? 'us' : isOfSamePerson(message, one) ? 'them' : 'others', text: one.text }) as const,
      ),
    earlier: earlier.map(({ text }) => text),
    ourPost: z.object({ text: z.string() }).safeParse(step?.variant.post.content).data?.text ?? null,
  }
}
