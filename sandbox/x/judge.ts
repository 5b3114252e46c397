import { existsSync, readFileSync } from 'node:fs'
import { Agent, type RequestOptions } from 'node:https'
import { type IncomingHttpHeaders, createServer, request as send } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { OpenAPIBackend, type Document } from 'openapi-backend'
import { z } from 'zod'

export const specFile = join(
  process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'),
  'x-openapi.json',
)
export const hasSpec = existsSync(specFile)

export type Exchange = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly status: number
  readonly answer: Buffer
  readonly answerHeaders: IncomingHttpHeaders
}

/** Speaks plain TCP to a loopback port where its user believes to speak TLS to api.x.com. */
export class LoopbackAgent extends Agent {
  constructor(private readonly to: number) {
    super()
  }

  override createConnection(_options: RequestOptions) {
    return connect(this.to, '127.0.0.1')
  }
}

/** Stands between a client and the sandbox and keeps every exchange, byte for byte. */
export async function wiretap(
  target: string,
): Promise<{ port: number; exchanges: Exchange[]; close(): Promise<void> }> {
  const exchanges: Exchange[] = []
  const { hostname, port } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const asked: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => asked.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(asked)
      const onward = send(
        { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
        (answer) => {
          const got: Buffer[] = []
          answer.on('data', (chunk: Buffer) => got.push(chunk))
          answer.on('end', () => {
            const whole = Buffer.concat(got)
            const status = answer.statusCode ?? 0
            exchanges.push({
              method: incoming.method ?? '',
              path: incoming.url ?? '',
              headers: incoming.headers,
              body,
              status,
              answer: whole,
              answerHeaders: answer.headers,
            })
            outgoing.writeHead(status, answer.headers).end(whole)
          })
        },
      )
      onward.on('error', () => outgoing.destroy())
      onward.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The wiretap got no port')
  const close = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { port: address.port, exchanges, close }
}

/** Problems X answers although its description does not list them: RFC 7807's own `about:blank`, and `client-forbidden` of its changelog. */
const unlisted = new Set(['about:blank', 'https://api.x.com/2/problems/client-forbidden'])

const Problem = z.object({ title: z.string(), detail: z.string(), status: z.number() })

/** X lists one expansion of messages twice, which no validator takes. */
const eachOnce = (key: string, value: unknown): unknown =>
  key === 'enum' && Array.isArray(value) ? [...new Set(value)] : value

/** Judges exchanges by X's own OpenAPI description. @returns complaints, none when all is well. */
export async function makeJudge(): Promise<(exchange: Exchange) => Promise<readonly string[]>> {
  const definition: Document = JSON.parse(readFileSync(specFile, 'utf8'), eachOnce)
  for (const path of Object.values(definition.paths ?? {})) {
    for (const operation of [path?.get, path?.post, path?.put, path?.delete]) {
      const fallback = operation?.responses.default
      // openapi-backend looks at application/json alone; X's refusals are application/problem+json.
      if (fallback && 'content' in fallback && fallback.content?.['application/problem+json'])
        fallback.content['application/json'] = fallback.content['application/problem+json']
    }
  }
  const api = new OpenAPIBackend({
    definition,
    quick: true,
    validate: true,
    ajvOpts: { formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/ } },
  })
  await api.init()

  return async (exchange) => {
    // The maker's spec says `post.fields` where every client, twitter-api-v2 included, still says `tweet.fields`.
    const path = exchange.path.replace('tweet.fields=', 'post.fields=')
    const isMultipart = exchange.headers['content-type']?.startsWith('multipart/form-data') === true
    const request = {
      method: exchange.method,
      path,
      headers: isMultipart ? { 'content-type': 'application/json' } : flat(exchange.headers),
      ...(exchange.body.length ? { body: isMultipart ? await fieldsOf(exchange) : exchange.body.toString() } : {}),
    }
    const operation = api.matchOperation(request)
    if (!operation) return [`${exchange.method} ${path}: X has no such operation`]
    const where = `${exchange.method} ${path} ${exchange.status}`
    const complaints: string[] = []
    if (exchange.status < 400) {
      for (const e of api.validateRequest(request, operation).errors ?? [])
        complaints.push(`${where}: request${e.instancePath} ${e.message ?? ''}`)
    }
    const answer: unknown = JSON.parse(exchange.answer.toString())
    const type = typeof answer === 'object' && answer !== null && 'type' in answer ? String(answer.type) : undefined
    if (type !== undefined && unlisted.has(type))
      return Problem.safeParse(answer).data?.status === exchange.status
        ? complaints
        : [...complaints, `${where}: not a problem of RFC 7807`]
    for (const e of api.validateResponse(answer, operation, exchange.status).errors ?? [])
      complaints.push(`${where}: answer${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
    return complaints
  }
}

export function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

/** A multipart body as the object that the spec describes. */
async function fieldsOf(exchange: Exchange): Promise<Record<string, string | number>> {
  const form = await new Response(new Uint8Array(exchange.body), {
    headers: { 'content-type': String(exchange.headers['content-type']) },
  }).formData()
  const fields: Record<string, string | number> = {}
  for (const [name, value] of form)
    fields[name] = typeof value !== 'string' ? '(bytes)' : name === 'segment_index' ? Number(value) : value
  return fields
}
