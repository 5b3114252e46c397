import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIBackend, type Document } from 'openapi-backend'
import { type Exchange, flat } from '../x/judge'

export const specFile = join(
  process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'),
  'pinterest-openapi.json',
)
export const hasSpec = existsSync(specFile)

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  float: true,
  double: true,
  int32: true,
  int64: true,
  uri: /^[a-z][a-z0-9+.-]*:/i,
} as const

const form = 'application/x-www-form-urlencoded'

/** ajv knows `nullable` only beside a type of its own: said otherwise where the description puts it beside `allOf`. */
const spelled = (_name: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value
  const { nullable, ...rest } = value
  return nullable === true ? { anyOf: [rest, { enum: [null] }] } : rest
}

/** Judges exchanges by Pinterest's own OpenAPI description. @returns complaints, none when all is well. */
export async function makeJudge(): Promise<(exchange: Exchange) => Promise<readonly string[]>> {
  // `oneOf` read as `anyOf`: most metrics stand in both lists of `metric_types`, and the description means either.
  const text = readFileSync(specFile, 'utf8').replaceAll('"oneOf":', '"anyOf":')
  const definition: Document = JSON.parse(text, spelled)
  for (const path of Object.values(definition.paths ?? {})) {
    const body = path?.post?.requestBody
    // openapi-backend looks at application/json alone; tokens are asked for with a form.
    if (body && 'content' in body && body.content[form]) body.content['application/json'] = body.content[form]
  }
  const api = new OpenAPIBackend({ definition, quick: true, validate: true, ajvOpts: { formats, strict: false } })
  await api.init()

  return async (exchange) => {
    const path = exchange.path.replace(/^\/v5/, '')
    const isForm = exchange.headers['content-type'] === form
    const sent = exchange.body.toString()
    const request = {
      method: exchange.method,
      path,
      headers: isForm ? { 'content-type': 'application/json' } : flat(exchange.headers),
      ...(sent ? { body: isForm ? Object.fromEntries(new URLSearchParams(sent)) : sent } : {}),
    }
    const operation = api.matchOperation(request)
    if (!operation) return [`${exchange.method} ${path}: Pinterest has no such operation`]
    const where = `${exchange.method} ${path} ${exchange.status}`
    const complaints: string[] = []
    const responses = operation.responses ?? {}
    if (!(exchange.status in responses) && !('default' in responses))
      complaints.push(`${where}: not one of the answers`)
    if (exchange.status < 400) {
      for (const e of api.validateRequest(request, operation).errors ?? [])
        complaints.push(`${where}: request${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
    }
    if (exchange.answer.length === 0) return complaints
    const answer: unknown = JSON.parse(exchange.answer.toString())
    for (const e of api.validateResponse(answer, operation, exchange.status).errors ?? [])
      complaints.push(`${where}: answer${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
    return complaints
  }
}
