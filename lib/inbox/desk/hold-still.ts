import { holdStill as holdRows, type Work } from '@/lib/workspace'

/**
 * Keeps conversations from changing until the transaction ends, so that all who change them do so one after the other.
 * To be called before anything that stands in them is locked, and once for all of them:
 * docs/decisions/016-one-order-of-locks.md.
 * @returns whether all of them are here
 */
export async function holdStill(work: Pick<Work, 'sql'>, conversationIds: readonly string[]): Promise<boolean> {
  // Nobody here changes what rows of other tables point at: those who add such rows wait for nobody.
  const held = await holdRows(work, 'Conversation', conversationIds)
  return conversationIds.every((id) => held.has(id))
}

/** The same for who changes them because they are asked to. @returns whether all are here, and none has joined another */
export async function holdHere(work: Pick<Work, 'db' | 'sql'>, conversationIds: readonly string[]): Promise<boolean> {
  if (!(await holdStill(work, conversationIds))) return false
  return (
    (await work.db.conversation.count({ where: { id: { in: [...conversationIds] }, joinedId: { not: null } } })) === 0
  )
}
