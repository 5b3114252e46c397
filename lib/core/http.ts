import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import { buildConnector, Client, type Dispatcher } from 'undici'
import { assertPublicHost, assertPublicPeer, guardedLookup } from './guard'
import { log } from './log'
import { traced } from './trace'

/**
 * What an address from the settings was named for. One that is open to webhooks is not reached by a network's server
 * that somebody types, nor by a redirect of any other call.
 */
export type Purpose = 'networks' | 'ai' | 'webhooks' | 'feeds' | 'links' | 'worker'

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type HttpRequest = {
  readonly url: string | URL
  readonly method?: HttpMethod
  /** A streamed body wants `content-length`, or goes out chunked. */
  readonly headers?: Readonly<Record<string, string>>
  /** A stream is read as fast as the peer takes it, and once. */
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>
  /** For the whole call, answer's body included, besides what `sendingMs` allows for a body. 20 s when absent. */
  readonly timeoutMs?: number
  /** True when the call changes something at the other side: redirects are then handed back, not followed. */
  readonly mutation: boolean
  /** Longest answer read. 4 MiB when absent. */
  readonly maxBytes?: number
  /** `public` (when absent) goes to public addresses only; a purpose also to origins given to `trustOrigin` for it. */
  readonly allow?: 'public' | Purpose
}

export type HttpAnswer = {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Headers
  /** Where the answer came from, after redirects. */
  readonly url: string
  readonly bytes: Uint8Array
  text(): string
}

/**
 * What became of a call.
 * `not_sent`: for certain no byte of the request reached the peer. `unknown`: it may have been carried out.
 */
export type HttpOutcome =
  | HttpAnswer
  /** `isBlocked`: the address is one that nobody may be sent to. */
  | { readonly kind: 'not_sent'; readonly reason: string; readonly isBlocked?: true }
  /** `isTooLong`: it answered, with more than `maxBytes`. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly isTooLong?: true }

const ending = new AsyncLocalStorage<AbortSignal | undefined>()

/**
 * Does something whose calls to other machines end when `signal` says so, however much time they had left; without one,
 * they end by their own time alone. No adapter needs to pass it on.
 */
export const endingWith = <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> =>
  ending.run(signal, work)

const trusted: Readonly<Record<Purpose, Set<string>>> = {
  networks: new Set(),
  ai: new Set(),
  webhooks: new Set(),
  feeds: new Set(),
  links: new Set(),
  worker: new Set(),
}

/** Lets calls for a purpose reach this origin although its address is private. For addresses from settings only. */
export const trustOrigin = (origin: string, purpose: Purpose): void => void trusted[purpose].add(new URL(origin).origin)

// HTTP/1.1 only: on HTTP/2 a refused stream may be sent again by the library, and one post would become two.
const connection = { allowH2: false, timeout: 10_000 } as const
const open = buildConnector(connection)
const guarded = buildConnector({ ...connection, lookup: guardedLookup })

/**
 * Connects like undici does, refuses what is not public, tells when the connection stood, and gives up with the call:
 * undici would wait out a handshake that nobody wants any more.
 */
const connector =
  (free: boolean, signal: AbortSignal, connected: () => void): buildConnector.connector =>
  (options, callback) => {
    let settled = false
    const settle = (...made: Parameters<buildConnector.Callback>): void => {
      settled = true
      signal.removeEventListener('abort', giveUp)
      if (made[0] === null) connected()
      callback(...made)
    }
    const giveUp = () => settle(asError(signal.reason), null)
    signal.addEventListener('abort', giveUp)
    try {
      if (!free) assertPublicHost(options.hostname)
    } catch (refusal) {
      return settle(asError(refusal), null)
    }
    const use = (...made: Parameters<buildConnector.Callback>): void => {
      const [error, socket] = made
      if (settled) return void socket?.destroy()
      if (error !== null) return settle(error, null)
      try {
        if (!free) assertPublicPeer(socket.remoteAddress)
      } catch (refusal) {
        socket.destroy()
        return settle(asError(refusal), null)
      }
      return settle(null, socket)
    }
    return (free ? open : guarded)(options, use)
  }

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name could not be found',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be made in time',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_ABORTED: 'it did not answer in time',
  BLOCKED_ADDRESS: 'its address is not on the public internet',
}

/** A short reason. Messages of libraries are not passed on: they may quote what was sent. */
function reasonFor(error: unknown, host: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const late = error instanceof Error && error.name === 'TimeoutError'
  if (error instanceof Error && error.name === 'AbortError') return `${host}: we had to end the call`
  return `${host}: ${late ? reasons.ETIMEDOUT : (reasons[code] ?? `the call failed (${code || 'no code'})`)}`
}

class TooLong extends Error {
  readonly code = 'ANSWER_TOO_LONG'
}

async function readAll(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes) throw new TooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const asHeaders = (given: Dispatcher.ResponseData['headers']): Headers => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) for (const one of [value ?? []].flat()) headers.append(name, one)
  return headers
}

const asBody = (body: HttpRequest['body']): Dispatcher.RequestOptions['body'] =>
  // The DOM's and Node's stream types name the same object differently.
  body instanceof ReadableStream ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : body

/**
 * One exchange on a connection of its own. A kept connection may have been closed by the peer a moment ago, and then
 * nobody can tell whether a request written to it was carried out; on a fresh one, "did it connect?" is the whole answer.
 */
