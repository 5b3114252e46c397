import { createHash } from 'node:crypto'
import { env } from '@/lib/core/env'
import { inMs, minute, now } from '@/lib/core/clock'
import { newToken, seal, sha256, unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import {
  appConfig,
  platforms,
  providers,
  type AppConfig,
  type ConnectionMethod,
  type Platform,
  type PlatformName,
  type Provider,
} from '@/lib/platforms'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { explain } from './explain'
import { keepAccounts } from './keep'
import { checkKnown } from './manage'
import { missingVariables } from './offers'
import { checkProject } from './project'
import { FinishConnection, FormConnection, StartConnection, type Connected } from './schema'
import { appAtServer, serverOf } from './server-app'

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

type Way<K extends ConnectionMethod['kind']> = {
  /** A network, or a provider that reaches several. */
  readonly platform: Platform | Provider
  readonly method: Extract<ConnectionMethod, { kind: K }>
  readonly app: AppConfig
}
type OAuth = Way<'oauth'>

function wayOf<K extends ConnectionMethod['kind']>(name: string, method: string, kind: K): Way<K> | undefined {
  const platform: Platform | Provider | undefined =
    platforms[name as PlatformName] ?? providers.find((provider) => provider.name === name)
  const found = platform?.connections.find(
    (c): c is Extract<ConnectionMethod, { kind: K }> => c.kind === kind && c.name === method,
  )
  return platform && found
    ? { platform, method: found, app: appConfig(platform.name, found.name, process.env) }
    : undefined
}

const missingKeys = ({ platform, method }: Way<'oauth'> | Way<'form'>): Failure | undefined => {
  const missing = missingVariables(method)
  return missing.length > 0
    ? {
        code: 'SERVICE_UNAVAILABLE',
        message:
          `${platform.label} needs ${missing.join(' and ')} in the environment. ${method.needs?.help ?? ''}`.trim(),
      }
    : undefined
}

/** The way a consent goes, with our app as the server knows it where every server is a network of its own. */
async function wayAt(ctx: Ctx, way: OAuth, server: string | null, redirectUri: string): Promise<Result<OAuth>> {
  if (!way.method.server) return ok(way)
  const { platform } = way
  if (!('limits' in platform)) throw new Error(`${platform.label} is a provider: it has no servers`)
  const origin = server ? serverOf(way.app, server) : new URL(way.app.apiUrl).origin
  if (!origin)
    return fail({
      code: 'VALIDATION_ERROR',
      message: `This is not the address of a ${platform.label} server. It looks like ${way.method.server.hint}.`,
      fields: { server: [`must look like ${way.method.server.hint}`] },
    })
  const app = await appAtServer(ctx, { ...way, platform }, { server: origin, redirectUri })
  return app.ok ? ok({ ...way, app: app.value }) : app
}

/** RFC 7636, or TikTok's reading of it. */
const challengeOf = ({ method: { pkce } }: OAuth, verifier: string): string =>
  createHash('sha256')
    .update(verifier)
    .digest(pkce === 'hex' ? 'hex' : 'base64url')

/** Begins a consent at the network, bound to this session. @returns the consent page's address. Valid for 15 minutes, once. */
export const startConnection = operation({
  can: 'account.connect',
  input: StartConnection,
  async run(
    ctx,
    { platform: name, method: methodName, server, projectId, accountId },
  ): Promise<Result<{ url: string }>> {
    const chosen = wayOf(name, methodName, 'oauth')
    if (!chosen) return fail(noSuchMethod)
    const { platform, method } = chosen
    if (ctx.actor.kind !== 'member')
      return fail({
        code: 'FORBIDDEN',
        message: 'Accounts are connected by a person in a browser. Sign in and open the accounts page.',
      })
    const missing = missingKeys(chosen)
    if (missing) return fail(missing)
    const redirectUri = callback(platform.name)
    const way = await wayAt(ctx, chosen, server ?? null, redirectUri)
    if (!way.ok) return way
    const project = await checkProject(ctx, projectId)
    if (!project.ok) return project
    const known = await checkKnown(ctx, accountId)
    if (!known.ok) return known
    const secret = newToken()
    const verifier = newToken()
    const attempt = {
      id: newId(),
      workspaceId: ctx.workspaceId,
      sessionId: ctx.actor.sessionId,
      memberId: ctx.actor.id,
      platform: platform.name,
      method: method.name,
      projectId: projectId ?? null,
      accountId: accountId ?? null,
      server: way.value.method.server ? way.value.app.apiUrl : null,
      stateHash: sha256(secret),
      verifierSealed: seal(verifier, 'pkce'),
      redirectUri,
      expiresAt: inMs(15 * minute),
    }
    await transact(ctx, async ({ db, record }) => {
      await db.connectionAttempt.create({ data: attempt })
      record({
        type: 'connection.started',
        subject: { type: 'connection', id: attempt.id },
        particulars: { platform: platform.name, method: method.name },
      })
    })
    // The slug says which workspace to enter; the secret is what is checked.
    const state = `${ctx.workspace.slug}.${secret}`
    return ok({
      url: method.authorizeUrl(way.value.app, { state, challenge: challengeOf(chosen, verifier), redirectUri }),
    })
  },
})

/**
 * Ends a consent: exchanges the code and keeps the accounts it gave access to, but for those that were disconnected and
 * are not meant (`keepAccounts`). A state works once, in its own session.
 */
export const finishConnection = operation({
  can: 'account.connect',
  input: FinishConnection,
  async run(ctx, { platform: name, state, code, error }): Promise<Result<Connected>> {
    if (ctx.actor.kind !== 'member') return fail(stale)
    const at = now()
    const stateHash = sha256(state.slice(state.indexOf('.') + 1))
    const [attempt] = await ctx.db.connectionAttempt.updateManyAndReturn({
      where: { stateHash, platform: name, sessionId: ctx.actor.sessionId, usedAt: null, expiresAt: { gt: at } },
      data: { usedAt: at },
    })
    const chosen = attempt && wayOf(attempt.platform, attempt.method, 'oauth')
    if (!attempt || !chosen) return fail(stale)
    const { platform, method } = chosen
    if (error || !code)
      return fail({
        code: 'PLATFORM_AUTH_FAILED',
        message: `${platform.label} did not connect the account${error ? ` (${error})` : ''}. Nothing was changed; start again when you are ready.`,
      })
    const way = await wayAt(ctx, chosen, attempt.server, attempt.redirectUri)
    if (!way.ok) return way
    const exchanged = await method.exchange(way.value.app, {
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
    return keepAccounts(ctx, platform, method.name, exchanged.value, attempt)
  },
})

/** Connects accounts by what a person filled in: a handle and an app password, a bot's token, a provider's key. */
export const connectByForm = operation({
  can: 'account.connect',
  input: FormConnection,
  async run(ctx, { platform: name, method: methodName, values, projectId, accountId }): Promise<Result<Connected>> {
    const chosen = wayOf(name, methodName, 'form')
    if (!chosen) return fail(noSuchMethod)
    const missing = missingKeys(chosen)
    if (missing) return fail(missing)
    const project = await checkProject(ctx, projectId)
    if (!project.ok) return project
    const known = await checkKnown(ctx, accountId)
    if (!known.ok) return known
    const { platform, method, app } = chosen
    const empty = method.fields.filter((field) => !field.optional && !values[field.name]?.trim())
    if (empty.length > 0)
      return fail({
        code: 'MISSING_REQUIRED_FIELD',
        message: `${empty.map(({ label }) => label).join(' and ')} ${empty.length === 1 ? 'is' : 'are'} needed.`,
        fields: Object.fromEntries(empty.map((field) => [`values.${field.name}`, ['is needed']])),
      })
    const signedIn = await method.signIn(app, values)
    if (!signedIn.ok) {
      const { error } = signedIn
      if (error.code === 'auth_expired') return fail({ code: 'PLATFORM_AUTH_FAILED', message: method.refusal })
      // Refused for a reason of its own: the network's sentence says more than ours.
      if (error.code === 'rejected') return fail({ code: 'PLATFORM_AUTH_FAILED', message: error.reason })
      return fail(explain(error, platform.label))
    }
    const aim = { projectId: projectId ?? null, accountId: accountId ?? null }
    return keepAccounts(ctx, platform, method.name, signedIn.value, aim)
  },
})
