import type { Work } from '@/lib/workspace'
import { here } from '@/lib/workspace'

/**
 * Locks contacts, their identities and all conversations with them until the transaction ends, always in the order in
 * which what comes in does: conversations, contacts, identities, and each by id.
 */
export async function holdContacts({ sql }: Work, contactIds: readonly string[]): Promise<void> {
  const ids = [...contactIds]
  await sql`
    select c.id from "Conversation" c where c."workspaceId" = ${here} and c."contactId" = any(${ids}) order by c.id for update`
  await sql`
    select c.id from "Contact" c where c."workspaceId" = ${here} and c.id = any(${ids}) order by c.id for update`
  await sql`
    select i.id from "ContactIdentity" i where i."workspaceId" = ${here} and i."contactId" = any(${ids}) order by i.id for update`
}

/**
 * The same for every conversation in which somebody of a contact has spoken, whomever it is with. Asked before the contact
 * is held, for the order's sake.
 * @returns the conversations
 */
export async function holdWhereTheySpoke({ sql }: Work, contactId: string): Promise<readonly string[]> {
  const rows = await sql<{ id: string }>`
    select c.id from "Conversation" c where c."workspaceId" = ${here} and c.id in (
      select t.id from "Conversation" t where t."workspaceId" = ${here} and t."contactId" = ${contactId}
      union all
      select m."conversationId" from "Message" m
      join "ContactIdentity" i on i.id = m."identityId" and i."workspaceId" = ${here}
      where m."workspaceId" = ${here} and i."contactId" = ${contactId})
    order by c.id for update of c`
  return rows.map(({ id }) => id)
}
