import { z } from 'zod'
import { type Call, type Reply, formBody, html, json, redirect } from './call'
import { consentPage } from './consent'
import { appSecret, graphProblem } from './graph'
import type { World } from './network'
import { problemPage } from './page'
import type { Account } from './state'
import type { AuthorizationCode } from './tokens'

const codeLifeMs = 10 * 60_000

const Asked = z.object({
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  scope: z.string().min(1),
  state: z.string().default(''),
  response_type: z.literal('code').default('code'),
})
const Decision = Asked.extend({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

export type Consent = {
  readonly network: string
  /** Who may be chosen. */
  accounts(world: World): readonly Account[]
  readonly scopes: ReadonlySet<string>
}

const split = (scope: string): string[] => scope.split(/[\s,]+/).filter(Boolean)

function back(asked: z.infer<typeof Asked>, more: Record<string, string>): Reply {
  const url = new URL(asked.redirect_uri)
  for (const [name, value] of Object.entries({ ...more, state: asked.state })) url.searchParams.set(name, value)
  return redirect(url.href)
}

/** A wrong scope is refused on the page itself, as Meta does. */
function wrongScope(q: Consent, scope: string): Reply | undefined {
  const wrong = split(scope).filter((s) => !q.scopes.has(s))
  return wrong.length === 0
    ? undefined
    : html(
        400,
        problemPage(q.network, `Invalid Scopes: ${wrong.join(', ')}. This message is only shown to developers.`),
      )
}

export function askConsent(world: World, call: Call, q: Consent): Reply {
  const asked = Asked.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage(q.network, z.prettifyError(asked.error)))
  const { client_id: app, scope } = asked.data
  const page = { network: q.network, app, action: call.url.pathname, scopes: split(scope), hidden: asked.data }
  return wrongScope(q, scope) ?? html(200, consentPage({ ...page, accounts: q.accounts(world) }))
}

export function decideConsent(world: World, call: Call, q: Consent): Reply {
  const decided = Decision.safeParse(formBody(call))
  if (!decided.success) return html(400, problemPage(q.network, z.prettifyError(decided.error)))
  const asked = decided.data
  const refusal = wrongScope(q, asked.scope)
  if (refusal) return refusal
  const account = q.accounts(world).find((a) => a.id === asked.account || a.handle === asked.account)
  if (asked.decision === 'cancel' || !account)
    return back(asked, { error: 'access_denied', error_reason: 'user_denied', error_description: 'Permissions error' })
  const issued = world.tokens.issueCode({
    accountId: account.id,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    scopes: split(asked.scope),
    expiresAt: world.now() + codeLifeMs,
  })
  return back(asked, { code: issued.code })
}

export function refusedClient(q: Readonly<Record<string, unknown>>): Reply | undefined {
  if (!q.client_id) return graphProblem({ code: 101, message: 'Missing client_id parameter.' })
  return q.client_secret === appSecret
    ? undefined
    : graphProblem({ code: 1, message: 'Error validating client secret.' })
}

/** The code, once, and only for the app and the address it was made for. */
export function spendCode(world: World, q: Readonly<Record<string, unknown>>): AuthorizationCode | { refusal: Reply } {
  const code = world.tokens.takeCode(String(q.code ?? ''), world.now())
  if (!code)
    return {
      refusal: graphProblem({ code: 100, subcode: 36009, message: 'This authorization code has been used.' }),
    }
  if (code.clientId !== q.client_id || code.redirectUri !== q.redirect_uri)
    return {
      refusal: graphProblem({
        code: 100,
        subcode: 36008,
        message:
          'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      }),
    }
  return code
}

export const tokenAnswer = (access_token: string, expiresInMs: number | undefined): Reply =>
  json(200, {
    access_token,
    token_type: 'bearer',
    ...(expiresInMs === undefined ? {} : { expires_in: Math.floor(expiresInMs / 1000) }),
  })
