import { z } from 'zod'
import { type Call, type Reply, type Route, formBody, html, json, redirect } from '../core/call'
import { consentPage } from '../core/consent'
import { type World, accountById } from '../core/network'
import { problemPage } from '../core/page'
import { residents } from '../core/strangers'
import { type Token, secret } from '../core/tokens'

/** Any client id is taken; its secret is this. It signs webhooks, too. */
export const clientSecret = 'sandbox-secret'
const codeLifeMs = 30 * 60_000
const accessLifeMs = 60 * 86_400_000
const refreshLifeMs = 365 * 86_400_000

/** LinkedIn's products may not share an app: what a client id asks for first decides which app it is. */
const memberScopes = new Set(['openid', 'profile', 'email', 'w_member_social', 'r_member_postAnalytics'])
const pageScopes = new Set([
  'w_organization_social',
  'r_organization_social',
  'rw_organization_admin',
  'r_organization_admin',
  'r_basicprofile',
  'r_organization_followers',
  'w_organization_social_feed',
  'r_organization_social_feed',
])

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().default(''),
})
const Decision = AuthorizeRequest.extend({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

export function oauthRoutes(world: World): readonly Route[] {
  const path = '/oauth/v2/authorization'
  return [
    { method: 'GET', path, handle: (call) => consent(world, path, call) },
    { method: 'POST', path, handle: (call) => decide(world, call) },
    { method: 'POST', path: '/oauth/v2/accessToken', operation: 'token', handle: (call) => token(world, call) },
    {
      method: 'POST',
      path: '/oauth/v2/introspectToken',
      operation: 'token',
      handle: (call) => introspect(world, call),
    },
    { method: 'POST', path: '/oauth/v2/revoke', operation: 'token', handle: (call) => revoke(world, call) },
  ]
}

function split(scope: string): string[] {
  return scope.split(/[ ,]+/).filter(Boolean)
}

/** The first scope that this client's app may not ask for. */
function forbiddenScope(world: World, clientId: string, scopes: readonly string[]): string | undefined {
  const unknown = scopes.find((s) => !memberScopes.has(s) && !pageScopes.has(s))
  if (unknown !== undefined) return unknown
  const known = world.state.facts[`app:${clientId}`]
  const kind = known ?? (scopes.some((s) => pageScopes.has(s)) ? 'page' : 'member')
  const allowed = kind === 'page' ? pageScopes : memberScopes
  const wrong = scopes.find((s) => !allowed.has(s))
  if (wrong === undefined) world.state.facts[`app:${clientId}`] = kind
  return wrong
}

function back(asked: { redirect_uri: string; state: string }, more: Record<string, string>): Reply {
  const url = new URL(asked.redirect_uri)
  for (const [name, value] of Object.entries({ ...more, state: asked.state })) url.searchParams.set(name, value)
  return redirect(url.href)
}

function consent(world: World, action: string, call: Call): Reply {
  const asked = AuthorizeRequest.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage('LinkedIn', z.prettifyError(asked.error)))
  const scopes = split(asked.data.scope)
  const wrong = forbiddenScope(world, asked.data.client_id, scopes)
  if (wrong !== undefined)
    return back(asked.data, {
      error: 'unauthorized_scope_error',
      error_description: `Scope "${wrong}" is not authorized for your application`,
    })
  const accounts = residents(world).filter((a) => a.kind === 'person')
  return html(
    200,
    consentPage({ network: 'LinkedIn', app: asked.data.client_id, action, scopes, accounts, hidden: asked.data }),
  )
}

function decide(world: World, call: Call): Reply {
  const decided = Decision.safeParse(formBody(call))
  if (!decided.success) return html(400, problemPage('LinkedIn', z.prettifyError(decided.error)))
  const asked = decided.data
  const account = accountById(world, asked.account) ?? world.state.accounts.find((a) => a.handle === asked.account)
  if (asked.decision === 'cancel' || account?.kind !== 'person') {
    return back(asked, { error: 'user_cancelled_authorize', error_description: 'The user cancelled the authorization' })
  }
  const scopes = split(asked.scope)
  const wrong = forbiddenScope(world, asked.client_id, scopes)
  if (wrong !== undefined)
    return back(asked, {
      error: 'unauthorized_scope_error',
      error_description: `Scope "${wrong}" is not authorized for your application`,
    })
  const issued = world.tokens.issueCode({
    accountId: account.id,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    scopes,
    expiresAt: world.now() + codeLifeMs,
  })
  return back(asked, { code: issued.code })
}

function refuse(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: description })
}

