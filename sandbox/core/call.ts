import type { IncomingHttpHeaders } from 'node:http'
import type { Armed, FaultName, Operation } from './faults'
import type { Limit } from './windows'

/** One request, read to its end unless it says otherwise. */
export type Call = {
  readonly method: string
  readonly url: URL
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly raw: Buffer
  readonly params: Readonly<Record<string, string>>
  readonly faults: ReadonlyMap<FaultName, Armed>
  /** The caller hung up before the end of its body: `raw` is what arrived, and nobody hears the answer. */
  readonly isCut?: true
}

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
  /** Keeps the answer open after `body` and hands over what writes more of it. @returns what to do when the caller is gone */
  readonly feed?: (write: (text: string) => void) => () => void
}

export type Route = {
  readonly method: string
  /** Segments that start with `:`, or have words before it, are parameters, percent-decoded; a last `*` takes the rest. */
  readonly path: string
  /** What a call does; a function where one path does several things. */
  readonly operation?: Operation | ((call: Call) => Operation)
  readonly limit?: Limit
  /** What arrives of a body that is cut off stays: such a call is carried out, too. */
  readonly keepsPart?: true
  handle(call: Call): Reply | Promise<Reply>
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

export function html(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body }
}

export function bytes(body: Buffer, mime: string): Reply {
  return { status: 200, headers: { 'content-type': mime, 'x-content-type-options': 'nosniff' }, body }
}

export function empty(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: '' }
}

export function redirect(to: string): Reply {
  return { status: 302, headers: { location: to }, body: '' }
}

/** A path parameter. A missing one is a route that names it wrongly. */
export function param(call: Call, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`The route of ${call.url.pathname} has no parameter ${name}`)
  return value
}

export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name]
  return Array.isArray(value) ? value[0] : value
}

export function bearer(call: Call): string | undefined {
  return /^Bearer (.+)$/i.exec(header(call, 'authorization') ?? '')?.[1]
}

/** The body as JSON; undefined when it is not JSON. */
export function jsonBody(call: Call): unknown {
  try {
    return JSON.parse(call.raw.toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export function formBody(call: Call): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(call.raw.toString('utf8')))
}

/** Client id and secret of HTTP Basic. */
export function basicAuth(call: Call): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(header(call, 'authorization') ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 2)
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) }
}

/** A route's path as a test on real paths. */
export function matcher(path: string): (pathname: string) => Record<string, string> | undefined {
  const names: string[] = []
  const pattern = path
    .split('/')
    .map((part) => {
      const [, before, name] = /^(@|\w*):(\w+)$/.exec(part) ?? []
      if (name !== undefined) {
        names.push(name)
        return `${before}([^/]+)`
      }
      return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    })
    .join('/')
  const test = new RegExp(`^${pattern}$`)
  return (pathname) => {
    const found = test.exec(pathname)
    if (!found) return undefined
    try {
      return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]))
    } catch (error) {
      if (error instanceof URIError) return undefined
      throw error
    }
  }
}
