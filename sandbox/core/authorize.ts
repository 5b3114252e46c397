import { z } from 'zod'
import { type Call, type Reply, type Route, formBody, html, redirect } from './call'
import { consentPage } from './consent'
import { type World, accountByHandle, accountById } from './network'
import { problemPage } from './page'
import type { Account } from './state'
import { residents } from './strangers'
import type { AuthorizationCode } from './tokens'

type Asked = { readonly redirect_uri: string; readonly scope: string; readonly state?: string | undefined }
const Decision = z.object({ account: z.string(), decision: z.enum(['allow', 'cancel']) })

/** A network's consent page: how it is asked for, and what a person who allows an app brings back to it. */
type Consent<A extends Asked> = {
  /** As people know it. */
  readonly network: string
  readonly path: string
  readonly request: z.ZodType<A>
  clientOf(asked: A): string
  /** Between two scopes; a space when absent. */
  readonly separator?: string | RegExp
  /** Who may be chosen: all who have an account of their own when absent. */
  mayChoose?(account: Account): boolean
  readonly codeLifeMs: number
  challenge?(asked: A): Pick<AuthorizationCode, 'challenge' | 'challengeMethod'>
  /** Goes back beside the code. */
  beside?(asked: A, code: AuthorizationCode): Readonly<Record<string, string>>
}

/** Shows the page, and takes the decision back with a code or `access_denied`. Neither is a call of the API: no fault aims at it. */
export function consentRoutes<A extends Asked>(world: World, consent: Consent<A>): readonly Route[] {
  const { path } = consent
  return [
    { method: 'GET', path, handle: (call) => ask(world, consent, call) },
    { method: 'POST', path, handle: (call) => decide(world, consent, call) },
  ]
}

const scopesOf = (asked: Asked, { separator = ' ' }: { readonly separator?: string | RegExp }): string[] =>
  asked.scope.split(separator).filter(Boolean)

const choosable = <A extends Asked>(world: World, { mayChoose }: Consent<A>): readonly Account[] =>
  residents(world).filter((account) => mayChoose?.(account) ?? true)

function ask<A extends Asked>(world: World, consent: Consent<A>, call: Call): Reply {
  const asked = consent.request.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return html(400, problemPage(consent.network, z.prettifyError(asked.error)))
  const hidden = Object.entries(asked.data).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return html(
    200,
    consentPage({
      network: consent.network,
      app: consent.clientOf(asked.data),
      action: consent.path,
      scopes: scopesOf(asked.data, consent),
      accounts: choosable(world, consent),
      hidden: Object.fromEntries(hidden),
    }),
  )
}

function decide<A extends Asked>(world: World, consent: Consent<A>, call: Call): Reply {
  const form = formBody(call)
  const given = consent.request.safeParse(form)
  const decided = Decision.safeParse(form)
  const wrong = given.error ?? decided.error
  if (!given.success || !decided.success)
    return html(400, problemPage(consent.network, wrong ? z.prettifyError(wrong) : ''))
  const asked = given.data
  const back = new URL(asked.redirect_uri)
  if (asked.state) back.searchParams.set('state', asked.state)
  const account = accountById(world, decided.data.account) ?? accountByHandle(world, decided.data.account)
  if (decided.data.decision === 'cancel' || !account || !choosable(world, consent).includes(account)) {
    back.searchParams.set('error', 'access_denied')
    return redirect(back.href)
  }
  const code = world.tokens.issueCode({
    accountId: account.id,
    clientId: consent.clientOf(asked),
    redirectUri: asked.redirect_uri,
    scopes: scopesOf(asked, consent),
    ...consent.challenge?.(asked),
    expiresAt: world.now() + consent.codeLifeMs,
  })
  back.searchParams.set('code', code.code)
  for (const [name, value] of Object.entries(consent.beside?.(asked, code) ?? {})) back.searchParams.set(name, value)
  return redirect(back.href)
}
