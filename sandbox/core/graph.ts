import { type Call, type Reply, type Route, formBody, header, json, jsonBody } from './call'
import { multipartBody } from './multipart'
import { type World, accountById } from './network'
import type { Account } from './state'
import type { Token } from './tokens'
import type { Window } from './windows'

export { isStranger, stranger } from './strangers'

/** Any app id is taken; its secret is this. It signs webhooks, too. */
export const appSecret = 'sandbox-secret'

/** Graph versions that are alive, whatever the date. */
export const versions = ['v23.0', 'v24.0', 'v25.0', 'v26.0'] as const

/** Routes that begin with a version, for each that is alive. */
export const perVersion = (routes: (version: string) => readonly Route[]): Route[] =>
  versions.flatMap((version) => [...routes(version)])

type Refusal = {
  readonly status?: number
  readonly code: number
  readonly subcode?: number
  readonly message: string
  readonly type?: string
  readonly transient?: boolean
  readonly userTitle?: string
  readonly userMessage?: string
}

/** An error as Graph words it (developers.facebook.com/docs/graph-api/guides/error-handling). */
export function graphProblem(q: Refusal): Reply {
  return json(q.status ?? 400, {
    error: {
      message: q.message,
      type: q.type ?? 'OAuthException',
      code: q.code,
      ...(q.subcode === undefined ? {} : { error_subcode: q.subcode }),
      ...(q.transient === undefined ? {} : { is_transient: q.transient }),
      ...(q.userTitle === undefined ? {} : { error_user_title: q.userTitle }),
      ...(q.userMessage === undefined ? {} : { error_user_msg: q.userMessage }),
      fbtrace_id: 'Asandbox',
    },
  })
}

export const badParameter = (what: string): Reply => graphProblem({ code: 100, message: `(#100) ${what}` })

export const noSuchObject = (id: string, method = 'get'): Reply =>
  graphProblem({
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message: `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
  })

export const missingPermission = (scope: string): Reply =>
  graphProblem({ status: 403, code: 200, message: `(#200) This endpoint requires the '${scope}' permission` })

export const internalProblem = (): Reply =>
  graphProblem({
    status: 500,
    code: 2,
    transient: true,
    message: 'An unexpected error has occurred. Please retry your request later.',
  })

export const unknownPath = (call: Call): Reply =>
  graphProblem({
    code: 2500,
    message: `Unknown path components: ${call.url.pathname}`,
  })

/** Every parameter of a call, wherever it stands: the address, a form, JSON or a multipart body. */
export function paramsOf(call: Call): Record<string, unknown> {
  const type = header(call, 'content-type') ?? ''
  const given = type.startsWith('multipart/')
    ? multipartBody(call)
    : type.includes('json')
      ? jsonBody(call)
      : type.includes('urlencoded')
        ? formBody(call)
        : {}
  const body = typeof given === 'object' && given !== null ? given : {}
  return { ...Object.fromEntries(call.query), ...body }
}

/** Graph takes lists and objects as JSON in a text, too. */
export function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}

export function accessOf(call: Call): string | undefined {
  const inHeader = /^(?:Bearer|OAuth) (.+)$/i.exec(header(call, 'authorization') ?? '')?.[1]
  return inHeader ?? call.query.get('access_token') ?? undefined
}

export function tokenOf(world: World, call: Call): Token | undefined {
  return world.tokens.withAccess(accessOf(call) ?? '')
}

export type Caller = { readonly account: Account; readonly token: Token }
type Answer<T> = T | { readonly refusal: Reply }

/** The account a living token stands for, with every scope that is named. */
export function callerOf(world: World, call: Call, ...scopes: readonly string[]): Answer<Caller> {
  const token = tokenOf(world, call)
  const account = token && accountById(world, token.accountId)
  const refused = (subcode: number | undefined, message: string) => ({
    refusal: graphProblem({ status: 401, code: 190, ...(subcode ? { subcode } : {}), message }),
  })
  if (!token || !account) return refused(undefined, 'Invalid OAuth access token - Cannot parse access token')
  if (token.revoked) return refused(460, 'Error validating access token: The session has been invalidated.')
  if (token.expiresAt <= world.now()) return refused(463, 'Error validating access token: Session has expired.')
  const missing = scopes.find((s) => !token.scopes.includes(s))
  return missing === undefined ? { account, token } : { refusal: missingPermission(missing) }
}

/** `X-App-Usage` in per cent, and what a business has used with the minutes until it may go on. */
export function usageHeaders(window: Window, q: { id: string; type: string; now: number }): Record<string, string> {
  const call_count = Math.min(100, Math.round(((window.limit - window.remaining) / window.limit) * 100))
  const estimated_time_to_regain_access = window.over ? Math.max(1, Math.ceil((window.resetAt - q.now) / 60_000)) : 0
  const used = { call_count, total_cputime: 1, total_time: 1 }
  return {
    'x-app-usage': JSON.stringify(used),
    'x-business-use-case-usage': JSON.stringify({
      [q.id]: [{ type: q.type, ...used, estimated_time_to_regain_access }],
    }),
  }
}

/** Meta's ids are numbers in texts; no two are the same. */
export const newId = (world: World, prefix: string): string => `${prefix}${String(world.serial()).padStart(9, '0')}`
