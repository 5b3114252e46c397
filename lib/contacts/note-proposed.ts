import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'

/**
 * Notes since when an answer in conversations waits for approval, whatever state they are in. Asked whenever an answer
 * begins or ends to wait for it. It is here for the reason that note-stuck.ts is.
 */
export async function noteProposed({ sql }: Pick<Work, 'sql'>, conversationIds: readonly string[]): Promise<void> {
  await sql`
    update "Conversation" c set "proposedAt" = case when s.proposed then ${now()}::timestamp(3) end
    from (
      select v.id, exists (
        select 1 from "Reply" r where r."conversationId" = v.id and r."workspaceId" = ${here} and r.state = 'in_review') as proposed
      from "Conversation" v where v.id = any(${conversationIds}) and v."workspaceId" = ${here}
    ) s
    where c.id = s.id and c."workspaceId" = ${here} and s.proposed <> (c."proposedAt" is not null)`
}
