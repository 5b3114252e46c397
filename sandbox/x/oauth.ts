import { z } from 'zod'
import { consentRoutes } from '../core/authorize'
import { type Call, type Reply, type Route, basicAuth, formBody, header, json, jsonBody } from '../core/call'
import type { World } from '../core/network'
import { type Token, secret, verifierMatches } from '../core/tokens'

/** Any client id is taken; its secret is this. Also the consumer secret that signs webhooks. */
export const clientSecret = 'sandbox-secret'
const codeLifeMs = 30_000
const accessLifeMs = 2 * 3_600_000

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().min(1).max(500),
  code_challenge: z.string().min(1),
  // X takes `s256`, too: twitter-api-v2 sends it.
  code_challenge_method: z
    .string()
    .transform((method) => (method === 's256' ? 'S256' : method))
    .pipe(z.enum(['S256', 'plain']))
    .default('plain'),
})

export function oauthRoutes(world: World): readonly Route[] {
  return [
    ...consentRoutes(world, {
      network: 'X',
      path: '/i/oauth2/authorize',
      request: AuthorizeRequest,
      clientOf: (asked) => asked.client_id,
      codeLifeMs,
      challenge: (asked) => ({ challenge: asked.code_challenge, challengeMethod: asked.code_challenge_method }),
    }),
    { method: 'POST', path: '/2/oauth2/token', operation: 'token', handle: (call) => token(world, call) },
    { method: 'POST', path: '/2/oauth2/revoke', operation: 'token', handle: (call) => revoke(world, call) },
    { method: 'POST', path: '/oauth2/token', operation: 'token', handle: (call) => appOnlyToken(world, call) },
  ]
}

function refuse(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: description })
}

/** A confidential client proves itself by Basic; ids that start with `public` are public clients, as X calls them. */
function clientOf(call: Call, form: Record<string, string>): { id: string } | Reply {
  const basic = basicAuth(call)
  if (basic)
    return basic.secret === clientSecret
      ? { id: basic.id }
      : refuse(401, 'unauthorized_client', 'Missing valid authorization header')
  if (form.client_id?.startsWith('public')) return { id: form.client_id }
  return refuse(401, 'unauthorized_client', 'Missing valid authorization header')
}

/** Form fields, or the same as JSON: twitter-api-v2 sends JSON to the token endpoint, and X takes it. */
function fieldsOf(call: Call): Record<string, string> {
  if (!header(call, 'content-type')?.startsWith('application/json')) return formBody(call)
  return z.record(z.string(), z.string()).safeParse(jsonBody(call)).data ?? {}
}

function token(world: World, call: Call): Reply {
  const form = fieldsOf(call)
  const client = clientOf(call, form)
  if ('status' in client) return client
  const now = world.now()
  switch (form.grant_type) {
    case 'authorization_code': {
      const code = world.tokens.takeCode(form.code ?? '', now)
      if (!code || code.clientId !== client.id)
        return refuse(400, 'invalid_request', 'Value passed for the authorization code was invalid.')
      if (code.redirectUri !== form.redirect_uri)
        return refuse(
          400,
          'invalid_request',
          'Value passed for the redirect uri did not match the uri of the authorization code.',
        )
      if (!verifierMatches(code, form.code_verifier))
        return refuse(400, 'invalid_request', 'Value passed for the code verifier did not match the code challenge.')
      return answer(issue(world, code.accountId, client.id, code.scopes), now)
    }
    case 'refresh_token': {
      const old = world.tokens.withRefresh(form.refresh_token ?? '', now)
      if (!old || old.clientId !== client.id)
        return refuse(400, 'invalid_request', 'Value passed for the token was invalid.')
      world.tokens.revoke(old)
      return answer(issue(world, old.accountId, client.id, old.scopes), now)
    }
    default:
      return refuse(400, 'invalid_request', 'Missing required parameter [grant_type].')
  }
}

function issue(world: World, accountId: string, clientId: string, scopes: readonly string[]): Token {
  return world.tokens.issue({
    access: secret(),
    ...(scopes.includes('offline.access') ? { refresh: secret() } : {}),
    accountId,
    clientId,
    kind: 'user',
    scopes,
    expiresAt: world.now() + accessLifeMs,
  })
}

function answer(token: Token, now: number): Reply {
  return json(200, {
    token_type: 'bearer',
    expires_in: Math.floor((token.expiresAt - now) / 1000),
    access_token: token.access,
    scope: token.scopes.join(' '),
    ...(token.refresh === undefined ? {} : { refresh_token: token.refresh }),
  })
}

function revoke(world: World, call: Call): Reply {
  const form = fieldsOf(call)
  const client = clientOf(call, form)
  if ('status' in client) return client
  const found = world.tokens.withAccess(form.token ?? '') ?? world.tokens.withRefresh(form.token ?? '', world.now())
  if (found) world.tokens.revoke(found)
  return json(200, { revoked: true })
}

/** The app's own bearer, which webhooks are managed with. Does not expire. */
function appOnlyToken(world: World, call: Call): Reply {
  const client = basicAuth(call)
  if (client?.secret !== clientSecret)
    return json(403, {
      errors: [{ code: 99, message: 'Unable to verify your credentials', label: 'authenticity_token_error' }],
    })
  if (fieldsOf(call).grant_type !== 'client_credentials')
    return json(403, {
      errors: [{ code: 170, message: 'Missing required parameter: grant_type', label: 'forbidden_missing_parameter' }],
    })
  const issued = world.tokens.issue({
    access: secret('AAAA'),
    accountId: '',
    clientId: client.id,
    kind: 'app',
    scopes: [],
    expiresAt: Number.MAX_SAFE_INTEGER,
  })
  return json(200, { token_type: 'bearer', access_token: issued.access })
}
