import { z } from 'zod'
import { consentRoutes } from '../core/authorize'
import { type Call, type Reply, type Route, basicAuth, formBody, header, json } from '../core/call'
import type { World } from '../core/network'
import { secret } from '../core/tokens'
import { publicApplicationView, report } from './events'
import { hookView, newHook } from './hooks'
import { unauthorized } from './problems'
import { guild } from './server'
import { userView } from './views'

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

export function oauthRoutes(world: World): readonly Route[] {
  return [
    // The person chooses a server, which is always the same here, and because of `webhook.incoming` a channel.
    ...consentRoutes(world, {
      network: 'Discord',
      path: '/oauth2/authorize',
      request: AuthorizeRequest,
      clientOf: (asked) => asked.client_id,
      mayChoose: ({ kind }) => kind === 'page',
      codeLifeMs,
      beside: (asked) => ({ guild_id: guild.id, permissions: asked.permissions }),
    }),
    ...['/api/v10/oauth2/token', '/api/oauth2/token'].map((at) => ({
      method: 'POST',
      path: at,
      operation: 'token' as const,
      handle: (call: Call) => token(world, call),
    })),
    { method: 'GET', path: '/api/v10/oauth2/@me', operation: 'profile', handle: (call) => grant(world, call) },
    {
      method: 'POST',
      path: '/settings/authorized-apps/remove',
      operation: 'webhook',
      handle: (call) => removeApp(world, call),
    },
    ...['/api/v10/oauth2/token/revoke', '/api/oauth2/token/revoke'].map((at) => ({
      method: 'POST',
      path: at,
      operation: 'token' as const,
      handle: (call: Call) => revoke(world, call),
    })),
  ]
}

/** Whoever consents in the sandbox. */
const nora = { id: '1100000000000000009', username: 'nora', name: 'Nora Winter', isBot: false }

/** Whose consent a token is. */
function grant(world: World, call: Call): Reply {
  const access = /^Bearer (.+)$/.exec(header(call, 'authorization') ?? '')?.[1]
  const token = access === undefined ? undefined : world.tokens.withAccess(access)
  if (!token || token.revoked || token.expiresAt <= world.now()) return unauthorized()
  return json(200, {
    application: publicApplicationView(),
    expires: new Date(token.expiresAt).toISOString(),
    scopes: token.scopes,
    ...(token.scopes.includes('identify') ? { user: userView(nora) } : {}),
  })
}

/** The person's page of apps they authorised, and its button that removes one. */
function removeApp(world: World, call: Call): Reply {
  const clientId = formBody(call).client_id ?? ''
  for (const token of world.state.tokens) if (token.clientId === clientId) world.tokens.revoke(token)
  report(world, call, 'APPLICATION_DEAUTHORIZED', {})
  return json(200, {})
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
