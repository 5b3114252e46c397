import { now } from '@/lib/core/clock'
import { here, type Ctx, type Work } from '@/lib/workspace'
import { wantsAnswer } from '../schema'
import { joinClocks } from './join-clocks'
import { joinedAs, takesState } from './joined-as'
import type { Going } from './strays'

type Moves = {
  /** All that went to another conversation. */
  readonly moved: readonly Going[]
  /** Those whose conversations, left empty, were the other one all along. */
  readonly placed: readonly Going[]
}

/**
 * What people and rules did to a conversation that was left empty goes to where its messages went: who has it, its state,
 * labels, notes, promises and notifications. The one left empty stays as a signpost. All of them must be locked, and are
 * to be summed up afterwards, but for those that joined others.
 * @returns those
 */
export async function joinEmptied(ctx: Ctx, work: Work, { moved, placed }: Moves): Promise<ReadonlySet<string>> {
  const { db } = work
  const into = new Map(placed.map(({ from, to }) => [from, to]))
  const emptied = await db.conversation.findMany({
    where: { id: { in: [...into.keys()] }, messages: { none: {} }, joinedId: null },
    orderBy: { id: 'asc' },
  })
  const decided = new Set<string>()
  for (const from of emptied) {
    const to = into.get(from.id) ?? from.id
    const target = await db.conversation.findUniqueOrThrow({ where: { id: to } })
    if (takesState(from, target)) decided.add(from.id)
  }
  await keepWaiting(
    work,
    moved.filter(({ from }) => !decided.has(from)),
  )
  for (const from of emptied) {
    const to = into.get(from.id) ?? from.id
    const target = await db.conversation.findUniqueOrThrow({ where: { id: to } })
    await db.conversation.update({ where: { id: to }, data: joinedAs(from, target, now()), select: { id: true } })
    await joinClocks(work, from.id, to)
    const labelIds = await joinLabels(work, from.id, to)
    await moveWhatHangs(work, from.id, to)
    await leaveSignpost(work, from.id, to)
    work.record({
      type: 'conversation.joined',
      subject: { type: 'conversation', id: from.id },
      particulars: { into: to, labelIds, assigneeId: from.assigneeId, teamId: from.teamId },
    })
  }
  return new Set(emptied.map(({ id }) => id))
}

/**
 * What was put off there, and could not be here, is to be done again where the other was ended before it came: better asked
 * twice than never.
 */
async function keepWaiting({ sql }: Work, moved: readonly Going[]): Promise<void> {
  if (moved.length === 0) return
  const at = now()
  await sql`
    update "Message" m set "receivedAt" = greatest(${at}::timestamp(3), t."settledAt" + interval '1 millisecond')
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as g(id text, "from" text, "to" text)
    join "Conversation" c on c.id = g."from" and c."workspaceId" = ${here}
    join "Conversation" t on t.id = g."to" and t."workspaceId" = ${here}
    where m.id = g.id and m."workspaceId" = ${here} and not m.own and m.kind = any(${wantsAnswer})
      and m."deletedAt" is null and m."erasedAt" is null and m."answeredAt" is null
      and greatest(m."receivedAt", m."failedAt", m."needSeenAt") <= t."settledAt"
      and (c."resolvedAt" is null or greatest(m."receivedAt", m."failedAt", m."needSeenAt") > c."resolvedAt")`
}

/** @returns those that the other did not have */
async function joinLabels({ db }: Work, from: string, to: string): Promise<readonly string[]> {
  const labels = await db.conversationLabel.findMany({ where: { conversationId: from }, orderBy: { labelId: 'asc' } })
  const added = await db.conversationLabel.createManyAndReturn({
    data: labels.map((label) => ({ ...label, conversationId: to })),
    skipDuplicates: true,
    select: { labelId: true },
  })
  await db.conversationLabel.deleteMany({ where: { conversationId: from } })
  return added.map(({ labelId }) => labelId)
}

async function moveWhatHangs({ db }: Work, from: string, to: string): Promise<void> {
  const going = { where: { conversationId: from }, data: { conversationId: to } }
  await db.conversationNote.updateMany(going)
  await db.notification.updateMany(going)
  await db.ruleFiring.updateMany(going)
}

/** Its quotes in the trail hang from it, and who has its address is led on. */
async function leaveSignpost({ db }: Work, from: string, to: string): Promise<void> {
  await db.conversation.updateMany({ where: { joinedId: from }, data: { joinedId: to } })
  await db.conversation.update({
    where: { id: from },
    data: {
      joinedId: to,
      state: 'done',
      snoozedUntil: null,
      disposition: null,
      unanswered: false,
      messageCount: 0,
      excerpt: '',
      contactId: null,
      identityId: null,
      assigneeId: null,
      teamId: null,
      heldById: null,
      heldUntil: null,
      escalatedAt: null,
      stuckAt: null,
      proposedAt: null,
      firstInboundAt: null,
      lastInboundAt: null,
      lastOutboundAt: null,
      firstReplyAt: null,
    },
    select: { id: true },
  })
}
