import type { Work } from '@/lib/workspace'
import { here } from '@/lib/workspace'
import { talksWith } from './talks'

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

/**
 * Locks every conversation that somebody of a contact is in, by id. To be called when the person is held: nobody finds
 * them in another from then on.
 */
export async function holdTalks({ sql }: Work, contactId: string): Promise<void> {
  const ids = (await talksWith(sql, contactId)).map(({ id }) => id)
  await sql`
    select c.id from "Conversation" c where c."workspaceId" = ${here} and c.id = any(${ids}) order by c.id for update`
}
