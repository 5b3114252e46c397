import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import type { ConnectedAccount, Platform, Provider } from '@/lib/platforms'
import { transact, type Ctx } from '@/lib/workspace'
import { credentialColumns } from './secrets'

/** Adds accounts, or gives known ones their new tokens; posts that waited for that go on by the event. */
export async function keepAccounts(
  ctx: Ctx,
  platform: Platform | Provider,
  method: string,
  accounts: readonly ConnectedAccount[],
  projectId: string | null,
): Promise<readonly { id: string; handle: string }[]> {
  return transact(ctx, async ({ db, record }) => {
    const kept = []
    for (const {
      network,
      kind,
      traits,
      grantedBy,
      handle,
      displayName,
      avatarUrl,
      profileUrl,
      credentials,
    } of accounts) {
      const columns = {
        method,
        kind,
        handle,
        displayName,
        avatarUrl: avatarUrl ?? null,
        profileUrl,
        traits: toJson(traits ?? {}),
        grantedBy: grantedBy ?? null,
        state: 'healthy' as const,
        lastErrorMessage: null,
        lastErrorAt: null,
        lastCheckedAt: now(),
        disconnectedAt: null,
        ...credentialColumns(ctx.workspaceId, credentials, now()),
      }
      const on = network ?? platform.name
      const key = { workspaceId: ctx.workspaceId, platform: on, externalId: credentials.externalId }
      const known = await db.account.findFirst({ where: key, select: { id: true } })
      const { id } = known
        ? await db.account.update({ where: { id: known.id }, data: columns, select: { id: true } })
        : await db.account.create({ data: { id: newId(), ...key, ...columns, projectId }, select: { id: true } })
      record({
        type: known ? 'account.reconnected' : 'account.connected',
        subject: { type: 'account', id },
        particulars: { platform: on, handle, ...(on === platform.name ? {} : { by: platform.name }) },
      })
      kept.push({ id, handle })
    }
    return kept
  })
}
