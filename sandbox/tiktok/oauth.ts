import { createHash } from 'node:crypto'
import { z } from 'zod'
import { consentRoutes } from '../core/authorize'
import { type Call, type Reply, type Route, formBody, json } from '../core/call'
import type { World } from '../core/network'
import { type Token, secret } from '../core/tokens'

/** Any client key is taken; its secret is this. It signs webhooks, too. Keys that begin with `unaudited` are of such apps. */
export const clientSecret = 'sandbox-secret'
const codeLifeMs = 5 * 60_000
const accessLifeMs = 86_400_000
const refreshLifeMs = 365 * 86_400_000

const AuthorizeRequest = z.object({
  client_key: z.string().min(1),
  response_type: z.literal('code'),
  scope: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  state: z.string().min(1),
  // TikTok's challenge is the hash in hex, not in base64url as in RFC 7636.
  code_challenge: z.string().regex(/^[0-9a-f]{64}$/, 'code_challenge must be a SHA-256 in hex'),
  code_challenge_method: z.literal('S256'),
})

export function oauthRoutes(world: World): readonly Route[] {
  return [
    ...consentRoutes(world, {
      network: 'TikTok',
      path: '/v2/auth/authorize',
      request: AuthorizeRequest,
      clientOf: (asked) => asked.client_key,
      separator: ',',
      codeLifeMs,
      challenge: (asked) => ({ challenge: asked.code_challenge }),
      beside: (asked) => ({ scopes: asked.scope }),
    }),
    { method: 'POST', path: '/v2/oauth/token', operation: 'token', handle: (call) => token(world, call) },
    { method: 'POST', path: '/v2/oauth/revoke', operation: 'token', handle: (call) => revoke(world, call) },
  ]
}

/** TikTok's token endpoint says no with HTTP 200, and in words of its own. */
const refuse = (error: string, error_description: string): Reply =>
  json(200, { error, error_description, log_id: crypto.randomUUID() })

function token(world: World, call: Call): Reply {
  const form = formBody(call)
  const now = world.now()
  if (!form.client_key || form.client_secret !== clientSecret)
    return refuse('invalid_client', 'Client key or secret is incorrect.')
  switch (form.grant_type) {
    case 'authorization_code': {
      const code = world.tokens.takeCode(form.code ?? '', now)
      if (!code || code.clientId !== form.client_key) return refuse('invalid_grant', 'Authorization code is expired.')
      if (code.redirectUri !== form.redirect_uri)
        return refuse('invalid_request', 'Redirect_uri is not matched with the uri when requesting code.')
      const shown = createHash('sha256')
        .update(form.code_verifier ?? '')
        .digest('hex')
      if (shown !== code.challenge) return refuse('invalid_request', 'Code verifier or code challenge is invalid.')
      return tokens(issue(world, code.accountId, form.client_key, code.scopes), now)
    }
    case 'refresh_token': {
      const old = world.tokens.withRefresh(form.refresh_token ?? '', now)
      if (!old || old.clientId !== form.client_key)
        return refuse('invalid_grant', 'Refresh token is invalid or expired.')
      world.tokens.revoke(old)
      return tokens(issue(world, old.accountId, old.clientId, old.scopes, old.refreshExpiresAt), now)
    }
    default:
      return refuse('unsupported_grant_type', 'The grant type is not supported.')
  }
}

/** A refresh token keeps its first end however often it is changed for another. */
function issue(
  world: World,
  accountId: string,
  clientId: string,
  scopes: readonly string[],
  refreshExpiresAt = world.now() + refreshLifeMs,
): Token {
  return world.tokens.issue({
    access: secret('act.'),
    refresh: secret('rft.'),
    accountId,
    clientId,
    kind: 'user',
    scopes,
    expiresAt: world.now() + accessLifeMs,
    refreshExpiresAt,
  })
}

const tokens = (token: Token, now: number): Reply =>
  json(200, {
    access_token: token.access,
    expires_in: Math.floor((token.expiresAt - now) / 1000),
    open_id: token.accountId,
    refresh_expires_in: Math.floor(((token.refreshExpiresAt ?? now) - now) / 1000),
    refresh_token: token.refresh,
    scope: token.scopes.join(','),
    token_type: 'Bearer',
  })

function revoke(world: World, call: Call): Reply {
  const form = formBody(call)
  if (form.client_secret !== clientSecret) return refuse('invalid_client', 'Client key or secret is incorrect.')
  const found = world.tokens.withAccess(form.token ?? '')
  if (found) world.tokens.revoke(found)
  return json(200, {})
}
