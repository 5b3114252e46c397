import { now } from '@/lib/core/clock'
import { holdTeams } from '@/lib/routing'
import type { Ctx, Work } from '@/lib/workspace'
import { act } from './act'
import { routeMoment } from '../triage/route'

type Left = {
  readonly conversationId: string
  readonly accountId: string
  readonly messageId: string
  /** Sentences of ours alone: the trail, which keeps them, forgets nothing. */
  readonly reasons?: readonly string[]
}

/**
 * Leaves a conversation to a person: it stands among those that are escalated, who listens is told, the account's policy
 * gives it to whom it names unless somebody has it, and the rules for it are asked. The conversation must be locked.
 */
export async function escalate(ctx: Ctx, work: Work, left: Left): Promise<void> {
  const { conversationId, accountId, messageId, reasons = [] } = left
  const { db, record } = work
  await db.conversation.updateMany({ where: { id: conversationId }, data: { escalatedAt: now() } })
  record({
    type: 'conversation.escalated',
    subject: { type: 'conversation', id: conversationId },
    particulars: { messageId, reasons },
  })
  const policy = await db.aiPolicy.findUnique({
    where: { accountId },
    select: { escalateTeamId: true, escalateMemberId: true },
  })
  const how = { takesOver: false }
  if (policy?.escalateMemberId)
    await act(ctx, work, conversationId, { do: 'assign_person', memberId: policy.escalateMemberId }, how)
  else if (policy?.escalateTeamId) {
    const teamId = policy.escalateTeamId
    await holdTeams(work, [teamId])
    await act(ctx, work, conversationId, { do: 'assign_team', teamId, by: 'load', skills: [], onlineOnly: false }, how)
  }
  await routeMoment(ctx, work, conversationId, { moment: 'escalated', cause: messageId, messageId })
}