async function exchange(
  request: HttpRequest,
  url: URL,
  signal: AbortSignal,
  listening?: Listening,
): Promise<HttpOutcome> {
  const { allow = 'public' } = request
  const free = allow !== 'public' && trusted[allow].has(url.origin)
  let connected = false
  const client = new Client(url.origin, { connect: connector(free, signal, () => (connected = true)), pipelining: 1 })
  try {
    const answer = await client.request({
      path: `${url.pathname}${url.search}`,
      method: request.method ?? 'GET',
      headers: { ...request.headers },
      body: asBody(request.body),
      signal,
      reset: true,
      headersTimeout: 0,
      bodyTimeout: listening?.idleMs ?? 0,
    })
    const accepted = answer.statusCode >= 200 && answer.statusCode < 300
    if (listening && accepted) for await (const chunk of answer.body) await listening.onChunk(chunk)
    const bytes = await readAll(answer.body, request.maxBytes ?? 4 * 1024 * 1024)
    const text = () => new TextDecoder().decode(bytes)
    return { kind: 'answer', status: answer.statusCode, headers: asHeaders(answer.headers), url: url.href, bytes, text }
  } catch (error) {
    if (error instanceof TooLong)
      return { kind: 'unknown', reason: `${url.host}: the answer was too long`, isTooLong: true }
    const reason = reasonFor(error, url.host)
    if (connected) return { kind: 'unknown', reason }
    const isBlocked = error instanceof Error && 'code' in error && error.code === 'BLOCKED_ADDRESS'
    return { kind: 'not_sent', reason, ...(isBlocked ? { isBlocked } : {}) }
  } finally {
    await client.destroy()
  }
}

type Listening = {
  /** How long nothing may come before the line is taken for dead (milliseconds). */
  readonly idleMs: number
  /** The next piece is read when this one was dealt with. */
  onChunk(chunk: Uint8Array): Promise<void>
}

/**
 * Hears an answer that has no end, piece by piece, until `signal` ends it or the line does. An answer that is not 2xx
 * comes back whole, as from `request`; after one that was heard `bytes` is empty, or the outcome is `unknown`.
 * What `onChunk` throws is thrown.
 */
export async function listen(
  asked: Pick<HttpRequest, 'url' | 'headers' | 'allow'>,
  heard: Listening & { readonly signal: AbortSignal },
): Promise<HttpOutcome> {
  let thrown: { readonly error: unknown } | undefined
  const outcome = await exchange({ ...asked, mutation: false }, new URL(asked.url), heard.signal, {
    idleMs: heard.idleMs,
    async onChunk(chunk) {
      try {
        await heard.onChunk(chunk)
      } catch (error) {
        thrown = { error }
        throw error
      }
    },
  })
  if (thrown) throw thrown.error
  return outcome
}

/** How long it may take to send the body, in ms: a line of 2 Mbit/s must be enough. Of a stream the length must be said. */
function sendingMs({ body, headers }: Pick<HttpRequest, 'body' | 'headers'>): number {
  const sizeBytes =
    body instanceof ReadableStream ? Number(new Headers(headers).get('content-length')) : Buffer.byteLength(body ?? '')
  return Math.ceil(sizeBytes / 250)
}

const redirects = new Set([301, 302, 303, 307, 308])
const mostRedirects = 5

/** Where a read was sent on to, when it was. */
function redirectOf(outcome: HttpOutcome, from: URL): URL | undefined {
  if (outcome.kind !== 'answer' || !redirects.has(outcome.status)) return undefined
  const location = outcome.headers.get('location')
  const to = location && URL.canParse(location, from) ? new URL(location, from) : undefined
  return to && ['http:', 'https:'].includes(to.protocol) ? to : undefined
}

/** Another origin gets no credentials. */
const without = (headers: HttpRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => !['authorization', 'cookie', 'dpop'].includes(name.toLowerCase())),
  )

/**
 * The one way to call another machine. Never throws for what the other side or the network does, and never retries:
 * whoever asks decides what an unknown outcome means.
 */
export function request(asked: HttpRequest): Promise<HttpOutcome> {
  const { host, hostname } = new URL(asked.url)
  const method = asked.method ?? 'GET'
  // No path and no query, as in the log; and no trace id goes along: it is none of the other side's business.
  return traced(
    `${method} ${host}`,
    { 'http.request.method': method, 'server.address': hostname },
    async (span) => {
      const outcome = await call(asked)
      if (outcome.kind === 'answer') span.setAttribute('http.response.status_code', outcome.status)
      else span.setAttribute('posthorn.outcome', outcome.kind)
      return outcome
    },
    'client',
  )
}

async function call(asked: HttpRequest): Promise<HttpOutcome> {
  const startedAt = performance.now()
  const late = AbortSignal.timeout((asked.timeoutMs ?? 20_000) + sendingMs(asked))
  const ended = ending.getStore()
  const signal = ended ? AbortSignal.any([late, ended]) : late
  let next = asked
  let url = new URL(asked.url)
  if (!['http:', 'https:'].includes(url.protocol))
    return { kind: 'not_sent', reason: `${url.protocol} cannot be called` }
  if (ended?.aborted) return { kind: 'not_sent', reason: reasonFor(ended.reason, url.host) }
  let outcome = await exchange(next, url, signal)
  for (let hops = 0; !asked.mutation && hops < mostRedirects; hops++) {
    const to = redirectOf(outcome, url)
    if (!to) break
    if (to.origin !== url.origin) next = { ...next, headers: without(next.headers) }
    url = to
    outcome = await exchange(next, url, signal)
  }
  // No path and no query: they may carry codes and tokens.
  log.debug(
    { host: url.host, method: asked.method ?? 'GET', ...brief(outcome), ms: Math.round(performance.now() - startedAt) },
    'http',
  )
  return outcome
}

const brief = (outcome: HttpOutcome) =>
  outcome.kind === 'answer' ? { status: outcome.status } : { outcome: outcome.kind }
