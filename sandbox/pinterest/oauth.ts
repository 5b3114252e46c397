import { z } from 'zod'
import { consentRoutes } from '../core/authorize'
import { type Call, type Reply, type Route, basicAuth, formBody, json } from '../core/call'
import type { World } from '../core/network'
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

export function oauthRoutes(world: World): readonly Route[] {
  return [
    ...consentRoutes(world, {
      network: 'Pinterest',
      path: '/oauth',
      request: AuthorizeRequest,
      clientOf: (asked) => asked.client_id,
      separator: /[ ,]+/,
      codeLifeMs,
    }),
    { method: 'POST', path: '/v5/oauth/token', operation: 'token', handle: (call) => token(world, call) },
  ]
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
