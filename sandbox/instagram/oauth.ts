import { type Call, type Reply, type Route, formBody, json } from '../core/call'
import { appSecret, graphProblem, isStranger, paramsOf } from '../core/graph'
import { askConsent, decideConsent, tokenAnswer } from '../core/graph-oauth'
import type { World } from '../core/network'
import { secret } from '../core/tokens'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const lifeMs = 60 * dayMs

const scopes: ReadonlySet<string> = new Set([
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_comments',
  'instagram_business_manage_messages',
  'instagram_business_manage_insights',
])
const consent = {
  network: 'Instagram',
  scopes,
  accounts: (world: World) => world.state.accounts.filter((a) => a.kind === 'page' && !isStranger(world, a)),
}

export function oauthRoutes(world: World): readonly Route[] {
  const operation = 'token'
  return [
    { method: 'GET', path: '/oauth/authorize', handle: (call) => askConsent(world, call, consent) },
    { method: 'POST', path: '/oauth/authorize', handle: (call) => decideConsent(world, call, consent) },
    { method: 'POST', path: '/oauth/access_token', operation, handle: (call) => spend(world, call) },
    { method: 'GET', path: '/access_token', operation, handle: (call) => lengthen(world, call) },
    { method: 'GET', path: '/refresh_access_token', operation, handle: (call) => refresh(world, call) },
  ]
}

/** The host for codes words its refusals in a form of its own. */
const refuse = (error_message: string): Reply => json(400, { error_type: 'OAuthException', code: 400, error_message })

function spend(world: World, call: Call): Reply {
  const form = formBody(call)
  if (!form.client_id || form.client_secret !== appSecret) return refuse('Invalid platform app')
  if (form.grant_type !== 'authorization_code') return refuse('Invalid grant_type')
  const code = world.tokens.takeCode(form.code ?? '', world.now())
  if (!code) return refuse('This authorization code has been used')
  if (code.clientId !== form.client_id || code.redirectUri !== form.redirect_uri)
    return refuse(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    )
  const short = world.tokens.issue({
    access: secret('IGAS'),
    accountId: code.accountId,
    clientId: code.clientId,
    kind: 'user',
    scopes: code.scopes,
    expiresAt: world.now() + hourMs,
  })
  return json(200, {
    data: [{ access_token: short.access, user_id: `9${code.accountId.slice(1)}`, permissions: code.scopes.join(',') }],
  })
}

const invalid = (): Reply =>
  graphProblem({ code: 190, message: 'Error validating access token: Session has expired or is invalid.' })

function issueLong(world: World, q: { accountId: string; clientId: string; scopes: readonly string[] }): Reply {
  const access = secret('IGAL')
  const now = world.now()
  world.tokens.issue({ ...q, access, kind: 'user', expiresAt: now + lifeMs })
  world.state.facts[`since:${access}`] = String(now)
  return tokenAnswer(access, lifeMs)
}

function lengthen(world: World, call: Call): Reply {
  const q = paramsOf(call)
  if (q.grant_type !== 'ig_exchange_token' || q.client_secret !== appSecret)
    return graphProblem({ code: 1, message: 'Error validating client secret.' })
  const short = world.tokens.withAccess(String(q.access_token ?? ''))
  return short && !short.revoked && short.expiresAt > world.now() ? issueLong(world, short) : invalid()
}

/** A token is renewed from its second day on. The old one lives on until its own end. */
function refresh(world: World, call: Call): Reply {
  const q = paramsOf(call)
  const old = world.tokens.withAccess(String(q.access_token ?? ''))
  if (q.grant_type !== 'ig_refresh_token' || !old || old.revoked || old.expiresAt <= world.now()) return invalid()
  const bornAt = Number(world.state.facts[`since:${old.access}`] ?? Number.NaN)
  if (!(world.now() - bornAt >= dayMs))
    return graphProblem({
      code: 100,
      message: '(#100) The access token is not yet 24 hours old and cannot be refreshed',
    })
  return issueLong(world, old)
}
