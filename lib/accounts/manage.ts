import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { adapterOf, type Platform } from '@/lib/platforms'
import { operation, query, transact, type Ctx } from '@/lib/workspace'
import { pausesOf } from './circuit'
import { explain } from './explain'
import { checkProject } from './project'
import {
  ListAccounts,
  OneAccount,
  SetAccountProject,
  SetAccountSwitches,
  type AccountCard,
  type AccountSwitches,
} from './schema'
import { sealCredentials, unsealCredentials } from './secrets'
import { renewIfSpent } from './use'

export const gone: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such account in this workspace. Reload the accounts page.',
}

/** Networks of many servers keep an account's own among its traits. */
const Served = z.object({ server: z.string() })

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>
const rowOf = ({ db }: Pick<Ctx, 'db'>, accountId: string) =>
  db.account.findUnique({ where: { id: accountId }, include: { circuits: true } })

function cardOf(row: Row): AccountCard {
  const platform = adapterOf(row)
  // The column is written from ConnectedAccount and from nothing else.
  const kind = row.kind as AccountCard['kind']
  const method = platform.connections.find((c) => c.name === row.method)
  const asked = method?.kind === 'oauth' ? method.scopes : []
  return {
    id: row.id,
    platform: row.platform,
    platformLabel: platform.label,
    method: row.method,
    kind,
    handle: row.handle,
    displayName: row.displayName,
    avatarUrl: row.avatarUrl,
    profileUrl: row.profileUrl,
    server: Served.safeParse(row.traits).data?.server ?? null,
    projectId: row.projectId,
    state: row.state,
    scopesGranted: row.scopes,
    scopesMissing: asked.filter((scope) => !row.scopes.includes(scope)),
    tokenIssuedAt: row.tokenIssuedAt.toISOString(),
    tokenExpiresAt: row.tokenExpiresAt?.toISOString() ?? null,
    renews:
      platform.refresh !== undefined &&
      row.state === 'healthy' &&
      (row.refreshExpiresAt === null || row.refreshExpiresAt > now()),
    lastError:
      row.lastErrorMessage && row.lastErrorAt
        ? { message: row.lastErrorMessage, at: row.lastErrorAt.toISOString() }
        : null,
    lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
    switches: switchesOf(row, platform),
    paused: pausesOf(row.circuits),
    settledBy: platform.settling({ accessToken: '', scopes: row.scopes, externalId: row.externalId }).by,
  }
}

function switchesOf({ looksAgain, showsRead }: Row, { inbox }: Platform): AccountSwitches {
  const billed = inbox?.again?.billed
  return {
    looksAgain: billed ? { on: looksAgain, ...billed } : null,
    showsRead: inbox?.markRead ? { on: showsRead } : null,
  }
}

/** Says whether an account is one of this workspace; none at all is fine. */
export async function checkKnown(ctx: Ctx, id: string | undefined): Promise<Result<void>> {
  return !id || (await ctx.db.account.findUnique({ where: { id }, select: { id: true } })) ? ok(undefined) : fail(gone)
}

/** Connected accounts, newest last, paged by key. */
export const listAccounts = query({
  can: 'account.read',
  input: ListAccounts,
  async run(
    ctx,
    { ids, projectId, includeDisconnected, cursor, take },
  ): Promise<Result<{ items: readonly AccountCard[]; next: string | null }>> {
    const rows = await ctx.db.account.findMany({
      where: {
        ...(projectId ? { projectId } : {}),
        ...(includeDisconnected ? {} : { state: { not: 'disconnected' } }),
        id: { ...(ids ? { in: [...ids] } : {}), ...(cursor ? { gt: cursor } : {}) },
      },
      orderBy: { id: 'asc' },
      take: take + 1,
      include: { circuits: true },
    })
    return ok({
      items: rows.slice(0, take).map(cardOf),
      next: rows.length > take ? (rows[take - 1]?.id ?? null) : null,
    })
  },
})

export const getAccount = query({
  can: 'account.read',
  input: OneAccount,
  async run(ctx, { accountId }): Promise<Result<AccountCard>> {
    const row = await rowOf(ctx, accountId)
    return row ? ok(cardOf(row)) : fail(gone)
  },
})

