import { z } from 'zod'
import { seal, unseal } from '@/lib/core/crypto'
import type { Credentials } from '@/lib/platforms'

const Kept = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  accessExpiresAt: z.string().optional(),
  refreshExpiresAt: z.string().optional(),
  scopes: z.array(z.string()),
  externalId: z.string(),
  server: z.string().optional(),
})

const purpose = (workspaceId: string) => `account:${workspaceId}`

/** Bound to the workspace: a sealed text copied into another workspace's row does not open there. */
export const sealCredentials = (workspaceId: string, credentials: Credentials): string =>
  seal(JSON.stringify(credentials), purpose(workspaceId))

export const unsealCredentials = (workspaceId: string, sealed: string): Credentials =>
  Kept.parse(JSON.parse(unseal(sealed, purpose(workspaceId))))

/** The columns that follow from credentials, written together with them so that they cannot disagree. */
export const credentialColumns = (workspaceId: string, credentials: Credentials, at: Date) => ({
  credentialsSealed: sealCredentials(workspaceId, credentials),
  scopes: [...credentials.scopes],
  tokenIssuedAt: at,
  tokenExpiresAt: credentials.accessExpiresAt ? new Date(credentials.accessExpiresAt) : null,
  refreshExpiresAt: credentials.refreshExpiresAt ? new Date(credentials.refreshExpiresAt) : null,
})
