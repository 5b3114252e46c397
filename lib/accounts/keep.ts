import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import type { ConnectedAccount, Platform, Provider } from '@/lib/platforms'
import { transact, type Ctx } from '@/lib/workspace'
import type { Connected } from './schema'
import { credentialColumns } from './secrets'

/** What a connection was begun for, where it was said. */
type Aim = {
  readonly projectId: string | null
  /** The account whose "Reconnect" began it. */
  readonly accountId: string | null
}

const known = { platform: true, externalId: true, handle: true } as const

const isSame = (
  { network, credentials }: ConnectedAccount,
  { platform, externalId }: { readonly platform: string; readonly externalId: string },
  by: Platform | Provider,
): boolean => (network ?? by.name) === platform && credentials.externalId === externalId

function another(
  { label }: Platform | Provider,
  { handle }: { readonly handle: string },
  accounts: readonly ConnectedAccount[],
): Failure {
  const given = [...new Set(accounts.map((one) => one.handle))].join(', ')
  return {
    code: 'PLATFORM_AUTH_FAILED',
    message: `You allowed ${given} at ${label}, so ${handle} was not reconnected and nothing was changed. Sign in there as ${handle} and press Reconnect again; or connect ${given} as an account of its own.`,
  }
}

/**
 * Adds accounts, or gives known ones their new tokens; posts that waited for that go on by the event.
 *
 * A grant may bring back more than was asked for: all pages of a person, all accounts of a provider's key. One that
 * somebody disconnected here comes back only when it is meant: the connection was begun by its own "Reconnect", or by
 * nobody's and the grant holds it alone. A “Reconnect” that brings back another account changes nothing. Otherwise it is `left`, also when that leaves nothing connected: no post goes
 * out through an account that nobody asked for.
 */
export async function keepAccounts(
  ctx: Ctx,
  platform: Platform | Provider,
  method: string,
  accounts: readonly ConnectedAccount[],
  { projectId, accountId }: Aim,
): Promise<Result<Connected>> {
  const meant = accountId ? await ctx.db.account.findUnique({ where: { id: accountId }, select: known }) : null
  if (meant && !accounts.some((one) => isSame(one, meant, platform))) return fail(another(platform, meant, accounts))
  const isAlone = accountId === null && accounts.length === 1
  return transact(ctx, async ({ db, record }) => {
    const kept = []
    const left = []
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
      const id = known?.id ?? newId()
      if (known) {
        const isMeant = isAlone || id === accountId
        const { count } = await db.account.updateMany({
          where: { id, ...(isMeant ? {} : { state: { not: 'disconnected' } }) },
          data: columns,
        })
        if (count === 0) {
          left.push({ id, handle })
          continue
        }
      } else await db.account.create({ data: { id, ...key, ...columns, projectId }, select: { id: true } })
      record({
        type: known ? 'account.reconnected' : 'account.connected',
        subject: { type: 'account', id },
        particulars: { platform: on, handle, ...(on === platform.name ? {} : { by: platform.name }) },
      })
      kept.push({ id, handle })
    }
    return ok({ accounts: kept, left, notes: [...new Set(accounts.flatMap(({ besides = [] }) => besides))] })
  })
}
