import { noteStuck } from '@/lib/contacts'
import { clocksDifferMs, inMs, now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'
import { endOvertaken } from '../drafting/overtaken-drafts'

/**
 * Whatever came in, or failed, until now is settled by the state that conversations were just given, also when the
 * network's clock is a little ahead of ours: what it dates further on would hide all that is said until then. What is done
 * leaves nobody waiting, and no draft.
 */
export async function settle(work: Work, conversationIds: readonly string[]): Promise<void> {
  const { sql } = work
  const at = now()
  await sql`
    update "Conversation" c set "settledAt" = s.at, "resolvedAt" = case when c.state = 'done' then s.at end,
      unanswered = c.unanswered and c.state <> 'done', "updatedAt" = ${at}
    from (
      select v.id, greatest(${at}::timestamp(3),
        case when v."settledAt" < ${inMs(clocksDifferMs, at)} then v."settledAt" + interval '1 millisecond' end,
        case when v."lastMessageAt" > ${at} then (
          -- As sum-up.ts says when it came.
          select max(least(m.at, m."receivedAt" + ${clocksDifferMs}::int * interval '1 millisecond')) from "Message" m
          where m."conversationId" = v.id and m.at > ${at} and m."workspaceId" = ${here}) end) as at
      from "Conversation" v where v.id = any(${conversationIds}) and v."workspaceId" = ${here}
    ) s
    where c.id = s.id and c."workspaceId" = ${here}`
  await noteStuck({ sql }, conversationIds)
  await endOvertaken(work, conversationIds)
}
