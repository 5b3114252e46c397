import type { AtpBaseClient } from '@atproto/api'
import { request, type HttpMethod, type HttpOutcome } from '@/lib/core/http'
import { fail, ok, type Result } from '@/lib/core/result'
import { parseJson, type Trouble } from '../outcome'
import type { AppConfig, Credentials } from '../platform'
import { noteQuota } from '../quota-left'

/** Loaded when Bluesky is first spoken to: its lexicons cost every process 60 MB and a third of a second. */
export const makers = () => import('@atproto/api')

/** XRPC's own words for a failure. */
export type Problem = { readonly error?: string; readonly message?: string }
export type XrpcTrouble = Trouble<Problem>

/** Carries the outcome of a call out through the maker's client, which knows only errors. */
class NoAnswer extends Error {
  constructor(readonly outcome: Exclude<HttpOutcome, { kind: 'answer' }>) {
    super(outcome.reason)
  }
}

type Target = { readonly service: string; readonly token?: string; readonly timeoutMs?: number }

const methodOf = (given: string | undefined): HttpMethod => (given?.toUpperCase() === 'POST' ? 'POST' : 'GET')

/** The maker's client asks for a body as `fetch` does; it makes only these two kinds for what we call. */
function bodyOf(body: RequestInit['body']): Uint8Array | ReadableStream<Uint8Array> | undefined {
  if (body === undefined || body === null) return undefined
  if (body instanceof ReadableStream || body instanceof Uint8Array) return body
  throw new Error('The XRPC client made a body of a kind that is not sent here')
}

/** The maker's client, on our own HTTP: its timeouts, its guard, its knowledge of what became of a call. */
async function clientFor(target: Target, answered: (status: number) => void): Promise<AtpBaseClient> {
  const { AtpBaseClient: Client } = await makers()
  return new Client(async (path, init) => {
    const method = methodOf(init.method)
    const body = bodyOf(init.body)
    const headers = Object.fromEntries(new Headers(init.headers))
    const outcome = await request({
      url: new URL(path, target.service),
      method,
      headers: { ...headers, ...(target.token ? { authorization: `Bearer ${target.token}` } : {}) },
      ...(body ? { body } : {}),
      mutation: method === 'POST',
      allow: 'networks',
      ...(target.timeoutMs ? { timeoutMs: target.timeoutMs } : {}),
    })
    if (outcome.kind !== 'answer') throw new NoAnswer(outcome)
    answered(outcome.status)
    noteQuota(outcome.headers)
    const isEmpty = outcome.bytes.byteLength === 0
    // fetch may not carry a body on these; copied because a Response wants bytes of its own.
    const bytes = isEmpty ? null : new Uint8Array(outcome.bytes)
    return new Response(bytes, { status: outcome.status, headers: outcome.headers })
  })
}

/** @param status the answer's own; the client's errors round it to one of its list */
async function troubleOf(error: unknown, status: number | undefined): Promise<XrpcTrouble> {
  const { XRPCError } = await makers()
  if (!(error instanceof XRPCError)) throw error
  if (error.cause instanceof NoAnswer) return error.cause.outcome
  // 2 is the client's own number for "accepted, in a form the lexicon does not know".
  if (error.status === 2) {
    return { kind: 'unreadable', reason: 'it is not what the lexicon says' }
  }
  // Not the other side's doing: a bug, here or in the client.
  if (status === undefined) throw error
  const headers = new Headers()
  for (const [name, value] of Object.entries(error.headers ?? {})) if (value !== undefined) headers.set(name, value)
  return { kind: 'refused', status, headers, problem: { error: error.error, message: error.message } }
}

/** Makes one call with the maker's client. */
export async function xrpc<T>(
  target: Target,
  ask: (client: AtpBaseClient) => Promise<{ data: T }>,
): Promise<Result<T, XrpcTrouble>> {
  let status: number | undefined
  try {
    const { data } = await ask(await clientFor(target, (answered) => (status = answered)))
    return ok(data)
  } catch (error) {
    return fail(await troubleOf(error, status))
  }
}

/** The account's own server, with its access token. */
export const asAccount = (app: AppConfig, as: Pick<Credentials, 'accessToken' | 'server'>): Target => ({
  service: as.server ?? app.apiUrl,
  token: as.accessToken,
  ...(app.timeoutMs ? { timeoutMs: app.timeoutMs } : {}),
})

/** A server, asked by nobody in particular. */
export const asNobody = (app: AppConfig, server?: string): Target => ({
  service: server ?? app.apiUrl,
  ...(app.timeoutMs ? { timeoutMs: app.timeoutMs } : {}),
})

/** Calls an address of the video service, whose answers are not quite what its lexicon says, and reads JSON. */
export async function plainCall(
  target: Target,
  path: string,
  more: { body?: ReadableStream<Uint8Array>; headers?: Record<string, string> } = {},
): Promise<Result<{ status: number; json: unknown; headers: Headers }, XrpcTrouble>> {
  const outcome = await request({
    url: new URL(path, target.service),
    method: more.body ? 'POST' : 'GET',
    mutation: Boolean(more.body),
    allow: 'networks',
    headers: { ...more.headers, ...(target.token ? { authorization: `Bearer ${target.token}` } : {}) },
    ...(more.body ? { body: more.body } : {}),
    ...(target.timeoutMs ? { timeoutMs: target.timeoutMs } : {}),
  })
  return outcome.kind === 'answer'
    ? ok({ status: outcome.status, json: parseJson(outcome.text()), headers: outcome.headers })
    : fail(outcome)
}
