import { z } from 'zod'
import { consentRoutes } from '../core/authorize'
import { type Call, type Reply, type Route, basicAuth, empty, formBody, json } from '../core/call'
import type { World } from '../core/network'
import { type AuthorizationCode, secret, verifierMatches } from '../core/tokens'

/** Any client id is taken; its secret is this. */
const clientSecret = 'sandbox-secret'
const codeLifeMs = 10 * 60_000
const accessLifeMs = 3_600_000

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().default(''),
  access_type: z.enum(['online', 'offline']).default('online'),
  prompt: z.string().default(''),
  code_challenge: z.string().optional(),
  code_challenge_method: z.enum(['S256', 'plain']).default('plain'),
})

export function oauthRoutes(world: World): readonly Route[] {
  return [
    ...consentRoutes(world, {
      network: 'Google',
      path: '/o/oauth2/v2/auth',
      request: AuthorizeRequest,
      clientOf: (asked) => asked.client_id,
      codeLifeMs,
      challenge: (asked) => ({
        ...(asked.code_challenge === undefined ? {} : { challenge: asked.code_challenge }),
        challengeMethod: asked.code_challenge_method,
      }),
      beside(asked, code) {
        noteOffline(world, asked, code)
        return { scope: asked.scope }
      },
    }),
    { method: 'POST', path: '/token', operation: 'token', handle: (call) => token(world, call) },
    { method: 'POST', path: '/revoke', operation: 'token', handle: (call) => revoke(world, call) },
  ]
}

/** Only an offline consent that was asked for anew gives a refresh token: that is noted beside the code. */
function noteOffline(world: World, asked: z.output<typeof AuthorizeRequest>, code: AuthorizationCode): void {
  const consented = `consented:${code.clientId}:${code.accountId}`
  const isFirst = world.state.facts[consented] === undefined
  world.state.facts[consented] = '1'
  if (asked.access_type === 'offline' && (isFirst || asked.prompt.includes('consent')))
    world.state.facts[`offline:${code.code}`] = '1'
}

const refuse = (status: number, error: string, error_description: string): Reply =>
  json(status, { error, error_description })

function token(world: World, call: Call): Reply {
  const form = formBody(call)
  const basic = basicAuth(call)
  const client = basic ?? { id: form.client_id ?? '', secret: form.client_secret ?? '' }
  const now = world.now()
  if (!client.id || client.secret !== clientSecret) return refuse(401, 'invalid_client', 'Unauthorized')
  switch (form.grant_type) {
    case 'authorization_code': {
      const code = world.tokens.takeCode(form.code ?? '', now)
      if (!code || code.clientId !== client.id) return refuse(400, 'invalid_grant', 'Malformed auth code.')
      if (code.redirectUri !== form.redirect_uri) return refuse(400, 'redirect_uri_mismatch', 'Bad Request')
      if (!verifierMatches(code, form.code_verifier)) return refuse(400, 'invalid_grant', 'Missing code verifier.')
      const offline = world.state.facts[`offline:${code.code}`] !== undefined
      return issue(world, { ...code, ...(offline ? { refresh: secret('1//') } : {}) })
    }
    case 'refresh_token': {
      const old = world.tokens.withRefresh(form.refresh_token ?? '', now)
      if (!old || old.clientId !== client.id) return refuse(400, 'invalid_grant', 'Token has been expired or revoked.')
      // The refresh token stays, and so does the old access token until it ends.
      return issue(world, old, false)
    }
    default:
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${form.grant_type ?? ''}`)
  }
}

function issue(
  world: World,
  of: { accountId: string; clientId: string; scopes: readonly string[]; refresh?: string },
  isNew = true,
): Reply {
  const made = world.tokens.issue({
    access: secret('ya29.'),
    ...(isNew && of.refresh ? { refresh: of.refresh } : {}),
    accountId: of.accountId,
    clientId: of.clientId,
    kind: 'user',
    scopes: of.scopes,
    expiresAt: world.now() + accessLifeMs,
  })
  return json(200, {
    access_token: made.access,
    expires_in: accessLifeMs / 1000 - 1,
    ...(made.refresh === undefined ? {} : { refresh_token: made.refresh }),
    scope: made.scopes.join(' '),
    token_type: 'Bearer',
  })
}

function revoke(world: World, call: Call): Reply {
  const wanted = formBody(call).token ?? call.query.get('token') ?? ''
  const found = world.tokens.withAccess(wanted) ?? world.tokens.withRefresh(wanted, world.now())
  if (!found) return refuse(400, 'invalid_token', 'Token expired or revoked')
  world.tokens.revoke(found)
  return empty(200)
}
