import { z } from 'zod'
import { type Call, type Reply, type Route, formBody, html, json, redirect } from '../core/call'
import { consentPage } from '../core/consent'
import { type World, accountByHandle, accountById } from '../core/network'
import { problemPage } from '../core/page'
import { secret, verifierMatches } from '../core/tokens'
import { fieldsOf } from './fields'
import { snowflake } from './ids'
import { invalid } from './problems'

const codeLifeMs = 10 * 60_000
/** Doorkeeper's scopes as docs.joinmastodon.org/api/oauth-scopes lists them, as far as they concern us. */
const knownScope = /^(profile|push|(?:read|write|follow)(?::[a-z_]+)?|admin:(?:read|write)(?::[a-z_]+)?)$/

const App = z.object({
  id: z.string(),
  name: z.string(),
  secret: z.string(),
  redirectUris: z.array(z.string()),
  scopes: z.array(z.string()),
  website: z.string().optional(),
})
type App = z.infer<typeof App>

const NewApp = z.object({
  client_name: z.string().min(1).max(60),
  redirect_uris: z.union([
    z
      .string()
      .min(1)
      .transform((text) => text.split(/\s+/)),
    z.array(z.string().min(1)).min(1),
  ]),
  scopes: z.string().default('read'),
  website: z.string().optional(),
})

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.string().min(1),
  scope: z.string().default('read'),
  state: z.string().optional(),
  code_challenge: z.string().min(1).optional(),
  code_challenge_method: z.literal('S256').optional(),
})
const Decision = AuthorizeRequest.extend({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

export function oauthRoutes(world: World): readonly Route[] {
  const path = '/oauth/authorize'
  return [
    { method: 'POST', path: '/api/v1/apps', operation: 'token', handle: (call) => register(world, call) },
    { method: 'GET', path, handle: (call) => consent(world, path, call) },
    { method: 'POST', path, handle: (call) => decide(world, call) },
    { method: 'POST', path: '/oauth/token', operation: 'token', handle: (call) => token(world, call) },
    { method: 'POST', path: '/oauth/revoke', operation: 'token', handle: (call) => revoke(world, call) },
  ]
}

const appOf = (world: World, clientId: string): App | undefined => {
  const kept = world.state.facts[`app:${clientId}`]
  return kept === undefined ? undefined : App.parse(JSON.parse(kept))
}

function register(world: World, call: Call): Reply {
  const wish = NewApp.safeParse(fieldsOf(call))
  if (!wish.success) return invalid("Redirect URI can't be blank")
  const { client_name, redirect_uris, website } = wish.data
  const scopes = wish.data.scopes.split(/\s+/).filter(Boolean)
  if (!redirect_uris.every((uri) => uri === 'urn:ietf:wg:oauth:2.0:oob' || URL.canParse(uri)))
    return invalid('Redirect URI must be an absolute URI.')
  if (!scopes.every((scope) => knownScope.test(scope))) return invalid("Scopes doesn't match configured on the server.")
  const clientId = secret()
  const app: App = {
    id: snowflake(world),
    name: client_name,
    secret: secret(),
    redirectUris: redirect_uris,
    scopes,
    ...(website ? { website } : {}),
  }
  world.state.facts[`app:${clientId}`] = JSON.stringify(app)
  return json(200, {
    id: app.id,
    name: app.name,
    website: app.website ?? null,
    scopes,
    redirect_uris,
    redirect_uri: redirect_uris.join('\n'),
    client_id: clientId,
    client_secret: app.secret,
    client_secret_expires_at: 0,
    vapid_key: 'BCk-QqERU0q-CfYZjcuB6lnyyOYfJ2AifKqfeGIm7Z-HiTU5T9eTG5GxVA0_OH5mMlI4UkkDTpaZwozy0TzdZ2M=',
  })
}

/** What stands against a request, before anyone is asked. */
function objection(app: App | undefined, q: z.infer<typeof AuthorizeRequest>): string | undefined {
  if (!app) return 'Client authentication failed due to unknown client.'
  if (!app.redirectUris.includes(q.redirect_uri)) return 'The redirect uri included is not valid.'
  return q.scope.split(' ').every((scope) => app.scopes.includes(scope))
    ? undefined
    : 'The requested scope is invalid, unknown, or malformed.'
}

function consent(world: World, action: string, call: Call): Reply {
  const asked = AuthorizeRequest.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage('Mastodon', z.prettifyError(asked.error)))
  const app = appOf(world, asked.data.client_id)
  const wrong = objection(app, asked.data)
  if (!app || wrong) return html(401, problemPage('Mastodon', wrong ?? ''))
  const hidden = Object.fromEntries(Object.entries(asked.data).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])))
  return html(
    200,
    consentPage({
      network: 'Mastodon',
      app: app.name,
      action,
      scopes: asked.data.scope.split(' '),
      accounts: world.state.accounts,
      hidden,
    }),
  )
}

