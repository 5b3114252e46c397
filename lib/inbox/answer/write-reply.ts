import { noteProposed } from '@/lib/contacts'
import { inMs, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import type { ChosenTemplate } from '@/lib/platforms'
import { measure, problemAt } from '@/lib/platforms/text'
import { isTaken, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { fixFiles } from './answer-files'
import { answerableColumns, wayToAnswer } from './answerable'
import { replyRule } from './answering'
import { standing } from './answering-privately'
import { whyAnswered } from './has-answer'
import { sendReplyJob } from '../jobs'
import { raiseFence } from '../desk/hold'
import { holdWhereSaid } from '../desk/hold-where'
import { contentHashOf } from './same-words'
import { WriteReply } from '../schema'
import { undoSeconds } from '../triage/triage-settings'
import { withdrawFor } from '../drafting/withdraw'
import { somebodyRefused } from './who-refused'

export const given: Failure = {
  code: 'CONFLICT',
  message: 'This message has this very answer already. Say something else, or look at what was sent.',
}

const refusedContact: Failure = {
  code: 'CONFLICT',
  message:
    'They refused to hear from us beyond an answer, and a template begins anew. Wait until they write, or send it all the same, on your word.',
  fields: { despiteRefusal: ['say true to send it all the same'] },
}

/** Answers a message: the answer is sent when the time to take it back is over. */
export const writeReply = operation({
  can: 'inbox.reply',
  input: WriteReply,
  run: (ctx, asked) => intend(ctx, asked, 'queued'),
})

/** The same where nobody looks at the conversation first: what has an answer, or one on its way, is left as it is. */
export const writeUnlessAnswered = operation({
  can: 'inbox.reply',
  input: WriteReply,
  run: (ctx, asked) => intend(ctx, asked, 'queued', { first: (work) => whyAnswered(work, asked.messageId) }),
})

/** Writes an answer that somebody else must approve before it is sent. */
export const proposeReply = operation({
  can: 'inbox.draft',
  input: WriteReply,
  run: (ctx, asked) => intend(ctx, asked, 'in_review'),
})

export type Intended = { readonly replyId: string; readonly sendAt: string }
type Asked = {
  readonly messageId: string
  /** For its author alone. */
  readonly privately?: boolean | undefined
  readonly text: string
  readonly mediaIds?: readonly string[] | undefined
  readonly template?: ChosenTemplate | undefined
  readonly fence?: number | undefined
  readonly evenSo: boolean
  readonly despiteRefusal?: boolean | undefined
}

export type Besides = {
  /** Who wrote it, when it was not who acts. */
  readonly author?: { readonly kind: string; readonly id: string }
  /** When it goes out; without it, when the time to take it back is over. */
  readonly sendAt?: Date
  /** Of an answer written for many. */
  readonly onceKey?: string
  /** Does what must hold together with it, first. A failure stops it: then nothing was written, nor may `first` have. */
  first?(work: Work, replyId: string): Promise<Failure | undefined>
}

/** Fixes everything about an answer, with the intent to send it, in one transaction. */
export async function intend(
  ctx: Ctx,
  asked: Asked,
  state: 'queued' | 'in_review',
  { author = ctx.actor, sendAt: asksFor, onceKey, first }: Besides = {},
): Promise<Result<Intended>> {
  const sendAt = asksFor ?? inMs((await undoSeconds(ctx)) * second)
  const delayMs = Math.max(0, sendAt.getTime() - now().getTime())
  try {
    return await transact(ctx, async (work) => {
      const to = await addresseeOf(ctx, work, asked)
      if (!to.ok) return to
      const { message, platform, files, person } = to.value
      const replyId = newId()
      const stopped = await first?.(work, replyId)
      if (stopped) return fail(stopped)
      const reply = {
        to: {
          externalId: message.externalId,
          kind: message.kind,
          conversation: message.conversation.externalKey,
          ...(message.parentExternalId ? { parent: message.parentExternalId } : {}),
          ...(message.conversation.postExternalId ? { post: message.conversation.postExternalId } : {}),
          ref: message.ref,
        },
        text: asked.text,
        ...(files.length > 0 ? { media: files } : {}),
        key: platform.newKey(now()),
        ...(person === undefined ? {} : { privately: { person } }),
        ...heardIn(message),
        ...(author.kind === 'ai' ? { byProgram: true } : {}),
        ...(asked.template ? { template: asked.template } : {}),
      }
      await work.db.reply.create({
        data: {
          id: replyId,
          workspaceId: ctx.workspaceId,
          conversationId: message.conversationId,
          accountId: message.accountId,
          messageId: message.id,
          ...(person === undefined ? {} : { privatelyTo: person }),
          contentHash: contentHashOf(asked.text, files, person !== undefined),
          ...(onceKey ? { onceKey } : {}),
          text: asked.text,
          intent: toJson(reply),
          state,
          sendAt,
          authorKind: author.kind,
          authorId: author.id,
        },
        select: { id: true },
      })
      // What is only proposed answers nobody yet.
      if (state === 'in_review') await noteProposed(work, [message.conversationId])
      else if (author.kind !== 'ai') {
        await raiseFence(ctx, work, message.conversationId)
        await withdrawFor(work, message)
      }
      work.record({
        type: state === 'queued' ? 'reply.queued' : 'reply.proposed',
        subject: { type: 'conversation', id: message.conversationId },
        particulars: {
          replyId,
          messageId: message.id,
          ...(person === undefined ? {} : { privately: true }),
          ...(asked.despiteRefusal ? { despiteRefusal: true } : {}),
        },
      })
      if (state === 'queued') work.enqueue({ job: sendReplyJob, payload: { replyId }, key: replyId, delayMs })
      return ok({ replyId, sendAt: sendAt.toISOString() })
    })
  } catch (error) {
    if (isTaken(error)) return fail(given)
    throw error
  }
}

/** Networks whose chats close some time after the person’s last word count from that, and not from what is answered. */
export const heardIn = ({
  kind,
  conversation: { lastInboundAt },
}: {
  readonly kind: string
  readonly conversation: { readonly lastInboundAt: Date | null }
}): { readonly heardAt?: string } => (kind === 'dm' && lastInboundAt ? { heardAt: lastInboundAt.toISOString() } : {})

/**
 * Whom an answer goes to, when nothing speaks against it: asked when it is written, and again when it is approved. The
 * conversation is kept from changing until the transaction ends. `replyId` where it is written already; `person` where it
 * is for one alone: their name at the network.
 */
export async function addresseeOf(ctx: Ctx, work: Work, asked: Asked, replyId?: string) {
  const { messageId, text, mediaIds = [], template, fence, evenSo } = asked
  const { db } = work
  const where = { id: messageId }
  await holdWhereSaid(work, messageId)
  const found = await db.message.findUnique({ where, select: answerableColumns })
  const privately = asked.privately ? { isTaken: await hasPrivateAnswer(work, messageId, replyId) } : undefined
  const may = wayToAnswer(found, {
    actorId: ctx.actor.id,
    isTemplate: template !== undefined,
    privately,
    fence,
    evenSo,
  })
  if (!may.ok) return may
  const { message, platform, way } = may.value
  // Free words go only to who wrote of late: those are answers, and an answer needs no consent.
  if (template && !asked.despiteRefusal && (await somebodyRefused(work, message))) return fail(refusedContact)
  const files = await fixFiles(work, mediaIds, { label: platform.label, takes: way.media })
  if (!files.ok) return files
  const apart = mediaIds.length > 0 && way.media?.apart === true
  if (apart !== (text === ''))
    return fail<Failure>({
      code: 'VALIDATION_ERROR',
      message: apart
        ? `${platform.label} takes words or a file in one answer. Send the file as an answer of its own, without words.`
        : 'Write something first.',
      fields: { text: [apart ? 'must be empty beside a file' : 'is empty'] },
    })
  const rule =
    (mediaIds.length > 0 && way.media?.caption) ||
    replyRule(platform, {
      kind: privately ? 'dm' : message.kind,
      traits: message.conversation.account.traits,
    })
  const [problem] = apart ? [] : measure(text, rule).problems
  if (problem)
    return fail<Failure>({
      code: 'VALIDATION_ERROR',
      message: problemAt(platform.label, problem),
      fields: { text: [problem] },
    })
  const { ref, ...rest } = message
  // receive.ts wraps what the adapter gave, so that it may be any JSON.
  const wrapped = ref as { readonly ref: unknown } | null
  const person = privately && (await nameOfAuthor(work, message.identityId))
  return ok({ message: { ...rest, ref: wrapped?.ref ?? null }, platform, files: files.value, person })
}

/** Whether a message has its private answer, or another than this one is on its way. */
const hasPrivateAnswer = async ({ db }: Work, messageId: string, replyId: string | undefined): Promise<boolean> =>
  (await db.reply.count({ where: { ...standing, messageId, ...(replyId ? { id: { not: replyId } } : {}) } })) > 0

/** By which name the network knows who wrote something. Who is nobody's was refused before. */
async function nameOfAuthor({ db }: Work, identityId: string | null): Promise<string> {
  const who = await db.contactIdentity.findUniqueOrThrow({
    where: { id: identityId ?? '' },
    select: { externalId: true },
  })
  return who.externalId
}
