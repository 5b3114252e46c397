import type { Work } from '@/lib/workspace'
import { here } from '@/lib/workspace'
import { whereTheySpoke } from './talks'

/*
 * Whoever changes people and conversations locks contacts, then identities, then conversations, and each by id: so do
 * those who take in what somebody says, and none waits for another that waits for them.
 */

/** Locks contacts and their identities until the transaction ends. What they say is taken in before, or after it. */
export async function holdPeople({ sql }: Work, contactIds: readonly string[]): Promise<void> {
  const ids = [...contactIds]
  await sql`
    select c.id from "Contact" c where c."workspaceId" = ${here} and c.id = any(${ids}) order by c.id for update`
  await sql`
    select i.id from "ContactIdentity" i where i."workspaceId" = ${here} and i."contactId" = any(${ids}) order by i.id for update`
}

/** Locks contacts, their identities and the conversations that are with them until the transaction ends. */
export async function holdContacts(work: Work, contactIds: readonly string[]): Promise<void> {
  await holdPeople(work, contactIds)
  const ids = [...contactIds]
  await work.sql`
    select c.id from "Conversation" c where c."workspaceId" = ${here} and c."contactId" = any(${ids}) order by c.id for update`
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
 * Locks every conversation that somebody of a contact is in, by id: those that are with them, those in which they
 * said something, whomever they are with, and chats that go by their name, where we wrote and they never did. To be called
 * when the person is held: nobody finds them in another from then on.
 */
export async function holdTalks({ sql }: Work, contactId: string): Promise<readonly Talk[]> {
  const spokenIn = await whereTheySpoke(sql, contactId)
  return sql<Talk>`
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
    order by c.id for update of c`
}
