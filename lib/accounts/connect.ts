import { createHash } from 'node:crypto'
import { env } from '@/lib/core/env'
import { inMs, minute, now } from '@/lib/core/clock'
import { newToken, seal, sha256, unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import {
  appConfig,
  platforms,
  type ConnectedAccount,
  type ConnectionMethod,
  type Platform,
  type PlatformName,
} from '@/lib/platforms'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { explain } from './explain'
import { missingVariables } from './offers'
import { checkProject } from './project'
import { FinishConnection, SignInConnection, StartConnection } from './schema'
import { credentialColumns } from './secrets'

const stale: Failure = {
  code: 'INVALID_TOKEN',
  message:
    'This connection was not begun in this browser session, was used already, or took longer than 15 minutes. Start again from the accounts page.',
}
const noSuchMethod: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such way to connect. Choose one from the accounts page.',
}

const callback = (platform: string) => `${env().APP_URL}/api/oauth/callback/${platform}`
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

function methodOf<K extends ConnectionMethod['kind']>(
  name: string,
  method: string | undefined,
  kind: K,
): { platform: Platform; method: Extract<ConnectionMethod, { kind: K }> } | undefined {
  const platform: Platform | undefined = platforms[name as PlatformName]
  const found = platform?.connections.find(
    (c): c is Extract<ConnectionMethod, { kind: K }> => c.kind === kind && (method === undefined || c.name === method),
  )
  return platform && found ? { platform, method: found } : undefined
}

/** Begins a consent at the network, bound to this session. @returns the consent page's address. Valid for 15 minutes, once. */
export const startConnection = operation({
  can: 'account.connect',
  input: StartConnection,
  async run(ctx, { platform: name, method: methodName, projectId }): Promise<Result<{ url: string }>> {
    const chosen = methodOf(name, methodName, 'oauth')
    if (!chosen) return fail(noSuchMethod)
    const { platform, method } = chosen
    if (ctx.actor.kind !== 'member')
      return fail({
        code: 'FORBIDDEN',
        message: 'Accounts are connected by a person in a browser. Sign in and open the accounts page.',
      })
    const missing = missingVariables(method)
    if (missing.length > 0)
      return fail({
        code: 'SERVICE_UNAVAILABLE',
        message: `${platform.label} needs ${missing.join(' and ')} in the environment. ${method.needs.help}`,
      })
    const project = await checkProject(ctx, projectId)
    if (!project.ok) return project
    const secret = newToken()
    const verifier = newToken()
    await ctx.db.connectionAttempt.create({
      data: {
        id: newId(),
        workspaceId: ctx.workspaceId,
        sessionId: ctx.actor.sessionId,
        memberId: ctx.actor.id,
        platform: platform.name,
        method: method.name,
        projectId: projectId ?? null,
        stateHash: sha256(secret),
        verifierSealed: seal(verifier, 'pkce'),
        redirectUri: callback(platform.name),
        expiresAt: inMs(15 * minute),
      },
    })
    // The slug says which workspace to enter; the secret is what is checked.
    const state = `${ctx.workspace.slug}.${secret}`
    return ok({
      url: method.authorizeUrl(appConfig(platform.name, method.name, process.env), {
        state,
        challenge: challengeOf(verifier),
        redirectUri: callback(platform.name),
      }),
    })
  },
})

