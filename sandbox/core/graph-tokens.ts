import { type Call, type Reply, type Route, formBody } from './call'
import { appSecret, graphProblem, paramsOf } from './graph'
import { askConsent, decideConsent, type Consent, tokenAnswer } from './graph-oauth'
import type { World } from './network'
import { type AuthorizationCode, secret } from './tokens'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const lifeMs = 60 * dayMs

/** A login whose tokens begin with an hour, are made to last 60 days, and renew themselves (Instagram, Threads). */
export type LongLogin = {
  readonly consent: Consent
  /** What tokens begin with: of an hour, of 60 days. */
  readonly prefixes: readonly [string, string]
  readonly grants: { readonly lengthen: string; readonly renew: string }
  /** The host for codes words its refusals in a form of its own. */
  refuse(message: string, of: 'app' | 'grant'): Reply
  answer(access: string, code: AuthorizationCode): Reply
  /** Called with each token that is made to last. */
  lasts?(world: World, q: { readonly accountId: string; readonly clientId: string }): void
}

export function longLoginRoutes(world: World, login: LongLogin): readonly Route[] {
  const operation = 'token'
  return [
    { method: 'GET', path: '/oauth/authorize', handle: (call) => askConsent(world, call, login.consent) },
    { method: 'POST', path: '/oauth/authorize', handle: (call) => decideConsent(world, call, login.consent) },
    { method: 'POST', path: '/oauth/access_token', operation, handle: (call) => spend(world, call, login) },
    { method: 'GET', path: '/access_token', operation, handle: (call) => lengthen(world, call, login) },
    { method: 'GET', path: '/refresh_access_token', operation, handle: (call) => refresh(world, call, login) },
  ]
}

function spend(world: World, call: Call, { refuse, answer, prefixes }: LongLogin): Reply {
  const form = formBody(call)
  if (!form.client_id || form.client_secret !== appSecret) return refuse('Invalid platform app', 'app')
  if (form.grant_type !== 'authorization_code') return refuse('Invalid grant_type', 'grant')
  const code = world.tokens.takeCode(form.code ?? '', world.now())
  if (!code) return refuse('This authorization code has been used', 'grant')
  if (code.clientId !== form.client_id || code.redirectUri !== form.redirect_uri)
    return refuse(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      'grant',
    )
  const short = world.tokens.issue({
    access: secret(prefixes[0]),
    accountId: code.accountId,
    clientId: code.clientId,
    kind: 'user',
    scopes: code.scopes,
    expiresAt: world.now() + hourMs,
  })
  return answer(short.access, code)
}

const invalid = (): Reply =>
  graphProblem({ code: 190, message: 'Error validating access token: Session has expired or is invalid.' })

function issueLong(
  world: World,
  { accountId, clientId, scopes }: { accountId: string; clientId: string; scopes: readonly string[] },
  login: LongLogin,
): Reply {
  const access = secret(login.prefixes[1])
  const now = world.now()
  world.tokens.issue({ accountId, clientId, scopes, access, kind: 'user', expiresAt: now + lifeMs })
  world.state.facts[`since:${access}`] = String(now)
  login.lasts?.(world, { accountId, clientId })
  return tokenAnswer(access, lifeMs)
}

function lengthen(world: World, call: Call, login: LongLogin): Reply {
  const q = paramsOf(call)
  if (q.grant_type !== login.grants.lengthen || q.client_secret !== appSecret)
    return graphProblem({ code: 1, message: 'Error validating client secret.' })
  const short = world.tokens.withAccess(String(q.access_token ?? ''))
  return short && !short.revoked && short.expiresAt > world.now() ? issueLong(world, short, login) : invalid()
}

/** A token is renewed from its second day on. The old one lives on until its own end. */
function refresh(world: World, call: Call, login: LongLogin): Reply {
  const q = paramsOf(call)
  const old = world.tokens.withAccess(String(q.access_token ?? ''))
  if (q.grant_type !== login.grants.renew || !old || old.revoked || old.expiresAt <= world.now()) return invalid()
  const bornAt = Number(world.state.facts[`since:${old.access}`] ?? Number.NaN)
  if (!(world.now() - bornAt >= dayMs))
    return graphProblem({
      code: 100,
      message: '(#100) The access token is not yet 24 hours old and cannot be refreshed',
    })
  return issueLong(world, old, login)
}
