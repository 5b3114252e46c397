import { now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import type { IncomingKind } from '@/lib/platforms'
import { here, type Work } from '@/lib/workspace'
import { Reasons, Shifts, type ConversationState, type Scored } from './schema'

/** From the weightiest: the first that a conversation has names it. */
const weighty: readonly IncomingKind[] = ['dm', 'review', 'mention', 'comment', 'share', 'reaction']
/** Kinds that somebody expects an answer to. */
export const wantsAnswer: readonly string[] = ['dm', 'review', 'mention', 'comment']

const excerptOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200)

const newest = [{ at: 'desc' as const }, { externalId: 'desc' as const }]
const oldest = [{ at: 'asc' as const }, { externalId: 'asc' as const }]

/**
 * What a conversation is, summed up anew from its messages: whoever comes in what order, the end is the same. Only what
 * people decided (state, assignee, labels) is left as it was, but that news opens it again.
 */
export async function sumUpConversation({ db, sql }: Work, conversationId: string): Promise<void> {
  const there = { conversationId, deletedAt: null }
  const inbound = { ...there, own: false, kind: { in: [...wantsAnswer] } }
  const [row, last, lastEver, lastIn, firstIn, lastOut, kinds, count] = [
    await db.conversation.findUniqueOrThrow({
      where: { id: conversationId },
      select: { state: true, settledAt: true, shifts: true },
    }),
    await db.message.findFirst({ where: there, orderBy: newest }),
    // Taken away or not: a conversation of which nothing is left still has its place in time.
    await db.message.findFirstOrThrow({ where: { conversationId }, orderBy: newest, select: { at: true } }),
    await db.message.findFirst({ where: inbound, orderBy: newest }),
    await db.message.findFirst({ where: inbound, orderBy: oldest, select: { at: true, identityId: true } }),
    await db.message.findFirst({ where: { ...there, own: true }, orderBy: newest, select: { at: true } }),
    await db.message.groupBy({ by: ['kind'], where: there, orderBy: { kind: 'asc' } }),
    await db.message.count({ where: there }),
  ]
  const firstReply = firstIn
    ? await db.message.findFirst({
        where: { ...there, own: true, at: { gt: firstIn.at } },
        orderBy: oldest,
        select: { at: true },
      })
    : null
  // Held until the end: who merges, separates or erases the person meanwhile waits, and finds this conversation too.
  const [person] = firstIn?.identityId
    ? await sql<{ id: string; contactId: string }>`
        select i.id, i."contactId" from "ContactIdentity" i
        where i."workspaceId" = ${here} and i.id = ${firstIn.identityId} for share`
    : []
  const unanswered = Boolean(lastIn && (!lastOut || lastOut.at < lastIn.at))
  const opensAgain = Boolean(lastIn && (row.settledAt === null || lastIn.at > row.settledAt))
  const state: ConversationState = opensAgain ? (unanswered ? 'todo' : 'waiting') : row.settledAt ? row.state : 'done'
  const shown = lastIn ?? last
  const given = Reasons.safeParse(shown?.reasons).data ?? {}
  const priority = shifted(given.priority ?? { score: shown?.priority ?? 50, factors: [] }, Shifts.parse(row.shifts))
  await db.conversation.update({
    where: { id: conversationId },
    data: {
      kind: weighty.find((kind) => kinds.some((each) => each.kind === kind)) ?? 'comment',
      state,
      ...(state === 'snoozed' ? {} : { snoozedUntil: null }),
      identityId: person?.id ?? null,
      contactId: person?.contactId ?? null,
      excerpt: excerptOf(last?.text ?? ''),
      lastMessageAt: last?.at ?? lastEver.at,
      lastInboundAt: lastIn?.at ?? null,
      lastOutboundAt: lastOut?.at ?? null,
      unanswered,
      messageCount: count,
      firstReplyAt: firstReply?.at ?? null,
      sentiment: shown?.sentiment ?? null,
      intent: shown?.intent ?? null,
      priority: priority.score,
      leadScore: given.lead?.score ?? 0,
      reasons: toJson({ ...given, priority }),
      updatedAt: now(),
    },
    select: { id: true },
  })
}

/** A score with what rules added to it, 1 to 100 all the same. */
function shifted({ score, factors }: Scored, shifts: Shifts): Scored {
  if (shifts.length === 0) return { score, factors }
  const sum = shifts.reduce((total, { points }) => total + points, score)
  return {
    score: Math.min(100, Math.max(1, sum)),
    factors: [
      ...factors,
      ...shifts.map(({ ruleId, name, points }) => ({ name: `rule.${ruleId}`, label: `The rule “${name}”`, points })),
    ],
  }
}
