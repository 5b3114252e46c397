import { here, type Work } from '@/lib/workspace'
import { holdTalks } from './hold'

/** What of a person who is held is spread over the tables. Locks the conversations that they are in. */
export async function tracesOf(work: Work, contactId: string) {
  const identities = await work.db.contactIdentity.findMany({
    where: { contactId },
    select: { id: true, externalId: true },
  })
  const identityIds = identities.map(({ id }) => id)
  const said = await work.db.message.findMany({
    where: { identityId: { in: identityIds } },
    select: { id: true, externalId: true },
  })
  return { identities, identityIds, said, talks: await holdTalks(work, contactId) }
}
export type Traces = Awaited<ReturnType<typeof tracesOf>>

/**
 * What we said to them, by the ids of its messages: all of ours in chats with them, and elsewhere what answers a message
 * of theirs. What was written here says itself what it answers; the rest stands below what it answers, where its network
 * is that deep.
 */
export async function ourAnswers({ sql }: Work, { said, talks }: Traces): Promise<readonly string[]> {
  const chats = talks.flatMap(({ id, isTheirs, isChat }) => (isTheirs && isChat ? [id] : []))
  const saidIds = said.map(({ id }) => id)
  const rows = await sql<{ id: string }>`
    select m.id from "Message" m where m."conversationId" = any(${chats}) and m.own and m."workspaceId" = ${here}
    union
    select m.id from "Reply" r
    join "Message" m on m."accountId" = r."accountId" and m."externalId" = r."externalId" and m.own and m."workspaceId" = ${here}
    where r."messageId" = any(${saidIds}) and r."workspaceId" = ${here}
    union
    select m.id from "Message" m
    where m."parentExternalId" = any(${said.map(({ externalId }) => externalId)}) and m.own and m."workspaceId" = ${here}
      and not exists (
        select 1 from "Reply" r
        where r."accountId" = m."accountId" and r."externalId" = m."externalId" and r."messageId" <> all(${saidIds})
          and r."workspaceId" = ${here})`
  return rows.map(({ id }) => id)
}
