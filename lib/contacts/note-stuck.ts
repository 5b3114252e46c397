import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'

/**
 * Notes since when an answer in conversations needs a person: it cannot be sent without one, nobody can tell what became of
 * it, or its network refused it and its message stands and has no other. What was ended after it failed is left in peace.
 * Asked whenever the state of an answer or of a conversation changes. It is here because whoever erases a person asks it, too.
 */
export async function noteStuck({ sql }: Pick<Work, 'sql'>, conversationIds: readonly string[]): Promise<void> {
  await sql`
    update "Conversation" c set "stuckAt" = case when s.stuck then ${now()}::timestamp(3) end
    from (
      select v.id, exists (
        select 1 from "Reply" r join "Message" m on m.id = r."messageId" and m."workspaceId" = ${here}
        where r."conversationId" = v.id and r."workspaceId" = ${here} and r.state in ('refused', 'needs_person')
          and (v."resolvedAt" is null or greatest(r."createdAt", m."failedAt") > v."resolvedAt")
          and (r.state = 'needs_person' or (m."answeredAt" is null and m."erasedAt" is null and m."deletedAt" is null))) as stuck
      from "Conversation" v where v.id = any(${conversationIds}) and v."workspaceId" = ${here}
    ) s
    where c.id = s.id and c."workspaceId" = ${here} and s.stuck <> (c."stuckAt" is not null)`
}
