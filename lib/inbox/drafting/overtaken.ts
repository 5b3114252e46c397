import { hasRefused } from '@/lib/contacts'
import { now } from '@/lib/core/clock'
import { adapterOf } from '@/lib/platforms'
import type { Ctx, Work } from '@/lib/workspace'
import { answering } from '../answer/answering'
import { escalate } from '../desk/escalate'
import type { ReplyClaim } from '../answer/reply-claim'
import { contentHashOf } from '../answer/same-words'
import { wantsAnswer } from '../schema'
import { holdPolicy } from './ai-policies'
import { belowThreshold, isTooLate } from './ai-policy'
import { ofSamePerson } from './same-person'
import { waitItsTurn } from './turn'
import { withdraw, type Overtaken } from './withdraw'

/** An automatic answer that is to go out, or to begin its wait. */
export type Waiting = {
  readonly conversationId: string
  readonly accountId: string
  readonly messageId: string
  /** Hash of the words it was drafted for; null where that was not kept. */
  readonly aboutHash: string | null
  /** 0 to 1, of its draft; null where that is gone. */
  readonly confidence: number | null
  /** When it began to wait. */
  readonly since: Date
}

/**
 * What has come between an automatic answer and the message it answers; undefined when nothing has. The conversation must
 * be locked: then nobody can answer, nor switch the policy off, before the transaction ends.
 */
export async function overtakenBy(ctx: Ctx, work: Work, waiting: Waiting): Promise<Overtaken | undefined> {
  const { conversationId, accountId, messageId, aboutHash, confidence } = waiting
  const message = await work.db.message.findUnique({
    where: { id: messageId },
    select: {
      id: true,
      kind: true,
      text: true,
      at: true,
      deletedAt: true,
      erasedAt: true,
      answeredAt: true,
      identityId: true,
      authorHandle: true,
    },
  })
  if (!message || message.deletedAt || message.erasedAt) return { why: 'what it answers was taken away.' }
  if (aboutHash !== null && aboutHash !== contentHashOf(message.text))
    return { why: 'what it answers was changed since.', calls: true }
  // Kept from changing, too: who changes it afterwards finds the answer already begun.
  const policy = await holdPolicy(work, accountId)
  if (policy?.mode !== 'auto')
    return { why: 'answers of this account do not go out by themselves any more.', draftStands: true }
  if (confidence !== null && confidence < policy.threshold)
    return { why: `its ${belowThreshold(confidence, policy)}`, draftStands: true }
  if (isTooLate(policy, message.at, now(), ctx.workspace.timeZone))
    return { why: 'it was to go out more than a day ago.', draftStands: true }
  if (await hasRefused(work, message.identityId ? [message.identityId] : []))
    return { why: 'they refused to hear from us: only a person answers them.', draftStands: true }
  const conversation = await work.db.conversation.findUniqueOrThrow({
    where: { id: conversationId },
    select: {
      state: true,
      aiHeld: true,
      lastInboundAt: true,
      heldUntil: true,
      account: { select: { platform: true, method: true } },
    },
  })
  if (conversation.state === 'done') return { why: 'the conversation was set to Done.' }
  if (conversation.aiHeld) return { why: 'AI is kept out of this conversation.' }
  if (await isAnswered(work, waiting, message)) return { why: 'somebody has answered since.' }
  if (await saidMore(work, waiting, message))
    return { why: 'they wrote again before it went out: a person goes on.', calls: true }
  if (conversation.heldUntil && conversation.heldUntil > now())
    return { why: 'somebody is answering right now.', draftStands: true }
  const { lastInboundAt } = conversation
  const way = answering(adapterOf(conversation.account), { kind: message.kind, lastInboundAt, byProgram: true })
  return way.open ? undefined : { why: 'the time in which a program may answer is over.', calls: true }
}

type Message = {
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly answeredAt: Date | null
  readonly identityId: string | null
  readonly authorHandle: string
}

/** At its network, or by a person here whose answer is on its way. Under a post many talk at once: an answer to somebody else is none to them. */
async function isAnswered({ db }: Work, { conversationId, messageId }: Waiting, message: Message): Promise<boolean> {
  if (message.answeredAt) return true
  const here = await db.reply.count({
    where: {
      conversationId,
      authorKind: { not: 'ai' },
      // What waits for approval may never go out.
      state: { notIn: ['cancelled', 'refused', 'in_review'] },
      createdAt: { gt: message.at },
      ...(message.kind === 'dm' ? {} : { messageId }),
    },
  })
  return here > 0
}

/** What they said afterwards, or before it and we had not heard yet. */
async function saidMore({ db }: Work, { conversationId, since }: Waiting, message: Message): Promise<boolean> {
  const said = await db.message.count({
    where: {
      conversationId,
      own: false,
      deletedAt: null,
      id: { not: message.id },
      kind: { in: [...wantsAnswer] },
      OR: [{ at: { gt: message.at } }, { receivedAt: { gt: since } }],
      ...ofSamePerson(message),
    },
  })
  return said > 0
}

/**
 * Asks again right before an automatic answer begins: takes it back when something has come between, and lets it wait
 * where the policy has no room for it now. The conversation must be locked.
 */
export async function isHeldBack(ctx: Ctx, work: Work, claim: ReplyClaim, conversationId: string): Promise<boolean> {
  const { replyId, accountId, fence } = claim
  const reply = await work.db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { authorKind: true, decidedById: true, messageId: true, createdAt: true },
  })
  // What a person wrote or let go is theirs to take back.
  if (reply.authorKind !== 'ai' || reply.decidedById !== null) return false
  const { messageId, createdAt: since } = reply
  const draft = await work.db.aiDraft.findFirst({
    where: { messageId, replyId },
    select: { aboutHash: true, confidence: true },
  })
  const drafted = draft ?? { aboutHash: null, confidence: null }
  const overtaken = await overtakenBy(ctx, work, { conversationId, accountId, messageId, since, ...drafted })
  if (!overtaken) return waitItsTurn(ctx, work, claim)
  const withdrawn = await withdraw(work, replyId, overtaken, fence)
  if (withdrawn && overtaken.calls)
    await escalate(ctx, work, { conversationId, accountId, messageId, reasons: [`Not sent: ${overtaken.why}`] })
  return true
}
