import type { Happening } from './happenings'
import type { UnscopedWork } from './transact'

/** Records what a person did about themselves in each workspace they are in: its admins have a right to know. */
export async function recordForPerson(
  { db, record }: Pick<UnscopedWork, 'db' | 'record'>,
  userId: string,
  happening: Happening,
): Promise<void> {
  const memberships = await db.member.findMany({ where: { userId }, select: { id: true, workspaceId: true } })
  for (const { id, workspaceId } of memberships) record(workspaceId, { kind: 'member', id }, happening)
}
