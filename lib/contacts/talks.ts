import { here, sql, type Ctx, type Work } from '@/lib/workspace'

/** Of somebody who is in more, the latest are enough. */
const mostListed = 5_000

/** What a person is in: conversations that they began, and threads in which they said something. */
async function whereTheySpoke(ask: Work['sql'], contactId: string): Promise<readonly string[]> {
  const rows = await ask<{ id: string }>`
    select b.id from "Conversation" b where b."contactId" = ${contactId} and b."workspaceId" = ${here}
    union
    select m."conversationId" from "ContactIdentity" i
    join "Message" m on m."identityId" = i.id and m."workspaceId" = ${here}
    where i."contactId" = ${contactId} and i."workspaceId" = ${here}`
  return rows.map(({ id }) => id)
}

/** A conversation that somebody is in. */
export type Talk = {
  readonly id: string
  readonly externalKey: string
  /** It is with them, or theirs; in all others they only said something. */
  readonly isTheirs: boolean
  /** Somebody else speaks in it, too: somebody not erased, who in private has a name. */
  readonly isShared: boolean
}

/**
 * Every conversation that somebody of a contact is in, by id: those that are with them, those in which they said
 * something, whomever they are with, and chats that go by their name, where we wrote and they never did.
 */
export async function talksWith(ask: Work['sql'], contactId: string): Promise<readonly Talk[]> {
  const spokenIn = await whereTheySpoke(ask, contactId)
  return ask<Talk>`
    with theirs as (
      select t.id from "Conversation" t where t."contactId" = ${contactId} and t."workspaceId" = ${here}
      union
      select t.id from "ContactIdentity" i
      join "Conversation" t on t."identityId" = i.id and t."workspaceId" = ${here}
      where i."contactId" = ${contactId} and i."workspaceId" = ${here}
      union
      select t.id from "ContactIdentity" i
      join "Account" a on a.platform = i.platform and a."workspaceId" = ${here}
      join "Conversation" t on t."accountId" = a.id and t."workspaceId" = ${here}
        -- X calls the chat of two by both their ids.
        and t."externalKey" in (i."externalId", a."externalId" || '-' || i."externalId", i."externalId" || '-' || a."externalId")
      where i."contactId" = ${contactId} and i."workspaceId" = ${here} and exists (
        select 1 from "Message" m where m."conversationId" = t.id and m.kind = 'dm' and m."workspaceId" = ${here})
    )
    select c.id, c."externalKey", c.id in (select t.id from theirs t) as "isTheirs",
      exists (
        select 1 from "Message" m
        where m."conversationId" = c.id and not m.own and m."erasedAt" is null and m."workspaceId" = ${here}
          and (m."identityId" is not null or m.kind not in ('dm', 'reaction'))
          and not exists (
            select 1 from "ContactIdentity" i
            where i.id = m."identityId" and i."contactId" = ${contactId} and i."workspaceId" = ${here})) as "isShared"
    from "Conversation" c
    where c.id in (select unnest(${spokenIn}::text[]) union select t.id from theirs t) and c."workspaceId" = ${here}
    order by c.id`
}

/** What a person is in, the latest first. */
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
