import { here, type Work } from '@/lib/workspace'

/**
 * Whether somebody reconnected an account meanwhile. It is kept from changing until this transaction ends: whoever
 * reconnects it afterwards finds what waits for that.
 */
export async function isReconnected({ sql }: Pick<Work, 'sql'>, accountId: string): Promise<boolean> {
  const [account] = await sql<{ state: string }>`
    select a.state from "Account" a where a.id = ${accountId} and a."workspaceId" = ${here} for share of a`
  return account?.state === 'healthy'
}
