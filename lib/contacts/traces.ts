import { here, type Work } from '@/lib/workspace'
import { talksWith } from './talks'

/** What asks the database, in a transaction or outside of one. */
type Ask = Pick<Work, 'sql'> & { readonly db: Pick<Work['db'], 'contactIdentity' | 'message'> }

/** What of a person is spread over the tables: what they said, and what they are in. */
export async function tracesOf({ db, sql }: Ask, contactId: string) {
  const identities = await db.contactIdentity.findMany({
    where: { contactId },
    select: { id: true, externalId: true },
  })
  const identityIds = identities.map(({ id }) => id)
  const said = await db.message.findMany({
    where: { identityId: { in: identityIds } },
    select: { id: true, externalId: true },
  })
  const talks = await talksWith(sql, contactId)
  // Where nobody else speaks, all is said to them.
  const wholeIds = talks.flatMap(({ id, isTheirs, isShared }) => (isTheirs && !isShared ? [id] : []))
  return { identities, identityIds, said, talks, wholeIds }
}
export type Traces = Awaited<ReturnType<typeof tracesOf>>

/**
 * What we said to them, by the ids of its messages: all of ours where nobody else speaks with us, and elsewhere what
 * answers a message of theirs, or goes on below such an answer. What was written here says itself what it answers; the
 * rest stands below what it answers, where its network is that deep.
 */
export async function ourAnswers({ sql }: Ask, { said, wholeIds }: Traces): Promise<readonly string[]> {
  const saidIds = said.map(({ id }) => id)
  const rows = await sql<{ id: string }>`
    with recursive ours as (
      (select m.id, m."accountId", m."externalId" from "Message" m
      where m."conversationId" = any(${wholeIds}) and m.own and m."workspaceId" = ${here}
      union
      select m.id, m."accountId", m."externalId" from "Reply" r
      join "Message" m on m."accountId" = r."accountId" and m."externalId" = r."externalId" and m.own and m."workspaceId" = ${here}
      where r."messageId" = any(${saidIds}) and r."workspaceId" = ${here}
      union
      select m.id, m."accountId", m."externalId" from "Message" m
      where m."parentExternalId" = any(${said.map(({ externalId }) => externalId)}) and m.own and m."workspaceId" = ${here}
        and not exists (
          select 1 from "Reply" r
          where r."accountId" = m."accountId" and r."externalId" = m."externalId" and r."messageId" <> all(${saidIds})
            and r."workspaceId" = ${here}))
      union
      select m.id, m."accountId", m."externalId" from ours o
      join "Message" m on m."parentExternalId" = o."externalId" and m."accountId" = o."accountId" and m.own and m."workspaceId" = ${here}
      where not exists (
        select 1 from "Reply" r
        where r."accountId" = m."accountId" and r."externalId" = m."externalId" and r."messageId" <> all(${saidIds})
          and r."workspaceId" = ${here})
    )
    select o.id from ours o`
  return rows.map(({ id }) => id)
}
