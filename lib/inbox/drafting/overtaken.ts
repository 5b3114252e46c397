import { hasRefused } from '@/lib/contacts'
import { now } from '@/lib/core/clock'
import { adapterOf } from '@/lib/platforms'
import { here, type Ctx, type Work } from '@/lib/workspace'
import { answering } from '../answer/answering'
import { escalate } from '../desk/escalate'
import { contentHashOf } from '../answer/same-words'
import { wantsAnswer } from '../schema'
import { ofSamePerson } from './same-person'
import { withdraw, type Overtaken } from './withdraw'

/** An automatic answer that is to go out, or to begin its wait. */
export type Waiting = {
  readonly conversationId: string
  readonly accountId: string
  readonly messageId: string
  /** Hash of the words it was drafted for; null where that was not kept. */
  readonly aboutHash: string | null
  /** When it began to wait. */
  readonly since: Date
}

/**
 * What has come between an automatic answer and the message it answers; undefined when nothing has. The conversation must
 * be locked: then nobody can answer, nor switch the policy off, before the transaction ends.
 */
export async function overtakenBy(work: Work, waiting: Waiting): Promise<Overtaken | undefined> {
  const { conversationId, accountId, messageId, aboutHash } = waiting
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
  if (!(await isStillAuto(work, accountId)))
    return { why: 'answers of this account do not go out by themselves any more.', draftStands: true }
  if (await hasRefused(work, message.identityId))
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

/** The policy is kept from changing, too: who switches it off afterwards finds the answer already begun. */
async function isStillAuto({ sql }: Work, accountId: string): Promise<boolean> {
  const [policy] = await sql<{ mode: string }>`
    select p.mode from "AiPolicy" p where p."workspaceId" = ${here} and p."accountId" = ${accountId} for share`
  return policy?.mode === 'auto'
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
 * Asks again right before an automatic answer begins, and takes it back when something has come between. The conversation
 * must be locked.
 */
export async function isOvertaken(
  ctx: Ctx,
  work: Work,
  { replyId, fence }: { readonly replyId: string; readonly fence: number },
): Promise<boolean> {
  const reply = await work.db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: {
      authorKind: true,
      decidedById: true,
      conversationId: true,
      accountId: true,
      messageId: true,
      createdAt: true,
    },
  })
  // What a person wrote or let go is theirs to take back.
  if (reply.authorKind !== 'ai' || reply.decidedById !== null) return false
  const { conversationId, accountId, messageId, createdAt: since } = reply
  const draft = await work.db.aiDraft.findFirst({ where: { messageId, replyId }, select: { aboutHash: true } })
  const aboutHash = draft?.aboutHash ?? null
  const overtaken = await overtakenBy(work, { conversationId, accountId, messageId, since, aboutHash })
  if (!overtaken) return false
  const withdrawn = await withdraw(work, replyId, overtaken, fence)
  if (withdrawn && overtaken.calls)
    await escalate(ctx, work, { conversationId, accountId, messageId, reasons: [`Not sent: ${overtaken.why}`] })
  return true
}
