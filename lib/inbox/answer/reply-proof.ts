import { clocksDifferMs, inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import type { Confirmation, Published } from '@/lib/platforms'
import { letGo, meantBy, type Proof } from '@/lib/sending'
import { jsonNull, type Work } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'
import { holdWhereAnswered } from '../desk/hold-where'
import { gatherUnder } from '../hear/conversations-of'
import { holdEnds } from '../hear/hold-ends'
import { keepClocks } from '../triage/keep-clocks'
import { isOnlyImported } from './answerable'
import { messageNameOf, placeColumns, placeOfReply, standingAt, type ReplyPlace } from './reply-place'
import { reopenFor } from './reopen-for'
import { freeWords } from './same-words'
import { sumUpConversations } from '../triage/sum-up'
import { oneLine } from '@/lib/platforms/text'

/** States from which an answer may turn out to be there. */
const open = ['queued', 'claimed', 'sending', 'unknown', 'reconciling', 'needs_person'] as const

/**
 * Notes that an answer is at the network, and how we know; what it says stands in the conversation from now on, once,
 * whether its echo came before or comes later. @returns false when that was known already.
 */
export async function proveReply(work: Work, replyId: string, published: Published, proof: Proof): Promise<boolean> {
  const { externalId, url, ref } = published
  const { accountId: saidBy } = await work.db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { accountId: true },
  })
  await holdEnds(work, saidBy, false)
  const calledSo = await holdWithThoseUnder(work, replyId, { accountId: saidBy, externalKey: externalId })
  const [proven] = await work.db.reply.updateManyAndReturn({
    where: { id: replyId, state: { in: [...open] } },
    data: {
      state: 'sent',
      fence: { increment: 1 },
      externalId,
      url,
      ref: toJson({ ref }),
      proof,
      sentAt: new Date(proof.at),
      reason: jsonNull,
      notBefore: null,
      ...letGo,
    },
  })
  if (!proven) return false
  const { conversationId, workspaceId, accountId, messageId, privatelyTo } = proven
  const to = await work.db.message.findUniqueOrThrow({
    where: { id: messageId },
    select: { kind: true, externalId: true, conversation: { select: { account: true } } },
  })
  const { account } = to.conversation
  const at = proven.sentAt ?? now()
  await work.db.message.createMany({
    data: [
      {
        id: newId(),
        workspaceId,
        conversationId,
        accountId,
        externalId: messageNameOf(externalId, privatelyTo),
        kind: to.kind,
        own: true,
        privately: privatelyTo !== null,
        text: proven.text,
        at,
        textAt: at,
        authorName: account.displayName,
        authorHandle: account.handle,
        authorAvatar: account.avatarUrl,
        parentExternalId: to.externalId,
        url,
        media: [],
        source: {},
        via: 'reply',
      },
    ],
    skipDuplicates: true,
  })
  const name = messageNameOf(externalId, privatelyTo)
  const besides = calledSo.filter((id) => id !== conversationId)
  const touched = [conversationId, ...(await gatherUnder(work, { externalId: name, conversationId }, besides))]
  await sumUpConversations(work, touched)
  await keepClocks({ workspaceId }, work, touched)
  work.record({
    type: 'reply.sent',
    subject: { type: 'conversation', id: conversationId },
    particulars: { replyId, messageId, by: proof.by, url },
  })
  return true
}

/**
 * Locks the conversation that an answer stands in, wherever it went, at once with those in which what was said under it
 * stands, if that came first.
 * @returns those
 */
async function holdWithThoseUnder(work: Work, replyId: string, place: ReplyPlace): Promise<readonly string[]> {
  const calledSo = (await work.db.conversation.findMany({ where: place, select: { id: true } })).map(({ id }) => id)
  for (let held = ''; ;) {
    const { conversationId } = await work.db.reply.findUniqueOrThrow({
      where: { id: replyId },
      select: { conversationId: true },
    })
    if (conversationId === held) return calledSo
    await holdStill(work, [conversationId, ...calledSo])
    held = conversationId
  }
}

type Standing = Awaited<ReturnType<typeof standingAt>>
type Echo = { readonly externalId: string; readonly text: string; readonly at: Date; readonly url: string | null }

/**
 * The account's own words came back from the network. When exactly one answer in doubt says the same, in the same
 * place, and was sent no later, it is proven by that; an echo that fits none or several proves nothing.
 */
export async function proveByEcho(work: Work, place: ReplyPlace, echo: Echo): Promise<boolean> {
  const { replies } = await standingAt(work, place)
  const doubtful = await work.db.reply.findMany({
    where: {
      ...replies,
      state: { in: ['sending', 'unknown', 'reconciling', 'needs_person'] },
      attempts: { some: { purpose: 'send', startedAt: { lte: inMs(clocksDifferMs, echo.at) } } },
    },
    select: { id: true, text: true, state: true },
  })
  // Asked last: what was being sent a moment ago is either among those above or has its name by now.
  const { accountId } = place
  if ((await work.db.reply.count({ where: { accountId, externalId: echo.externalId } })) > 0) return false
  if (!doubtful.some(({ text }) => oneLine(text) === oneLine(echo.text))) return isSettledByHand(work, replies, echo)
  // One that is being sent right now will be told by its own answer; when that does not come, the echo is found again.
  const only = meantBy(echo.text, doubtful)
  if (!only) return false
  return proveReply(
    work,
    only.id,
    { externalId: echo.externalId, url: echo.url ?? '', ref: null },
    { by: 'webhook', at: echo.at.toISOString(), note: 'the network reported it' },
  )
}

