import { z } from 'zod'
import { type Call, type Reply, type Route, basicAuth, formBody, html, json, redirect } from '../core/call'
import { consentPage } from '../core/consent'
import { type World, accountById } from '../core/network'
import { problemPage } from '../core/page'
import { type Token, secret } from '../core/tokens'
import { saysWhoItIs } from './caller'
import { noUserAgent } from './problems'

/** Any client id is taken; its secret is this. */
const clientSecret = 'sandbox-secret'
const codeLifeMs = 10 * 60_000
const accessLifeMs = 24 * 3_600_000

const AuthorizeRequest = z.object({
  response_type: z.literal('code'),
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().min(1).max(500),
  duration: z.enum(['temporary', 'permanent']).default('temporary'),
})
const Decision = AuthorizeRequest.extend({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

export function oauthRoutes(world: World): readonly Route[] {
  const path = '/api/v1/authorize'
  return [
    { method: 'GET', path, handle: (call) => consent(world, path, call) },
    { method: 'POST', path, handle: (call) => decide(world, call) },
    { method: 'POST', path: '/api/v1/access_token', operation: 'token', handle: (call) => token(world, call) },
    { method: 'POST', path: '/api/v1/revoke_token', operation: 'token', handle: (call) => revoke(world, call) },
  ]
}

/** Readers who only speak have no password, and sign in nowhere. */
const members = (world: World) => world.state.accounts.filter(({ password }) => password !== '')

function consent(world: World, action: string, call: Call): Reply {
  const asked = AuthorizeRequest.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage('Reddit', z.prettifyError(asked.error)))
  return html(
    200,
    consentPage({
      network: 'Reddit',
      app: asked.data.client_id,
      action,
      scopes: asked.data.scope.split(/[\s,]+/),
      accounts: members(world),
      hidden: asked.data,
    }),
  )
}

function decide(world: World, call: Call): Reply {
  const decided = Decision.safeParse(formBody(call))
  if (!decided.success) return html(400, problemPage('Reddit', z.prettifyError(decided.error)))
  const asked = decided.data
  const back = new URL(asked.redirect_uri)
  back.searchParams.set('state', asked.state)
  const account = accountById(world, asked.account) ?? members(world).find((a) => a.handle === asked.account)
  if (asked.decision === 'cancel' || !account) {
    back.searchParams.set('error', 'access_denied')
    return redirect(back.href)
  }
  const issued = world.tokens.issueCode({
    accountId: account.id,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    scopes: [...asked.scope.split(/[\s,]+/), `duration:${asked.duration}`],
    expiresAt: world.now() + codeLifeMs,
  })
  back.searchParams.set('code', issued.code)
  return redirect(back.href)
}

const answer = (issued: Token, now: number, withRefresh: boolean): Reply =>
  json(200, {
    access_token: issued.access,
    token_type: 'bearer',
    expires_in: Math.floor((issued.expiresAt - now) / 1000),
    scope: issued.scopes.join(' '),
    ...(withRefresh && issued.refresh ? { refresh_token: issued.refresh } : {}),
  })

/** Refusals of a grant come with 200; a refresh token stays what it was, and does not come again. */
function token(world: World, call: Call): Reply {
  if (!saysWhoItIs(call)) return noUserAgent()
  const client = basicAuth(call)
  if (client?.secret !== clientSecret) return json(401, { message: 'Unauthorized', error: 401 })
  const form = formBody(call)
  const now = world.now()
  if (form.grant_type === 'refresh_token') {
    const old = world.tokens.withRefresh(form.refresh_token ?? '', now)
    if (!old || old.clientId !== client.id) return json(400, { message: 'Bad Request', error: 400 })
    const fresh = world.tokens.issue({ ...old, access: secret(), refresh: secret(), expiresAt: now + accessLifeMs })
    return answer(fresh, now, false)
  }
  if (form.grant_type !== 'authorization_code') return json(200, { error: 'unsupported_grant_type' })
  const code = world.tokens.takeCode(form.code ?? '', now)
  if (!code || code.clientId !== client.id || code.redirectUri !== form.redirect_uri)
    return json(200, { error: 'invalid_grant' })
  const isPermanent = code.scopes.includes('duration:permanent')
  const issued = world.tokens.issue({
    access: secret(),
    ...(isPermanent ? { refresh: secret() } : {}),
    accountId: code.accountId,
    clientId: client.id,
    kind: 'user',
    scopes: code.scopes.filter((scope) => !scope.startsWith('duration:')),
    expiresAt: now + accessLifeMs,
  })
  return answer(issued, now, true)
}

function revoke(world: World, call: Call): Reply {
  if (basicAuth(call)?.secret !== clientSecret) return json(401, { message: 'Unauthorized', error: 401 })
  const given = formBody(call).token ?? ''
  const found = world.tokens.withAccess(given) ?? world.tokens.withRefresh(given, world.now())
  if (found) world.tokens.revoke(found)
  return json(200, {})
}