/** Ends a consent: exchanges the code and keeps the accounts it gave access to. A state works once, in its own session. */
export const finishConnection = operation({
  can: 'account.connect',
  input: FinishConnection,
  async run(
    ctx,
    { platform: name, state, code, error },
  ): Promise<Result<{ accounts: readonly { id: string; handle: string }[] }>> {
    if (ctx.actor.kind !== 'member') return fail(stale)
    const at = now()
    const stateHash = sha256(state.slice(state.indexOf('.') + 1))
    const [attempt] = await ctx.db.connectionAttempt.updateManyAndReturn({
      where: { stateHash, platform: name, sessionId: ctx.actor.sessionId, usedAt: null, expiresAt: { gt: at } },
      data: { usedAt: at },
    })
    const chosen = attempt && methodOf(attempt.platform, attempt.method, 'oauth')
    if (!attempt || !chosen) return fail(stale)
    const { platform, method } = chosen
    if (error || !code)
      return fail({
        code: 'PLATFORM_AUTH_FAILED',
        message: `${platform.label} did not connect the account${error ? ` (${error})` : ''}. Nothing was changed; start again when you are ready.`,
      })
    const exchanged = await method.exchange(appConfig(platform.name, method.name, process.env), {
      code,
      verifier: unseal(attempt.verifierSealed, 'pkce'),
      redirectUri: attempt.redirectUri,
    })
    if (!exchanged.ok) return fail({ ...explain(exchanged.error, platform.label), code: 'PLATFORM_AUTH_FAILED' })
    if (exchanged.value.length === 0)
      return fail({
        code: 'PLATFORM_AUTH_FAILED',
        message: `${platform.label} gave access to no account. Choose one on its consent page, or ask an administrator of the page to connect it.`,
      })
    return ok({ accounts: await keep(ctx, platform, method.name, exchanged.value, attempt.projectId) })
  },
})

/** Connects an account by handle and app password. */
export const connectWithPassword = operation({
  can: 'account.connect',
  input: SignInConnection,
  async run(
    ctx,
    { platform: name, handle, password, server, projectId },
  ): Promise<Result<{ accounts: readonly { id: string; handle: string }[] }>> {
    const chosen = methodOf(name, undefined, 'password')
    if (!chosen) return fail(noSuchMethod)
    const project = await checkProject(ctx, projectId)
    if (!project.ok) return project
    const { platform, method } = chosen
    const signedIn = await method.signIn(appConfig(platform.name, method.name, process.env), {
      handle: handle.replace(/^@/, ''),
      password,
      ...(server ? { server } : {}),
    })
    if (!signedIn.ok) {
      const refused = signedIn.error.code === 'auth_expired' || signedIn.error.code === 'rejected'
      const words = explain(signedIn.error, platform.label)
      return fail(
        refused
          ? {
              code: 'PLATFORM_AUTH_FAILED',
              message: `${platform.label} does not accept this handle and app password. Check both, or make a new app password there.`,
            }
          : words,
      )
    }
    return ok({ accounts: await keep(ctx, platform, method.name, signedIn.value, projectId ?? null) })
  },
})

/** Adds accounts, or gives known ones their new tokens; posts that waited for that go on by the event. */
async function keep(
  ctx: Ctx,
  platform: Platform,
  method: string,
  accounts: readonly ConnectedAccount[],
  projectId: string | null,
): Promise<readonly { id: string; handle: string }[]> {
  return transact(ctx, async ({ db, record }) => {
    const kept = []
    for (const { kind, handle, displayName, avatarUrl, profileUrl, credentials } of accounts) {
      const columns = {
        method,
        kind,
        handle,
        displayName,
        avatarUrl: avatarUrl ?? null,
        profileUrl,
        state: 'healthy' as const,
        lastErrorMessage: null,
        lastErrorAt: null,
        lastCheckedAt: now(),
        disconnectedAt: null,
        ...credentialColumns(ctx.workspaceId, credentials, now()),
      }
      const key = { workspaceId: ctx.workspaceId, platform: platform.name, externalId: credentials.externalId }
      const known = await db.account.findFirst({ where: key, select: { id: true } })
      const { id } = known
        ? await db.account.update({ where: { id: known.id }, data: columns, select: { id: true } })
        : await db.account.create({ data: { id: newId(), ...key, ...columns, projectId }, select: { id: true } })
      record({
        type: known ? 'account.reconnected' : 'account.connected',
        subject: { type: 'account', id },
        particulars: { platform: platform.name, handle },
      })
      kept.push({ id, handle })
    }
    return kept
  })
}