/**
 * The echo of an answer that a person found at an address: from now on it goes by the network's own name, and what stood
 * in the conversation in its place goes, but that something was said privately stands there under its new name. That
 * happens once; what is said again is said anew.
 */
async function isSettledByHand({ db }: Work, replies: Standing['replies'], echo: Echo): Promise<boolean> {
  const settled = await db.reply.findMany({
    where: {
      ...replies,
      state: 'sent',
      proof: { path: ['by'], equals: 'person' },
      createdAt: { lte: inMs(clocksDifferMs, echo.at) },
    },
    orderBy: { createdAt: 'asc' },
    select: { id: true, accountId: true, text: true, externalId: true, url: true, privatelyTo: true },
  })
  const found = settled.find((reply) => reply.externalId === reply.url && oneLine(reply.text) === oneLine(echo.text))
  if (!found?.externalId) return false
  const { id, accountId, privatelyTo } = found
  const stood = { accountId, externalId: messageNameOf(found.externalId, privatelyTo), own: true, via: 'reply' }
  if (privatelyTo === null) await db.message.deleteMany({ where: stood })
  else
    await db.message.updateMany({
      where: stood,
      data: { externalId: messageNameOf(echo.externalId, privatelyTo) },
    })
  await db.reply.update({ where: { id }, data: { externalId: echo.externalId }, select: { id: true } })
  return true
}

type Doubtful = { readonly replyId: string; readonly since: Date }

/**
 * An echo that came while its answer was still being sent proved nothing then. It stands among the messages: the first of
 * the same words since the sending began that no other answer stands for; an import proves nothing. Undefined when there is none, or when another
 * answer in doubt says the same.
 */
export async function echoHeard({ db }: Work, { replyId, since }: Doubtful) {
  const { text, ...reply } = await db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: { text: true, ...placeColumns },
  })
  const { replies, said } = await standingAt({ db }, placeOfReply(reply))
  const others = await db.reply.findMany({
    where: { ...replies, id: { not: replyId }, state: { in: [...open, 'sent'] } },
    select: {
      state: true,
      text: true,
      externalId: true,
      attempts: { where: { purpose: 'send' }, take: 1, select: { id: true } },
    },
  })
  const isRival = (other: (typeof others)[number]) =>
    other.state !== 'sent' && other.attempts.length > 0 && oneLine(other.text) === oneLine(text)
  if (others.some(isRival)) return undefined
  const taken = new Set(others.map(({ externalId }) => externalId))
  const heard = await db.message.findMany({
    where: { ...said, own: true, receivedAt: { gte: since }, at: { gte: inMs(-clocksDifferMs, since) } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { externalId: true, text: true, at: true, url: true, via: true, ref: true },
  })
  return heard.find((one) => !isOnlyImported(one) && !taken.has(one.externalId) && oneLine(one.text) === oneLine(text))
}

/** Proves an answer in doubt by the echo that was heard while it was being sent. @returns false when there was none. */
export async function proveByHeardEcho(work: Work, doubtful: Doubtful): Promise<boolean> {
  const heard = await echoHeard(work, doubtful)
  if (!heard) return false
  const { externalId, url, at } = heard
  return proveReply(
    work,
    doubtful.replyId,
    { externalId, url: url ?? '', ref: null },
    { by: 'webhook', at: at.toISOString(), note: 'the network had reported it' },
  )
}

/**
 * The network reported an answer by our own key, or by the name it gave to it. That can be about no other, so it counts
 * for one that is still being sent, too.
 * @returns false when it is about none of ours, or says nothing new
 */
export async function hearOfReply(
  work: Work,
  accountId: string,
  { key, published, at, refused }: Confirmation,
): Promise<boolean> {
  const select = { id: true, privatelyTo: true } as const
  const reply =
    (await work.db.reply.findFirst({ where: { accountId, externalId: published.externalId }, select })) ??
    (key === undefined
      ? null
      : await work.db.reply.findFirst({
          where: { accountId, state: { in: [...open] }, intent: { path: ['key', 'recordKey'], equals: key } },
          select,
        }))
  if (!reply) return false
  if (refused === undefined)
    return proveReply(work, reply.id, published, { by: 'webhook', at, note: 'the network reported it' })
  const conversationId = await holdWhereAnswered(work, reply.id)
  const { count } = await work.db.reply.updateMany({
    where: { id: reply.id, state: { in: [...open, 'sent'] } },
    data: {
      state: 'refused',
      fence: { increment: 1 },
      reason: { kind: 'refused', message: refused },
      notBefore: null,
      ...letGo,
    },
  })
  if (count === 0) return false
  await freeWords(work, reply.id)
  // It stood in the conversation as said, and reached nobody.
  await work.db.message.updateMany({
    where: { accountId, externalId: messageNameOf(published.externalId, reply.privatelyTo), own: true },
    data: { deletedAt: new Date(at) },
  })
  await reopenFor(work, reply.id)
  work.record({
    type: 'reply.refused',
    subject: { type: 'conversation', id: conversationId },
    particulars: { replyId: reply.id, why: refused },
  })
  return true
}
