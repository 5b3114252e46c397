import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, bearer, empty, json, jsonBody } from '../core/call'
import { type World, accountByHandle, accountById } from '../core/network'
import type { Account } from '../core/state'
import type { Token } from '../core/tokens'
import { authMissing, expiredToken, invalidRequest, invalidToken, problem } from './problems'

/** An app password that may not read messages ends in this. */
const plainSuffix = '-plain'
const accessLifeMs = 2 * 3_600_000
const refreshLifeMs = 60 * 86_400_000
/** The scope of an app password that may read messages. */
export const privileged = 'com.atproto.appPassPrivileged'
const jwtKey = 'sandbox'
const fiveMinutesMs = 5 * 60_000

const Credentials = z.object({ identifier: z.string(), password: z.string(), authFactorToken: z.string().optional() })

export function sessionRoutes(world: World): readonly Route[] {
  const at = (name: string) => `/xrpc/com.atproto.${name}`
  return [
    {
      method: 'POST',
      path: at('server.createSession'),
      operation: 'token',
      limit: { name: 'createSession', max: 30, windowMs: fiveMinutesMs },
      handle: (call) => create(world, call),
    },
    { method: 'POST', path: at('server.refreshSession'), operation: 'token', handle: (call) => refresh(world, call) },
    { method: 'POST', path: at('server.deleteSession'), operation: 'token', handle: (call) => end(world, call) },
    { method: 'GET', path: at('server.getSession'), operation: 'profile', handle: (call) => get(world, call) },
    {
      method: 'GET',
      path: at('server.describeServer'),
      operation: 'profile',
      handle: () => json(200, describe(world)),
    },
    {
      method: 'GET',
      path: at('server.getServiceAuth'),
      operation: 'token',
      handle: (call) => serviceAuth(world, call),
    },
    { method: 'GET', path: at('identity.resolveHandle'), operation: 'profile', handle: (call) => resolve(world, call) },
  ]
}

function jwt(world: World, claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ typ: 'at+jwt', alg: 'HS256' })}.${part({ ...claims, iat: Math.floor(world.now() / 1000), jti: `${world.serial()}` })}`
  return `${body}.${createHmac('sha256', jwtKey).update(body).digest('base64url')}`
}

function pdsDid(world: World): string {
  return `did:web:${new URL(world.url()).hostname}`
}

function issue(world: World, account: Account, scope: string): Token {
  const now = world.now()
  const claims = (scope: string, lifeMs: number) => ({
    scope,
    sub: account.id,
    aud: pdsDid(world),
    exp: Math.floor((now + lifeMs) / 1000),
  })
  return world.tokens.issue({
    access: jwt(world, claims(scope, accessLifeMs)),
    refresh: jwt(world, claims('com.atproto.refresh', refreshLifeMs)),
    accountId: account.id,
    clientId: '',
    kind: 'user',
    scopes: [scope],
    expiresAt: now + accessLifeMs,
    refreshExpiresAt: now + refreshLifeMs,
  })
}

function didDoc(world: World, account: Account) {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: account.id,
    alsoKnownAs: [`at://${account.handle}`],
    verificationMethod: [],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: world.url() }],
  }
}

function about(world: World, account: Account) {
  return {
    did: account.id,
    handle: account.handle,
    didDoc: didDoc(world, account),
    email: `${account.handle}@sandbox.test`,
    emailConfirmed: true,
    emailAuthFactor: false,
    active: true,
  }
}

function create(world: World, call: Call): Reply {
  const parsed = Credentials.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest('Input must have the property "identifier"')
  const name = parsed.data.identifier.replace(/^@/, '').toLowerCase()
  const account = accountByHandle(world, name) ?? accountById(world, parsed.data.identifier)
  const { password } = parsed.data
  const isPlain = password.endsWith(plainSuffix)
  if (!account || account.password !== (isPlain ? password.slice(0, -plainSuffix.length) : password))
    return problem(401, 'AuthenticationRequired', 'Invalid identifier or password')
  const token = issue(world, account, isPlain ? 'com.atproto.appPass' : privileged)
  return json(200, { ...about(world, account), accessJwt: token.access, refreshJwt: token.refresh })
}

/** Both halves are new afterwards; the old refresh token is dead. */
function refresh(world: World, call: Call): Reply {
  const old = world.tokens.withRefresh(bearer(call) ?? '', world.now())
  const account = old && accountById(world, old.accountId)
  if (!old || !account)
    return bearer(call) === undefined ? authMissing() : problem(400, 'ExpiredToken', 'Token has been revoked')
  world.tokens.revoke(old)
  const token = issue(world, account, old.scopes[0] ?? privileged)
  return json(200, { ...about(world, account), accessJwt: token.access, refreshJwt: token.refresh })
}

function end(world: World, call: Call): Reply {
  const old = world.tokens.withRefresh(bearer(call) ?? '', world.now())
  if (old) world.tokens.revoke(old)
  return empty(200)
}

function get(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  return 'refusal' in caller ? caller.refusal : json(200, about(world, caller.account))
}

function describe(world: World) {
  return {
    did: pdsDid(world),
    availableUserDomains: ['.sandbox'],
    inviteCodeRequired: false,
    phoneVerificationRequired: false,
    links: {},
    contact: {},
  }
}

function serviceAuth(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const aud = call.query.get('aud')
  const lxm = call.query.get('lxm')
  if (!aud) return invalidRequest('Params must have the property "aud"')
  const exp = Number(call.query.get('exp') ?? Math.floor(world.now() / 1000) + 60)
  const now = world.now() / 1000
  if (!Number.isInteger(exp) || exp < now) return problem(400, 'BadExpiration', 'expiration is in past')
  if (exp - now > 3_600)
    return problem(400, 'BadExpiration', 'cannot request a token with an expiration more than an hour in the future')
  const access = jwt(world, { iss: caller.account.id, aud, exp, ...(lxm ? { lxm } : {}) })
  world.tokens.issue({
    access,
    accountId: caller.account.id,
    clientId: aud,
    kind: 'service',
    scopes: lxm ? [lxm] : [],
    expiresAt: exp * 1000,
  })
  return json(200, { token: access })
}

function resolve(world: World, call: Call): Reply {
  const account = accountByHandle(world, call.query.get('handle') ?? '')
  return account ? json(200, { did: account.id }) : invalidRequest('Unable to resolve handle')
}

/** The account behind a living token; with `service`, a service token for that method will do, too. */
export function callerOf(world: World, call: Call, service?: string): { account: Account } | { refusal: Reply } {
  const access = bearer(call)
  if (access === undefined) return { refusal: authMissing() }
  const token = world.tokens.withAccess(access)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: invalidToken() }
  if (token.revoked || token.expiresAt <= world.now()) return { refusal: expiredToken() }
  if (token.kind === 'service' && (service === undefined || !token.scopes.includes(service)))
    return { refusal: invalidToken('Bad token method') }
  return { account }
}