/** Asks the network whether the account is usable now, and keeps the answer. Renews a token that is spent. */
export const checkAccount = operation({
  can: 'account.connect',
  input: OneAccount,
  async run(ctx, { accountId }): Promise<Result<AccountCard>> {
    const row = await ctx.db.account.findUnique({ where: { id: accountId } })
    if (!row || row.state === 'disconnected') return fail(gone)
    const usable = await renewIfSpent(ctx, accountId)
    if (!usable.ok) return fail(usable.error)
    const { platform, app, credentials } = usable.value
    const answer = await platform.check(app, credentials)
    const words = answer.ok ? undefined : explain(answer.error, platform.label)
    if (!answer.ok && answer.error.code === 'auth_expired') {
      const renewed = await renewIfSpent(ctx, accountId, credentials.accessToken)
      if (!renewed.ok) return fail(renewed.error)
    }
    const failed = words && !(answer.ok || answer.error.code === 'auth_expired')
    const { count } = await ctx.db.account.updateMany({
      where: { id: accountId, state: { not: 'disconnected' } },
      data: {
        lastCheckedAt: now(),
        ...(failed
          ? { lastErrorMessage: words.message, lastErrorAt: now() }
          : { lastErrorMessage: null, lastErrorAt: null }),
        ...(answer.ok ? { scopes: [...answer.value.scopes] } : {}),
        ...(answer.ok && answer.value.traits ? { traits: toJson(answer.value.traits) } : {}),
      },
    })
    const saved = count === 1 ? await rowOf(ctx, accountId) : null
    return saved ? ok(cardOf(saved)) : fail(gone)
  },
})

export const setAccountProject = operation({
  can: 'account.connect',
  input: SetAccountProject,
  async run(ctx, { accountId, projectId }): Promise<Result<AccountCard>> {
    const project = await checkProject(ctx, projectId)
    if (!project.ok) return project
    const known = await ctx.db.account.findUnique({ where: { id: accountId }, select: { id: true } })
    if (!known) return fail(gone)
    return transact(ctx, async ({ db, record }) => {
      record({ type: 'account.moved', subject: { type: 'account', id: accountId }, particulars: { projectId } })
      const moved = await db.account.update({
        where: { id: accountId },
        data: { projectId },
        include: { circuits: true },
      })
      return ok(cardOf(moved))
    })
  },
})

/**
 * Says what an account does by itself; what is not named stays as it is.
 * Fails with VALIDATION_ERROR where its network has nothing of the kind.
 */
export const setAccountSwitches = operation({
  can: 'account.connect',
  input: SetAccountSwitches,
  async run(ctx, { accountId, ...wanted }): Promise<Result<AccountCard>> {
    const row = await rowOf(ctx, accountId)
    if (!row) return fail(gone)
    const platform = adapterOf(row)
    const has = switchesOf(row, platform)
    for (const [name, there] of [['looksAgain', has.looksAgain] as const, ['showsRead', has.showsRead] as const])
      if (wanted[name] !== undefined && there === null)
        return fail({
          code: 'VALIDATION_ERROR',
          message: `${platform.label} has nothing that ${name} would switch. Leave it out.`,
          fields: { [name]: ['is nothing of this network'] },
        })
    return transact(ctx, async ({ db, record }) => {
      record({
        type: 'account.switched',
        subject: { type: 'account', id: accountId },
        particulars: { handle: row.handle, ...wanted },
      })
      return ok(
        cardOf(await db.account.update({ where: { id: accountId }, data: wanted, include: { circuits: true } })),
      )
    })
  },
})

/** Forgets an account's token. Its published posts stay known; its scheduled ones will ask what to do. */
export const disconnectAccount = operation({
  can: 'account.connect',
  input: OneAccount,
  async run(ctx, { accountId }): Promise<Result<{ scheduled: number }>> {
    const row = await ctx.db.account.findUnique({ where: { id: accountId } })
    if (!row) return fail(gone)
    const empty = sealCredentials(ctx.workspaceId, {
      ...unsealCredentials(ctx.workspaceId, row.credentialsSealed),
      accessToken: '',
      refreshToken: undefined,
    })
    return transact(ctx, async ({ db, record }) => {
      await db.account.update({
        where: { id: accountId },
        data: {
          state: 'disconnected',
          disconnectedAt: now(),
          credentialsSealed: empty,
          tokenExpiresAt: null,
          refreshExpiresAt: null,
        },
      })
      record({
        type: 'account.disconnected',
        subject: { type: 'account', id: accountId },
        particulars: { platform: row.platform, handle: row.handle },
      })
      return ok({ scheduled: await db.variant.count({ where: { accountId, state: 'scheduled' } }) })
    })
  },
})
