import type { Failure } from '@/lib/core/result'
import { here, type Work } from '@/lib/workspace'
import { talksWith } from './talks'

/*
 * Contacts come first, then identities, then conversations, each by id, and what stands in a conversation last:
 * docs/decisions/016-one-order-of-locks.md.
 */

export const movedMeanwhile: Failure = {
  code: 'CONFLICT',
  message: 'This person was merged, separated or erased in the meantime. Reload and look again.',
}

/**
 * Locks people until the transaction ends: their contacts, those merged into them, and their identities. What they say is
 * taken in before, or after it.
 * @returns false when some were merged into them while this waited, who are not locked: then nothing may be changed
 */
export async function holdPeople({ sql }: Work, contactIds: readonly string[]): Promise<boolean> {
  const ids = [...contactIds]
  const held = await sql<{ id: string }>`
    select c.id from "Contact" c
    where c."workspaceId" = ${here} and (c.id = any(${ids}) or c."rootId" = any(${ids}))
    order by c.id for update`
  await sql`
    select i.id from "ContactIdentity" i where i."workspaceId" = ${here} and i."contactId" = any(${ids}) order by i.id for update`
  const more = await sql<{ id: string }>`
    select c.id from "Contact" c
    where c."workspaceId" = ${here} and c."rootId" = any(${ids}) and c.id <> all(${held.map(({ id }) => id)}) limit 1`
  return more.length === 0
}

/** The same, with the conversations that are with them. */
export async function holdContacts(work: Work, contactIds: readonly string[]): Promise<boolean> {
  const areHeld = await holdPeople(work, contactIds)
  const ids = [...contactIds]
  await work.sql`
    select c.id from "Conversation" c
    where c."workspaceId" = ${here} and c."contactId" = any(${ids}) order by c.id for no key update`
  return areHeld
}

/**
 * Locks every conversation that somebody of a contact is in, by id, wherever what they said went while this waited. To be
 * called when the person is held.
 */
export async function holdTalks({ sql }: Work, contactId: string): Promise<void> {
  const held = new Set<string>()
  for (;;) {
    const ids = (await talksWith(sql, contactId)).map(({ id }) => id)
    if (ids.every((id) => held.has(id))) return
    await sql`
      select c.id from "Conversation" c where c."workspaceId" = ${here} and c.id = any(${ids}) order by c.id for update`
    for (const id of ids) held.add(id)
  }
}
