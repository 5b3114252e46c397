import { noteProposed } from '@/lib/contacts'
import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'

/** A message that stands where it does for want of what it answers. */
export type Stray = {
  readonly id: string
  readonly externalId: string
  readonly conversationId: string
  /** What it answers, where it stands wherever that stands. */
  readonly under: string | undefined
}

/**
 * What stands in these conversations, by the network's names for it: those alone to which nobody did anything here. What
 * somebody answered, holds, noted, labelled or ended stays as they know it. They must be locked.
 */
export async function straysAmong(
  { sql }: Work,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, Stray>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await sql<Omit<Stray, 'under'> & { readonly under: string | null }>`
    select m.id, m."externalId", m."conversationId",
      case when m.source ->> 'conversationOf' = 'parent' then m."parentExternalId" end as under
    from "Message" m join "Conversation" c on c.id = m."conversationId" and c."workspaceId" = ${here}
    where c.id = any(${conversationIds}) and m."workspaceId" = ${here}
      and c."assigneeId" is null and c."teamId" is null and c."settledAt" is null and c."resolvedAt" is null
      and c."snoozedUntil" is null and c."escalatedAt" is null and c."heldById" is null and not c."aiHeld" and c.shifts = '[]'::jsonb
      and not exists (select 1 from "ConversationLabel" l where l."conversationId" = c.id and l."workspaceId" = ${here})
      and not exists (select 1 from "ConversationNote" n where n."conversationId" = c.id and n."workspaceId" = ${here})
      and not exists (select 1 from "Reply" r where r."conversationId" = c.id and r."workspaceId" = ${here})`
  return new Map(rows.map(({ under, ...row }) => [row.externalId, { ...row, under: under ?? undefined }]))
}

/** A message that goes from one conversation to another. */
export type Going = { readonly id: string; readonly from: string; readonly to: string }

/**
 * Takes messages to other conversations, with what was drafted for them and what we answer them. Of both their old and
 * their new conversations, which must be locked, those are to be summed up that `sweepEmptied` leaves. It stands in the trail.
 */
export async function moveMessages(work: Work, going: readonly Going[]): Promise<void> {
  const { db } = work
  for (const [conversationId, some] of Map.groupBy(going, ({ to }) => to)) {
    const ids = some.map(({ id }) => id)
    await comeNow(work, ids, conversationId)
    const about = { where: { messageId: { in: ids } }, data: { conversationId } }
    await db.message.updateMany({ where: { id: { in: ids } }, data: { conversationId } })
    await db.reply.updateMany(about)
    await db.aiDraft.updateMany(about)
    await db.aiReading.updateMany(about)
  }
  await noteProposed(work, between(going))
  for (const { id: messageId, from, to: id } of going)
    work.record({ type: 'message.placed', subject: { type: 'conversation', id }, particulars: { messageId, from } })
}

/** Which of them go elsewhere, by where their names belong. */
export const goingOf = (
  some: readonly Pick<Stray, 'id' | 'externalId' | 'conversationId'>[],
  placeOf: (externalId: string) => string,
): readonly Going[] =>
  some
    .map(({ id, externalId, conversationId }) => ({ id, from: conversationId, to: placeOf(externalId) }))
    .filter(({ from, to }) => from !== to)

/** The conversations that these go from and to. */
export const between = (going: readonly Going[]): readonly string[] => [
  ...new Set(going.flatMap(({ from, to }) => [from, to])),
]

/**
 * Whoever said what is to become of a conversation has not seen what goes there afterwards: it comes in there only now.
 * What was settled where it stands is settled there, too.
 */
const comeNow = ({ sql }: Work, messageIds: readonly string[], conversationId: string) =>
  sql`
    update "Message" m set "receivedAt" = s.at
    from (
      select n.id, greatest(${now()}::timestamp(3), t."settledAt" + interval '1 millisecond') as at
      from "Message" n join "Conversation" f on f.id = n."conversationId" and f."workspaceId" = ${here}
      join "Conversation" t on t.id = ${conversationId} and t."workspaceId" = ${here} and t."settledAt" is not null
      where n.id = any(${messageIds}) and not n.own and n."workspaceId" = ${here}
        and (f."settledAt" is null or f."settledAt" < greatest(n."receivedAt", n."failedAt", n."needSeenAt"))) s
    where m.id = s.id and m."workspaceId" = ${here}`

/**
 * Takes away those of these conversations in which nothing stands any more. One that the trail quotes, or that others
 * joined, stays, empty and done: they hang from it.
 * @returns those in which something stands
 */
export async function sweepEmptied({ db }: Work, conversationIds: readonly string[]): Promise<readonly string[]> {
  if (conversationIds.length === 0) return []
  const emptied = { id: { in: [...conversationIds] }, messages: { none: {} }, joinedId: null }
  await db.conversation.deleteMany({ where: { ...emptied, excerpts: { none: {} }, joins: { none: {} } } })
  const stopped = await db.conversation.updateManyAndReturn({
    where: emptied,
    data: {
      state: 'done',
      unanswered: false,
      messageCount: 0,
      excerpt: '',
      contactId: null,
      identityId: null,
      firstInboundAt: null,
      lastInboundAt: null,
      lastOutboundAt: null,
      firstReplyAt: null,
    },
    select: { id: true },
  })
  // What is done owes nothing.
  await db.slaClock.deleteMany({ where: { conversationId: { in: stopped.map(({ id }) => id) } } })
  const rows = await db.conversation.findMany({
    where: { id: { in: [...conversationIds] }, messages: { some: {} } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