function token(world: World, call: Call): Reply {
  const form = formBody(call)
  if (!form.client_id || form.client_secret !== clientSecret)
    return refuse(401, 'invalid_client', 'Client authentication failed')
  const now = world.now()
  switch (form.grant_type) {
    case 'authorization_code': {
      const code = world.tokens.takeCode(form.code ?? '', now)
      if (!code || code.clientId !== form.client_id || code.redirectUri !== form.redirect_uri) {
        return refuse(
          400,
          'invalid_request',
          'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists',
        )
      }
      // Refresh tokens are for approved partners: here, the app for pages.
      const isPartner = world.state.facts[`app:${form.client_id}`] === 'page'
      const refresh = isPartner ? { refresh: secret('AQ'), refreshExpiresAt: now + refreshLifeMs } : {}
      return answer(
        world.tokens.issue({
          access: secret('AQ'),
          ...refresh,
          accountId: code.accountId,
          clientId: code.clientId,
          kind: 'user',
          scopes: code.scopes,
          expiresAt: now + accessLifeMs,
        }),
        now,
      )
    }
    case 'refresh_token': {
      const old = world.tokens.withRefresh(form.refresh_token ?? '', now)
      if (!old || old.clientId !== form.client_id)
        return refuse(
          400,
          'invalid_request',
          'The provided authorization grant or refresh token is invalid, expired or revoked',
        )
      const { access: _access, revoked: _revoked, ...kept } = old
      // The same refresh token again, with the expiry it was born with.
      return answer(world.tokens.issue({ ...kept, access: secret('AQ'), expiresAt: now + accessLifeMs }), now)
    }
    default:
      return refuse(400, 'invalid_request', 'A required parameter "grant_type" is missing')
  }
}

function answer(issued: Token, now: number): Reply {
  const refresh =
    issued.refresh === undefined
      ? {}
      : {
          refresh_token: issued.refresh,
          refresh_token_expires_in: Math.floor(((issued.refreshExpiresAt ?? now) - now) / 1000),
        }
  return json(200, {
    access_token: issued.access,
    expires_in: Math.floor((issued.expiresAt - now) / 1000),
    ...refresh,
    scope: issued.scopes.join(','),
    token_type: 'Bearer',
  })
}

function introspect(world: World, call: Call): Reply {
  const form = formBody(call)
  if (!form.client_id || form.client_secret !== clientSecret)
    return refuse(401, 'invalid_client', 'Client authentication failed')
  const found = world.tokens.withAccess(form.token ?? '')
  if (!found || found.clientId !== form.client_id) return json(200, { active: false })
  const status = found.revoked ? 'revoked' : found.expiresAt <= world.now() ? 'expired' : 'active'
  return json(200, {
    active: status === 'active',
    status,
    client_id: found.clientId,
    scope: found.scopes.join(','),
    expires_at: Math.floor(found.expiresAt / 1000),
    auth_type: '3L',
  })
}

function revoke(world: World, call: Call): Reply {
  const form = formBody(call)
  if (!form.client_id || form.client_secret !== clientSecret)
    return refuse(401, 'invalid_client', 'Client authentication failed')
  const found = world.tokens.withAccess(form.token ?? '')
  if (found) world.tokens.revoke(found)
  return json(200, {})
}
