import type { z } from 'zod'
import { sha256 } from '@/lib/core/crypto'
import { answerFailure } from '@/lib/core/envelope'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { log, withTrail } from '@/lib/core/log'
import { pass, standing, type Door, type Passage } from '@/lib/core/rate'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { isChange, isFromOurselves } from '@/lib/core/same-origin'
import type { Ctx, Operation } from '@/lib/workspace'
import { addressOf } from '@/lib/workspace/address'
import { enterByApiKey } from '@/lib/workspace/api-session'
import { takeKey } from '@/lib/workspace/idempotency'
import { enter } from '@/lib/workspace/session'
import { parseObject, readBody } from './body'
import { refuseMethod } from './methods'

/** A request as an endpoint sees it. `params` come from the path; `body` is empty for GET. */
export type Asked = {
  readonly url: URL
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

type Params = { readonly params: Promise<Record<string, string | string[] | undefined>> }
type Handler = (request: Request, context: Params) => Promise<Response>

export type ApiRoute<T> = {
  /** The operation does the checking: permission, scope of the key, and the shape of what `input` gives it. */
  readonly run: Operation<z.ZodType, T> | ((ctx: Ctx, input: never) => Promise<Result<T>>)
  /** What the operation gets. Without it: the query (GET) or the body, and the path's parameters over it. */
  readonly input?: (asked: Asked) => unknown
  /** How large a body is taken; 1 MB when absent. */
  readonly mostBytes?: number | undefined
  /** How the value is sent. Without it: 200 `{ data }`. */
  readonly answer?: (value: T, asked: Asked) => Response
}

const lastResort: Failure = {
  code: 'INTERNAL_ERROR',
  message: 'Something went wrong at our end. Try again; if it stays, tell whoever runs this Posthorn the request id.',
}

/** The id proxy.ts gave the request. */
const idOf = (request: Request): string => request.headers.get('x-request-id') ?? newId()

/** Runs a handler with its request id on every log line. A bug becomes an answer that shows nothing of it. */
export async function guarded(request: Request, work: (requestId: string) => Promise<Response>): Promise<Response> {
  const requestId = idOf(request)
  return withTrail({ requestId }, async () => {
    try {
      const response = await work(requestId)
      response.headers.set('x-request-id', requestId)
      return response
    } catch (error) {
      log.error(
        { path: new URL(request.url).pathname, error: error instanceof Error ? error.stack : String(error) },
        'bug in a route',
      )
      return answerFailure(lastResort, requestId)
    }
  })
}

async function flat({ params }: Params): Promise<Record<string, string>> {
  const given = Object.entries((await params) ?? {})
  return Object.fromEntries(given.map(([name, value]) => [name, [value ?? ''].flat().join('/')]))
}

const tooMany = ({ resetAt }: Passage): Failure => ({
  code: 'RATE_LIMIT_EXCEEDED',
  message: 'Too many requests. Wait until the time in Retry-After and go on from there.',
  retryAt: resetAt,
})

/** The draft standard's headers: what may pass, what is left, and in how many seconds it starts anew. */
const limitHeaders = ({ limit, remaining, resetAt }: Passage): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(Math.max(0, Math.ceil((resetAt.getTime() - Date.now()) / 1_000))),
})

/** By API key, or as the person whose session the browser holds, in the workspace that `X-Workspace` or `workspace` names. */
async function whoAsks(request: Request, url: URL): Promise<Result<Ctx>> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) return enterByApiKey(authorization)
  if (isChange(request.method) && !isFromOurselves(request.headers, [new URL(env().APP_URL).origin, url.origin]))
    return fail({
      code: 'FORBIDDEN',
      message: 'This request came from another site. Send it from Posthorn, or with an API key.',
    })
  const slug = request.headers.get('x-workspace') ?? url.searchParams.get('workspace')
  if (!slug)
    return fail({
      code: 'UNAUTHORIZED',
      message: 'Say who you are: send `Authorization: Bearer` with an API key from the settings.',
    })
  return enter(slug)
}

async function ask(
  request: Request,
  url: URL,
  context: Params,
  mostBytes: number | undefined,
): Promise<Result<{ asked: Asked; bytes: Uint8Array }>> {
  const bytes = isChange(request.method) ? await readBody(request, mostBytes) : ok(new Uint8Array())
  if (!bytes.ok) return bytes
  const body = parseObject(bytes.value)
  if (!body.ok) return body
  return ok({
    bytes: bytes.value,
    asked: { url, query: url.searchParams, params: await flat(context), body: body.value },
  })
}

function plainInput({ query, params, body }: Asked): unknown {
  const asked = Object.fromEntries([...query].filter(([name]) => name !== 'workspace'))
  return { ...asked, ...body, ...params }
}

/**
 * An endpoint of the public API: one operation, behind the same door for keys and for browsers.
 * Answers every failure in the one envelope, counts the visit, and honours `Idempotency-Key` on whatever changes something.
 */
export const apiRoute =
  <T>(route: ApiRoute<T>): Handler =>
  (request, context) =>
    guarded(request, async (requestId) => {
      const url = new URL(request.url)
      const ctx = await whoAsks(request, url)
      // Who is refused is counted by address, so that keys cannot be guessed at leisure.
      const passage = await pass('api', ctx.ok ? ctx.value.actor.id : `refused:${addressOf(request.headers)}`)
      const headers = limitHeaders(passage)
      if (!passage.open) return answerFailure(tooMany(passage), requestId, headers)
      if (!ctx.ok) return answerFailure(ctx.error, requestId, headers)
      const read = await ask(request, url, context, route.mostBytes)
      if (!read.ok) return answerFailure(read.error, requestId, headers)
      const { asked, bytes } = read.value
      const response = await withTrail({ workspaceId: ctx.value.workspaceId, actor: ctx.value.actor.id }, () =>
        once(request, ctx.value, url, bytes, requestId, () => carryOut(route, ctx.value, asked)),
      )
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
      return response
    })

