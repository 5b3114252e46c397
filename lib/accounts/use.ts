import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { endingWith } from '@/lib/core/http'
import { newId } from '@/lib/core/ids'
import { count } from '@/lib/core/metrics'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf, appOf, type AppConfig, type Credentials, type Platform } from '@/lib/platforms'
import { operation, together, transact, type Ctx } from '@/lib/workspace'
import { heldUntil, noteAnswer, pass, type Passed } from './circuit'
import { lanes } from './circuit-rules'
import { explain } from './explain'
import { credentialColumns, unsealCredentials } from './secrets'
import { allowance, metered } from './spend'

export type UsableAccount = {
  readonly id: string
  readonly handle: string
  readonly platform: Platform
  readonly app: AppConfig
  readonly credentials: Credentials
  /** Given where a lane was named: `noteAnswer` is told how the call went. */
  readonly circuit?: Passed
}

/** A token this near its end is renewed before use. */
const renewBeforeMs = 2 * minute
/** How many calls, one after another, a refresh may take: `Platform.refresh` promises it. */
const refreshCalls = 2

/** Longer than the longest refresh: a lease that ended in the middle of one would let a second spend the same token. */
export const leaseMsFor = ({ timeoutMs = 20 * second }: Pick<AppConfig, 'timeoutMs'>): number =>
  refreshCalls * timeoutMs + 10 * second

/**
 * Live credentials for one connected account, refreshed when they are near their end.
 * `refused` names a token the network just refused: it is renewed whatever its age.
 * `lane` says what the network is called for: while that is paused, or has spent its part of what the network takes of
 * the app in a day, nobody gets the account, and the failure names with `retryAt` when to come again, nothing having been
 * tried.
 * Fails with PLATFORM_AUTH_FAILED when a person must reconnect, SERVICE_UNAVAILABLE when the network could not be asked,
 * RATE_LIMIT_EXCEEDED when it asked us to wait.
 */
export const useAccount = operation({
  can: 'account.use',
  input: z.object({ accountId: z.string(), refused: z.string().optional(), lane: z.enum(lanes).optional() }),
  async run(ctx, { accountId, refused, lane }): Promise<Result<UsableAccount>> {
    if (!lane) return renewIfSpent(ctx, accountId, refused)
    const passage = await pass(ctx, { accountId, lane })
    if (!passage.open) return fail(passage.held)
    const usable = await renewIfSpent(ctx, accountId, refused)
    if (!usable.ok) return usable
    const account = { ...usable.value, circuit: passage.passed }
    const left = await allowance(account, lane)
    if (!left || left.calls > 0) return ok({ ...account, app: metered(account, lane, left) })
    const { resetAt: retryAt, why } = left
    await noteAnswer(ctx, { account, answer: fail({ code: 'rate_limited', retryAt, why }) })
    return fail(heldUntil(retryAt, { why, isLimit: true }))
  },
})

/**
 * An account as it is kept, in whatever state, and without a call: to tell by its credentials what is its own. Nothing is
 * to be asked with them. Undefined where there is no such account.
 */
export const recallAccount = operation({
  can: 'account.use',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<Pick<UsableAccount, 'platform' | 'credentials'> | undefined>> {
    const read = await readAccount(ctx, accountId)
    return ok(read && { platform: adapterOf(read.row), credentials: read.credentials() })
  },
})

/** What `useAccount` gives, for callers inside this room, whose own permission was checked. */
export async function renewIfSpent(ctx: Ctx, accountId: string, refused?: string): Promise<Result<UsableAccount>> {
  const deadline = inMs(20 * second)
  for (;;) {
    const read = await readAccount(ctx, accountId)
    const account = read?.row
    if (!read || !account || account.state === 'disconnected')
      return fail({
        code: 'PLATFORM_AUTH_FAILED',
        message: 'This account was disconnected. Connect it again to keep posting.',
      })
    const platform = adapterOf(account)
    const app = metered({ platform, app: appOf(account, process.env) }, 'other')
    const credentials = read.credentials()
    const usable = ok({ id: account.id, handle: account.handle, platform, app, credentials })
    const spent =
      refused === credentials.accessToken ||
      (account.tokenExpiresAt !== null && account.tokenExpiresAt < inMs(renewBeforeMs))
    if (account.state === 'needs_reconnect')
      return fail({ code: 'PLATFORM_AUTH_FAILED', message: `Reconnect ${account.handle} to keep posting.` })
    if (!spent) return usable
    if (!platform.refresh || !credentials.refreshToken) return markSpent(ctx, account, platform.label)
    const leaseMs = leaseMsFor(app)
    if (await takeLease(ctx, accountId, account.credentialsSealed, leaseMs)) {
      const renewed = await renew(ctx, account, platform, app, credentials)
      if (renewed) return renewed
      continue
    }
    if (now() > deadline)
      return fail({
        code: 'SERVICE_UNAVAILABLE',
        message: 'The token is being renewed elsewhere. We try again.',
        retryAt: inMs(leaseMs),
      })
    // Another worker renews it: its result is read on the next turn.
    await wait(250)
  }
}

