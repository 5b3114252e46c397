import { here, type Work } from '@/lib/workspace'

/**
 * Keeps conversations from changing until the transaction ends, so that all who change them do so one after the other.
 * To be called before anything that stands in them is locked, and once for all of them:
 * docs/decisions/016-one-order-of-locks.md.
 * @returns whether all of them are here
 */
export async function holdStill({ sql }: Pick<Work, 'sql'>, conversationIds: readonly string[]): Promise<boolean> {
  const ids = [...new Set(conversationIds)]
  if (ids.length === 0) return true
  // Nobody here changes what rows of other tables point at: those who add such rows wait for nobody.
  const held = await sql<{ id: string }>`
    select c.id from "Conversation" c where c.id = any(${ids}) and c."workspaceId" = ${here}
    order by c.id for no key update`
  return held.length === ids.length
}
