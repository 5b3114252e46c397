import { here, sql, type Ctx, type Work } from '@/lib/workspace'

/** Of somebody who is in more, the latest are enough. */
const mostListed = 5_000

/** What a person is in: conversations that they began, and threads in which they said something. */
export async function whereTheySpoke(ask: Work['sql'], contactId: string): Promise<readonly string[]> {
  const rows = await ask<{ id: string }>`
    select b.id from "Conversation" b where b."contactId" = ${contactId} and b."workspaceId" = ${here}
    union
    select m."conversationId" from "ContactIdentity" i
    join "Message" m on m."identityId" = i.id and m."workspaceId" = ${here}
    where i."contactId" = ${contactId} and i."workspaceId" = ${here}`
  return rows.map(({ id }) => id)
}

/** The same, the latest first. */
export async function conversationsWith(ctx: Ctx, contactId: string): Promise<string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select c.id from "Conversation" c
    where c.id = any(${await whereTheySpoke(sql(ctx), contactId)}) and c."workspaceId" = ${here}
    order by c."lastMessageAt" desc, c.id desc limit ${mostListed}`
  return rows.map(({ id }) => id)
}

type Talks = { readonly conversations: number; readonly leadScore: number }

/**
 * In how many conversations each of these is, and how promising they are: by the last that they said in words in each,
 * the most promising.
 */
export async function talksOf(ctx: Ctx, contactIds: readonly string[]): Promise<(contactId: string) => Talks> {
  const rows = await sql(ctx)<Talks & { readonly id: string }>`
    with spoken as (
      select distinct on (i."contactId", m."conversationId") i."contactId", m."conversationId",
        (m.reasons -> 'lead' ->> 'score')::float8 as score
      from "ContactIdentity" i join "Message" m on m."identityId" = i.id and m."workspaceId" = ${here}
      where i."contactId" = any(${contactIds}) and i."workspaceId" = ${here}
      order by i."contactId", m."conversationId", m.text <> '' desc, m.at desc, m."externalId" desc
    ), begun as (
      select c."contactId", c.id as "conversationId" from "Conversation" c
      where c."contactId" = any(${contactIds}) and c."workspaceId" = ${here}
    )
    select coalesce(s."contactId", b."contactId") as id, count(*)::int as conversations,
      coalesce(max(s.score), 0)::int as "leadScore"
    from spoken s full join begun b on b."contactId" = s."contactId" and b."conversationId" = s."conversationId"
    group by 1`
  const found = new Map(rows.map(({ id, conversations, leadScore }) => [id, { conversations, leadScore }]))
  return (id) => found.get(id) ?? { conversations: 0, leadScore: 0 }
}