async function carryOut<T>(route: ApiRoute<T>, ctx: Ctx, asked: Asked): Promise<Result<Response>> {
  // The operation parses its input itself, so an unknown may be handed to it.
  const run = route.run as (ctx: Ctx, input: unknown) => Promise<Result<T>>
  const result = await run(ctx, (route.input ?? plainInput)(asked))
  return result.ok ? ok((route.answer ?? asData)(result.value, asked)) : result
}

/** Carries a request out once per `Idempotency-Key`. Without the header, or for a read, it is simply carried out. */
async function once(
  request: Request,
  ctx: Ctx,
  url: URL,
  bytes: Uint8Array,
  requestId: string,
  work: () => Promise<Result<Response>>,
): Promise<Response> {
  const key = request.headers.get('idempotency-key')
  const plain = (result: Result<Response>) => (result.ok ? result.value : answerFailure(result.error, requestId))
  if (key === null || !isChange(request.method)) return plain(await work())
  if (key.length < 1 || key.length > 200)
    return plain(
      fail({ code: 'INVALID_INPUT', message: 'An Idempotency-Key has 1 to 200 characters. A UUID is a good one.' }),
    )
  const turn = await takeKey(
    ctx,
    key,
    sha256(Buffer.concat([Buffer.from(`${request.method} ${url.pathname}${url.search}\n`), bytes])),
  )
  if (!turn.ok) return plain(turn)
  if (turn.value.turn === 'replay') {
    const { status, body } = turn.value.answer
    return new Response(body, {
      status,
      headers: { 'content-type': 'application/json', 'idempotency-replayed': 'true' },
    })
  }
  const { keep, forget } = turn.value
  try {
    const result = await work()
    const response = plain(result)
    // What was refused changed nothing, so it may be put right and sent again under the same key.
    if (!result.ok && response.status !== 502) await forget()
    else await keep({ status: response.status, body: await response.clone().text() })
    return response
  } catch (error) {
    // Whether a bug struck before or after the change is not known: the key must not run it again.
    await keep({ status: 500, body: await answerFailure(lastResort, requestId).text() })
    throw error
  }
}

/** 200 `{ data }`. */
const asData = (value: unknown): Response => Response.json({ data: value ?? null })

/** 201 `{ data }`, for what was made. */
export const asCreated = (value: unknown): Response => Response.json({ data: value }, { status: 201 })

/**
 * An endpoint that reads its body as a stream, or answers with one: the same door, without `Idempotency-Key`.
 * `door` counts the visits; what a page loads dozens of has none, and is told how the caller stands at the API's.
 * `takes` names what the address may ask; anything else is refused, never ignored.
 */
export const streamRoute =
  (route: {
    readonly door?: Door
    readonly takes?: readonly string[]
    run(ctx: Ctx, request: Request, params: Readonly<Record<string, string>>): Promise<Result<Response>>
  }): Handler =>
  (request, context) =>
    guarded(request, async (requestId) => {
      const url = new URL(request.url)
      const ctx = await whoAsks(request, url)
      const by = ctx.ok ? ctx.value.actor.id : `refused:${addressOf(request.headers)}`
      const passage = await (route.door ? pass(route.door, by) : standing('api', by))
      const headers = limitHeaders(passage)
      if (route.door && !passage.open) return answerFailure(tooMany(passage), requestId, headers)
      if (!ctx.ok) return answerFailure(ctx.error, requestId, headers)
      const other = [...url.searchParams.keys()].find((name) => name !== 'workspace' && !route.takes?.includes(name))
      if (other) return answerFailure(notAsked(other, route.takes ?? []), requestId, headers)
      const { workspaceId, actor } = ctx.value
      const result = await withTrail({ workspaceId, actor: actor.id }, async () =>
        route.run(ctx.value, request, await flat(context)),
      )
      if (!result.ok) return answerFailure(result.error, requestId, headers)
      for (const [name, value] of Object.entries(headers)) result.value.headers.set(name, value)
      return result.value
    })

const notAsked = (name: string, known: readonly string[]): Failure => {
  const problem = `is not a field here. ${known.length > 0 ? `Those there are: ${known.join(', ')}` : 'Send none'}`
  return {
    code: 'VALIDATION_ERROR',
    message: `${name}: ${problem}. Correct it and try again.`,
    fields: { [name]: [problem] },
  }
}

/** For each method that a route does not take which goes past proxy.ts: the answer that proxy.ts gives for all others. */
export const wrongMethod: Handler = (request) =>
  guarded(request, async (requestId) => {
    const { pathname } = new URL(request.url)
    const refused = refuseMethod(request.method, pathname, requestId)
    if (!refused) throw new Error(`${pathname} takes ${request.method}, and turns it away`)
    return refused
  })

/** An address that anyone may call. `because` says why, for whoever reads the list of them. */
export const openRoute =
  (route: {
    readonly because: string
    run(request: Request, params: Readonly<Record<string, string>>, requestId: string): Promise<Response>
  }): Handler =>
  (request, context) =>
    guarded(request, async (requestId) => route.run(request, await flat(context), requestId))
