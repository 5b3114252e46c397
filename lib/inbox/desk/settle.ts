import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'
import { noteStuck } from '../triage/note-stuck'

/**
 * Whatever came in until now is settled by the state that conversations were just given, also when the network's clock
 * is ahead of ours. What is done leaves nobody waiting.
 */
export async function settle({ sql }: Work, conversationIds: readonly string[]): Promise<void> {
  const at = now()
  await sql`
    update "Conversation" c set "settledAt" = greatest(${at}::timestamp(3), c."lastMessageAt"),
      "resolvedAt" = case when c.state = 'done' then greatest(${at}::timestamp(3), c."lastMessageAt") end,
      unanswered = c.unanswered and c.state <> 'done', "updatedAt" = ${at}
    where c.id = any(${conversationIds}) and c."workspaceId" = ${here}`
  await noteStuck({ sql }, conversationIds)
}
