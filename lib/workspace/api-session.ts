import { prisma } from '@/lib/core/db'
import { inMs, minute, now } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { fail, ok, type Result } from '@/lib/core/result'
import { keyPrefix, knownScopes } from './api-keys'
import { makeCtx, type Ctx } from './context'

const unreadable = {
  code: 'UNAUTHORIZED',
  message: 'This needs an API key. Send `Authorization: Bearer ph_…`, with a key from the workspace’s settings.',
} as const
const unknown = {
  code: 'INVALID_TOKEN',
  message: 'This API key is unknown or was revoked. Create another in the workspace’s settings.',
} as const
const expired = {
  code: 'TOKEN_EXPIRED',
  message: 'This API key has expired. Create another in the workspace’s settings.',
} as const

/**
 * The context of a program that calls with an API key: its workspace, its maker's role of today, its own scopes.
 * "Last used" is noted once a minute at most.
 */
export async function enterByApiKey(authorization: string | null): Promise<Result<Ctx>> {
  const key = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (!key?.startsWith(keyPrefix)) return fail(unreadable)
  const row = await prisma.apiKey.findUnique({ where: { keyHash: sha256(key) }, include: { workspace: true } })
  if (!row || row.revokedAt) return fail(unknown)
  const at = now()
  if (row.expiresAt && row.expiresAt < at) return fail(expired)
  const { id, name, workspaceId, createdById } = row
  const maker = await prisma.member.findUnique({
    where: { workspaceId_id: { workspaceId, id: createdById } },
    select: { role: true },
  })
  if (!maker) return fail(unknown)
  if (!row.lastUsedAt || row.lastUsedAt < inMs(-minute, at))
    await prisma.apiKey.updateMany({ where: { id, workspaceId }, data: { lastUsedAt: at } })
  return ok(makeCtx(row.workspace, { kind: 'api_key', id, name, scopes: knownScopes(row.scopes) }, maker.role))
}