function decide(world: World, call: Call): Reply {
  const decided = Decision.safeParse(formBody(call))
  if (!decided.success) return html(400, problemPage('Mastodon', z.prettifyError(decided.error)))
  const asked = decided.data
  const wrong = objection(appOf(world, asked.client_id), asked)
  if (wrong) return html(401, problemPage('Mastodon', wrong))
  const back = new URL(asked.redirect_uri)
  if (asked.state) back.searchParams.set('state', asked.state)
  const account = accountById(world, asked.account) ?? accountByHandle(world, asked.account)
  if (asked.decision === 'cancel' || !account) {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'The resource owner or authorization server denied the request.')
    return redirect(back.href)
  }
  const issued = world.tokens.issueCode({
    accountId: account.id,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    scopes: asked.scope.split(' '),
    ...(asked.code_challenge ? { challenge: asked.code_challenge, challengeMethod: 'S256' } : {}),
    expiresAt: world.now() + codeLifeMs,
  })
  back.searchParams.set('code', issued.code)
  return redirect(back.href)
}

const refuse = (status: number, error: string, error_description: string): Reply =>
  json(status, { error, error_description })
const badClient = () =>
  refuse(
    401,
    'invalid_client',
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  )
const badGrant = () =>
  refuse(
    400,
    'invalid_grant',
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  )

function token(world: World, call: Call): Reply {
  const form = z.record(z.string(), z.string()).safeParse(fieldsOf(call)).data ?? {}
  const app = appOf(world, form.client_id ?? '')
  if (!app || app.secret !== form.client_secret) return badClient()
  const now = world.now()
  const issue = (accountId: string, scopes: readonly string[]) => {
    const issued = world.tokens.issue({
      access: secret(),
      accountId,
      clientId: form.client_id ?? '',
      kind: accountId ? 'user' : 'app',
      scopes,
      // Mastodon's tokens end only when they are taken back.
      expiresAt: Number.MAX_SAFE_INTEGER,
    })
    return json(200, {
      access_token: issued.access,
      token_type: 'Bearer',
      scope: scopes.join(' '),
      created_at: Math.floor(now / 1000),
    })
  }
  if (form.grant_type === 'client_credentials') return issue('', (form.scope ?? 'read').split(' '))
  if (form.grant_type !== 'authorization_code')
    return refuse(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    )
  const code = world.tokens.takeCode(form.code ?? '', now)
  if (!code || code.clientId !== form.client_id || code.redirectUri !== form.redirect_uri) return badGrant()
  return verifierMatches(code, form.code_verifier) ? issue(code.accountId, code.scopes) : badGrant()
}

function revoke(world: World, call: Call): Reply {
  const form = z.record(z.string(), z.string()).safeParse(fieldsOf(call)).data ?? {}
  const app = appOf(world, form.client_id ?? '')
  if (!app || app.secret !== form.client_secret)
    return refuse(403, 'unauthorized_client', 'You are not authorized to revoke this token')
  const found = world.tokens.withAccess(form.token ?? '')
  if (found) world.tokens.revoke(found)
  return json(200, {})
}
