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
