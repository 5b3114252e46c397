import { sha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Permission } from '@/lib/workspace'

/** An API key with these scopes, in a workspace of its own. @returns its secret. */
export async function newKey(scopes: readonly Permission[]): Promise<string> {
  const [workspaceId, userId, memberId, secret] = [newId(), newId(), newId(), `ph_${newId()}`]
  await prisma.workspace.create({ data: { id: workspaceId, slug: workspaceId, name: 'Acme', timeZone: 'UTC' } })
  await prisma.user.create({ data: { id: userId, email: `${userId}@example.com`, name: 'Ada', passwordHash: 'none' } })
  await prisma.member.create({ data: { id: memberId, workspaceId, userId, role: 'owner' } })
  const key = { id: newId(), workspaceId, name: 'tests', prefix: 'ph_', keyHash: sha256(secret), scopes: [...scopes] }
  await prisma.apiKey.create({ data: { ...key, createdById: memberId } })
  return secret
}
