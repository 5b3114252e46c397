import { here, type Work } from '@/lib/workspace'

/**
 * Whether a member is in the workspace, where they stay until the transaction ends: whoever removes them waits, and
 * frees what they were given here.
 */
export async function isStillHere({ sql }: Pick<Work, 'sql'>, memberId: string): Promise<boolean> {
  const held = await sql<{ id: string }>`
    select m.id from "Member" m where m.id = ${memberId} and m."workspaceId" = ${here} for key share`
  return held.length > 0
}
