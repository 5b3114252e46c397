import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIBackend, type Document } from 'openapi-backend'
import { multipartBody } from '../core/multipart'
import { type Exchange, flat } from '../x/judge'

export const specFile = join(
  process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'),
  'mastodon-openapi.json',
)
export const hasSpec = existsSync(specFile)

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
  email: /^\S+@\S+$/,
  'iso-639-1': /^[a-z]{2}$/,
  binary: true,
  scopes: true,
} as const

/** `oneOf` read as `anyOf`: a status with a poll is a TextStatus and a PollStatus, and the description means both. */
const loosened = (text: string): string => text.replaceAll('"oneOf":', '"anyOf":')

/** Judges exchanges by the OpenAPI description made from Mastodon's documentation. @returns complaints, none when all is well. */
export async function makeJudge(): Promise<(exchange: Exchange) => Promise<readonly string[]>> {
  const definition: Document = JSON.parse(loosened(JSON.stringify(JSON.parse(readFileSync(specFile, 'utf8')))))
  const api = new OpenAPIBackend({ definition, quick: true, validate: true, ajvOpts: { formats, strict: false } })
  await api.init()

  return async (exchange) => {
    // The description leaves out the brackets that Rails wants behind a list's name.
    const path = exchange.path.replaceAll('%5B%5D=', '=').replaceAll('[]=', '=')
    const isMultipart = exchange.headers['content-type']?.startsWith('multipart/form-data') === true
    const headers = flat(exchange.headers)
    const request = {
      method: exchange.method,
      path,
      headers,
      ...(exchange.body.length ? { body: isMultipart ? fieldsOf(exchange) : exchange.body.toString() } : {}),
    }
    const operation = api.matchOperation(request)
    if (!operation) return [`${exchange.method} ${path}: Mastodon has no such operation`]
    const where = `${exchange.method} ${path} ${exchange.status}`
    const complaints: string[] = []
    if (!(exchange.status in (operation.responses ?? {}))) complaints.push(`${where}: not one of the answers`)
    if (exchange.status < 400) {
      for (const e of api.validateRequest(request, operation).errors ?? [])
        complaints.push(`${where}: request${e.instancePath} ${e.message ?? ''}`)
    }
    const answer: unknown = JSON.parse(exchange.answer.toString())
    for (const e of api.validateResponse(answer, operation, exchange.status).errors ?? [])
      complaints.push(`${where}: answer${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
    return complaints
  }
}

/** A multipart body as the object that the description has. */
function fieldsOf({ headers, body, method, path }: Exchange): Record<string, string> {
  const url = new URL(path, 'http://127.0.0.1')
  const call = { method, url, query: url.searchParams, headers, raw: body, params: {}, faults: new Map() }
  return Object.fromEntries(
    Object.entries(multipartBody(call) ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : '(bytes)',
    ]),
  )
}
