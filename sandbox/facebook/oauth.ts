import { type Call, type Reply, type Route, json } from '../core/call'
import { appSecret, badParameter, callerOf, graphProblem, isStranger, paramsOf, versions } from '../core/graph'
import { askConsent, decideConsent, refusedClient, spendCode, tokenAnswer } from '../core/graph-oauth'
import { accessOf } from '../core/graph'
import type { World } from '../core/network'
import { type Token, secret } from '../core/tokens'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const shortLifeMs = 2 * hourMs
const longLifeMs = 60 * dayMs
const dataAccessMs = 90 * dayMs

const scopes: ReadonlySet<string> = new Set([
  'public_profile',
  'email',
  'pages_show_list',
  'pages_manage_posts',
  'pages_read_engagement',
  'pages_manage_engagement',
  'pages_read_user_content',
  'pages_manage_metadata',
  'pages_messaging',
  'read_insights',
  'business_management',
])
const consent = {
  network: 'Facebook',
  scopes,
  accounts: (world: World) => world.state.accounts.filter((a) => a.kind === 'person' && !isStranger(world, a)),
}

export function oauthRoutes(world: World): readonly Route[] {
  return versions.flatMap((version): Route[] => [
    { method: 'GET', path: `/${version}/dialog/oauth`, handle: (call) => askConsent(world, call, consent) },
    { method: 'POST', path: `/${version}/dialog/oauth`, handle: (call) => decideConsent(world, call, consent) },
    ...['GET', 'POST'].map((method): Route => ({
      method,
      path: `/${version}/oauth/access_token`,
      operation: 'token',
      handle: (call) => grant(world, call),
    })),
    {
      method: 'GET',
      path: `/${version}/me/permissions`,
      operation: 'profile',
      handle: (call) => permissions(world, call),
    },
    { method: 'GET', path: `/${version}/debug_token`, operation: 'profile', handle: (call) => examine(world, call) },
  ])
}

function grant(world: World, call: Call): Reply {
  const q = paramsOf(call)
  const refusal = refusedClient(q)
  if (refusal) return refusal
  const now = world.now()
  if (q.grant_type === 'fb_exchange_token') {
    const old = world.tokens.withAccess(String(q.fb_exchange_token ?? ''))
    if (!old || old.revoked || old.expiresAt <= now || old.clientId !== q.client_id)
      return graphProblem({ status: 401, code: 190, message: 'Error validating access token: Session has expired.' })
    const { revoked: _revoked, ...kept } = old
    const long = world.tokens.issue({ ...kept, access: secret('EAAL'), expiresAt: now + longLifeMs })
    return tokenAnswer(long.access, longLifeMs)
  }
  const code = spendCode(world, q)
  if ('refusal' in code) return code.refusal
  const { accountId, clientId, scopes: granted } = code
  const short = world.tokens.issue({
    access: secret('EAAS'),
    accountId,
    clientId,
    kind: 'user',
    scopes: [...granted, 'public_profile'],
    expiresAt: now + shortLifeMs,
  })
  return tokenAnswer(short.access, shortLifeMs)
}

function permissions(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  return json(200, { data: caller.token.scopes.map((permission) => ({ permission, status: 'granted' })) })
}

/** For the app itself, with `id|secret`. */
function examine(world: World, call: Call): Reply {
  const [clientId, given] = (accessOf(call) ?? '').split('|')
  if (given !== appSecret)
    return graphProblem({ status: 401, code: 190, message: 'Invalid OAuth access token signature.' })
  const token = world.tokens.withAccess(call.query.get('input_token') ?? '')
  if (!token || token.clientId !== clientId) return badParameter('The token was not issued to this app.')
  const isPage = token.kind === 'service'
  return json(200, {
    data: {
      app_id: clientId,
      type: isPage ? 'PAGE' : 'USER',
      is_valid: !token.revoked && token.expiresAt > world.now(),
      expires_at: isPage ? 0 : Math.floor(token.expiresAt / 1000),
      data_access_expires_at: Math.floor((world.now() + dataAccessMs) / 1000),
      scopes: token.scopes,
    },
  })
}

/** A page's own token; from a person's lasting one it does not end. The same again while it lives. */
export function pageToken(world: World, person: Token, pageId: string): Token {
  const lasts = person.access.startsWith('EAAL')
  const expiresAt = lasts ? Number.MAX_SAFE_INTEGER : person.expiresAt
  const same = world.state.tokens.find(
    (t) => t.accountId === pageId && t.clientId === person.clientId && !t.revoked && t.expiresAt === expiresAt,
  )
  // The index of tokens holds what it was given: the one in the list may be another object after a restart.
  const living = same && world.tokens.withAccess(same.access)
  if (living && !living.revoked && String(living.scopes) === String(person.scopes)) return living
  return world.tokens.issue({
    access: secret('EAAP'),
    accountId: pageId,
    clientId: person.clientId,
    kind: 'service',
    scopes: person.scopes,
    expiresAt,
  })
}
