import { z } from 'zod'
import { type Call, type Reply, type Route, basicAuth, formBody, html, json, redirect } from '../core/call'
import { consentPage } from '../core/consent'
import { type World, accountByHandle, accountById } from '../core/network'
import { problemPage } from '../core/page'
import { residents } from '../core/strangers'
import { secret } from '../core/tokens'
import { invalid, unauthorized } from './problems'

/** Any client id is taken; its secret is this. */
const clientSecret = 'sandbox-secret'
const codeLifeMs = 10 * 60_000
const accessLifeMs = 30 * 86_400_000
const refreshLifeMs = 60 * 86_400_000

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().default(''),
})
const Decision = AuthorizeRequest.extend({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

export function oauthRoutes(world: World): readonly Route[] {
  const path = '/oauth'
  return [
    { method: 'GET', path, handle: (call) => consent(world, path, call) },
    { method: 'POST', path, handle: (call) => decide(world, call) },
    { method: 'POST', path: '/v5/oauth/token', operation: 'token', handle: (call) => token(world, call) },
  ]
}

const scopesIn = (scope: string): string[] => scope.split(/[ ,]+/).filter(Boolean)

function consent(world: World, action: string, call: Call): Reply {
  const asked = AuthorizeRequest.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage('Pinterest', z.prettifyError(asked.error)))
  return html(
    200,
    consentPage({
      network: 'Pinterest',
      app: asked.data.client_id,
      action,
      scopes: scopesIn(asked.data.scope),
      accounts: residents(world),
      hidden: asked.data,
    }),
  )
}

function decide(world: World, call: Call): Reply {
  const decided = Decision.safeParse(formBody(call))
  if (!decided.success) return html(400, problemPage('Pinterest', z.prettifyError(decided.error)))
  const asked = decided.data
  const back = new URL(asked.redirect_uri)
  if (asked.state) back.searchParams.set('state', asked.state)
  const account = accountById(world, asked.account) ?? accountByHandle(world, asked.account)
  if (asked.decision === 'cancel' || !account) {
    back.searchParams.set('error', 'access_denied')
    return redirect(back.href)
  }
  const issued = world.tokens.issueCode({
    accountId: account.id,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    scopes: scopesIn(asked.scope),
    expiresAt: world.now() + codeLifeMs,
  })
  back.searchParams.set('code', issued.code)
  return redirect(back.href)
}

function token(world: World, call: Call): Reply {
  const client = basicAuth(call)
  const form = formBody(call)
  const now = world.now()
  if (!client?.id || client.secret !== clientSecret) return unauthorized()
  switch (form.grant_type) {
    case 'authorization_code': {
      const code = world.tokens.takeCode(form.code ?? '', now)
      return code && code.clientId === client.id && code.redirectUri === form.redirect_uri
        ? issue(world, code, 'authorization_code')
        : invalid('Invalid authorization code.')
    }
    case 'refresh_token': {
      const old = world.tokens.withRefresh(form.refresh_token ?? '', now)
      if (!old || old.clientId !== client.id) return invalid('Invalid refresh token.')
      // A continuous refresh token is spent by its use: the next one comes with the answer.
      world.tokens.revoke(old)
      return issue(world, old, 'refresh_token')
    }
    default:
      return invalid('Invalid grant type.')
  }
}

function issue(
  world: World,
  of: { readonly accountId: string; readonly clientId: string; readonly scopes: readonly string[] },
  kind: 'authorization_code' | 'refresh_token',
): Reply {
  const now = world.now()
  const made = world.tokens.issue({
    access: secret('pina_'),
    refresh: secret('pinr_'),
    accountId: of.accountId,
    clientId: of.clientId,
    kind: 'user',
    scopes: of.scopes,
    expiresAt: now + accessLifeMs,
    refreshExpiresAt: now + refreshLifeMs,
  })
  return json(200, {
    response_type: kind,
    access_token: made.access,
    token_type: 'bearer',
    expires_in: accessLifeMs / 1000,
    refresh_token: made.refresh,
    refresh_token_expires_in: refreshLifeMs / 1000,
    refresh_token_expires_at: Math.floor((now + refreshLifeMs) / 1000),
    scope: made.scopes.join(' '),
  })
}