/**
 * Reads accounts: those asked for at once with one statement, and each is unsealed once for all who asked. Nothing is
 * kept longer than that, so what was renewed, reconnected or disconnected before the question is seen.
 */
const readAccount = together(async (ctx, ids: readonly string[]) => {
  const rows = await ctx.db.account.findMany({ where: { id: { in: [...new Set(ids)] } } })
  const read = new Map(rows.map((row) => [row.id, { row, credentials: once(() => unsealed(ctx, row)) }]))
  return ids.map((id) => read.get(id))
})

const unsealed = (ctx: Ctx, { credentialsSealed }: { credentialsSealed: string }) =>
  unsealCredentials(ctx.workspaceId, credentialsSealed)

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

const holder = newId()

const refreshes = count('posthorn_token_refreshes_total', 'Tokens renewed at networks, and what became of it', [
  'network',
  'outcome',
])

/**
 * Two refreshes at once would kill each other's tokens on networks that rotate them. The lease is given only for the
 * secrets that were read: when another renewed them meanwhile, ours are dead and must be read again.
 */
async function takeLease(ctx: Ctx, accountId: string, credentialsSealed: string, leaseMs: number): Promise<boolean> {
  const { count } = await ctx.db.account.updateMany({
    where: {
      id: accountId,
      credentialsSealed,
      OR: [{ refreshLeaseUntil: null }, { refreshLeaseUntil: { lt: now() } }],
    },
    data: { refreshLeaseUntil: inMs(leaseMs), refreshLeaseBy: holder },
  })
  return count === 1
}

type Read = { readonly id: string; readonly handle: string; readonly tokenIssuedAt: Date }

/** The account as it was read: neither reconnected nor disconnected since. Sealing it anew changes no token. */
const unchanged = ({ id, tokenIssuedAt }: Read) => ({ id, tokenIssuedAt, state: 'healthy' as const })

/** @returns undefined when the account was reconnected or disconnected meanwhile: it must be read again. */
async function renew(
  ctx: Ctx,
  account: Read,
  platform: Platform,
  app: AppConfig,
  old: Credentials,
): Promise<Result<UsableAccount> | undefined> {
  const { id, handle } = account
  // Under a lease of its own, and never ended with the work it is for: its answer may hold the only token that is left.
  const renewed = await endingWith(undefined, async () => platform.refresh?.(app, old))
  if (renewed) refreshes.inc({ network: platform.name, outcome: renewed.ok ? 'renewed' : renewed.error.code })
  if (!renewed?.ok) {
    await ctx.db.account.updateMany({
      where: { id, refreshLeaseBy: holder },
      data: { refreshLeaseUntil: null, refreshLeaseBy: null },
    })
    if (!renewed || renewed.error.code === 'auth_expired' || renewed.error.code === 'rejected')
      return markSpent(ctx, account, platform.label)
    return fail({ ...explain(renewed.error, platform.label), code: 'SERVICE_UNAVAILABLE' })
  }
  // A network that does not rotate sends no refresh token: the old one stays, it is never overwritten with nothing.
  const kept: Credentials = {
    ...old,
    ...renewed.value,
    refreshToken: renewed.value.refreshToken ?? old.refreshToken,
    refreshExpiresAt: renewed.value.refreshExpiresAt ?? old.refreshExpiresAt,
  }
  // Stored before use: if we die now, the new refresh token is not lost with us.
  const { count } = await ctx.db.account.updateMany({
    where: { ...unchanged(account), refreshLeaseBy: holder },
    data: {
      ...credentialColumns(ctx.workspaceId, kept, now()),
      refreshLeaseUntil: null,
      refreshLeaseBy: null,
      lastErrorMessage: null,
      lastErrorAt: null,
    },
  })
  return count === 1 ? ok({ id, handle, platform, app, credentials: kept }) : undefined
}

/** Marks that only a person can make the account work again. */
async function markSpent(ctx: Ctx, account: Read, network: string): Promise<Result<never>> {
  const failure = explain({ code: 'auth_expired', reason: 'token refused' }, network)
  await transact(ctx, async ({ db, record }) => {
    const { count } = await db.account.updateMany({
      where: unchanged(account),
      data: { state: 'needs_reconnect', lastErrorMessage: failure.message, lastErrorAt: now() },
    })
    if (count === 1) record({ type: 'account.lapsed', subject: { type: 'account', id: account.id } })
  })
  return fail(failure)
}
