import { z } from 'zod'
import { type Call, type Reply, type Route, basicAuth, formBody, html, json, redirect } from '../core/call'
import { consentPage } from '../core/consent'
import { type World, accountById } from '../core/network'
import { problemPage } from '../core/page'
import { secret } from '../core/tokens'
import { report } from './events'
import { hookView, newHook } from './hooks'
import { guild } from './server'

/** Any client id is taken; its secret is this. */
const clientSecret = 'sandbox-secret'
const codeLifeMs = 60_000
const accessLifeMs = 7 * 86_400_000

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().max(500).default(''),
  permissions: z.string().regex(/^\d+$/).default('0'),
})
const Decision = AuthorizeRequest.extend({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

export function oauthRoutes(world: World): readonly Route[] {
  const path = '/oauth2/authorize'
  return [
    { method: 'GET', path, handle: (call) => consent(world, path, call) },
    { method: 'POST', path, handle: (call) => decide(world, call) },
    ...['/api/v10/oauth2/token', '/api/oauth2/token'].map((at) => ({
      method: 'POST',
      path: at,
      operation: 'token' as const,
      handle: (call: Call) => token(world, call),
    })),
    ...['/api/v10/oauth2/token/revoke', '/api/oauth2/token/revoke'].map((at) => ({
      method: 'POST',
      path: at,
      operation: 'token' as const,
      handle: (call: Call) => revoke(world, call),
    })),
  ]
}

/** The person chooses a server, which is always the same here, and because of `webhook.incoming` a channel. */
function consent(world: World, action: string, call: Call): Reply {
  const asked = AuthorizeRequest.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage('Discord', z.prettifyError(asked.error)))
  return html(
    200,
    consentPage({
      network: 'Discord',
      app: asked.data.client_id,
      action,
      scopes: asked.data.scope.split(' '),
      accounts: world.state.accounts.filter(({ kind }) => kind === 'page'),
      hidden: asked.data,
    }),
  )
}

function decide(world: World, call: Call): Reply {
  const decided = Decision.safeParse(formBody(call))
  if (!decided.success) return html(400, problemPage('Discord', z.prettifyError(decided.error)))
  const asked = decided.data
  const back = new URL(asked.redirect_uri)
  back.searchParams.set('state', asked.state)
  const account = accountById(world, asked.account) ?? world.state.accounts.find((a) => a.handle === asked.account)
  if (asked.decision === 'cancel' || account?.kind !== 'page') {
    back.searchParams.set('error', 'access_denied')
    return redirect(back.href)
  }
  const issued = world.tokens.issueCode({
    accountId: account.id,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    scopes: asked.scope.split(' '),
    expiresAt: world.now() + codeLifeMs,
  })
  back.searchParams.set('code', issued.code)
  back.searchParams.set('guild_id', guild.id)
  back.searchParams.set('permissions', asked.permissions)
  return redirect(back.href)
}

const refuse = (status: number, error: string, description?: string): Reply =>
  json(status, { error, ...(description ? { error_description: description } : {}) })

function token(world: World, call: Call): Reply {
  const client = basicAuth(call)
  if (client?.secret !== clientSecret) return refuse(401, 'invalid_client')
  const form = formBody(call)
  if (form.grant_type !== 'authorization_code') return refuse(400, 'unsupported_grant_type')
  const code = world.tokens.takeCode(form.code ?? '', world.now())
  if (!code || code.clientId !== client.id) return refuse(400, 'invalid_grant', 'Invalid "code" in request.')
  if (code.redirectUri !== form.redirect_uri) return refuse(400, 'invalid_grant', 'Invalid "redirect_uri" in request.')
  const issued = world.tokens.issue({
    access: secret(),
    refresh: secret(),
    accountId: code.accountId,
    clientId: client.id,
    kind: 'user',
    scopes: code.scopes,
    expiresAt: world.now() + accessLifeMs,
  })
  report(world, call, 'APPLICATION_AUTHORIZED', {
    integration_type: 0,
    scopes: issued.scopes,
    guild: { id: guild.id, name: guild.name },
  })
  return json(200, {
    token_type: 'Bearer',
    access_token: issued.access,
    expires_in: accessLifeMs / 1000,
    refresh_token: issued.refresh,
    scope: issued.scopes.join(' '),
    ...(issued.scopes.includes('bot') ? { guild: { id: guild.id, name: guild.name } } : {}),
    ...(issued.scopes.includes('webhook.incoming') ? { webhook: hookView(world, newHook(world, code.accountId)) } : {}),
  })
}

function revoke(world: World, call: Call): Reply {
  if (basicAuth(call)?.secret !== clientSecret) return refuse(401, 'invalid_client')
  const given = formBody(call).token ?? ''
  const found = world.tokens.withAccess(given) ?? world.tokens.withRefresh(given, world.now())
  if (found) {
    world.tokens.revoke(found)
    report(world, call, 'APPLICATION_DEAUTHORIZED', {})
  }
  return json(200, {})
}
