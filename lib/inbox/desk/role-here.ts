import { here, may, type MemberRole, type Work } from '@/lib/workspace'

/**
 * The role of a member of the workspace, where they stay until the transaction ends: whoever removes them waits, and
 * frees what they were given here. Undefined when they are not in it.
 */
export async function roleHere({ sql }: Pick<Work, 'sql'>, memberId: string): Promise<MemberRole | undefined> {
  const [held] = await sql<{ role: MemberRole }>`
    select m.role::text as role from "Member" m where m.id = ${memberId} and m."workspaceId" = ${here} for key share`
  return held?.role
}

/** Whether a conversation can be given to them: they are here, and may answer. They are held as by `roleHere`. */
export async function mayHold(work: Pick<Work, 'sql'>, memberId: string): Promise<boolean> {
  const role = await roleHere(work, memberId)
  return role !== undefined && may(role, 'inbox.draft')
}
