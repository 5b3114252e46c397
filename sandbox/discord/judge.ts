import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIBackend, type Document } from 'openapi-backend'
import type { Exchange } from '../x/judge'

export const specFile = join(
  process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'),
  'discord-openapi.json',
)
export const hasSpec = existsSync(specFile)

/** A multipart body as the JSON it carries. */
async function jsonOf(exchange: Exchange): Promise<string> {
  const form = await new Response(new Uint8Array(exchange.body), {
    headers: { 'content-type': String(exchange.headers['content-type']) },
  }).formData()
  return String(form.get('payload_json') ?? '{}')
}

/** Judges exchanges by Discord's own OpenAPI description. @returns complaints, none when all is well. */
export async function makeJudge(): Promise<(exchange: Exchange) => Promise<readonly string[]>> {
  const definition: Document = JSON.parse(readFileSync(specFile, 'utf8'))
  const schemas = definition.components?.schemas ?? {}
  // The description counts these codes as integers; Discord's documentation and its servers spell them (BASE_TYPE_MAX_LENGTH).
  schemas.InnerErrors = {
    type: 'object',
    required: ['_errors'],
    properties: {
      _errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'message'],
          properties: { code: { type: 'string' }, message: { type: 'string' } },
        },
      },
    },
  }
  // Nothing here sends buttons or layouts, and their many kinds take ten times as long to read as all the rest.
  for (const schema of Object.values(schemas))
    if ('properties' in schema && schema.properties?.components) schema.properties.components = { maxItems: 0 }
  const any = /^[^]*$/
  const api = new OpenAPIBackend({
    definition,
    quick: true,
    validate: true,
    // Discord's own names of formats; its patterns say the rest.
    ajvOpts: { strict: false, formats: { snowflake: /^\d+$/, nonce: any, 'date-time': any, uri: any } },
  })
  await api.init()
  return async (exchange) => {
    const path = exchange.path.replace(/^\/api\/v10/, '')
    const isMultipart = exchange.headers['content-type']?.startsWith('multipart/form-data') === true
    const request = {
      method: exchange.method,
      path,
      headers: { 'content-type': 'application/json' },
      ...(exchange.body.length ? { body: isMultipart ? await jsonOf(exchange) : exchange.body.toString() } : {}),
    }
    const operation = api.matchOperation(request)
    if (!operation) return [`${exchange.method} ${path}: Discord has no such operation`]
    const where = `${exchange.method} ${path} ${exchange.status}`
    const complaints: string[] = []
    if (exchange.status < 400)
      for (const e of api.validateRequest(request, operation).errors ?? [])
        complaints.push(`${where}: request${e.instancePath} ${e.message ?? ''}`)
    if (exchange.status === 204) return complaints
    const answer: unknown = JSON.parse(exchange.answer.toString())
    const status = exchange.status >= 400 && exchange.status !== 429 ? '4XX' : String(exchange.status)
    const responses = operation.responses
    if (!responses?.[status]) return [...complaints, `${where}: Discord does not answer so`]
    // openapi-backend takes a status as a number and does not know ranges: the range stands in for the status.
    responses[String(exchange.status)] ??= responses[status]
    for (const e of api.validateResponse(answer, operation, exchange.status).errors ?? [])
      complaints.push(`${where}: answer${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
    return complaints
  }
}
